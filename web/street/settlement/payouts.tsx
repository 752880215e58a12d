/** The payouts to merchants for a run. */
import { Space } from 'antd';
import { useState } from 'react';
import { Select } from '../../console/select.tsx';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { Mark } from '../../console/mark.tsx';
import { useNames, type Run } from '../queries.ts';
import { useWords } from '../words.ts';

type State = Schemas['Payout']['state'];
const tones = { due: 'warn', paid: 'good', failed: 'bad', carried: 'plain' } as const;
const STATES = Object.keys(tones) as State[];

export function Payouts({ run }: { readonly run: Run }) {
  const { runs: words, states, everyCommunity } = useWords();
  const names = useNames();
  const [state, setState] = useState<State | ''>('');
  const [community, setCommunity] = useState('');
  const only = { ...(state !== '' && { state }), ...(community !== '' && { community_id: community }) };
  const pages = usePages(['runs', run.id, 'payouts', only], (cursor) =>
    answer(api.GET('/v1/settlement-runs/{id}/payouts', { params: { path: { id: run.id }, query: { ...pageAt(cursor, 50), ...only } } })),
  );
  return (
    <>
      <Space wrap className="gap">
        <Select<State | ''>
          aria-label={words.state}
          value={state}
          onChange={setState}
          options={[{ value: '', label: words.everyState }, ...STATES.map((value) => ({ value, label: states.payout[value] }))]}
        />
        <Select
          aria-label={words.community}
          value={community}
          onChange={setCommunity}
          options={[{ value: '', label: everyCommunity }, ...names.all.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Space>
      <DataTable<Schemas['Payout']>
        label={words.tabs.payouts}
        empty={words.noPayouts}
        pages={pages}
        rowKey={({ id }) => id}
        columns={[
          column(words.community, ({ community_id: id }) => names.of(id)),
          column(words.merchant, ({ merchant_name: name }) => name),
          figures(words.yuan, ({ fen }) => yuanFixed(fen)),
          column(words.state, (payout) => <Mark tone={tones[payout.state]}>{states.payout[payout.state]}</Mark>),
          column(words.bankReference, ({ bank_reference: reference }) => reference ?? '–'),
          column(words.failure, ({ failure }) => <span className="prose">{failure ?? '–'}</span>),
          column(words.decided, ({ decided_at: at }) => (at === null ? '–' : timeOf(at))),
        ]}
      />
    </>
  );
}
