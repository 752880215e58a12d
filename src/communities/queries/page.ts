import { type Column, eq, isNull, type SQL } from 'drizzle-orm';

/** Which rows a page shows: at most `limit`, and those that come after the key that the page before ended with. Queries answer one row more. */
export type Page<K = string> = { readonly limit: number; readonly after?: K | undefined };

/** The rows of a community, or those of the street office, which are of none (null). */
export function ofOffice(column: Column, communityId: string | null): SQL {
  return communityId === null ? isNull(column) : eq(column, communityId);
}
