import { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict, keyText, type Store, StoreUnavailable } from '../store/index.ts';
import { type Decided, decideBatch, type Submission, type Waiting as Stamped } from './batch.ts';
import type { Command, Outcome } from './command.ts';
import { namesOf, type Touch } from './working-set.ts';

/** The system's own client: jobs, seeds and the command line act through it. */
export const SYSTEM_CLIENT = `cli_${'0'.repeat(32)}`;

/**
 * The queue is full, or the database cannot be written just now. It is unknown whether the command was carried out: send the same key
 * again.
 */
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
  /** Why no command is taken just now, or undefined. A command that was taken before has its time, and is carried out. */
  readonly halted?: () => string | undefined;
};

type Waiting = Stamped & {
  readonly resolve: (outcome: Outcome<unknown>) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * A batch under way. Once it is decided, `writes` are the rows that it is writing, and `waits` says whether some of its commands wait for
 * the others.
 */
type Flight = { writes: ReadonlySet<string>; waits: boolean; readonly decided: PromiseWithResolvers<void> };

/**
 * The number of times that commands are decided if others keep changing their rows, before they are turned away, and the longest pause in
 * between.
 */
const ATTEMPTS = 10;
const PAUSE_MAX_MS = 50;

/** The number of times that a command is decided whose facts contradict each other, before this counts as our own mistake. */
const TORN_ATTEMPTS = 4;

/**
 * The one writer of a process. Commands wait in a queue; each turn takes all waiting commands, loads their facts, decides each in order on
 * a working set, commits everything in one transaction, and only then answers. There is no timer: while a batch is written the next one
 * gathers. If the store can write several batches at once, the next is decided while earlier ones are being written.
 */
export class Engine {
  readonly #store: Store;
  readonly #options: Required<EngineOptions>;
  #queue: Waiting[] = [];
  #turn: Promise<void> | undefined;
  readonly #flights = new Map<Flight, Promise<void>>();
  /** Resolved when a command comes in. */
  #arrival = Promise.withResolvers<void>();

  constructor(store: Store, options: EngineOptions) {
    this.#store = store;
    this.#options = { queueMax: 8_192, batchMax: 256, halted: () => undefined, ...options };
  }

  /**
   * Carries out a command, or repeats the answer to an earlier request with this key. Throws `Unavailable`, or the error that `decide`
   * threw.
   */
  submit<I, R>(submission: Submission<I, R>): Promise<Outcome<R>> {
    const halted = this.#options.halted();
    if (halted !== undefined) return Promise.reject(new Unavailable(halted));
    if (this.#queue.length >= this.#options.queueMax) return Promise.reject(new Unavailable('too many commands are waiting'));
    return new Promise((resolve, reject) => {
      this.#queue.push({
        submission,
        id: this.#options.newId(),
        at: this.#options.clock(),
        resolve: resolve as Waiting['resolve'],
        reject,
      });
      this.#arrival.resolve();
      this.#turn ??= this.#drain();
    });
  }

  /** Submits for the system: commands of jobs, seeds and the command line, or commands on behalf of an `actor` who did not ask for them. */
  bySystem<I, R>(command: Command<I, R>, input: I, key: string, { hash = '', actor = SYSTEM_CLIENT } = {}): Promise<Outcome<R>> {
    return this.submit({ command, input, client: SYSTEM_CLIENT, key, hash, actor });
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
    while (this.#queue.length > 0 || this.#flights.size > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const room = this.#flights.size < this.#store.transactionsMax;
      if (this.#queue.length > 0 && room) await this.#start(this.#queue.splice(0, this.#options.batchMax));
      else if (this.#flights.size > 0) await this.#landing(room);
    }
    this.#turn = undefined;
  }

  /** Waits until a batch is written or, if there is room for another batch, until a command arrives for it. */
  async #landing(room: boolean): Promise<void> {
    this.#arrival = Promise.withResolvers();
    await Promise.race([...this.#flights.values(), ...(room ? [this.#arrival.promise] : [])]);
  }

  /** Sets a batch on its way; resolves once it is decided, so that the next one knows the rows that it writes. */
  async #start(batch: Waiting[]): Promise<void> {
    const others = [...this.#flights.values()];
    const flight: Flight = { writes: new Set(), waits: false, decided: Promise.withResolvers() };
    const flown = this.#answer(batch, flight).finally(() => {
      this.#flights.delete(flight);
      flight.decided.resolve();
    });
    this.#flights.set(flight, flown);
    await flight.decided.promise;
    if (flight.waits) await Promise.race(others);
  }

  async #answer(batch: Waiting[], flight: Flight): Promise<void> {
    try {
      await this.#carryOut(batch, flight);
    } catch (error) {
      if (error instanceof Unavailable || batch.length === 1) for (const { reject } of batch) reject(error);
      // One command may have caused the failure of the database: alone, it fails alone.
      else for (const waiting of batch) await this.#answer([waiting], flight);
    }
  }

  /**
   * Commits a batch and answers it. If others have changed its rows, the commands that touched these are carried out separately, and the
   * rest again. A command whose facts contradict each other is carried out again as well, since they may have been read at two moments. A
   * command that is answered or goes back to the queue leaves the batch.
   */
  async #carryOut(batch: Waiting[], flight: Flight): Promise<void> {
    for (let attempt = 1; batch.length > 0; attempt++) {
      const decided: Decided<Waiting>[] = [];
      try {
        await this.#commit(batch, flight, decided);
        const torn = decided.filter(({ error }) => this.#mayBeTorn(error, attempt));
        for (const { waiting, outcome, error } of decided.filter((each) => !torn.includes(each))) {
          if (outcome) waiting.resolve(outcome);
          else waiting.reject(error);
        }
        batch.splice(0, batch.length, ...torn.map(({ waiting }) => waiting));
      } catch (error) {
        if (batch.length === 1 && this.#mayBeTorn(error, attempt)) continue;
        if (error instanceof StoreUnavailable) throw new Unavailable(error.message, { cause: error });
        if (!(error instanceof Conflict)) throw error;
        if (attempt === ATTEMPTS) throw new Unavailable('the rows it needs keep changing', { cause: error });
        const apart = batch.length > 1 ? touching(error, decided) : [];
        batch.splice(0, batch.length, ...batch.filter((waiting) => !apart.includes(waiting)));
        for (const waiting of apart) await this.#answer([waiting], flight);
        // Others compete for the same row, and one of them has just written it.
        if (batch.length === 1) await sleep(Math.min(attempt ** 2, PAUSE_MAX_MS));
      }
    }
  }

  /**
   * Whether an assertion may have failed because others wrote between two reads of a command's facts. A store with one transaction at a time
   * holds the lock from before the first read.
   */
  #mayBeTorn(error: unknown, attempt: number): boolean {
    return error instanceof AssertionError && this.#store.transactionsMax > 1 && attempt < TORN_ATTEMPTS;
  }

  /**
   * Decides and writes in one transaction; `decided` receives the decisions. A command that has to wait for another batch leaves this one
   * and goes back to the queue.
   */
  async #commit(batch: Waiting[], flight: Flight, decided: Decided<Waiting>[]): Promise<void> {
    const others = [...this.#flights.keys()].filter((other) => other !== flight);
    const isBeingWritten = others.length > 0 ? (name: string) => others.some(({ writes }) => writes.has(name)) : undefined;
    await this.#store.transaction(async (tx) => {
      const result = await decideBatch(tx, batch, isBeingWritten);
      decided.push(...result.decided);
      this.#queue.unshift(...batch.splice(batch.length - result.putOff.length));
      flight.waits = result.putOff.length > 0;
      if (this.#store.transactionsMax > 1) flight.writes = new Set(result.decided.flatMap(({ touched }) => touched.flatMap(namesOf)));
      flight.decided.resolve();
      await result.write(tx);
    });
  }
}

/** The commands that touched the rows of a conflict. */
function touching({ table, keys }: Conflict, decided: readonly Decided<Waiting>[]): Waiting[] {
  const missed = new Set(keys.map(keyText));
  const touches = (touch: Touch) => touch.table === table && missed.has(touch.text);
  return decided.filter(({ touched }) => touched.some(touches)).map(({ waiting }) => waiting);
}
