import { asc, like, sql } from 'drizzle-orm';
import { hexOf, isOneOf, pages, type Row, type View } from '../store/index.ts';
import { type Finding, finding } from './audit.ts';
import { entryId, ENTRIES_UNCOUNTED } from './batch.ts';
import { entryPages } from './queries.ts';

const PAGE = 2_000;

/** Goes through the requests and looks for the entries that each made; an entry that is left over was made by none. */
export async function entriesHaveRequests(view: View): Promise<Finding> {
  const { read, tables } = view;
  const seen = await read.$count(tables.entry);
  let made = 0;
  for await (const requests of requestPages(view)) {
    const byEntry = new Map(requests.flatMap((request) => entriesOf(request).map((id) => [id, request])));
    const rows = await read
      .select({ id: tables.entry.id })
      .from(tables.entry)
      .where(isOneOf(view, tables.entry.id, [...byEntry.keys()]));
    const wrong = rows.find(({ id }) => isRefused(byEntry.get(id)!));
    if (wrong) {
      const { client, key } = byEntry.get(wrong.id)!;
      return finding(seen, 'entries', `${wrong.id}: its request ${client} ${key} was refused`);
    }
    made += rows.length;
  }
  return finding(seen, 'entries', made === seen ? undefined : `${await entryOfNobody(view)}: no request made it`);
}

/** The entries that a request may have made. */
function entriesOf({ commandId, outcome }: Row<'request'>): string[] {
  const counted = /^\{"entries":(\d+)/.exec(outcome ?? '')?.[1];
  return Array.from({ length: Number(counted ?? ENTRIES_UNCOUNTED) }, (_, n) => entryId({ id: commandId }, n));
}

function isRefused({ outcome }: Row<'request'>): boolean {
  return outcome !== null && outcome.startsWith('{"refused"');
}

function requestPages({ read, tables: { request } }: View): AsyncGenerator<Row<'request'>[]> {
  return pages(async (last) =>
    read
      .select()
      .from(request)
      .where(last && sql`(${request.key}, ${request.client}) > (${last.key}, ${sql.param(last.client, request.client)})`)
      .orderBy(asc(request.key), asc(request.client))
      .limit(PAGE),
  );
}

/** The first entry that no request made. Slow, but used only once something is wrong. */
async function entryOfNobody(view: View): Promise<string | undefined> {
  const made = await manyOfOne(view);
  const { read, tables } = view;
  for await (const entries of entryPages(view, PAGE)) {
    const ids = entries.flatMap(({ id }) => Array.from({ length: ENTRIES_UNCOUNTED }, (_, n) => hexOf(entryId({ id: hexOf(id) }, 0 - n))));
    const requests = await read
      .select()
      .from(tables.request)
      .where(isOneOf(view, tables.request.commandId, ids));
    const known = new Set(requests.flatMap(entriesOf));
    const lost = entries.find(({ id }) => !known.has(id) && !made.has(id));
    if (lost) return lost.id;
  }
  return undefined;
}

/** The entries of those few requests that made so many that they are counted. */
async function manyOfOne({ read, tables: { request } }: View): Promise<Set<string>> {
  const requests = await read.select().from(request).where(like(request.outcome, '{"entries":%'));
  return new Set(requests.flatMap(entriesOf));
}
