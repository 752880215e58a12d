/** A database of the running test's own, on the engine that its vitest project is about, gone when the test is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { asOwner, TEMPLATE } from './owner.ts';
import { tempFolder } from './temp-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What the running project tests on: see `vitest.config.ts`. */
    engine: 'sqlite' | 'postgres';
    /** The version of PostgreSQL, if that is the engine. */
    postgresVersion: number;
    /** The server of the postgres project: a URL without a database. */
    postgresServer: string;
  }
}

export type Database = {
  readonly url: string;
  /** Its path, if it is of SQLite; otherwise one at which nothing can be opened. */
  readonly file: string;
};

/** On PostgreSQL it has its tables already; on SQLite it is made when it is first opened. */
export async function freshDatabase(): Promise<Database> {
  return inject('engine') === 'sqlite' ? freshFile() : freshCopy(TEMPLATE);
}

/** A database without any tables. */
export async function emptyDatabase(): Promise<Database> {
  return inject('engine') === 'sqlite' ? freshFile() : freshCopy('template0');
}

/** A place for a SQLite database, whatever the project is about; it is made when it is first opened. */
export function freshFile(): Database {
  const file = join(tempFolder(), 'callmi.db');
  return { url: `file:${file}`, file };
}

type Template<T> = { readonly made: T; readonly copy: () => Promise<Database> };

const templates = new Map<string, Promise<Template<unknown>>>();

/**
 * A copy of a database that is made once in this process, and what `make` answered then: copying costs a fraction of making. `make` closes
 * what it opens.
 */
export async function copyOf<T>(name: string, make: (database: Database) => Promise<T>): Promise<{ database: Database; made: T }> {
  const template = templates.getOrInsertComputed(name, () =>
    inject('engine') === 'sqlite' ? fileTemplate(make) : postgresTemplate(name, make),
  );
  const { made, copy } = (await template) as Template<T>;
  return { database: await copy(), made };
}

async function fileTemplate<T>(make: (database: Database) => Promise<T>): Promise<Template<T>> {
  const original = freshFile();
  const made = await make(original);
  const bytes = readFileSync(original.file);
  const copy = async () => {
    const fresh = freshFile();
    writeFileSync(fresh.file, bytes, { mode: 0o600 });
    return fresh;
  };
  return { made, copy };
}

async function postgresTemplate<T>(name: string, make: (database: Database) => Promise<T>): Promise<Template<T>> {
  const template = `callmi_${name}_${process.pid}`;
  const made = await make(await createFrom(TEMPLATE, template));
  return { made, copy: () => freshCopy(template) };
}

let copies = 0;

async function freshCopy(template: string): Promise<Database> {
  const name = `callmi_test_${process.pid}_${++copies}`;
  const copy = await createFrom(template, name);
  onTestFinished(() => asOwner(inject('postgresServer'), `drop database ${name} with (force)`));
  return copy;
}

async function createFrom(template: string, name: string): Promise<Database> {
  const server = inject('postgresServer');
  await asOwner(server, `create database ${name} template ${template} strategy file_copy`);
  return { url: `${server}/${name}`, file: '/dev/null/postgres' };
}
