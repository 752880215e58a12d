/** Reads what is too much for memory a page at a time: `fetch` answers the rows that come after `last`, and none at the end. */
export async function* pages<R>(fetch: (last: R | undefined) => Promise<R[]>): AsyncGenerator<R[]> {
  for (let rows = await fetch(undefined); rows.length > 0; rows = await fetch(rows.at(-1))) yield rows;
}
