import { and, desc, eq, lt } from 'drizzle-orm';
import type { Row, View } from '../../store/index.ts';
import { residentById } from '../residents.ts';
import type { Page } from './page.ts';

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

/** Whose phone this is; `phoneHash` is its keyed hash (hex). */
export async function residentByPhone(view: View, phoneHash: string): Promise<Row<'resident'> | undefined> {
  const { residentPhone } = view.tables;
  const [known] = await view.read.select().from(residentPhone).where(eq(residentPhone.hash, phoneHash));
  return known && residentById(view, known.residentId);
}
