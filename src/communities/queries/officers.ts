import { and, desc, lt } from 'drizzle-orm';
import { ofOffice, type Page, type Row, rowByKey, type View } from '../../store/index.ts';

/** The officers of a community, or of the street office (null), newest first. */
export async function officersPage({ read, tables: { officer } }: View, communityId: string | null, { limit, after }: Page) {
  return read
    .select()
    .from(officer)
    .where(and(ofOffice(officer.communityId, communityId), after === undefined ? undefined : lt(officer.id, after)))
    .orderBy(desc(officer.id))
    .limit(limit + 1);
}

export function officerById(view: View, id: string): Promise<Row<'officer'> | undefined> {
  return rowByKey(view, 'officer', id);
}
