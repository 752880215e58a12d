import { asc, gt, isNull, or } from 'drizzle-orm';
import { type Page, type Row, rowByKey, type View } from '../../store/index.ts';

/** All communities, by id. */
export async function communitiesPage({ read, tables: { community } }: View, { limit, after }: Page): Promise<Row<'community'>[]> {
  return read
    .select()
    .from(community)
    .where(after === undefined ? undefined : gt(community.id, after))
    .orderBy(asc(community.id))
    .limit(limit + 1);
}

/** The communities in which people can register on `day`: all that no other has succeeded by then, by id. They are few. */
export async function openCommunities(
  { read, tables: { community } }: View,
  day: string,
): Promise<Pick<Row<'community'>, 'id' | 'name'>[]> {
  return read
    .select({ id: community.id, name: community.name })
    .from(community)
    .where(or(isNull(community.succeededFrom), gt(community.succeededFrom, day)))
    .orderBy(asc(community.id));
}

/** The ids of all communities. They are few. */
export async function communityIds({ read, tables: { community } }: View): Promise<string[]> {
  return (await read.select({ id: community.id }).from(community).orderBy(asc(community.id))).map(({ id }) => id);
}

export function communityById(view: View, id: string): Promise<Row<'community'> | undefined> {
  return rowByKey(view, 'community', id);
}
