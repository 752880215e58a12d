import { count, sql } from 'drizzle-orm';
import type { View } from '../store/index.ts';
import { type AccountKind, kinds, type Unit } from './accounts.ts';
import { summed } from './queries.ts';

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
  /** Debits less credits over all accounts: 0 in each unit, or the books are wrong. */
  readonly total: Readonly<Record<Unit, number>>;
};

/** All balances, summed by community and kind of account. */
export async function trialBalance({ read, tables: { account } }: View): Promise<TrialBalance> {
  const { id, community, kind, unit } = account;
  const each = read
    .select({ community, kind, unit, balance: summed(account.balance).as('sum_of_stripes') })
    .from(account)
    .groupBy(id, community, kind, unit)
    .as('each');
  const rows = await read
    .select({
      community: each.community,
      kind: sql<AccountKind>`${each.kind}`,
      unit: sql<Unit>`${each.unit}`,
      accounts: count(),
      debit: sql<number>`sum(case when ${each.balance} > 0 then ${each.balance} else 0 end)`.mapWith(Number),
      credit: sql<number>`sum(case when ${each.balance} < 0 then 0 - ${each.balance} else 0 end)`.mapWith(Number),
    })
    .from(each)
    .groupBy(each.community, each.kind, each.unit);
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
