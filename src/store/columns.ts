/** The names and kinds of each table's columns, for code that shows rows: a third kit makes these facts from the table bodies. */
import { sql } from 'drizzle-orm';
import type { Prefix } from './id.ts';
import type { Kit } from './kit.ts';
import { type TableName, tables } from './tables.ts';

export type Column = {
  /** Its name in a row. */
  readonly property: string;
  /** Its name in the database and on the wire. */
  readonly name: string;
  readonly nullable: boolean;
  readonly class: ColumnClass;
} & Kind;

/** The kind of fact that a column tells of a person. Those of the last three classes are treated when a person is erased: see `erasing` in the catalogue. */
export type ColumnClass = 'id' | 'number' | 'date' | 'word' | 'name' | 'contact' | 'text';

type Kind =
  | { readonly kind: 'id'; readonly prefix: Prefix }
  | { readonly kind: 'anyId' | 'communityId' | 'text' | 'secret' | 'integer' | 'points' | 'fen' | 'instant' | 'day' | 'hash' };

type Facts = { name: string; nullable: boolean; readonly class: ColumnClass } & Kind;

/** A column as the bodies build it; each step that matters here is recorded. */
function column(facts: Facts) {
  const built = {
    facts,
    references: () => built,
    notNull() {
      facts.nullable = false;
      return built;
    },
    default: () => built,
    primaryKey: () => built.notNull(),
  };
  return built;
}

const plain = (kind: Exclude<Kind['kind'], 'id'>, kindOfFact: ColumnClass) => (name: string) =>
  column({ name, nullable: true, kind, class: kindOfFact });

const factsKit = {
  table: (_: string, columns: Record<string, ReturnType<typeof column>>) =>
    Object.entries(columns).map(([property, { facts }]) => ({ property, ...facts })),
  id: (name: string, prefix: Prefix) => column({ name, nullable: true, kind: 'id', class: 'id', prefix }),
  anyId: plain('anyId', 'id'),
  communityId: plain('communityId', 'id'),
  word: plain('text', 'word'),
  reference: plain('text', 'number'),
  name: plain('text', 'name'),
  text: plain('text', 'text'),
  secret: plain('secret', 'word'),
  contactSecret: plain('secret', 'contact'),
  integer: plain('integer', 'number'),
  points: plain('points', 'number'),
  fen: plain('fen', 'number'),
  instant: plain('instant', 'date'),
  day: plain('day', 'date'),
  hash: plain('hash', 'id'),
  contactHash: plain('hash', 'contact'),
  nameHash: plain('hash', 'name'),
  bytes: () => sql.empty(),
} as unknown as Kit;

const facts = tables(factsKit) as unknown as Readonly<Record<TableName, readonly Column[]>>;

/** The columns of a table, in its order. */
export function columnsOf(table: TableName): readonly Column[] {
  return facts[table];
}
