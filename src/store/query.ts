/** What queries over much data need, on either engine. */
import { type Column, type SQL, sql } from 'drizzle-orm';
import type { View } from './store.ts';

/** The 32 hex digits of an id column, as text: an id without its prefix. */
export function hexText(engine: View['engine'], id: Column): SQL<string> {
  return engine === 'sqlite' ? sql<string>`lower(hex(${id}))` : sql<string>`replace(cast(${id} as text), '-', '')`;
}

/** Reads what is too much for memory a page at a time: `fetch` answers the rows that come after `last`, and none at the end. */
export async function* pages<R>(fetch: (last: R | undefined) => Promise<R[]>): AsyncGenerator<R[]> {
  for (let rows = await fetch(undefined); rows.length > 0; rows = await fetch(rows.at(-1))) yield rows;
}
