/**
 * The step of a migration that brings the references of an older database into the tables of folded references. SQL has no NFKC, so the
 * texts come here and go back, a page at a time. Its names are those of the schema at that migration, whatever the tables say later.
 */
import { foldedReference } from '../text/index.ts';
import { idOf, type Prefix } from './id.ts';
import type { Rows, Statement, Step } from './step.ts';

/** A stored reference and the thing that it stands for: a grant, or the entry of a bank movement. */
type Referenced = { readonly id: string; readonly reference: string };

/** Two references of one community that were booked as different ones, and are the same but for their spelling. */
export type FoldedAlike = {
  readonly community: string;
  readonly of: 'grant' | 'bank_movement';
  /** The earlier one, which holds the folded reference. */
  readonly first: Referenced;
  /** The later one, which stays as it was booked. */
  readonly other: Referenced;
};

const PAGE = 1_000;

type Source = {
  readonly of: FoldedAlike['of'];
  readonly prefix: Prefix;
  /** Where references stand, and the columns of the id (in the order of time) and of the reference. */
  readonly from: string;
  readonly id: string;
  readonly reference: string;
  /** The table of folded references, and the column that leads back. */
  readonly into: string;
  readonly leads: 'id' | 'reference';
  readonly column: string;
};

const sources: readonly Source[] = [
  {
    of: 'grant',
    prefix: 'grt',
    from: 'point_grant',
    id: 'id',
    reference: 'external_reference',
    into: 'folded_grant_reference',
    leads: 'id',
    column: 'grant_id',
  },
  {
    of: 'bank_movement',
    prefix: 'ent',
    from: 'bank_movement',
    id: 'entry_id',
    reference: 'reference',
    into: 'bank_reference',
    leads: 'reference',
    column: 'reference',
  },
];

/** A row as a driver gives it: a UUID is bytes on SQLite, a text on PostgreSQL. */
type Stored = { readonly community: string; readonly id: Uint8Array | string; readonly reference: string; readonly folded: string };

/**
 * Fills the tables of folded references, in the order of time within a community. The first of several that fold alike holds the folded
 * reference; `tell` is called with each of the others. Run again, it adds nothing and tells the same.
 */
export function* foldReferences(tell: (found: FoldedAlike) => void): Step {
  for (const source of sources) {
    for (let last: Stored | undefined; ;) {
      const page: Stored[] = yield* pageAfter(source, last);
      if (page.length === 0) break;
      yield insertOf(source, page);
      yield* tellAlike(source, page, tell);
      last = page.at(-1);
    }
  }
}

function* pageAfter({ from, id, reference }: Source, last: Stored | undefined): Generator<Statement, Stored[], Rows> {
  const rows = yield {
    text: `select community_id, ${id}, ${reference} from ${from} where ${reference} is not null${last ? ` and (community_id, ${id}) > (?, ?)` : ''} order by community_id, ${id} limit ${PAGE}`,
    values: last ? [last.community, last.id] : [],
  };
  return (rows as readonly [string, Stored['id'], string][]).map(([community, rowId, text]) => {
    return { community, id: rowId, reference: text, folded: foldedReference(text) };
  });
}

function insertOf({ into, column, leads }: Source, page: readonly Stored[]): Statement {
  return {
    text: `insert into ${into} (folded, community_id, ${column}) values ${page.map(() => '(?, ?, ?)').join(', ')} on conflict do nothing`,
    values: page.flatMap((row) => [row.folded, row.community, row[leads]]),
  };
}

/**
 * Tells each row of a page whose folded reference another one holds. Two reads rather than a join: a distributed database does not join
 * these tables.
 */
function* tellAlike(source: Source, page: readonly Stored[], tell: (found: FoldedAlike) => void): Generator<Statement, void, Rows> {
  const { of, prefix, into, column, leads } = source;
  const held = yield {
    text: `select folded, community_id, ${column} from ${into} where (folded, community_id) in (values ${page.map(() => '(?, ?)').join(', ')})`,
    values: page.flatMap(({ folded, community }) => [folded, community]),
  };
  const leadOf = new Map(held.map(([folded, community, lead]) => [`${String(community)}\n${String(folded)}`, lead as Stored['id']]));
  const others = page
    .map((row) => ({ row, lead: leadOf.get(`${row.community}\n${row.folded}`)! }))
    .filter(({ row, lead }) => digitsOf(lead) !== digitsOf(row[leads]));
  if (others.length === 0) return;
  const first = yield* ledTo(
    source,
    others.map(({ lead }) => lead),
  );
  for (const { row, lead } of others) {
    const other = { id: shownId(prefix, row.id), reference: row.reference };
    tell({ community: row.community, of, first: first.get(`${row.community}\n${digitsOf(lead)}`)!, other });
  }
}

/** The things that folded references lead to, by their community and the value that leads there. */
function* ledTo(
  { prefix, from, id, reference, leads }: Source,
  values: readonly Stored['id'][],
): Generator<Statement, Map<string, Referenced>, Rows> {
  const match = leads === 'id' ? id : reference;
  const rows = yield {
    text: `select community_id, ${id}, ${reference} from ${from} where ${match} in (${values.map(() => '?').join(', ')})`,
    values,
  };
  return new Map(
    (rows as readonly [string, Stored['id'], string][]).map(([community, rowId, text]) => [
      `${community}\n${digitsOf(leads === 'id' ? rowId : text)}`,
      { id: shownId(prefix, rowId), reference: text },
    ]),
  );
}

/** A value as a text: bytes as their hex digits. */
function digitsOf(value: Stored['id']): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('hex');
}

function shownId(prefix: Prefix, id: Stored['id']): string {
  return idOf(prefix, digitsOf(id).replaceAll('-', ''));
}
