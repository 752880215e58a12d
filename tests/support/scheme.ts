/** A scheme to test with: a database of its own, an engine, a clock that stands still until it is moved, and chance that repeats itself. */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { balanceOf, type Command, Engine, type EntryDraft, type Outcome, type RowChange, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { commandIds, keyOf, openStore, type Store } from '../../src/store/index.ts';
import { copyOf, type Database } from './database.ts';

/** Monday 2026-03-02, 10:00 in Shanghai. */
export const START = Date.parse('2026-03-02T10:00:00+08:00');

type Clock = {
  /** Epoch milliseconds. */
  now: number;
  advance(milliseconds: number): void;
};

/** How much a scheme has counted and drawn: whoever goes on with a copy of its database goes on from there, and all ids stay as they were. */
export type Progress = { requests: number; ids: number; drawn: number };

export type Scheme = Database & {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly chance: (bytes: number) => Uint8Array;
  /** Submits a command as the system, under a request key of its own. */
  readonly run: <I, R>(command: Command<I, R>, input: I) => Promise<Outcome<R>>;
  readonly close: () => Promise<void>;
  readonly progress: Readonly<Progress>;
};

/** Opens a fresh scheme for the running test, in a database of its own unless one is given, and closes it when the test is done. */
export async function openScheme(start = START, database?: Database, from?: Progress): Promise<Scheme> {
  const { url, file } = database ?? (await copyOf('empty', async (empty) => (await openStore(empty.url)).close())).database;
  const store = await openStore(url);
  const clock = clockAt(start);
  const progress = { requests: 0, ids: 0, drawn: 0 };
  const chance = seededChance('scheme', progress);
  const nextId = commandIds(() => clock.now, chance);
  const newId = () => {
    progress.ids++;
    return nextId();
  };
  // Ids count within their millisecond: those that the copy has are counted, too.
  while (progress.ids < (from?.ids ?? 0)) newId();
  Object.assign(progress, from);
  const engine = new Engine(store, { clock: () => clock.now, newId });
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
    progress,
    run: (command, input) =>
      engine.submit({ command, input, client: SYSTEM_CLIENT, key: `key-${++progress.requests}`, hash: '00', actor: SYSTEM_CLIENT }),
  };
}

/** Bytes that look random and are the same in every run. */
export function seededChance(seed: string, progress: Pick<Progress, 'drawn'> = { drawn: 0 }): (bytes: number) => Uint8Array {
  return (bytes) =>
    createHash('shake256', { outputLength: bytes })
      .update(`${seed} ${progress.drawn++}`)
      .digest();
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
