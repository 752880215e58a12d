import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { nameKey, type Page, type Row, rowByKey, rowsById, type View } from '../../store/index.ts';
import { ownerOf, residentById } from '../residents.ts';

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
 * The residents whose names begin with this one, newest first: of a home community, or of all (null). Names are the same across separators,
 * width and case, as `sameName` says.
 */
export async function residentsNamedLike(
  { read, tables: { resident } }: View,
  start: string,
  communityId: string | null,
  { limit, after }: Page,
): Promise<Row<'resident'>[]> {
  const key = nameKey(start);
  // Not the id by itself: an engine that can read the ids in order would look through everybody for those of the name.
  const newest = sql`case when ${resident.nameKey} is not null then ${resident.id} end desc`;
  return read
    .select()
    .from(resident)
    .where(
      and(
        communityId === null ? undefined : eq(resident.communityId, communityId),
        gte(resident.nameKey, key),
        lt(resident.nameKey, `${key}ff`),
        after === undefined ? undefined : lt(resident.id, after),
      ),
    )
    .orderBy(newest)
    .limit(limit + 1);
}

/** The resident with this phone; `phoneHash` is its keyed hash (hex). */
export async function residentByPhone(view: View, phoneHash: string): Promise<Row<'resident'> | undefined> {
  const known = await rowByKey(view, 'residentPhone', phoneHash);
  const owner = ownerOf(known);
  return owner === undefined ? undefined : residentById(view, owner);
}

/** The id of the resident who has this phone, if it is one of that name in that community. */
export async function registeredAs(view: View, phoneHash: string, { communityId, name }: NamedResident): Promise<string | undefined> {
  const found = await residentByPhone(view, phoneHash);
  return found?.communityId === communityId && found.nameKey === nameKey(name) ? found.id : undefined;
}

/** A resident's name, and the community where it is known in full. */
export type NamedResident = { readonly name: string; readonly communityId: string };

/** The names of residents and their home communities, by id. */
export function residentsNamed(view: View, ids: readonly string[]): Promise<ReadonlyMap<string, NamedResident>> {
  return rowsById(view, 'resident', ids);
}
