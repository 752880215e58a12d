import { count, sql } from 'drizzle-orm';
import type { View } from '../store/index.ts';
import { type AccountKind, kinds, type Unit } from './accounts.ts';

type TrialBalanceRow = {
  readonly community: string;
  readonly kind: AccountKind;
  readonly unit: Unit;
  readonly accounts: number;
  /** The sum of the balances that stand on the debit side, in the unit; and of those on the credit side. Neither is negative. */
  readonly debit: number;
  readonly credit: number;
};

export type TrialBalance = {
  /** By community, and within it in the order of the chart. */
  readonly rows: readonly TrialBalanceRow[];
  /** Debits less credits over all accounts: 0 of each unit, or the books are wrong. */
  readonly total: Readonly<Record<Unit, number>>;
};

/** All balances, summed by community and kind of account. */
export async function trialBalance({ read, tables: { account } }: View): Promise<TrialBalance> {
  const { community, kind, unit, balance } = account;
  const rows = await read
    .select({
      community,
      kind: sql<AccountKind>`${kind}`,
      unit: sql<Unit>`${unit}`,
      accounts: count(),
      debit: sql<number>`sum(case when ${balance} > 0 then ${balance} else 0 end)`.mapWith(Number),
      credit: sql<number>`sum(case when ${balance} < 0 then 0 - ${balance} else 0 end)`.mapWith(Number),
    })
    .from(account)
    .groupBy(community, kind, unit);
  return { rows: rows.toSorted(inChartOrder), total: { point: totalOf(rows, 'point'), fen: totalOf(rows, 'fen') } };
}

const chart = Object.keys(kinds);

function inChartOrder(a: TrialBalanceRow, b: TrialBalanceRow): number {
  if (a.community !== b.community) return a.community < b.community ? -1 : 1;
  return chart.indexOf(a.kind) - chart.indexOf(b.kind);
}

function totalOf(rows: readonly TrialBalanceRow[], unit: Unit): number {
  return rows.filter((row) => row.unit === unit).reduce((sum, { debit, credit }) => sum + debit - credit, 0);
}
