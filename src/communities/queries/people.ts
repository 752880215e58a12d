import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Page, Row, View } from '../../store/index.ts';

/** The consents of a resident, that to the latest notice first; none: nothing is recorded. */
export async function consentsOf({ read, tables: { consent } }: View, residentId: string): Promise<Row<'consent'>[]> {
  return read.select().from(consent).where(eq(consent.residentId, residentId)).orderBy(desc(consent.noticeVersion));
}

/** The registrations of a community that wait for an officer, newest first. */
export async function registrationsPage(
  { read, tables: { registration } }: View,
  communityId: string,
  { limit, after }: Page,
): Promise<Row<'registration'>[]> {
  const { residentId, decidedAt } = registration;
  return read
    .select()
    .from(registration)
    .where(and(eq(registration.communityId, communityId), isNull(decidedAt), after === undefined ? undefined : lt(residentId, after)))
    .orderBy(desc(residentId))
    .limit(limit + 1);
}

/** The residents of whom an officer said that they are the same person as this one. */
export async function samePersonIds({ read, tables: { samePerson } }: View, id: string): Promise<string[]> {
  const { residentId, otherId, same } = samePerson;
  const [later, earlier] = await Promise.all([
    read
      .select({ id: otherId })
      .from(samePerson)
      .where(and(eq(residentId, id), eq(same, 1))),
    read
      .select({ id: residentId })
      .from(samePerson)
      .where(and(eq(otherId, id), eq(same, 1))),
  ]);
  return [...later, ...earlier].map((row) => row.id).toSorted();
}

/** The questions of a community that nobody has answered, newest registration first; the page begins after a pair of ids. */
export async function samePersonPage(
  { read, tables: { samePerson } }: View,
  communityId: string,
  { limit, after }: Page<readonly [residentId: string, otherId: string]>,
): Promise<Row<'samePerson'>[]> {
  const { residentId, otherId, same } = samePerson;
  const beyond = after && or(lt(residentId, after[0]), and(eq(residentId, after[0]), lt(otherId, after[1])));
  return read
    .select()
    .from(samePerson)
    .where(and(eq(samePerson.communityId, communityId), isNull(same), beyond))
    .orderBy(desc(residentId), desc(otherId))
    .limit(limit + 1);
}
