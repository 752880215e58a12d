import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Backend } from './backend.ts';
import { type MovingClock, writeHistory } from './history.ts';
import type { Options } from './options.ts';
import { establish, type Scheme } from './scheme.ts';
import { newKeys, openWriter, type SchemeKeys } from './settings.ts';
import { issueOpen, residentsFor } from './vouchers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PAST_MS = 60 * 86_400_000;

/** A prepared database, with its keys and its scheme: kept in a file beside it, since the secrets cannot be read out of it. */
export type Prepared = {
  /** The database's name; it is only ever copied. */
  readonly name: string;
  readonly keys: SchemeKeys;
  readonly scheme: Scheme;
  /** How fast its history was written; 0 where it has none. */
  readonly entriesPerSecond: number;
};

/**
 * A scheme with open vouchers, and a history of so many entries before them. It is prepared once and kept, until the schema
 * or what prepares it changes.
 */
export function prepared(backend: Backend, options: Options, history = 0): Promise<Prepared> {
  const name = `bench_${options.vouchers}_${history}`;
  return kept(backend, options, name, () => prepare(backend, name, options.vouchers, history));
}

/**
 * Prepares the database with this name unless it is there and up to date. Gives the result of `fill`, which finds the database empty: as it
 * was noted then, or as it has just come out.
 */
export async function kept<T>(backend: Backend, options: Options, name: string, fill: () => Promise<T>): Promise<T> {
  const note = join(options.folder, `${backend.engine}_${name}.json`);
  const before = options.fresh ? undefined : readNote<T>(note);
  if (before?.madeBy === fingerprint() && (await backend.exists(name))) return before.prepared;
  rmSync(note, { force: true });
  await backend.create(name);
  process.stderr.write(`preparing ${name} on ${backend.version}; it is kept for the next time\n`);
  const made = await fill();
  writeFileSync(note, JSON.stringify({ madeBy: fingerprint(), prepared: made } satisfies Note<T>), { mode: 0o600 });
  return made;
}

type Note<T> = { readonly madeBy: string; readonly prepared: T };

function readNote<T>(file: string): Note<T> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note<T>;
  } catch {
    return undefined;
  }
}

/** A hash of all that a prepared database depends on: the schema, and this folder's own preparations. */
function fingerprint(): string {
  const files = globSync(['migrations/**/*.sql', 'bench/harness/{prepared,scheme,vouchers,history,period,submit}.ts'], {
    cwd: root,
  }).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function prepare(backend: Backend, name: string, vouchers: number, history: number): Promise<Prepared> {
  const keys = newKeys();
  const clock: MovingClock = { now: Date.now() - PAST_MS };
  const service = await openWriter(backend.urlOf(name), keys, () => clock.now);
  try {
    const scheme = await establish(service, residentsFor(vouchers));
    const entriesPerSecond = history === 0 ? 0 : await writeHistory(service, scheme, clock, history);
    clock.now = Date.now();
    await issueOpen(service, scheme);
    return { name, keys, scheme, entriesPerSecond };
  } finally {
    await service.close();
    await backend.tidy(name);
  }
}
