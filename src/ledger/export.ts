/** The journal in the format of hledger, so that the books can be checked by a program that is not ours. */
import { and, asc, between, eq, gt, inArray } from 'drizzle-orm';
import { pages, type Row, type View } from '../store/index.ts';
import { accountFacts } from './accounts.ts';
import { dayOf } from './calendar.ts';
import type { Posting } from './entry.ts';

const PAGE = 500;

/**
 * The whole journal, or one community's own books, as hledger reads it: in pieces of a few hundred entries, in the order of their ids.
 * An entry's date is its business day, its code its id, its description its kind; the rest are tags. Amounts are whole points and fen.
 */
export async function* hledgerJournal(view: View, community?: string): AsyncGenerator<string> {
  yield 'commodity 1000. point\ncommodity 1000. fen\n\n';
  for await (const accounts of accountPages(view, community)) yield accounts.map(({ path }) => `account ${path}\n`).join('');
  for await (const entries of entryPages(view)) yield await journalOf(view, entries, community);
}

function accountPages({ read, tables: { account } }: View, community?: string): AsyncGenerator<{ path: string }[]> {
  const inBook = community === undefined ? undefined : eq(account.community, community);
  return pages(async (last) =>
    read
      .select({ path: account.path })
      .from(account)
      .where(and(inBook, last && gt(account.path, last.path)))
      .orderBy(asc(account.path))
      .limit(PAGE),
  );
}

function entryPages({ read, tables: { entry } }: View): AsyncGenerator<Row<'entry'>[]> {
  return pages(async (last) =>
    read
      .select()
      .from(entry)
      .where(last && gt(entry.id, last.id))
      .orderBy(asc(entry.id))
      .limit(PAGE),
  );
}

async function journalOf(view: View, entries: readonly Row<'entry'>[], community?: string): Promise<string> {
  const inBook = (path: string) => community === undefined || accountFacts(path).community === community;
  const postings = await postingsOf(view, entries, inBook);
  return entries.map((entry) => (postings.has(entry.id) ? entryText(entry, postings.get(entry.id)!) : '')).join('');
}

/** The postings of consecutive entries: on the accounts that these list, whatever lies between the first and the last of them. */
async function postingsOf(
  { read, tables: { posting } }: View,
  entries: readonly Row<'entry'>[],
  inBook: (path: string) => boolean,
): Promise<Map<string, Row<'posting'>[]>> {
  const accounts = [...new Set(entries.flatMap((entry) => entry.accounts.split(' ')))].filter(inBook);
  const rows = await read
    .select()
    .from(posting)
    .where(and(inArray(posting.account, accounts), between(posting.entry, entries[0]!.id, entries.at(-1)!.id)))
    .orderBy(asc(posting.seq));
  return Map.groupBy(rows, ({ entry }) => entry);
}

function entryText(entry: Row<'entry'>, postings: readonly Posting[]): string {
  const tags = {
    effective: dayOf(entry.effectiveAt),
    recorded: Temporal.Instant.fromEpochMilliseconds(entry.recordedAt).toString(),
    subject: entry.subject,
    ...(entry.reverses === null ? {} : { reverses: entry.reverses }),
  };
  const comment = Object.entries(tags).map(([name, value]) => `${name}:${value}`);
  const legs = postings.map(({ account, amount }) => `    ${account}  ${amount} ${accountFacts(account).unit}\n`);
  return `\n${entry.businessDay} (${entry.id}) ${entry.kind}  ; ${comment.join(', ')}\n${legs.join('')}`;
}
