const PAGE_MAX = 100;
/** Items on a page where no limit is asked for. */
const PAGE = 20;

type Page = { readonly items: readonly unknown[]; readonly next_cursor: string | null };

/** The cursor of the last full page of a resident's statement, found by walking there. Throws if the statement is too short for a second. */
export async function deepCursor(port: number, bearer: string): Promise<string> {
  const cursor = (await walk(port, bearer, PAGE_MAX)) ?? (await walk(port, bearer, PAGE));
  if (cursor === undefined) throw new Error('a statement has no second page: the history is too short');
  return cursor;
}

async function walk(port: number, bearer: string, limit: number): Promise<string | undefined> {
  let deepest: string | undefined;
  let next: string | null = null;
  do {
    const page = await pageOf(port, bearer, `?limit=${limit}${next === null ? '' : `&cursor=${next}`}`);
    if (next !== null && page.items.length >= PAGE) deepest = next;
    next = page.next_cursor;
  } while (next !== null);
  return deepest;
}

async function pageOf(port: number, bearer: string, query: string): Promise<Page> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/me/statement${query}`, { headers: { authorization: bearer } });
  if (!answer.ok) throw new Error(`no statement: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Page;
}
