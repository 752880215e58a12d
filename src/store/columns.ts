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
} & Kind;

type Kind =
  | { readonly kind: 'id'; readonly prefix: Prefix }
  | { readonly kind: 'anyId' | 'communityId' | 'text' | 'secret' | 'integer' | 'points' | 'fen' | 'instant' | 'day' | 'hash' };

type Facts = { name: string; nullable: boolean } & Kind;

/** A column as the bodies build it; each step that matters here is recorded. */
function column(facts: Facts) {
  const built = {
    facts,
    references: () => built,
    notNull() {
      facts.nullable = false;
      return built;
    },
    primaryKey: () => built.notNull(),
  };
  return built;
}

const plain = (kind: Exclude<Kind['kind'], 'id'>) => (name: string) => column({ name, nullable: true, kind });

const factsKit = {
  table: (_: string, columns: Record<string, ReturnType<typeof column>>) =>
    Object.entries(columns).map(([property, { facts }]) => ({ property, ...facts })),
  id: (name: string, prefix: Prefix) => column({ name, nullable: true, kind: 'id', prefix }),
  anyId: plain('anyId'),
  communityId: plain('communityId'),
  text: plain('text'),
  secret: plain('secret'),
  integer: plain('integer'),
  points: plain('points'),
  fen: plain('fen'),
  instant: plain('instant'),
  day: plain('day'),
  hash: plain('hash'),
  bytes: () => sql.empty(),
} as unknown as Kit;

const facts = tables(factsKit) as unknown as Readonly<Record<TableName, readonly Column[]>>;

/** The columns of a table, in its order. */
export function columnsOf(table: TableName): readonly Column[] {
  return facts[table];
}
