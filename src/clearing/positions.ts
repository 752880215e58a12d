/** Positions: the dues between communities for redemptions, whether or not they are settled. */
import { and, gte, lte } from 'drizzle-orm';
import { entriesById, type EntryWithPostings, partsOf } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { type DayFlow, flowsOfDays } from './flows.ts';

/** Points, and the fen that they are to be paid with. */
export type Amounts = { readonly points: number; readonly fen: number };

/**
 * A community's position with another: `dueTo` for its points spent at the other's merchants, `dueFrom` the other way round, and `net`,
 * which is `dueFrom` less `dueTo`. Amounts may be below zero: a reversal counts on its own day. A community's position with itself is the
 * amount that its points paid for at its own merchants, which it owes to nobody.
 */
export type Position = {
  readonly communityId: string;
  readonly counterpartyId: string;
  readonly dueTo: Amounts;
  readonly dueFrom: Amounts;
  readonly net: Amounts;
};

export type PositionQuery = {
  /** The community whose positions are asked for; null: all. */
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

/** The flows between communities, with adjustments, by business day; including those of a community with itself. */
export async function allFlows(view: View, from: string, through: string): Promise<Amount[]> {
  const flows: (DayFlow | Amount)[] = [...(await flowsOfDays(view, from, through)), ...(await adjustedDues(view, from, through))];
  return flows.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function positionsIn(flows: readonly Amount[], communityId: string | null): Position[] {
  const sums = new Map<string, Amounts>();
  // A space comes before all that an id may hold: so pairs are sorted as their communities are.
  const owedBy = (issuer: string, acquirer: string) => sums.get(`${issuer} ${acquirer}`) ?? { points: 0, fen: 0 };
  for (const { issuer, acquirer, points, fen } of flows) {
    const sum = owedBy(issuer, acquirer);
    sums.set(`${issuer} ${acquirer}`, { points: sum.points + points, fen: sum.fen + fen });
  }
  const pairs = new Set([...sums.keys()].flatMap((pair) => [pair, pair.split(' ').toReversed().join(' ')]));
  return [...pairs].toSorted().flatMap((pair) => {
    const [own, other] = pair.split(' ') as [string, string];
    if (communityId !== null && own !== communityId) return [];
    const [dueTo, dueFrom] = [owedBy(own, other), owedBy(other, own)];
    const net = { points: dueFrom.points - dueTo.points, fen: dueFrom.fen - dueTo.fen };
    return [{ communityId: own, counterpartyId: other, dueTo, dueFrom, net }];
  });
}

/** The fen that adjustments moved; they move no points. There are few of them, since each takes two officers. */
async function adjustedDues(view: View, from: string, through: string): Promise<Amount[]> {
  const { adjustment } = view.tables;
  const rows = await view.read
    .select()
    .from(adjustment)
    .where(and(gte(adjustment.businessDay, from), lte(adjustment.businessDay, through)));
  const ids = rows.flatMap(({ mirrorId, rightId }) => (rightId === null ? [mirrorId] : [mirrorId, rightId]));
  return (await entriesById(view, ids)).flatMap(duesIn);
}

/** The dues that an entry makes between communities; the part of a community's cost that it owes to nobody stays at home. */
function duesIn({ businessDay: day, postings }: EntryWithPostings): Amount[] {
  const legs = postings.map(({ account, amount }) => ({ ...partsOf(account), amount }));
  const costs = legs.filter(({ kind }) => kind === 'cost' || kind === 'due-to');
  const dues = costs.flatMap(({ kind, community: issuer, other: acquirer, amount }) =>
    kind === 'cost' ? [] : [{ day, issuer, acquirer, points: 0, fen: 0 - amount }],
  );
  const atHome = [...Map.groupBy(costs, ({ community }) => community)].map(([community, own]) => {
    const fen = own.reduce((sum, { amount }) => sum + amount, 0);
    return { day, issuer: community, acquirer: community, points: 0, fen };
  });
  return [...dues, ...atHome.filter(({ fen }) => fen !== 0)];
}
