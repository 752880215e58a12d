import { and, desc, eq, lt } from 'drizzle-orm';
import { type Page, type Row, rowByKey, type View } from '../../store/index.ts';

/** Selects grants: by one issuer, to one resident, or both. */
export type GrantFilter = { readonly communityId: string | null; readonly residentId: string | undefined };

/** Grants, newest first. */
export async function grantsPage(
  { read, tables: { grant } }: View,
  { communityId, residentId }: GrantFilter,
  { limit, after }: Page,
): Promise<Row<'grant'>[]> {
  const filters = [
    communityId === null ? undefined : eq(grant.communityId, communityId),
    residentId === undefined ? undefined : eq(grant.residentId, residentId),
    after === undefined ? undefined : lt(grant.id, after),
  ];
  return read
    .select()
    .from(grant)
    .where(and(...filters))
    .orderBy(desc(grant.id))
    .limit(limit + 1);
}

export function grantById(view: View, id: string): Promise<Row<'grant'> | undefined> {
  return rowByKey(view, 'grant', id);
}
