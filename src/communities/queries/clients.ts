import { and, desc, lt } from 'drizzle-orm';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import { ofOffice, type Page } from './page.ts';

/** The clients bound within a community, or those of the street office (null), newest first. */
export async function clientsPage({ read, tables: { client } }: View, communityId: string | null, { limit, after }: Page) {
  return read
    .select()
    .from(client)
    .where(and(ofOffice(client.communityId, communityId), after === undefined ? undefined : lt(client.id, after)))
    .orderBy(desc(client.id))
    .limit(limit + 1);
}

export function clientById(view: View, id: string): Promise<Row<'client'> | undefined> {
  return rowByKey(view, 'client', id);
}
