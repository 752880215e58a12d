/** Texts that may name anybody: found by a name, and emptied by hand. */
import { asc, type Column as DrizzleColumn, getTableColumns, sql } from 'drizzle-orm';
import {
  type Column,
  columnsOf,
  isId,
  type Key,
  keyOf,
  keyText,
  type Row,
  specOf,
  type TableName,
  type Tables,
  type View,
  writeOrder,
} from '../../store/index.ts';
import { type Command, type Decision, type Facts, one, put, type Want } from '../../ledger/index.ts';
import type { Acting } from '../../access/index.ts';
import { refuse } from '../refusals.ts';

function erasingOf(table: TableName, { property }: Column): string | undefined {
  return (specOf(table).erasing as Readonly<Record<string, string>> | undefined)?.[property];
}

/** The columns of a table whose texts an officer may empty: words that somebody wrote. */
export function emptiable(table: TableName): readonly Column[] {
  const json: readonly string[] = specOf(table).json ?? [];
  return columnsOf(table).filter((column) => {
    const erasing = erasingOf(table, column);
    const written = erasing === 'find' || (erasing === 'blank' && column.class === 'text' && column.kind === 'text');
    return written && !json.includes(column.property);
  });
}

/** Those that are searched for a name: these, what a proposal was about, and the names of staff. */
function searched(table: TableName): readonly Column[] {
  const own = new Set(emptiable(table));
  return columnsOf(table).filter(
    (column) =>
      own.has(column) || erasingOf(table, column) === 'staff' || (erasingOf(table, column) === 'blank' && column.class === 'text'),
  );
}

/** A key from its parts as `callmi find` tells them; undefined if the table has no such key. */
function keyInParts(table: TableName, parts: readonly string[]): Key | undefined {
  const columns = specOf(table).key.map((property) => columnsOf(table).find((column) => column.property === property)!);
  if (columns.length !== parts.length || columns.some((column, n) => !fits(column, parts[n]!))) return undefined;
  return columns.map(({ kind }, n) => (isNumber(kind) ? Number(parts[n]) : parts[n]!));
}

function isNumber(kind: Column['kind']): boolean {
  return kind === 'integer' || kind === 'instant';
}

function fits(column: Column, part: string): boolean {
  if (column.kind === 'id') return isId(column.prefix, part);
  return isNumber(column.kind) ? /^\d{1,15}$/.test(part) : column.kind === 'text' || column.kind === 'communityId';
}

export type TextFound = { readonly table: TableName; readonly key: string; readonly column: string; readonly text: string };

/** The texts that contain a name, in capitals or not, table by table. */
export async function* textsNaming(view: View, name: string): AsyncGenerator<TextFound> {
  const pattern = `%${name.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  for (const table of writeOrder) {
    const columns = getTableColumns(view.tables[table]) as Record<string, DrizzleColumn>;
    for (const { property, name: column, kind } of searched(table)) {
      if (kind !== 'text') continue;
      const rows = (await view.read
        .select()
        .from(view.tables[table] as unknown as Tables['request'])
        .where(sql`lower(${columns[property]!}) like lower(${pattern}) escape '\\'`)
        .orderBy(...specOf(table).key.map((part) => asc(columns[part]!)))) as unknown as Row<TableName>[];
      for (const row of rows)
        yield { table, key: keyText(keyOf(table, row)).replaceAll('\n', ' '), column, text: String(row[property as never]) };
    }
  }
}

export type BlankTextInput = {
  /** An officer of the street. */
  readonly by: Acting;
  readonly table: TableName;
  /** The parts of its key, as `callmi find` tells them. */
  readonly key: readonly string[];
  /** The column, by its name in the database. */
  readonly column: string;
};

type BlankTextReply = { table: string; key: string; column: string };

/** Empties one text that names somebody. The names of people and of staff are not emptied like this. */
export const blankText: Command<BlankTextInput, BlankTextReply> = { name: 'blank-text', load: loadBlankText, decide: decideBlankText };

function loadBlankText({ table, key: parts }: BlankTextInput): readonly Want[] {
  const key = keyInParts(table, parts);
  return key ? [one(table, ...key)] : [];
}

function decideBlankText(facts: Facts, { by, table, key: parts, column }: BlankTextInput): Decision<BlankTextReply> {
  if (by.communityId !== null) return refuse('street_only');
  const meant = emptiable(table).find(({ name }) => name === column);
  const key = keyInParts(table, parts);
  const row = key && facts.get(table, ...key);
  if (!meant || !row || row[meant.property as never] === null) return refuse('text_not_found', { table, column });
  return { rows: [put(table, { ...row, [meant.property]: '' })], reply: { table, key: parts.join(' '), column } };
}
