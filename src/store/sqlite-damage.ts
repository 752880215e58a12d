import Database from 'better-sqlite3';
import { codeOf } from './outage.ts';
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
  const database = openDamaged(fileOf(url));
  try {
    return findingsOf(database).map((line) => namingTable(database, line));
  } finally {
    database.close();
  }
}

/** A page by which SQLite knows the tables, or we the version, may be damaged: then the file is opened without looking at either. */
function openDamaged(file: string): Database.Database {
  try {
    return openExisting(file);
  } catch (error) {
    if (error instanceof Error && codeOf(error.cause)?.startsWith('SQLITE_CORRUPT') !== true) throw error;
    const database = new Database(file, { readonly: true }).unsafeMode();
    database.pragma('writable_schema = on');
    return database;
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
  if (root !== undefined) return `${ownerOf(database, 'rootpage', root)}, page ${page}: ${rest}`;
  const [, within] = /\bpage (\d+)/.exec(line) ?? [];
  const name = within === undefined ? undefined : nameAt(database, within);
  return name === undefined ? line : `${ownerOf(database, 'name', name)}, page ${within}: ${line}`;
}

/** The name of the table or index that a page belongs to, as far as SQLite can tell. */
function nameAt(database: Database.Database, page: string): string | undefined {
  try {
    return database.prepare<[number], string>('select name from dbstat where pageno = ?').pluck().get(Number(page));
  } catch {
    return undefined;
  }
}

type Owner = { readonly type: string; readonly name: string; readonly table: string };

/** The table, and the index of it, with this name or first page. SQLite's own table of them begins at page 1, and is not in itself. */
function ownerOf(database: Database.Database, column: 'rootpage' | 'name', value: string): string {
  try {
    const named = `select type, name, tbl_name as "table" from sqlite_master where ${column} = ?`;
    const found =
      value === '1' ? undefined : database.prepare<[string | number], Owner>(named).get(column === 'name' ? value : Number(value));
    const { type, name, table } = found ?? { type: 'table', name: '', table: 'sqlite_master' };
    return `table ${table}${type === 'index' ? `, index ${name}` : ''}`;
  } catch {
    return 'a table that cannot be told';
  }
}
