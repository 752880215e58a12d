import { and, desc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { isOneOf, nameKey, type Page, phoneEndKey, type Row, rowByKey, rowsById, type View } from '../../store/index.ts';
import { ownerOf } from '../../access/index.ts';
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
 * The residents with this part of a name, newest first: of a home community, or of all (null). Names are the same across separators, width
 * and case, as `sameName` says.
 */
export async function residentsNamedLike(view: View, part: string, communityId: string | null, page: Page): Promise<Row<'resident'>[]> {
  const { key } = view.tables.residentKey;
  const begins = nameKey(part);
  return residentsWithKey(view, and(gte(key, begins), lt(key, `${begins}ff`)), communityId, page);
}

/** The residents whose number ends so, newest first; `phoneEnds` are the keyed hashes of its end, one for each community that is asked. */
export async function residentsByPhoneEnd(
  view: View,
  phoneEnds: readonly string[],
  communityId: string | null,
  page: Page,
): Promise<Row<'resident'>[]> {
  return residentsWithKey(view, isOneOf(view, view.tables.residentKey.key, phoneEnds.map(phoneEndKey)), communityId, page);
}

async function residentsWithKey(
  view: View,
  condition: SQL | undefined,
  communityId: string | null,
  { limit, after }: Page,
): Promise<Row<'resident'>[]> {
  const { residentKey } = view.tables;
  // Not the id by itself: an engine that can read the ids in order would look through everybody for those with the key.
  const who = sql`case when ${residentKey.key} is not null then ${residentKey.residentId} end`;
  const found = await view.read
    .select({ id: who.mapWith(residentKey.residentId) })
    .from(residentKey)
    .where(
      and(
        communityId === null ? undefined : eq(residentKey.communityId, communityId),
        condition,
        after === undefined ? undefined : lt(residentKey.residentId, after),
      ),
    )
    .groupBy(who)
    .orderBy(desc(who))
    .limit(limit + 1);
  const rows = await rowsById(
    view,
    'resident',
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id }) => rows.get(id) ?? []);
}

/** A household, by its id or by somebody who is in it. */
export type HouseholdAsked = { readonly householdId: string } | { readonly memberId: string };

/** The residents who are in a household now, newest first: those of a home community, or all (null). None if there is no such household. */
export async function residentsOfHousehold(
  view: View,
  asked: HouseholdAsked,
  communityId: string | null,
  { limit, after }: Page,
): Promise<Row<'resident'>[]> {
  const id = 'householdId' in asked ? asked.householdId : (await rowByKey(view, 'householdOf', asked.memberId))?.householdId;
  if (!id) return [];
  const { householdMember } = view.tables;
  const { householdId, residentId, until } = householdMember;
  const members = await view.read
    .select({ residentId })
    .from(householdMember)
    .where(and(eq(householdId, id), isNull(until)));
  const residents = await rowsById(
    view,
    'resident',
    members.map((member) => member.residentId),
  );
  // A household is small, so that its page is cut here.
  return [...residents.values()]
    .filter((row) => (communityId === null || row.communityId === communityId) && (after === undefined || row.id < after))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit + 1);
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
