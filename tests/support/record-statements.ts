/** A setup file: notes every distinct statement that the service sends, for `tests/store/statements.test.ts` to read. */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { SERVICE_ROLE } from '../../src/store/postgres-connection.ts';
import { OF_A_TEST } from './writer.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which each process of the tests notes what it saw. */
    statements: string;
  }
}

type Query = (this: pg.Client, statement: unknown, ...rest: unknown[]) => unknown;

const RECORDS = Symbol.for('callmi records statements');
const prototype = pg.Client.prototype as unknown as { query: Query; [RECORDS]?: true };

// Files share a process: it is wrapped once in each.
if (!prototype[RECORDS]) {
  prototype[RECORDS] = true;
  prototype.query = recording(prototype.query, join(inject('statements'), `${process.pid}.jsonl`));
}

/** Of the connections that took on the service's role, from then on; the owner's and the tests' own send what they like. */
function recording(query: Query, file: string): Query {
  const ofService = new WeakSet<pg.Client>();
  const seen = new Set<string>();
  return function (statement, ...rest) {
    const text = textOf(statement);
    if (text.startsWith(`set role ${SERVICE_ROLE}`)) ofService.add(this);
    if (ofService.has(this) && !text.startsWith(OF_A_TEST) && !seen.has(text)) {
      seen.add(text);
      appendFileSync(file, `${JSON.stringify(text)}\n`);
    }
    return query.call(this, statement, ...rest);
  };
}

/** However many values a list has, it is one statement. */
function textOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
  return text.replaceAll(/\$\d+(?:, \$\d+)+/g, '$1, …');
}

/** Everything that any process of this run has noted so far. */
export function recorded(): string[] {
  const folder = inject('statements');
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
  return [...new Set(lines.map((line) => JSON.parse(line) as string))];
}
