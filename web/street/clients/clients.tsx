/** Credentials by which tills and machines call the API: who has one, a new secret, the end of it. */
import { Button, Card, Space } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Select } from '../../console/select.tsx';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { timeOf } from '../../shared/format.ts';
import { Mark } from '../../console/mark.tsx';
import { useOffices } from '../people/officers.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { type FreshSecret, Revoke, Rotate } from './client-acts.tsx';
import { SecretOnce } from './secret-once.tsx';

type Client = Schemas['Client'];

/** The API's name for a client behind a login, which has no secret. */
const SIGN_IN = 'sign-in';

export function ClientsPage() {
  const { clients: words } = useWords();
  const [, go] = useLocation();
  const [office, setOffice] = useState('');
  const [fresh, setFresh] = useState<FreshSecret>();
  const offices = useOffices();
  return (
    <Page
      title={words.title}
      actions={
        <Button type="primary" onClick={() => go('/clients/new')}>
          {words.create}
        </Button>
      }
    >
      <p className="lead">{words.lead}</p>
      {fresh && <SecretOnce fresh={fresh} />}
      <Card title={<Select aria-label={words.office} value={office} onChange={setOffice} options={offices} className="short" />}>
        <Clients office={office} rotated={setFresh} />
      </Card>
    </Page>
  );
}

type ClientsProps = { readonly office: string; readonly rotated: (fresh: FreshSecret) => void };

function Clients({ office, rotated }: ClientsProps) {
  const { clients: words } = useWords();
  const names = useNames();
  const pages = usePages(['clients', office], (cursor) =>
    answer(api.GET('/v1/clients', { params: { query: { ...pageAt(cursor), ...(office !== '' && { community_id: office }) } } })),
  );
  const boundTo = ({
    community_id: id,
    officer_name: officer,
    merchant_name: merchant,
    store_name: store,
    resident_name: resident,
  }: Client) =>
    officer ?? resident ?? (merchant === null ? undefined : `${merchant} ${store ?? ''}`) ?? (id === null ? words.scheme : names.of(id));
  return (
    <DataTable<Client>
      label={words.title}
      empty={words.none}
      pages={pages}
      rowKey={({ id }) => id}
      columns={[
        column(words.name, ({ name }) => <span className="prose">{name === SIGN_IN ? words.signIn : name}</span>),
        column(words.kind, ({ kind }) => words.kinds[kind]),
        column(words.of, boundTo),
        column(words.id, ({ id }) => <code className="prose">{id}</code>),
        column(words.status, (client) => <Standing client={client} />),
        column(words.createdAt, ({ created_at: at }) => timeOf(at)),
        column(words.act, (client) => client.status === 'active' && <Acts client={client} rotated={rotated} />),
      ]}
    />
  );
}

function Standing({ client: { status, previous_secret_until: until } }: { readonly client: Client }) {
  const { clients: words } = useWords();
  return (
    <>
      <Mark tone={status === 'active' ? 'good' : 'plain'}>{words.statuses[status]}</Mark>
      {status === 'active' && until !== null && Date.parse(until) > Date.now() && (
        <span className="prose">{words.oldUntil(timeOf(until))}</span>
      )}
    </>
  );
}

/** An officer's secret is renewed by that officer alone, a resident's by the home community; any may be ended from here. */
function Acts({ client, rotated }: { readonly client: Client; readonly rotated: (fresh: FreshSecret) => void }) {
  return (
    <Space>
      {(client.kind === 'till' || client.kind === 'machine') && <Rotate client={client} done={rotated} />}
      <Revoke client={client} />
    </Space>
  );
}
