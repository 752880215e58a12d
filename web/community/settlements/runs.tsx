import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { useWords } from '../words.ts';

type Run = Schemas['SettlementRun'];

export function RunsPage() {
  const words = useWords().runs;
  const pages = usePages<Run>(['runs'], (cursor) => answer(api.GET('/v1/settlement-runs', { params: { query: pageAt(cursor) } })));
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      <DataTable<Run>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.number, ({ id, number }) => <Link href={`/settlements/${id}`}>{words.run(number)}</Link>),
          column(words.days, ({ from_day: from, through_day: through }) => `${from} – ${through}`),
          column(words.state, ({ state }) => words.states[state]),
          figures(words.unconfirmed, ({ unconfirmed }) => unconfirmed),
          figures(words.unpaid, ({ unpaid }) => unpaid),
          figures(words.net, ({ net_fen: fen }) => (fen === null ? '—' : yuanFixed(fen))),
          column(words.closedAt, ({ closed_at: at }) => (at === null ? '—' : timeOf(at))),
        ]}
      />
    </Page>
  );
}
