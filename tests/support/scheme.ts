/** A scheme to test with: a database of its own, an engine, a clock that stands still until it is moved, and chance that repeats itself. */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { balanceOf, type Command, Engine, type EntryDraft, type Outcome, type RowChange, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { commandIds, keyOf, openStore, type Store } from '../../src/store/index.ts';
import { type Database, freshDatabase } from './database.ts';

/** Monday 2026-03-02, 10:00 in Shanghai. */
export const START = Date.parse('2026-03-02T10:00:00+08:00');

type Clock = {
  /** Epoch milliseconds. */
  now: number;
  advance(milliseconds: number): void;
};

export type Scheme = Database & {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly chance: (bytes: number) => Uint8Array;
  /** Submits a command as the system, under a request key of its own. */
  readonly run: <I, R>(command: Command<I, R>, input: I) => Promise<Outcome<R>>;
  readonly close: () => Promise<void>;
};

/** Opens a fresh scheme for the running test, in a database of its own unless one is given, and closes it when the test is done. */
export async function openScheme(start = START, database?: Database): Promise<Scheme> {
  const { url, file } = database ?? (await freshDatabase());
  const store = await openStore(url);
  const clock = clockAt(start);
  const chance = seededChance('scheme');
  const engine = new Engine(store, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
  let keys = 0;
  let open = true;
  const close = async () => {
    if (open) await engine.idle().then(() => store.close());
    open = false;
  };
  onTestFinished(close);
  return {
    store,
    engine,
    clock,
    chance,
    file,
    url,
    close,
    run: (command, input) =>
      engine.submit({ command, input, client: SYSTEM_CLIENT, key: `key-${++keys}`, hash: '00', actor: SYSTEM_CLIENT }),
  };
}

/** Bytes that look random and are the same in every run. */
export function seededChance(seed: string): (bytes: number) => Uint8Array {
  let count = 0;
  return (bytes) => createHash('shake256', { outputLength: bytes }).update(`${seed} ${count++}`).digest();
}

function clockAt(start: number): Clock {
  return {
    now: start,
    advance(milliseconds) {
      this.now += milliseconds;
    },
  };
}

export type Booking = { readonly entries?: readonly EntryDraft[]; readonly rows?: readonly RowChange[] };

/** Books what a test hands it, for histories that no rule of the scheme is needed for. */
export const book: Command<Booking, null> = {
  name: 'book',
  load: ({ entries = [], rows = [] }) => [
    ...entries.flatMap(({ postings }) => postings.map(({ account }) => balanceOf(account))),
    ...rows.map(({ table, row }) => ({ table, key: keyOf(table, row as never) })),
  ],
  decide: (_facts, { entries = [], rows = [] }) => ({ entries, rows, reply: null }),
};
