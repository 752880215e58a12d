/** One batch: its facts are loaded, its commands are decided in order on a working set, and their changes are written. */
import assert from 'node:assert/strict';
import {
  idOf,
  type Key,
  keyText,
  type Prefix,
  type Reader,
  type Row,
  specOf,
  type TableName,
  type Tx,
  writeOrder,
} from '../store/index.ts';
import { accountFacts } from './accounts.ts';
import { addDays, dayOf } from './calendar.ts';
import { type Call, type Command, type Decision, isRefusal, one, type Outcome, type Refusal, type Success, type Want } from './command.ts';
import { balanced, type Posting } from './entry.ts';
import { refuse } from './refusals.ts';
import { sameHash } from './same-hash.ts';
import { nameOfWant, NotLoaded, type Touch, WorkingSet } from './working-set.ts';

export type Submission<I, R> = {
  readonly command: Command<I, R>;
  readonly input: I;
  readonly client: string;
  /** The request key: with the client it names this attempt for ever. */
  readonly key: string;
  /** Keyed hash (hex) of the input, which shows whether the same key came with another input. */
  readonly hash: string;
  /** The hash of the same input by the formula before: with it too it is the input of a request that was stored then. */
  readonly formerHash?: () => string;
  /** The id of the actor. */
  readonly actor: string;
  /** Whether it may be carried out twice: nobody asks for its outcome again, so that none is kept. It makes no entries. */
  readonly once?: boolean;
};

/** A command on its way: stamped when it arrived, decided as often as necessary. */
export type Waiting = {
  readonly submission: Submission<unknown, unknown>;
  readonly id: string;
  readonly at: number;
};

export type Decided<W extends Waiting> = {
  readonly waiting: W;
  readonly outcome?: Outcome<unknown>;
  /** The error that its `decide` threw. */
  readonly error?: unknown;
  /** The rows that it changed. */
  readonly touched: readonly Touch[];
};

export type BatchResult<W extends Waiting> = {
  readonly decided: readonly Decided<W>[];
  /** The first command that wants a row which another batch is writing, and those after it, which may build on it: not decided. */
  readonly putOff: readonly W[];
  /** Writes the decided changes. */
  write(tx: Tx): Promise<void>;
};

/** Loads and decides a batch, up to the first command that wants a row which `isBeingWritten`. */
export async function decideBatch<W extends Waiting>(
  tx: Tx,
  batch: readonly W[],
  isBeingWritten: ((name: string) => boolean) | undefined,
): Promise<BatchResult<W>> {
  const facts = new WorkingSet();
  const firstOpen = addDays(await tx.lastClosedDay(), 1);
  await load(tx, facts, batch);
  const first = isBeingWritten
    ? batch.findIndex((waiting) => wantsOf(facts, waiting).some((want) => isBeingWritten(nameOfWant(want))))
    : -1;
  const [ready, putOff] = first < 0 ? [batch, []] : [batch.slice(0, first), batch.slice(first)];
  const decided: Decided<W>[] = [];
  for (const [n, waiting] of ready.entries()) {
    let result = decideOne(facts, waiting, firstOpen);
    // An earlier command of this batch has made a row that leads to further facts.
    while (result.error instanceof NotLoaded && (await loadMore(tx, facts, ready.slice(n)))) result = decideOne(facts, waiting, firstOpen);
    decided.push(result);
  }
  return { decided, putOff, write: (into) => writeAll(into, facts) };
}

/**
 * All writes are issued in the order of the tables before any is awaited, so a remote database needs one round trip, not one for each
 * table.
 */
async function writeAll(tx: Tx, facts: WorkingSet): Promise<void> {
  const writes: Promise<void>[] = [];
  for (const table of writeOrder) {
    const rows = facts.writes(table);
    if (rows.length > 0) writes.push(tx.write(table, rows));
    const blanks = specOf(table).blankable ? facts.blanks(table) : [];
    if (blanks.length > 0) writes.push(tx.blank(table, blanks));
    if (table !== 'account' && table !== 'limitUse') continue;
    const additions = facts.additions(table);
    if (additions.length > 0) writes.push(tx.add(table, additions));
  }
  await inOrder(writes);
}

/** Waits for all, and throws the first failure in their order: in a database transaction the later ones fail only because of it. */
async function inOrder(all: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

/**
 * Loads the facts that the batch wants, in as many rounds as facts lead to others, with one read a table in each round; the requests come
 * last.
 */
async function load(tx: Tx, facts: WorkingSet, batch: readonly Waiting[]): Promise<void> {
  await loadMore(tx, facts, batch);
  await read(tx, facts, new Reads(facts).add(batch.map(({ submission: { key, client } }) => one('request', key, client))));
  await read(tx, facts, new Reads(facts).add(batch.flatMap((waiting) => recallOf(facts, waiting))));
}

/** Loads missing facts, and returns whether any were missing. A command that wants nothing more is not asked again. */
export async function loadMore(tx: Reader, facts: WorkingSet, batch: readonly Waiting[]): Promise<boolean> {
  let any = false;
  let asked = batch;
  for (;;) {
    const reads = new Reads(facts);
    asked = asked.filter(({ submission: { command, input }, at }) => reads.grows(command.load(input, facts.known, at)));
    if (asked.length === 0) return any;
    await read(tx, facts, reads);
    any = true;
  }
}

function wantsOf(facts: WorkingSet, { submission: { command, input, key, client }, at }: Waiting): readonly Want[] {
  return [...command.load(input, facts.known, at), one('request', key, client)];
}

/** The reads of one round: the keys of each table, or of a group of it. */
class Reads {
  readonly of = new Map<string, { readonly table: TableName; readonly group: string | undefined; readonly keys: Map<string, Key> }>();
  readonly #facts: WorkingSet;

  constructor(facts: WorkingSet) {
    this.#facts = facts;
  }

  /** Adds wants that are not loaded yet, and returns whether there were any. */
  grows(wants: readonly Want[]): boolean {
    let any = false;
    for (const want of wants) {
      if (this.#facts.has(want)) continue;
      const { table, group, key } = want;
      const alike = this.of.getOrInsertComputed(group ? `${table} ${group}` : table, () => ({ table, group, keys: new Map() }));
      alike.keys.set(keyText(key), key);
      any = true;
    }
    return any;
  }

  add(wants: readonly Want[]): this {
    this.grows(wants);
    return this;
  }
}

async function read(tx: Reader, facts: WorkingSet, reads: Reads): Promise<void> {
  const all = [...reads.of.values()].map(async ({ table, group, keys: byText }) => {
    const keys = [...byText.values()];
    if (group) facts.addGroup(table, group, keys, await tx.byGroup(table, group as never, keys));
    else facts.addRows(table, keys, await tx.byKey(table, keys));
  });
  await inOrder(all);
}

/** The row from which the reply of an earlier request is read again. */
function recallOf(facts: WorkingSet, { submission: { command, key, client } }: Waiting): Want[] {
  const earlier = facts.get('request', key, client);
  return earlier?.outcome === null && earlier.command === command.name ? [command.recall!.want(earlier.commandId)] : [];
}

function decideOne<W extends Waiting>(facts: WorkingSet, waiting: W, firstOpen: string): Decided<W> {
  const { submission, id, at } = waiting;
  const { command, input, client, key, actor } = submission;
  const touched = facts.trace();
  try {
    const earlier = facts.get('request', key, client);
    if (earlier) return { waiting, outcome: replay(facts, earlier, submission), touched };
    const today = dayOf(at);
    const call: Call = { id, at, day: today > firstOpen ? today : firstOpen, client, key, actor };
    const decision: Decision<unknown> = command.decide(facts, input, call);
    const outcome = isRefusal(decision) ? decision : applied(facts, decision, call);
    const entries = isRefusal(decision) ? 0 : (decision.entries?.length ?? 0);
    if (submission.once) assert(entries === 0, `${command.name} makes entries: its request must be kept`);
    else facts.put('request', requestRow(submission, call, outcome, entries));
    return { waiting, outcome: { ...outcome, replayed: false }, touched };
  } catch (error) {
    // Its changes so far cannot be taken back out of the facts, so the batch is decided again, one command at a time.
    if (touched.length > 0) throw error;
    return { waiting, error, touched };
  }
}

function replay(facts: WorkingSet, earlier: Row<'request'>, submission: Submission<unknown, unknown>): Outcome<unknown> {
  if (earlier.voidedAt !== null) return { ...refuse('request_voided', { voided_at: earlier.voidedAt }), replayed: true };
  const { command } = submission;
  if (!isSameInput(earlier, submission) || earlier.command !== command.name)
    return { ...refuse('idempotency_key_reused', { first_used_at: earlier.at }), replayed: true };
  if (earlier.outcome === null) return { reply: command.recall!.reply(facts, earlier.commandId), replayed: true };
  const { entries: _entries, ...outcome } = JSON.parse(earlier.outcome) as KeptOutcome;
  return { ...outcome, replayed: true };
}

function isSameInput({ hash: stored }: Row<'request'>, { hash, formerHash }: Submission<unknown, unknown>): boolean {
  return sameHash(stored, hash) || (formerHash !== undefined && sameHash(stored, formerHash()));
}

/** An outcome as it is stored, with the number of its entries if they are many. */
type KeptOutcome = ({ readonly reply: unknown } | Refusal) & { readonly entries?: number };

/** Puts a success into the working set; throws if it contradicts the books, which is our own mistake. */
export function applied(facts: WorkingSet, success: Success<unknown>, call: Call): { reply: unknown } {
  const entries = (success.entries ?? []).map((draft, n) => ({ draft, id: entryId(call, n), postings: balanced(draft.postings) }));
  assertFloors(
    facts,
    entries.flatMap(({ postings }) => postings),
  );
  for (const { table, row } of success.rows ?? []) facts.put(table, row);
  for (const use of success.uses ?? []) facts.use(use);
  for (const { draft, id, postings } of entries) {
    const { kind, effectiveAt, subject, reverses = null } = draft;
    facts.book({ id, kind, businessDay: call.day, effectiveAt, recordedAt: call.at, subject, reverses }, postings);
  }
  return { reply: success.reply };
}

/** Checks posting after posting, since an entry may take out the points that an earlier one of the same command put in. */
function assertFloors(facts: WorkingSet, postings: readonly Posting[]): void {
  const sums = new Map<string, number>();
  for (const { account, amount } of postings) {
    if (accountFacts(account).floor === undefined) continue;
    const sum = (sums.get(account) ?? 0) + amount;
    assert(facts.allowed(account, sum), `${account} would fall below its floor: a guard is missing`);
    sums.set(account, sum);
  }
}

/** The id of the n-th entry of a command: the command's own, counted up in its last digits. */
export function entryId(call: { readonly id: string }, n = 0): string {
  return nthId('ent', call, n);
}

/** The id of the n-th thing of a kind that one command makes. */
export function nthId(prefix: Prefix, { id }: { readonly id: string }, n: number): string {
  const tail = (Number.parseInt(id.slice(-6), 16) + n) % 0x1000000;
  return idOf(prefix, id.slice(0, -6) + tail.toString(16).padStart(6, '0'));
}

/** If a command makes more entries than this, their number is stored with its outcome. */
export const ENTRIES_UNCOUNTED = 2;

function requestRow(
  { command, hash }: Submission<unknown, unknown>,
  call: Call,
  outcome: { reply: unknown } | Refusal,
  entries: number,
): Row<'request'> {
  const recalled = command.recall !== undefined && !isRefusal(outcome);
  assert(!recalled || entries <= ENTRIES_UNCOUNTED, `${command.name} makes ${entries} entries: their number must be kept`);
  const kept: KeptOutcome = entries > ENTRIES_UNCOUNTED ? { entries, ...outcome } : outcome;
  return {
    key: call.key,
    client: call.client,
    hash,
    command: command.name,
    commandId: call.id,
    actor: call.actor,
    at: call.at,
    outcome: recalled ? null : JSON.stringify(kept),
    voidedAt: null,
    version: 0,
  };
}
