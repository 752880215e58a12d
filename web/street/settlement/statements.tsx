/** The sums that every community owes and is owed in a run, and its files: the statement, and the payout file for its bank. */
import { Space } from 'antd';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { yuanFixed } from '../../shared/format.ts';
import type { Run } from '../queries.ts';
import { useWords } from '../words.ts';

export function Statements({ run }: { readonly run: Run }) {
  const { runs: words } = useWords();
  return (
    <>
      <p className="lead">{words.statementsLead}</p>
      <Rows<Run['parties'][number]>
        label={words.tabs.statements}
        rows={run.parties}
        rowKey={({ community_id: id }) => id}
        columns={[
          column(words.community, ({ name }) => name),
          figures(words.dueToYuan, ({ due_to_fen: fen }) => yuanFixed(fen)),
          figures(words.dueFromYuan, ({ due_from_fen: fen }) => yuanFixed(fen)),
          figures(words.netYuan, ({ net_fen: fen }) => yuanFixed(fen)),
          figures(words.payableYuan, ({ payable_fen: fen }) => yuanFixed(fen)),
          figures(words.payouts, ({ payouts }) => payouts),
          column(words.files, ({ community_id: id, name }) => <Files runId={run.id} communityId={id} name={name} />),
        ]}
      />
    </>
  );
}

function Files({ runId, communityId, name }: { readonly runId: string; readonly communityId: string; readonly name: string }) {
  const { runs: words } = useWords();
  const statement = `/v1/settlement-runs/${runId}/statements/communities/${communityId}`;
  return (
    <Space>
      <a href={`${statement}?format=html`} target="_blank" rel="noreferrer" aria-label={words.printOf(name)}>
        {words.print}
      </a>
      <a href={`${statement}?format=csv`} download aria-label={words.csvOf(name)}>
        CSV
      </a>
      <a href={`/v1/settlement-runs/${runId}/payout-file?community_id=${communityId}`} download aria-label={words.payoutFileOf(name)}>
        {words.payoutFile}
      </a>
    </Space>
  );
}
