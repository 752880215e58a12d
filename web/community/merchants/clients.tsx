import { useQueryClient } from '@tanstack/react-query';
import { Form, Space } from 'antd';
import { useState } from 'react';
import { keyed, keyedAt, useAttempt } from '../../api/attempt.ts';
import { postClients } from '../../api/bounds.ts';
import { answer, api, PAGE_MAX, type Schemas } from '../../api/client.ts';
import { ConfirmButton } from '../../console/confirm-button.tsx';
import { column, pageAt, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Secret, stillGood } from '../../console/secret.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { TextItem } from '../../console/text-item.tsx';
import { useSignedIn } from '../../shared/session.tsx';
import { useEvery } from '../every.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';
import { Select } from '../../console/select.tsx';

type Merchant = Schemas['MerchantWithStores'];
type Client = Schemas['Client'];

/** The API's name for a client behind the logins of a store. Logins have a list of their own. */
const SIGN_IN = 'sign-in';
type Made = { readonly id: string; readonly secret: string };

/** The clients of a merchant's tills. A secret is shown once, when it is new. Logins act through clients too, which are left out here. */
export function Clients({ merchant }: { readonly merchant: Merchant }) {
  const words = useWords().tills;
  const mayWrite = useSignedIn().scopes.includes('clients:write');
  const [made, setMade] = useState<Made>();
  const clients = useEvery<Client>(['clients'], (cursor) =>
    answer(api.GET('/v1/clients', { params: { query: pageAt(cursor, PAGE_MAX) } })),
  );
  const store = (id: string | null) => merchant.stores.find((each) => each.id === id)?.name ?? words.anyStore;
  return (
    <>
      {mayWrite && (
        <p>
          <Create merchant={merchant} show={setMade} />
        </p>
      )}
      {made && (
        <Secret
          title={words.once}
          parts={[
            { label: words.clientId, value: made.id },
            { label: words.secret, value: made.secret },
          ]}
        />
      )}
      <Shown query={clients}>
        {(found) => (
          <Rows<Client>
            label={words.title}
            rows={found.filter(({ kind, name, merchant_id: of }) => kind === 'till' && name !== SIGN_IN && of === merchant.id)}
            rowKey={({ id }) => id}
            empty={words.none}
            columns={[
              column(words.name, ({ name }) => name),
              column(words.clientId, ({ id }) => id),
              column(words.store, ({ store_id: id }) => store(id)),
              column(words.state, ({ status }) => <Mark>{words.states[status]}</Mark>),
              column(words.createdAt, ({ created_at: at }) => timeOf(at)),
              column(words.actions, (client) => mayWrite && client.status === 'active' && <Actions client={client} show={setMade} />),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function Actions({
  client: { id, name, previous_secret_until: until },
  show,
}: {
  readonly client: Client;
  readonly show: (made: Made) => void;
}) {
  const words = useWords().tills;
  const queries = useQueryClient();
  const done = () => void queries.invalidateQueries({ queryKey: ['clients'] });
  const old = stillGood(until);
  const rotate = useAttempt((force: boolean, key: string) =>
    answer(api.POST('/v1/clients/{id}/rotation', { ...keyedAt(key, { id }), body: { force } })),
  );
  const revoke = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/clients/{id}/revocation', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <Space>
      <ConfirmButton
        attempt={rotate}
        input={old !== undefined}
        size="small"
        question={old === undefined ? words.rotateSure(name) : words.rotateAgain(name, timeOf(old))}
        done={({ client_secret: secret }) => {
          show({ id, secret });
          done();
        }}
      >
        {words.rotate}
      </ConfirmButton>
      <ConfirmButton attempt={revoke} input={id} size="small" danger question={words.revokeSure(name)} done={done}>
        {words.revoke}
      </ConfirmButton>
    </Space>
  );
}

type Entered = { readonly name: string; readonly store_id: string | null };

function Create({ merchant, show }: { readonly merchant: Merchant; readonly show: (made: Made) => void }) {
  const words = useWords().tills;
  const queries = useQueryClient();
  return (
    <FormDialog<Entered, Schemas['ClientWithSecret']>
      name={`till-${merchant.id}`}
      label={words.create}
      title={words.create}
      initial={{ name: '', store_id: null }}
      write={({ name, store_id: storeId }, key) => {
        const body = { kind: 'till' as const, name, merchant_id: merchant.id, ...(storeId !== null && { store_id: storeId }) };
        return answer(api.POST('/v1/clients', { ...keyed(key), body }));
      }}
      done={({ id, client_secret: secret }) => {
        show({ id, secret });
        void queries.invalidateQueries({ queryKey: ['clients'] });
      }}
    >
      <TextItem name="name" label={words.name} bound={postClients.till.name} />
      <Form.Item name="store_id" label={words.store}>
        <Select allowClear placeholder={words.anyStore} options={merchant.stores.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
    </FormDialog>
  );
}
