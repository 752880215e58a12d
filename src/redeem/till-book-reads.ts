/** Compares a merchant's business day in the database with the lines of a till's own book. Neither is held in memory as a whole. */
import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, gt } from 'drizzle-orm';
import { lastClosedDay } from '../ledger/index.ts';
import { idOf, isOneOf, pages, type Row, type View } from '../store/index.ts';
import { type RedemptionState, redemptionsById } from './queries.ts';
import { redeem } from './redemptions.ts';
import { isOwn } from './reversals.ts';
import { redemptionOf } from './voids.ts';
import {
  type BookedLine,
  dayBook,
  elsewhere,
  type Finding,
  type Known,
  type List,
  lists,
  type Match,
  missingThere,
  moreFen,
  noTotals,
  plus,
  redeemedLine,
  reversedLine,
  type TillLine,
  type Totals,
} from './till-book.ts';
import { roundings } from './till-book-rounded.ts';

/** Findings of one list that are kept; the rest are only counted. */
const FINDINGS_MAX = 1_000;
const PAGE_ROWS = 1_000;
const LOOKED_UP_AT_ONCE = 500;

/** The merchant whose day is compared, or, if the till is bound to a store, only that store. */
export type Scope = { readonly merchantId: string; readonly storeId: string | undefined };

/** The findings of a list: their number, their sum in the difference in fen, and the first of them. */
export type Findings = { count: number; fen: number; readonly first: Finding[] };

export type BookDifference = {
  readonly closed: boolean;
  readonly read: number;
  readonly matched: number;
  /** The number of the till's lines that name another store than its own; they are not compared. */
  readonly otherStores: number;
  readonly ours: Totals;
  readonly theirs: Totals;
  readonly findings: Readonly<Record<List, Findings>>;
};

/** Compares a business day with the till's lines, which are read once, as they arrive. An error of reading them is thrown on. */
export async function compareBooks(view: View, scope: Scope, day: string, lines: AsyncIterable<TillLine>): Promise<BookDifference> {
  // Asked first: a day that is closed now does not change while its lines are read.
  const closed = day <= (await lastClosedDay(view));
  const book = dayBook();
  const rounded = roundings();
  let ours = noTotals;
  for await (const line of linesOf(view, scope, day)) {
    ours = plus(ours, line);
    book.enter(line);
    rounded.enter(line);
  }
  const clients = await clientsOf(view, scope);
  const findings = noFindings();
  let [read, matched, otherStores, theirs] = [0, 0, 0, noTotals];
  let unknown: TillLine[] = [];
  const waiting: Finding[] = [];

  function noteOrWait(finding: Finding): void {
    if (rounded.awaits(finding)) waiting.push(finding);
    else note(findings, finding);
  }
  async function lookUp(): Promise<void> {
    for (const finding of await lookedUp(view, scope, clients, unknown)) noteOrWait(finding);
    unknown = [];
  }
  async function settle(line: TillLine, match: Match): Promise<void> {
    if (match === 'matched') matched++;
    else if (match !== 'unknown') noteOrWait(match);
    else if (unknown.push(line) === LOOKED_UP_AT_ONCE) await lookUp();
  }

  for await (const line of lines) {
    read++;
    if (scope.storeId !== undefined && line.storeId !== null && line.storeId !== scope.storeId) {
      otherStores++;
      continue;
    }
    theirs = plus(theirs, line);
    const match = book.compare(line);
    if (match) await settle(line, match);
  }
  for (const [line, match] of book.undecided()) await settle(line, match);
  await lookUp();
  const left = [...book.left()];
  const { findings: paired, taken } = rounded.pair(waiting, left);
  for (const finding of paired) note(findings, finding);
  await noteLeft(
    view,
    findings,
    left.filter((line) => !taken.has(line)),
  );
  return { closed, read, matched, otherStores, ours, theirs, findings };
}

function noFindings(): Record<List, Findings> {
  return Object.fromEntries(lists.map((list) => [list, { count: 0, fen: 0, first: [] }])) as unknown as Record<List, Findings>;
}

function note(findings: Record<List, Findings>, finding: Finding): void {
  const list = findings[finding.list];
  list.count++;
  list.fen += moreFen(finding);
  if (list.first.length < FINDINGS_MAX) list.first.push(finding);
}

/** Records the lines that the till does not have. Only for those that are shown it looks up whether they were undone. */
async function noteLeft(view: View, findings: Record<List, Findings>, all: readonly BookedLine[]): Promise<void> {
  const ids = all.slice(0, FINDINGS_MAX).map(({ redemptionId }) => redemptionId);
  const undone = new Map((await redemptionsById(view, ids)).map(({ redemption, reversal }) => [redemption.id, reversal?.businessDay]));
  for (const line of all) note(findings, missingThere(line, undone.get(line.redemptionId) ?? null));
}

async function* linesOf(view: View, { merchantId, storeId }: Scope, day: string): AsyncGenerator<BookedLine> {
  for (const store of storeId === undefined ? await storesOf(view, merchantId) : [storeId]) {
    for await (const rows of redeemedPages(view, store, day)) yield* rows.map((redemption) => redeemedLine({ redemption }));
    for await (const rows of reversedPages(view, store, day)) yield* rows.map(reversedLine);
  }
}

async function storesOf({ read, tables: { store } }: View, merchantId: string): Promise<string[]> {
  return (await read.select({ id: store.id }).from(store).where(eq(store.merchantId, merchantId))).map(({ id }) => id);
}

function redeemedPages({ read, tables: { redemption } }: View, storeId: string, day: string): AsyncGenerator<Row<'redemption'>[]> {
  return pages(async (last) => {
    await setImmediate(); // A long day gives way to tills.
    return read
      .select()
      .from(redemption)
      .where(and(eq(redemption.storeId, storeId), eq(redemption.businessDay, day), last && gt(redemption.id, last.id)))
      .orderBy(asc(redemption.id))
      .limit(PAGE_ROWS);
  });
}

type Reversed = { readonly redemption: Row<'redemption'>; readonly reversal: Row<'redemptionReversal'> };

function reversedPages({ read, tables }: View, storeId: string, day: string): AsyncGenerator<Reversed[]> {
  const { redemption, redemptionReversal: reversal } = tables;
  return pages(async (last) => {
    await setImmediate();
    return read
      .select({ redemption, reversal })
      .from(reversal)
      .innerJoin(redemption, eq(redemption.id, reversal.redemptionId))
      .where(and(eq(reversal.storeId, storeId), eq(reversal.businessDay, day), last && gt(reversal.id, last.reversal.id)))
      .orderBy(asc(reversal.id))
      .limit(PAGE_ROWS);
  });
}

/**
 * The merchant's clients whose requests may belong to the scope, which excludes tills of other stores. Revoked clients have sent requests
 * too.
 */
async function clientsOf({ read, tables: { client } }: View, { merchantId, storeId }: Scope): Promise<string[]> {
  const clients = await read.select({ id: client.id, storeId: client.storeId }).from(client).where(eq(client.merchantId, merchantId));
  return clients.filter((each) => storeId === undefined || each.storeId === null || each.storeId === storeId).map(({ id }) => id);
}

/** The outcomes of lines that do not belong to our day, by their request numbers. */
async function lookedUp(view: View, scope: Scope, clients: readonly string[], lines: readonly TillLine[]): Promise<Finding[]> {
  if (lines.length === 0) return [];
  const { read, tables } = view;
  const { request } = tables;
  const numbers = lines.map(({ requestNo }) => requestNo);
  const requests = await read
    .select()
    .from(request)
    .where(and(isOneOf(view, request.key, numbers), isOneOf(view, request.client, clients)));
  const redeeming = requests.filter(({ command }) => command === redeem.name);
  const made = await redemptionsById(
    view,
    redeeming.map(redemptionOf).filter((id) => id !== undefined),
  );
  const states = new Map(made.map((state) => [state.redemption.id, state]));
  const byNumber = Map.groupBy(redeeming, ({ key }) => key);
  return lines.map((line) => {
    const known = (byNumber.get(line.requestNo) ?? []).flatMap((row) => knownOf(row, states, scope));
    return elsewhere(line, likeliest(known, line));
  });
}

function knownOf(row: Row<'request'>, states: ReadonlyMap<string, RedemptionState>, { merchantId, storeId }: Scope): Known[] {
  if (row.outcome !== null) return [JSON.parse(row.outcome) as { refused: string }];
  const state = states.get(idOf('red', row.commandId));
  return state && isOwn(state.redemption, merchantId, storeId ?? null) ? [state] : [];
}

/**
 * The most likely of several tills' requests with this number: the one of the redemption that the line names, or else one that redeemed
 * something.
 */
function likeliest(known: readonly Known[], { redemptionId }: TillLine): Known {
  const made = known.filter((each) => typeof each === 'object' && 'redemption' in each);
  return made.find(({ redemption }) => redemption.id === redemptionId) ?? made[0] ?? known[0] ?? 'unknown';
}
