import { useQueryClient } from '@tanstack/react-query';
import { Form, Space } from 'antd';
import { useState } from 'react';
import { keyed, keyedAt, useAttempt } from '../../api/attempt.ts';
import { postLogins } from '../../api/bounds.ts';
import { answer, api, PAGE_MAX, type Schemas } from '../../api/client.ts';
import { AttemptButton } from '../../console/attempt-button.tsx';
import { ConfirmButton } from '../../console/confirm-button.tsx';
import { column, pageAt, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Secret } from '../../console/secret.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useEvery } from '../every.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';
import { Select } from '../../console/select.tsx';

type Merchant = Schemas['MerchantWithStores'];
type Login = Schemas['Login'];
type Password = { readonly name: string; readonly password: string };

/** Logins of the people behind the counters of a merchant. */
export function Logins({ merchant }: { readonly merchant: Merchant }) {
  const words = useWords().logins;
  const mayWrite = useSignedIn().scopes.includes('clients:write');
  const [shown, setShown] = useState<Password>();
  const logins = useEvery<Login>(['logins'], (cursor) => answer(api.GET('/v1/logins', { params: { query: pageAt(cursor, PAGE_MAX) } })));
  const store = (id: string | null) => merchant.stores.find((each) => each.id === id)?.name ?? words.anyStore;
  return (
    <>
      {mayWrite && (
        <p>
          <Create merchant={merchant} show={setShown} />
        </p>
      )}
      {shown && (
        <Secret
          title={words.once}
          parts={[
            { label: words.name, value: shown.name },
            { label: words.password, value: shown.password },
          ]}
        />
      )}
      <Shown query={logins}>
        {(found) => (
          <Rows<Login>
            label={words.title}
            rows={found.filter(({ merchant_id: of }) => of === merchant.id)}
            rowKey={({ id }) => id}
            empty={words.none}
            columns={[
              column(words.name, ({ name }) => name),
              column(words.person, ({ person_name: person }) => person),
              column(words.store, ({ store_id: id }) => store(id)),
              column(words.state, (login) => <State login={login} />),
              column(words.createdAt, ({ created_at: at }) => timeOf(at)),
              column(words.actions, (login) => mayWrite && login.status === 'active' && <Actions login={login} show={setShown} />),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function State({ login: { status, password_temporary: temporary, locked_until: locked } }: { readonly login: Login }) {
  const words = useWords().logins;
  if (status === 'ended') return <Mark>{words.ended}</Mark>;
  if (locked !== null && Date.parse(locked) > Date.now()) return <Mark tone="bad">{words.locked(timeOf(locked))}</Mark>;
  return <Mark tone={temporary ? 'warn' : 'good'}>{temporary ? words.temporary : words.active}</Mark>;
}

function Actions({ login: { id, name }, show }: { readonly login: Login; readonly show: (shown: Password) => void }) {
  const words = useWords().logins;
  const queries = useQueryClient();
  const done = () => void queries.invalidateQueries({ queryKey: ['logins'] });
  const reset = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/logins/{id}/password-reset', { ...keyedAt(key, { id: of }), body: {} })),
  );
  const end = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/logins/{id}/revocation', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <Space>
      <AttemptButton
        attempt={reset}
        input={id}
        size="small"
        type="default"
        done={({ temporary_password: password }) => {
          show({ name, password });
          done();
        }}
      >
        {words.reset}
      </AttemptButton>
      <ConfirmButton attempt={end} input={id} size="small" danger question={words.endSure(name)} done={done}>
        {words.end}
      </ConfirmButton>
    </Space>
  );
}

type Entered = { readonly name: string; readonly person_name: string; readonly store_id: string | null };

function Create({ merchant, show }: { readonly merchant: Merchant; readonly show: (shown: Password) => void }) {
  const words = useWords().logins;
  const queries = useQueryClient();
  return (
    <FormDialog<Entered, Schemas['LoginWithPassword']>
      name={`login-${merchant.id}`}
      label={words.create}
      title={words.create}
      initial={{ name: '', person_name: '', store_id: null }}
      write={({ store_id: storeId, name, person_name: person }, key) =>
        answer(
          api.POST('/v1/logins', {
            ...keyed(key),
            body: { name: name.trim(), person_name: person, merchant_id: merchant.id, ...(storeId !== null && { store_id: storeId }) },
          }),
        )
      }
      at={{ login_name_taken: 'name' }}
      said={({ name }) => words.created(name)}
      done={({ name, temporary_password: password }) => {
        show({ name, password });
        void queries.invalidateQueries({ queryKey: ['logins'] });
      }}
    >
      <TextItem name="person_name" label={words.person} bound={postLogins.person_name} />
      <TextItem
        name="name"
        label={words.name}
        extra={words.nameHint}
        bound={postLogins.name}
        wrong={words.nameHint}
        input={{ autoCapitalize: 'off' }}
      />
      <Form.Item name="store_id" label={words.store}>
        <Select allowClear placeholder={words.anyStore} options={merchant.stores.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
    </FormDialog>
  );
}
