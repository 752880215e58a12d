import { and, asc, desc, eq, isNull, lt } from 'drizzle-orm';
import { isOneOf, type Page, type Row, rowByKey, type View } from '../../store/index.ts';

/** A household, and how many are in it now. */
export type HouseholdListed = Row<'household'> & { readonly members: number };

/** The households of a community, newest first, also those that have ended. */
export async function householdsPage(view: View, communityId: string, { limit, after }: Page): Promise<HouseholdListed[]> {
  const { household } = view.tables;
  const rows = await view.read
    .select()
    .from(household)
    .where(and(eq(household.communityId, communityId), after === undefined ? undefined : lt(household.id, after)))
    .orderBy(desc(household.id))
    .limit(limit + 1);
  const counts = await membersCounted(
    view,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, members: counts.get(row.id) ?? 0 }));
}

async function membersCounted(view: View, ids: readonly string[]): Promise<Map<string, number>> {
  const { householdMember: member } = view.tables;
  const counts = new Map<string, number>();
  const rows = await view.read
    .select({ id: member.householdId })
    .from(member)
    .where(and(isOneOf(view, member.householdId, ids), isNull(member.until)));
  for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export function householdById(view: View, id: string): Promise<Row<'household'> | undefined> {
  return rowByKey(view, 'household', id);
}

/** The household that a resident is in now. */
export async function householdOfResident(view: View, residentId: string): Promise<Row<'household'> | undefined> {
  const current = (await rowByKey(view, 'householdOf', residentId))?.householdId ?? null;
  return current === null ? undefined : householdById(view, current);
}

/** Everybody who is or was in a household, in the order in which they came. */
export async function householdMembers({ read, tables: { householdMember: member } }: View, id: string): Promise<Row<'householdMember'>[]> {
  return read.select().from(member).where(eq(member.householdId, id)).orderBy(asc(member.since), asc(member.residentId));
}
