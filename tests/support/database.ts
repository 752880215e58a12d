/** A database of the running test's own, on the engine that its vitest project is about, gone when the test is. */
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { asOwner, TEMPLATE } from './owner.ts';
import { tempFolder } from './temp-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What the running project tests on: see `vitest.config.ts`. */
    engine: 'sqlite' | 'postgres';
    /** The server of the postgres project: a URL without a database. */
    postgresServer: string;
  }
}

export type Database = {
  readonly url: string;
  /** Its path, if it is of SQLite; otherwise one at which nothing can be opened. */
  readonly file: string;
};

export async function freshDatabase(): Promise<Database> {
  return inject('engine') === 'sqlite' ? freshFile() : { url: await freshCopy(), file: '/dev/null/postgres' };
}

/** A place for a SQLite database, whatever the project is about; it is made when it is first opened. */
export function freshFile(): Database {
  const file = join(tempFolder(), 'callmi.db');
  return { url: `file:${file}`, file };
}

let copies = 0;

async function freshCopy(): Promise<string> {
  const server = inject('postgresServer');
  const name = `callmi_test_${process.pid}_${++copies}`;
  await asOwner(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  onTestFinished(() => asOwner(server, `drop database ${name} with (force)`));
  return `${server}/${name}`;
}
