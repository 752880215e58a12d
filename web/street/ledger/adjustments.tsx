/** Adjustments of what is settled, and proposing one. */
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { AdjustmentForm } from './adjustment-form.tsx';

export function AdjustmentsPage() {
  const { ledger: words } = useWords();
  const pages = usePages(['adjustments'], (cursor) => answer(api.GET('/v1/adjustments', { params: { query: pageAt(cursor) } })));
  return (
    <Page title={words.adjustments} actions={<Link href="/ledger">{words.all}</Link>}>
      <p className="lead">{words.adjustmentsLead}</p>
      <Card className="gap">
        <DataTable<Schemas['Adjustment']>
          label={words.adjustments}
          empty={words.noAdjustments}
          pages={pages}
          rowKey={({ id }) => id}
          columns={[
            column(words.adjustedAt, ({ adjusted_at: at }) => timeOf(at)),
            column(words.reason, ({ reason }) => <span className="prose">{reason}</span>),
            column(words.wrong, ({ entry_id: id }) => entry(id, words.see)),
            column(words.mirror, ({ mirror_id: id }) => entry(id, words.see)),
            column(words.right, ({ right_id: id }) => (id === null ? words.nothing : entry(id, words.see))),
            column(words.businessDay, ({ business_day: day }) => day),
            column(words.officers, ({ proposed_by_name: one, approved_by_name: other }) => `${one ?? '–'}, ${other ?? '–'}`),
          ]}
        />
      </Card>
      <Card title={<h2>{words.proposeAdjustment}</h2>}>
        <AdjustmentForm />
      </Card>
    </Page>
  );
}

function entry(id: string, said: string) {
  return <Link href={`/ledger/entries/${id}`}>{said}</Link>;
}
