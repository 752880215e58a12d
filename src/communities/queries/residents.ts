import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { type Page, type Row, rowByKey, rowsById, type View } from '../../store/index.ts';
import { residentById } from '../residents.ts';

/** The residents of a home community, newest first. */
export async function residentsPage(
  { read, tables: { resident } }: View,
  communityId: string,
  { limit, after }: Page,
): Promise<Row<'resident'>[]> {
  return read
    .select()
    .from(resident)
    .where(and(eq(resident.communityId, communityId), after === undefined ? undefined : lt(resident.id, after)))
    .orderBy(desc(resident.id))
    .limit(limit + 1);
}

/**
 * The residents whose names begin with this text, newest first: of a home community, or of all (null). There is no index of names: the
 * query reads the residents of the community, some thousands, until the page is full; without a community, all residents.
 */
export async function residentsNamedLike(
  { read, tables: { resident } }: View,
  start: string,
  communityId: string | null,
  { limit, after }: Page,
): Promise<Row<'resident'>[]> {
  // Compared rather than matched with `like`: no character is a wildcard, and both engines distinguish capitals.
  const begins = sql`substr(${resident.name}, 1, ${sql.raw(String(Array.from(start).length))}) = ${start}`;
  const ofCommunity = communityId === null ? undefined : eq(resident.communityId, communityId);
  return read
    .select()
    .from(resident)
    .where(and(ofCommunity, begins, after === undefined ? undefined : lt(resident.id, after)))
    .orderBy(desc(resident.id))
    .limit(limit + 1);
}

/** The resident with this phone; `phoneHash` is its keyed hash (hex). */
export async function residentByPhone(view: View, phoneHash: string): Promise<Row<'resident'> | undefined> {
  const known = await rowByKey(view, 'residentPhone', phoneHash);
  return known && residentById(view, known.residentId);
}

/** A resident's name, and the community where it is known in full. */
export type NamedResident = { readonly name: string; readonly communityId: string };

/** The names of residents and their home communities, by id. */
export function residentsNamed(view: View, ids: readonly string[]): Promise<ReadonlyMap<string, NamedResident>> {
  return rowsById(view, 'resident', ids);
}
