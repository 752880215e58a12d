import { asc, eq, gt } from 'drizzle-orm';
import type { Row, View } from '../../store/index.ts';
import type { Page } from './page.ts';

/** All communities, by id. */
export async function communitiesPage({ read, tables: { community } }: View, { limit, after }: Page): Promise<Row<'community'>[]> {
  return read
    .select()
    .from(community)
    .where(after === undefined ? undefined : gt(community.id, after))
    .orderBy(asc(community.id))
    .limit(limit + 1);
}

export async function communityById({ read, tables: { community } }: View, id: string): Promise<Row<'community'> | undefined> {
  return (await read.select().from(community).where(eq(community.id, id)))[0];
}
