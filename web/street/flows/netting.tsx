/** A settlement run before and after netting: what everybody owed everybody, and the few payments that are left. */
import { Card } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { Select } from '../../console/select.tsx';
import type { Schemas } from '../../api/client.ts';
import { Chart } from '../../console/chart.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { yuanFixed } from '../../shared/format.ts';
import { FigureTable } from '../figure-table.tsx';
import { useNames, usePayments, useRuns, useSettledPositions } from '../queries.ts';
import { useWords } from '../words.ts';
import { circleOf, type Debt } from './pictures.ts';

export function Netting() {
  const { flows: words } = useWords();
  const runs = useRuns();
  const [chosen, setChosen] = useState<string>();
  const closed = (runs.data ?? []).filter(({ gross_fen: gross }) => gross !== null);
  const run = closed.find(({ id }) => id === chosen) ?? closed[0];
  const choice = run && (
    <Select
      aria-label={words.run}
      value={run.id}
      onChange={setChosen}
      options={closed.map(({ id, number, from_day: from, through_day: through }) => ({
        value: id,
        label: words.runOf(number, from, through),
      }))}
    />
  );
  return (
    <Card title={<h2>{words.netting}</h2>} extra={choice}>
      <Shown query={runs}>{() => (run ? <NettingOf run={run} linked /> : <Empty title={words.noRun} />)}</Shown>
    </Card>
  );
}

/** The netting of a closed run. */
export function NettingOf({ run, linked = false }: { readonly run: Schemas['SettlementRun']; readonly linked?: boolean }) {
  const { flows: words } = useWords();
  const positions = useSettledPositions(run.id);
  const payments = usePayments(run.id);
  return (
    <Shown query={positions}>
      {(owed) => (
        <Shown query={payments}>
          {(paid) => (
            <>
              <p className="netting-said">
                {words.saved(yuanFixed(run.gross_fen!), yuanFixed(run.net_fen!), yuanFixed(run.saved_fen!), percentOf(run))}{' '}
                {linked && <Link href={`/runs/${run.id}`}>{words.toRun(run.number)}</Link>}
              </p>
              <BeforeAndAfter
                before={debtsIn(owed)}
                after={paid.map(({ fen, debtor, creditor }) => ({ fen, debtor: debtor.community_id, creditor: creditor.community_id }))}
              />
            </>
          )}
        </Shown>
      )}
    </Shown>
  );
}

function percentOf({ gross_fen: gross, saved_fen: saved }: Schemas['SettlementRun']): number {
  return gross === 0 ? 0 : Math.round((100 * saved!) / gross!);
}

function debtsIn(positions: readonly Schemas['SettledPosition'][]): Debt[] {
  return positions
    .filter(({ due_to_fen: fen }) => fen > 0)
    .map(({ community_id: debtor, counterparty_id: creditor, due_to_fen: fen }) => ({ debtor, creditor, fen }));
}

function BeforeAndAfter({ before, after }: { readonly before: readonly Debt[]; readonly after: readonly Debt[] }) {
  const { flows: words } = useWords();
  const most = Math.max(1, ...[...before, ...after].map(({ fen }) => fen));
  return (
    <div className="side-by-side">
      <Circle name={words.before(before.length)} debts={before} most={most} />
      <Circle name={words.after(after.length)} debts={after} most={most} />
    </div>
  );
}

function Circle({ name, debts, most }: { readonly name: string; readonly debts: readonly Debt[]; readonly most: number }) {
  const { flows: words, asTable } = useWords();
  const names = useNames();
  const option = useMemo(() => circleOf(debts, most, names), [debts, most, names]);
  const listed = debts.toSorted((a, b) => b.fen - a.fen);
  return (
    <Chart
      name={name}
      option={option}
      height={380}
      asTable={asTable}
      table={
        <FigureTable
          name={name}
          head={[words.debtor, words.creditor, words.yuan]}
          wordsIn={[1]}
          rows={listed.map(({ debtor, creditor, fen }) => [names.of(debtor), names.of(creditor), yuanFixed(fen)])}
        />
      }
    />
  );
}
