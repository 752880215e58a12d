import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Card, Tabs } from 'antd';
import { useParams } from 'wouter';
import { keyedAt } from '../../api/attempt.ts';
import { postMerchantsStores } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { FormDialog, ReasonDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { useSignedIn } from '../../shared/session.tsx';
import { useOwn } from '../names.ts';
import { Standing } from '../residents/standing.tsx';
import { useWords } from '../words.ts';
import { Clients } from './clients.tsx';
import { Logins } from './logins.tsx';
import { Offers } from './offers.tsx';
import { StoreCard } from './store.tsx';

type Merchant = Schemas['MerchantWithStores'];

export function MerchantPage() {
  const words = useWords().merchants;
  const own = useOwn();
  const { scopes } = useSignedIn();
  const { id } = useParams<{ readonly id: string }>();
  const merchant = useQuery({
    queryKey: ['merchants', 'one', id],
    queryFn: () => answer(api.GET('/v1/merchants/{id}', { params: { path: { id } } })),
  });
  const ours = merchant.data?.community_id === own;
  const tabs = (found: Merchant) => [
    { key: 'stores', label: words.stores, children: <Stores merchant={found} /> },
    ...(ours && scopes.includes('clients:read')
      ? [
          { key: 'logins', label: words.logins, children: <Logins merchant={found} /> },
          { key: 'tills', label: words.tills, children: <Clients merchant={found} /> },
        ]
      : []),
    { key: 'offers', label: words.offers, children: <Offers merchant={found} /> },
  ];
  return (
    <Page title={merchant.data?.name ?? words.one} actions={merchant.data && ours && <Standings merchant={merchant.data} />}>
      <Shown query={merchant}>
        {(found) => (
          <>
            <p>
              <Standing status={found.status} reason={found.status_reason} />
            </p>
            <Tabs items={tabs(found)} destroyOnHidden={false} />
          </>
        )}
      </Shown>
    </Page>
  );
}

function Standings({ merchant: { id, name, status } }: { readonly merchant: Merchant }) {
  const words = useWords().merchants;
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  if (!scopes.includes('merchants:write')) return null;
  const next = status === 'active' ? 'suspended' : 'active';
  return (
    <ReasonDialog
      key={next}
      name={`merchant-${next}-${id}`}
      label={words.set[next]}
      title={words.setTitle[next](name)}
      danger={next === 'suspended'}
      write={({ reason }, key) => answer(api.PUT('/v1/merchants/{id}/status', { ...keyedAt(key, { id }), body: { status: next, reason } }))}
      done={() => void queries.invalidateQueries({ queryKey: ['merchants'] })}
    />
  );
}

function Stores({ merchant: { id, stores, community_id: of } }: { readonly merchant: Merchant }) {
  const words = useWords().merchants;
  const own = useOwn();
  const queries = useQueryClient();
  const mayWrite = useSignedIn().scopes.includes('merchants:write') && of === own;
  return (
    <>
      {mayWrite && (
        <p>
          <FormDialog
            name={`add-store-${id}`}
            label={words.addStore}
            title={words.addStore}
            initial={{ name: '' }}
            at={{ store_name_taken: 'name' }}
            write={(body: { readonly name: string }, key) =>
              answer(api.POST('/v1/merchants/{id}/stores', { ...keyedAt(key, { id }), body }))
            }
            done={() => void queries.invalidateQueries({ queryKey: ['merchants'] })}
          >
            <TextItem name="name" label={words.storeName} bound={postMerchantsStores.name} />
          </FormDialog>
        </p>
      )}
      {stores.length === 0 && <Empty title={words.noStores} />}
      {stores.map((store) => (
        <Card key={store.id} className="gap" title={<h2>{store.name}</h2>}>
          <StoreCard store={store} mayWrite={mayWrite} />
        </Card>
      ))}
    </>
  );
}
