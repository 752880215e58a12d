import { and, desc, eq, lt } from 'drizzle-orm';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import type { ClientKind } from '../scopes.ts';
import { ofOffice, type Page } from './page.ts';

export type ClientFilter = { readonly communityId: string | null; readonly kind: ClientKind | undefined };

/** The clients bound within a community, or those of the street office (null), newest first; of one kind, or of all. */
export async function clientsPage({ read, tables: { client } }: View, { communityId, kind }: ClientFilter, { limit, after }: Page) {
  const ofKind = kind === undefined ? undefined : eq(client.kind, kind);
  return read
    .select()
    .from(client)
    .where(and(ofOffice(client.communityId, communityId), ofKind, after === undefined ? undefined : lt(client.id, after)))
    .orderBy(desc(client.id))
    .limit(limit + 1);
}

export function clientById(view: View, id: string): Promise<Row<'client'> | undefined> {
  return rowByKey(view, 'client', id);
}
