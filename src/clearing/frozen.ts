/**
 * The dues and payables of a period. Its business days are closed, so only the settlement itself posts to its dated accounts, and its steps
 * follow one another by the version of the run's row: values read here before a command is decided are still true when it is.
 */
import { asc, gte } from 'drizzle-orm';
import { accountFacts, type AccountKind, type Balance, balancesOfDays, partsOf } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';
import type { Due } from './netting.ts';

/** The amount that one community owed another for a business day, in fen; negative if more was undone than redeemed. */
export type DayDue = Due & { readonly day: string };

/** The amount that a community owed a merchant for a business day, in fen; negative if more was undone than redeemed. */
export type DayPayable = { readonly community: string; readonly merchantId: string; readonly day: string; readonly fen: number };

/** The first closed business day that closes all days through this one; undefined while they are open. */
export async function closedBy({ read, tables: { businessDay } }: View, throughDay: string): Promise<string | undefined> {
  const { day } = businessDay;
  return (await read.select({ day }).from(businessDay).where(gte(day, throughDay)).orderBy(asc(day)).limit(1))[0]?.day;
}

/** The facts that closing a run needs about its period. */
export type Frozen = {
  /** A closed business day, not before the run's last one: with it all days of the run are closed. Null: there is none yet. */
  readonly closedDay: string | null;
  readonly dues: readonly DayDue[];
  readonly payables: readonly DayPayable[];
};

/** Reads these facts. While days of the run are open, nothing in them is final. */
export async function frozenOf(view: View, { fromDay, throughDay }: Row<'settlementRun'>): Promise<Frozen> {
  const closedDay = await closedBy(view, throughDay);
  if (closedDay === undefined) return { closedDay: null, dues: [], payables: [] };
  const [dues, payables] = [await duesOf(view, fromDay, throughDay), await payablesOf(view, fromDay, throughDay)];
  return { closedDay, dues, payables };
}

/** A community's payables for the days of a closed run that it has not paid or carried yet. */
export async function payablesOfRun(view: View, { fromDay, throughDay }: Row<'settlementRun'>, communityId: string): Promise<DayPayable[]> {
  return (await payablesOf(view, fromDay, throughDay)).filter(({ community }) => community === communityId);
}

/** The balances of the dated accounts of a run, in fen, whichever side they stand on: zero once the run is paid. */
export type Left = { readonly dueToFen: number; readonly dueFromFen: number; readonly payableFen: number; readonly clearingFen: number };

/** The amounts left of a run in the books of one community, or of all (null). For an open run they are the amounts so far. */
export async function leftOf(view: View, { fromDay, throughDay }: Row<'settlementRun'>, communityId: string | null): Promise<Left> {
  const sum = async (kind: AccountKind, from: string) => {
    const accounts = await balancesOfDays(view, kind, from, throughDay);
    const own = accounts.filter(({ path }) => communityId === null || accountFacts(path).community === communityId);
    return own.reduce((total, { balance }) => total + Math.abs(balance), 0);
  };
  return {
    dueToFen: await sum('due-to', fromDay),
    dueFromFen: await sum('due-from', fromDay),
    payableFen: await sum('payable', fromDay),
    clearingFen: await sum('clearing', throughDay),
  };
}

/** The dues between communities, by business day. There are none for a settled period. */
export async function duesOf(view: View, from: string, through: string): Promise<DayDue[]> {
  return (await balancesOfDays(view, 'due-to', from, through)).map(dueIn);
}

/** The communities' payables to their merchants, by business day, including those of zero. */
export async function payablesOf(view: View, from: string, through: string): Promise<DayPayable[]> {
  return (await balancesOfDays(view, 'payable', from, through)).map(payableIn);
}

function dueIn({ path, balance }: Balance): DayDue {
  const { community: debtor, other: creditor, day } = partsOf(path);
  return { debtor, creditor, day, fen: 0 - balance };
}

function payableIn({ path, balance }: Balance): DayPayable {
  const { community, other: merchantId, day } = partsOf(path);
  return { community, merchantId, day, fen: 0 - balance };
}
