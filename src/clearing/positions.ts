/** What communities owe each other for what was redeemed, whether or not it is settled. */
import { and, gte, lte } from 'drizzle-orm';
import { entriesById, type Posting } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { type DayFlow, flowsOfDays } from './flows.ts';

/** Points, and the fen that they are to be paid with. */
export type Amounts = { readonly points: number; readonly fen: number };

/**
 * A community and another, seen from the first: `dueTo` for what its points paid for at the other's merchants, `dueFrom` the other way
 * round, `net` what is due from less what is due to. Less than zero is possible: what is undone counts on its own day. A community and itself: what its
 * points paid for at its own merchants, which it owes to nobody.
 */
export type Position = {
  readonly communityId: string;
  readonly counterpartyId: string;
  readonly dueTo: Amounts;
  readonly dueFrom: Amounts;
  readonly net: Amounts;
};

export type PositionQuery = {
  /** Whose positions; null: everybody's. */
  readonly communityId: string | null;
  /** Business days, both included. */
  readonly from: string;
  readonly through: string;
};

/** Positions over a range of business days, in the order of the communities' ids. */
export async function positionsOf(view: View, { communityId, from, through }: PositionQuery): Promise<Position[]> {
  const flows = await allFlows(view, from, through);
  return positionsIn(flows, communityId);
}

/** The same day by day. */
export async function dailyPositions(view: View, { communityId, from, through }: PositionQuery): Promise<(Position & { day: string })[]> {
  const days = Map.groupBy(await allFlows(view, from, through), ({ day }) => day);
  return [...days].flatMap(([day, flows]) => positionsIn(flows, communityId).map((position) => ({ day, ...position })));
}

type Amount = Amounts & { readonly day: string; readonly issuer: string; readonly acquirer: string };

async function allFlows(view: View, from: string, through: string): Promise<Amount[]> {
  const flows: (DayFlow | Amount)[] = [...(await flowsOfDays(view, from, through)), ...(await adjustedDues(view, from, through))];
  return flows.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function positionsIn(flows: readonly Amount[], communityId: string | null): Position[] {
  const sums = new Map<string, Amounts>();
  const sumOf = (issuer: string, acquirer: string) => sums.get(`${issuer}>${acquirer}`) ?? { points: 0, fen: 0 };
  for (const { issuer, acquirer, points, fen } of flows) {
    const sum = sumOf(issuer, acquirer);
    sums.set(`${issuer}>${acquirer}`, { points: sum.points + points, fen: sum.fen + fen });
  }
  const pairs = new Set([...sums.keys()].flatMap((pair) => [pair, pair.split('>').toReversed().join('>')]));
  return [...pairs].toSorted().flatMap((pair) => {
    const [own, other] = pair.split('>') as [string, string];
    if (communityId !== null && own !== communityId) return [];
    const [dueTo, dueFrom] = [sumOf(own, other), sumOf(other, own)];
    const net = { points: dueFrom.points - dueTo.points, fen: dueFrom.fen - dueTo.fen };
    return [{ communityId: own, counterpartyId: other, dueTo, dueFrom, net }];
  });
}

/** Fen that adjustments moved between communities: no points move by them. */
async function adjustedDues(view: View, from: string, through: string): Promise<Amount[]> {
  const { adjustment } = view.tables;
  const rows = await view.read
    .select()
    .from(adjustment)
    .where(and(gte(adjustment.businessDay, from), lte(adjustment.businessDay, through)));
  const ids = rows.flatMap(({ mirrorId, rightId }) => (rightId === null ? [mirrorId] : [mirrorId, rightId]));
  const entries = await entriesById(view, ids);
  return entries.flatMap(({ businessDay, postings }) => duesIn(postings).map((due) => ({ day: businessDay, points: 0, ...due })));
}

/** What the legs of an entry say who bears at whose merchants: what a community's cost is beyond its dues to others is for its own. */
function duesIn(postings: readonly Posting[]): { issuer: string; acquirer: string; fen: number }[] {
  const sums = new Map<string, number>();
  const add = (issuer: string, acquirer: string, fen: number) => {
    const pair = `${issuer}>${acquirer}`;
    sums.set(pair, (sums.get(pair) ?? 0) + fen);
  };
  for (const { account, amount } of postings) {
    const [kind, issuer, acquirer] = account.split(':') as [string, string, string];
    if (kind === 'cost') add(issuer, issuer, amount);
    if (kind !== 'due-to') continue;
    add(issuer, issuer, amount);
    add(issuer, acquirer, 0 - amount);
  }
  const dues = [...sums].filter(([, fen]) => fen !== 0);
  return dues.map(([pair, fen]) => {
    const [issuer, acquirer] = pair.split('>') as [string, string];
    return { issuer, acquirer, fen };
  });
}
