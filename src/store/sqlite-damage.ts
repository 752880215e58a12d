import type Database from 'better-sqlite3';
import { openExisting } from './sqlite-open.ts';
import { engineOf, fileOf } from './url.ts';

/** As many as say where the damage is. */
const DAMAGES_MAX = 20;

/**
 * The damages of a database's file: each place in words, with its table and page as far as SQLite knows them. Empty if it is sound, or if the
 * database is no file: PostgreSQL looks at the checksums of its pages itself.
 */
export function damageOf(url: string): readonly string[] {
  if (engineOf(url) === 'postgres') return [];
  const database = openExisting(fileOf(url));
  try {
    return findingsOf(database).map((line) => namingTable(database, line));
  } finally {
    database.close();
  }
}

/** The findings of SQLite, which may give up after it has told of a damaged page. */
function findingsOf(database: Database.Database): string[] {
  const found: string[] = [];
  try {
    for (const text of database.prepare(`pragma integrity_check(${DAMAGES_MAX})`).pluck().iterate())
      found.push(...String(text).split('\n'));
  } catch (error) {
    if (found.length === 0) found.push((error as Error).message);
  }
  return found.filter((line) => !/^(ok|\*\*\* in database .*)$/.test(line));
}

/** SQLite knows the tree that a page belongs to by its first page. */
function namingTable(database: Database.Database, line: string): string {
  const [, root, page, rest] = /^Tree (\d+) page (\d+)(?: cell \d+)?: (.*)$/.exec(line) ?? [];
  if (root === undefined) return line;
  const owner = database.prepare('select type, name, tbl_name as "table" from sqlite_master where rootpage = ?').get(Number(root));
  const { type, name, table } = (owner ?? { type: 'table', name: 'sqlite_master', table: 'sqlite_master' }) as Record<string, string>;
  return `table ${table}, ${type === 'index' ? `index ${name}, ` : ''}page ${page}: ${rest}`;
}
