import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from './backend.ts';
import type { Spread, Target, Run } from './figures.ts';
import type { Options } from './options.ts';
import { type PostgresBackend, postgresBackend } from './postgres.ts';
import { sqliteBackend } from './sqlite.ts';

export type Outcome = {
  readonly runs: readonly Run[];
  readonly figures: Readonly<Record<string, Spread | number>>;
  readonly targets: Readonly<Record<string, Target>>;
  /** Why the figures do not count, if they do not. */
  readonly invalid?: string | undefined;
};

/** The input of a benchmark: its name, its options, databases to open, and a folder for files of its own. */
export type Bench = {
  readonly name: string;
  readonly options: Options;
  readonly sqlite: () => Backend;
  readonly postgres: () => Promise<PostgresBackend>;
  /** The one that `--engine` names. */
  readonly backend: () => Promise<Backend>;
  /** Names and versions of the databases that were opened. */
  readonly databases: () => string[];
  /** Where a run may leave what only it needs. */
  readonly scratch: (name: string) => string;
  readonly close: () => Promise<void>;
};

/** Comes to nothing where what it needs is not on this machine; then it has said so. */
export type Benchmark = (bench: Bench) => Promise<Outcome | undefined>;

export function openBench(name: string, options: Options): Bench {
  const scratch = join(options.folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const unlock = lock(join(options.folder, 'running'));
  const opened: { sqlite?: Backend; postgres?: PostgresBackend } = {};
  const sqlite = () => (opened.sqlite ??= sqliteBackend(options.folder));
  const postgres = async () => (opened.postgres ??= await postgresBackend(options.folder));
  return {
    name,
    options,
    sqlite,
    postgres,
    backend: async () => (options.engine === 'sqlite' ? sqlite() : postgres()),
    databases: () => Object.values(opened).map(({ version }) => version),
    scratch: (file) => join(scratch, file),
    async close() {
      rmSync(scratch, { recursive: true, force: true });
      for (const backend of Object.values(opened)) await backend.close();
      unlock();
    },
  };
}

/** Two benchmarks at once would work on the same databases, and measure each other. Gives what ends the lock. */
function lock(file: string): () => void {
  const other = holderOf(file);
  if (other !== undefined) throw new Error(`another benchmark is running (process ${other}, by ${file})`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** The process that holds a lock, if it is still there. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
