import assert from 'node:assert/strict';
import type { Row, View } from '../store/index.ts';
import { csvHead, csvText, type FileDraft } from './csv.ts';
import { allFlows } from './positions.ts';
import { partiesOf, positionsOfRun } from './queries.ts';

/** Fen both ways between a community and another: `to` is the amount that it owes, `from` the amount that it is owed. */
type Ways = { readonly to: number; readonly from: number };
type Line = Ways & { readonly day: string };

type Counterparty = {
  readonly community_id: string;
  readonly name: string;
  readonly due_to_fen: number;
  readonly due_from_fen: number;
  readonly net_fen: number;
};

/** The totals of a community's statement, as the run froze them. */
export type CommunityTotals = {
  readonly due_to_fen: number;
  readonly due_from_fen: number;
  /** To receive; negative: to pay. */
  readonly net_fen: number;
  /** The amount that it owes its own merchants, and the number of merchants that it pays. */
  readonly payable_fen: number;
  readonly payouts: number;
  readonly counterparties: readonly Counterparty[];
};

const columns = ['counterparty_id', 'counterparty_name', 'business_day', 'due_to_fen', 'due_from_fen', 'net_fen'];

/**
 * A line for each counterparty and business day, counted from the redemptions, reversals and adjustments of the days. Undefined if the
 * community had no part in the run. Throws if the lines do not sum to the frozen totals.
 */
export async function communityStatement(view: View, run: Row<'settlementRun'>, communityId: string): Promise<FileDraft | undefined> {
  const parties = new Map((await partiesOf(view, run.id)).map((party) => [party.communityId, party]));
  const own = parties.get(communityId);
  if (!own) return undefined;
  const found = linesOf(communityId, await allFlows(view, run.fromDay, run.throughDay));
  const others = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, lines]) => ({ ...nameIn(parties, id), id, lines }));
  const counterparties = others.map(({ id, name, lines }): Counterparty => {
    const { to, from } = bothWays(lines);
    return { community_id: id, name, due_to_fen: to, due_from_fen: from, net_fen: from - to };
  });
  await assertFrozen(view, own, counterparties);
  const cells = others.flatMap(({ id, name, lines }) => lines.map(({ day, to, from }) => [id, name, day, to, from, from - to]));
  const { dueToFen, dueFromFen, netFen, payableFen, payouts } = own;
  const totals: CommunityTotals = {
    due_to_fen: dueToFen,
    due_from_fen: dueFromFen,
    net_fen: netFen,
    payable_fen: payableFen,
    payouts,
    counterparties,
  };
  return { content: csvHead(columns) + csvText(cells), rowCount: cells.length, totals };
}

/** Its name when the run closed. */
function nameIn(parties: ReadonlyMap<string, Row<'settlementParty'>>, id: string): { name: string } {
  const party = parties.get(id);
  assert(party, `${id} had dues in the run, but is none of its communities`);
  return { name: party.name };
}

type Flow = { readonly day: string; readonly issuer: string; readonly acquirer: string; readonly fen: number };

/** A community's lines by counterparty, each in the order of the days. */
function linesOf(communityId: string, flows: readonly Flow[]): Map<string, Line[]> {
  // A share of a voucher may have no fen: then nothing was due.
  const dues = flows.filter(({ issuer, acquirer, fen }) => issuer !== acquirer && fen !== 0);
  const own = dues.filter(({ issuer, acquirer }) => issuer === communityId || acquirer === communityId);
  const byOther = Map.groupBy(own, ({ issuer, acquirer }) => (issuer === communityId ? acquirer : issuer));
  const lines = [...byOther].map(([other, its]) => {
    const days = Map.groupBy(its, ({ day }) => day);
    const each = [...days].map(([day, some]) => ({ day, ...bothWays(some.map((flow) => waysOf(communityId, flow))) }));
    return [other, onTheirSides(each.toSorted((a, b) => (a.day < b.day ? -1 : 1)))] as const;
  });
  return new Map(lines);
}

function waysOf(communityId: string, { issuer, fen }: Flow): Ways {
  return issuer === communityId ? { to: fen, from: 0 } : { to: 0, from: fen };
}

function bothWays(all: readonly Ways[]): Ways {
  return all.reduce((sum, { to, from }) => ({ to: sum.to + to, from: sum.from + from }), { to: 0, from: 0 });
}

/**
 * If one direction sums to less than zero over the whole period, because more was undone than redeemed, all of it stands on the other side,
 * as in the frozen totals (`grossDues`), so that the columns add up to the totals.
 */
function onTheirSides(lines: readonly Line[]): Line[] {
  const sum = bothWays(lines);
  if (sum.to < 0) return onTheirSides(lines.map(({ day, to, from }) => ({ day, to: 0, from: from - to })));
  if (sum.from < 0) return onTheirSides(lines.map(({ day, to, from }) => ({ day, to: to - from, from: 0 })));
  return [...lines];
}

async function assertFrozen(view: View, own: Row<'settlementParty'>, counterparties: readonly Counterparty[]): Promise<void> {
  const told = counterparties.filter(({ due_to_fen: to, due_from_fen: from }) => to !== 0 || from !== 0);
  const frozen = await positionsOfRun(view, own.runId, own.communityId);
  assert.deepEqual(
    told.map((each) => [each.community_id, each.due_to_fen, each.due_from_fen]),
    frozen.map((each) => [each.counterpartyId, each.dueToFen, each.dueFromFen]).toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
    `the lines of ${own.communityId} in ${own.runId} are not what was frozen`,
  );
  const sum = bothWays(told.map((each) => ({ to: each.due_to_fen, from: each.due_from_fen })));
  assert.deepEqual(sum, { to: own.dueToFen, from: own.dueFromFen }, `the lines of ${own.communityId} do not come to its totals`);
}
