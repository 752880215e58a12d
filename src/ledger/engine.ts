import { Conflict, idOf, type Row, type Store, StoreUnavailable, type Tx, writeOrder } from '../store/index.ts';
import { addDays, dayOf } from './calendar.ts';
import {
  type Call,
  type Command,
  type Decision,
  isRefusal,
  one,
  type Outcome,
  type Refusal,
  refuser,
  type Success,
  type Want,
} from './command.ts';
import { balanced, type Posting } from './entry.ts';
import { WorkingSet } from './working-set.ts';

/** What the engine itself refuses. */
export const engineRefusals = ['idempotency_key_reused', 'request_voided'] as const;
const refuse = refuser(engineRefusals);

/** The system's own client: jobs, seeds and the command line act through it. */
export const SYSTEM_CLIENT = `cli_${'0'.repeat(32)}`;

/** The queue is full, or the database cannot be written just now. Whether the command was done is unknown: send the same key again. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

export type EngineOptions = {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** 32 hex digits, increasing. */
  readonly newId: () => string;
  /** Commands that may wait before further ones are turned away. */
  readonly queueMax?: number;
  readonly batchMax?: number;
};

export type Submission<I, R> = {
  readonly command: Command<I, R>;
  readonly input: I;
  readonly client: string;
  /** The request key: with the client it names this attempt for ever. */
  readonly key: string;
  /** Keyed hash (hex) of what was sent, by which the same key with another input is told apart. */
  readonly hash: string;
  /** The id of who acts. */
  readonly actor: string;
};

type Waiting = {
  readonly submission: Submission<unknown, unknown>;
  readonly id: string;
  readonly at: number;
  readonly resolve: (outcome: Outcome<unknown>) => void;
  readonly reject: (error: unknown) => void;
};

type Decided = { readonly waiting: Waiting; readonly outcome?: Outcome<unknown>; readonly error?: unknown };

const ATTEMPTS = 5;

/**
 * The one writer. Commands wait in a queue; each turn takes what is waiting, loads all its facts, decides each in order on a working
 * set, commits everything in one transaction, and only then answers. There is no timer: while a batch is written the next one gathers.
 */
export class Engine {
  readonly #store: Store;
  readonly #options: Required<EngineOptions>;
  #queue: Waiting[] = [];
  #turn: Promise<void> | undefined;

  constructor(store: Store, options: EngineOptions) {
    this.#store = store;
    this.#options = { queueMax: 8_192, batchMax: 256, ...options };
  }

  /** Carries out a command, or answers as an earlier request with this key was answered. Throws `Unavailable`, or what `decide` threw. */
  submit<I, R>(submission: Submission<I, R>): Promise<Outcome<R>> {
    if (this.#queue.length >= this.#options.queueMax) return Promise.reject(new Unavailable('too many commands are waiting'));
    return new Promise((resolve, reject) => {
      this.#queue.push({
        submission,
        id: this.#options.newId(),
        at: this.#options.clock(),
        resolve: resolve as Waiting['resolve'],
        reject,
      });
      this.#turn ??= this.#drain();
    });
  }

  /** How many commands are waiting. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Waits until everything submitted so far has been answered. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.#answer(this.#queue.splice(0, this.#options.batchMax));
    }
    this.#turn = undefined;
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    let decided: readonly Decided[];
    try {
      decided = await this.#commit(batch);
    } catch (error) {
      if (error instanceof Unavailable || batch.length === 1) for (const { reject } of batch) reject(error);
      // One command may have upset the database: alone, it fails alone.
      else for (const waiting of batch) await this.#answer([waiting]);
      return;
    }
    for (const { waiting, outcome, error } of decided) {
      if (outcome) waiting.resolve(outcome);
      else waiting.reject(error);
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<readonly Decided[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#store.transaction((tx) => decideAndWrite(tx, batch));
      } catch (error) {
        if (error instanceof StoreUnavailable) throw new Unavailable(error.message, { cause: error });
        if (!(error instanceof Conflict)) throw error;
        if (attempt === ATTEMPTS) throw new Unavailable('the rows it needs keep changing', { cause: error });
      }
    }
  }
}

async function decideAndWrite(tx: Tx, batch: readonly Waiting[]): Promise<readonly Decided[]> {
  const facts = new WorkingSet();
  const closed = await tx.lastClosedDay();
  const firstOpen = closed === undefined ? '' : addDays(closed, 1);
  await load(tx, facts, batch);
  const decided: Decided[] = [];
  for (const waiting of batch) {
    // A command before it in this batch may have made a row that leads to further facts.
    if (missing(facts, [waiting]).length > 0) await load(tx, facts, [waiting]);
    decided.push(decideOne(facts, waiting, firstOpen));
  }
  for (const table of writeOrder) {
    const writes = facts.writes(table);
    if (writes.length > 0) await tx.write(table, writes);
  }
  return decided;
}

/** Loads what the batch wants, in as many rounds as some facts lead to others, each round one read a table; the requests last. */
async function load(tx: Tx, facts: WorkingSet, batch: readonly Waiting[]): Promise<void> {
  for (let wants = missing(facts, batch); wants.length > 0; wants = missing(facts, batch)) await read(tx, facts, wants);
  await read(
    tx,
    facts,
    batch.map(({ submission: { client, key } }) => one('request', client, key)).filter((want) => !facts.has(want)),
  );
}

function missing(facts: WorkingSet, batch: readonly Waiting[]): Want[] {
  return batch.flatMap(({ submission: { command, input }, at }) => command.load(input, facts.known, at)).filter((want) => !facts.has(want));
}

async function read(tx: Tx, facts: WorkingSet, wants: readonly Want[]): Promise<void> {
  const reads = Map.groupBy(wants, ({ table, group = '' }) => `${table} ${group}`);
  for (const alike of reads.values()) {
    const { table, group } = alike[0]!;
    const keys = [...new Map(alike.map(({ key }) => [key.join('\n'), key])).values()];
    if (group) facts.addGroup(table, group, keys, await tx.byGroup(table, group as never, keys));
    else facts.addRows(table, keys, await tx.byKey(table, keys));
  }
}

function decideOne(facts: WorkingSet, waiting: Waiting, firstOpen: string): Decided {
  const { submission, id, at } = waiting;
  const { command, input, client, key, actor } = submission;
  const earlier = facts.get('request', client, key);
  if (earlier) return { waiting, outcome: replay(earlier, submission) };
  const today = dayOf(at);
  const call: Call = { id, at, day: today > firstOpen ? today : firstOpen, client, key, actor };
  let decision: Decision<unknown>;
  try {
    decision = command.decide(facts, input, call);
  } catch (error) {
    return { waiting, error };
  }
  // A throw from here on rolls the batch back: it is then decided again one command at a time.
  const outcome = isRefusal(decision) ? decision : apply(facts, decision, call);
  facts.put('request', requestRow(submission, call, outcome));
  return { waiting, outcome: { ...outcome, replayed: false } };
}

function replay(earlier: Row<'request'>, { hash }: Submission<unknown, unknown>): Outcome<unknown> {
  if (earlier.voidedAt !== null) return { ...refuse('request_voided', { voided_at: earlier.voidedAt }), replayed: true };
  if (earlier.hash !== hash) return { ...refuse('idempotency_key_reused', { first_used_at: earlier.at }), replayed: true };
  return { ...(JSON.parse(earlier.outcome) as { reply: unknown } | Refusal), replayed: true };
}

/** Puts a success into the working set; throws where it contradicts the books, which is our own mistake. */
function apply(facts: WorkingSet, success: Success<unknown>, call: Call): { reply: unknown } {
  const entries = (success.entries ?? []).map((draft, n) => ({ draft, id: entryId(call, n), postings: balanced(draft.postings) }));
  assertFloors(
    facts,
    entries.flatMap(({ postings }) => postings),
  );
  for (const { table, row } of success.rows ?? []) facts.put(table, row);
  for (const { key, add } of success.uses ?? []) facts.use(key, add);
  for (const { draft, id, postings } of entries) {
    facts.put('entry', {
      id,
      kind: draft.kind,
      businessDay: call.day,
      effectiveAt: draft.effectiveAt,
      recordedAt: call.at,
      subject: draft.subject,
      reverses: draft.reverses ?? null,
      accounts: postings.map(({ account }) => account).join(' '),
    });
    for (const [seq, { account, amount }] of postings.entries()) {
      facts.put('posting', { account, entry: id, seq, amount });
      facts.post(account, amount);
    }
  }
  return { reply: success.reply };
}

function assertFloors(facts: WorkingSet, postings: readonly Posting[]): void {
  for (const [path, legs] of Map.groupBy(postings, ({ account }) => account)) {
    const amount = legs.reduce((sum, leg) => sum + leg.amount, 0);
    if (!facts.allowed(path, amount)) throw new Error(`${path} would fall below its floor: a guard is missing`);
  }
}

/** The id of the n-th entry of a command: the command's own, counted up in its last digits. */
export function entryId(call: { readonly id: string }, n = 0): string {
  const tail = (Number.parseInt(call.id.slice(-6), 16) + n) % 0x1000000;
  return idOf('ent', call.id.slice(0, -6) + tail.toString(16).padStart(6, '0'));
}

function requestRow(submission: Submission<unknown, unknown>, call: Call, outcome: { reply: unknown } | Refusal): Row<'request'> {
  return {
    client: call.client,
    key: call.key,
    hash: submission.hash,
    command: submission.command.name,
    commandId: call.id,
    actor: call.actor,
    at: call.at,
    outcome: JSON.stringify(outcome),
    voidedAt: null,
    version: 0,
  };
}
