import { and, desc, eq, lt } from 'drizzle-orm';
import { isOneOf, type Row, rowByKey, type View } from '../../store/index.ts';
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
  const known = await rowByKey(view, 'residentPhone', phoneHash);
  return known && residentById(view, known.residentId);
}

/** The names of residents, by id. */
export async function residentNames(view: View, ids: readonly string[]): Promise<Map<string, string>> {
  const { id, name } = view.tables.resident;
  const rows = await view.read
    .select({ id, name })
    .from(view.tables.resident)
    .where(isOneOf(view, id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}
