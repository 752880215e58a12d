import { asc, sql } from 'drizzle-orm';
import { isOneOf, pages, type Row, type View } from '../store/index.ts';
import { type Finding, found } from './audit.ts';
import { entryId } from './batch.ts';
import { entryPages } from './queries.ts';

const PAGE = 2_000;

/** Goes through the requests and looks for the entries that each made; whatever is left over was made by none. */
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
      return found(seen, 'entries', `${wrong.id}: its request ${client} ${key} was refused`);
    }
    made += rows.length;
  }
  return found(seen, 'entries', made === seen ? undefined : `${await entryOfNobody(view)}: no request made it`);
}

/** The most entries that one command makes. */
const ENTRIES_MAX = 2;

function entriesOf({ commandId }: Row<'request'>): string[] {
  return Array.from({ length: ENTRIES_MAX }, (_, n) => entryId({ id: commandId }, n));
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

/** The first entry that no request made. Slow, but it is only asked for once something is wrong. */
async function entryOfNobody(view: View): Promise<string | undefined> {
  const { read, tables } = view;
  for await (const entries of entryPages(view, PAGE)) {
    const commands = new Map(entries.map(({ id }) => [id.slice(4), id]));
    const ids = entries.flatMap(({ id }) => Array.from({ length: ENTRIES_MAX }, (_, n) => entryId({ id: id.slice(4) }, 0 - n).slice(4)));
    const known = await read
      .select({ id: tables.request.commandId })
      .from(tables.request)
      .where(isOneOf(view, tables.request.commandId, ids));
    const made = new Set(known.flatMap(({ id }) => Array.from({ length: ENTRIES_MAX }, (_, n) => entryId({ id }, n).slice(4))));
    const lost = [...commands].find(([digits]) => !made.has(digits));
    if (lost) return lost[1];
  }
  return undefined;
}
