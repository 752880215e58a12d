/** Makes a credential for a till or a machine. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Card, Form, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { Select } from '../../console/select.tsx';
import { keyed } from '../../api/attempt.ts';
import { postClients } from '../../api/bounds.ts';
import { allPages, answer, api, PAGE_MAX } from '../../api/client.ts';
import { Page } from '../../console/page.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { WriteForm } from '../../console/write-form.tsx';
import { useOffices } from '../people/officers.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import type { FreshSecret } from './client-acts.tsx';
import { SecretOnce } from './secret-once.tsx';

type Values = {
  readonly kind: 'till' | 'machine';
  readonly name: string;
  readonly community?: string | undefined;
  readonly merchant?: string | undefined;
  readonly store?: string | undefined;
};

/** Any store of the merchant. */
const ANY = '';
const initial: Values = { kind: 'till', name: '', community: undefined, merchant: undefined, store: ANY };

export function NewClientPage() {
  const { clients: words } = useWords();
  const queries = useQueryClient();
  const [fresh, setFresh] = useState<FreshSecret>();
  const [values, setValues] = useState<Values>(initial);
  return (
    <Page title={words.create} actions={<Link href="/clients">{words.all}</Link>}>
      {fresh && <SecretOnce fresh={fresh} />}
      <Card>
        <WriteForm
          name="client-new"
          initial={initial}
          submit={words.create}
          watch={setValues}
          write={(typed, key) => answer(api.POST('/v1/clients', { ...keyed(key), body: bodyOf(typed) }))}
          done={({ id, name, client_secret: secret }) => {
            setFresh({ name, clientId: id, secret, oldUntil: null });
            void queries.invalidateQueries({ queryKey: ['clients'] });
          }}
        >
          <Form.Item name="kind" label={words.kind}>
            <Radio.Group options={(['till', 'machine'] as const).map((value) => ({ value, label: words.kinds[value] }))} />
          </Form.Item>
          <TextItem name="name" label={words.name} extra={words.nameHint} bound={postClients.till.name} />
          {values.kind === 'till' ? <TillItems community={values.community} merchant={values.merchant} /> : <MachineItems />}
        </WriteForm>
      </Card>
    </Page>
  );
}

function bodyOf({ kind, name, community, merchant, store }: Values) {
  if (kind === 'till') return { kind, name, merchant_id: merchant!, ...(store !== undefined && store !== ANY && { store_id: store }) };
  return { kind, name, ...(community !== undefined && community !== '' && { community_id: community }) };
}

function MachineItems() {
  const { clients: words } = useWords();
  return (
    <Form.Item name="community" label={words.of} extra={words.machineHint}>
      <Select options={useOffices().map(({ value, label }) => ({ value, label: value === '' ? words.scheme : label }))} />
    </Form.Item>
  );
}

function TillItems({ community, merchant }: Pick<Values, 'community' | 'merchant'>) {
  const { clients: words } = useWords();
  const { all } = useNames();
  const merchants = useMerchants(community);
  const stores = useStores(merchant);
  return (
    <>
      <Form.Item name="community" label={words.community} rules={[{ required: true }]}>
        <Select options={all.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="merchant" label={words.merchant} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={merchants.isFetching}
          options={(merchants.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="store" label={words.store}>
        <Select
          options={[{ value: ANY, label: words.anyStore }, ...(stores.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Form.Item>
    </>
  );
}

function useMerchants(community: string | undefined) {
  return useQuery({
    queryKey: ['merchants', community],
    queryFn: () =>
      allPages((cursor) =>
        answer(api.GET('/v1/merchants', { params: { query: { limit: PAGE_MAX, community_id: community!, ...(cursor && { cursor }) } } })),
      ),
    enabled: community !== undefined && community !== '',
  });
}

function useStores(merchant: string | undefined) {
  return useQuery({
    queryKey: ['merchants', merchant, 'stores'],
    queryFn: async () => (await answer(api.GET('/v1/merchants/{id}', { params: { path: { id: merchant! } } }))).stores,
    enabled: merchant !== undefined,
  });
}
