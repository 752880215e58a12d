import { Link, useLocation } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { postMerchants } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { useSignedIn } from '../../shared/session.tsx';
import { useOwn } from '../names.ts';
import { Standing } from '../residents/standing.tsx';
import { useWords } from '../words.ts';

type Merchant = Schemas['Merchant'];

export function MerchantsPage() {
  const words = useWords().merchants;
  const own = useOwn();
  const { scopes } = useSignedIn();
  const pages = usePages<Merchant>(['merchants', own], (cursor) =>
    answer(api.GET('/v1/merchants', { params: { query: { ...pageAt(cursor), community_id: own } } })),
  );
  return (
    <Page title={words.title} actions={scopes.includes('merchants:write') && <Register />}>
      <DataTable<Merchant>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.name, ({ id, name }) => <Link href={`/merchants/${id}`}>{name}</Link>),
          column(words.status, ({ status, status_reason: reason }) => <Standing status={status} reason={reason} />),
        ]}
      />
    </Page>
  );
}

function Register() {
  const words = useWords().merchants;
  const [, go] = useLocation();
  return (
    <FormDialog<{ readonly name: string }, Merchant>
      name="register-merchant"
      label={words.register}
      title={words.register}
      button={{ type: 'primary' }}
      initial={{ name: '' }}
      write={(body, key) => answer(api.POST('/v1/merchants', { ...keyed(key), body }))}
      at={{ merchant_name_taken: 'name' }}
      said={({ name }) => words.registered(name)}
      done={({ id }) => go(`/merchants/${id}`)}
    >
      <TextItem name="name" label={words.name} bound={postMerchants.name} />
    </FormDialog>
  );
}
