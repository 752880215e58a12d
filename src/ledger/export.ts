/** The journal in the format of hledger, so that an independent program can check the books. */
import { eq } from 'drizzle-orm';
import { pages, type Row, type View } from '../store/index.ts';
import { accountFacts } from './accounts.ts';
import { dayOf } from './calendar.ts';
import type { Posting } from './entry.ts';
import { type Balance, balances, entryPages, postingsOf } from './queries.ts';

const PAGE = 500;

/**
 * The whole journal, or one community's own books, as hledger reads it: in pieces of a few hundred entries, in the order of their ids.
 * An entry's date is its business day, its code its id, its description its kind; the rest are tags. Amounts are whole points and fen.
 */
export async function* hledgerJournal(view: View, community?: string): AsyncGenerator<string> {
  yield 'commodity 1000. point\ncommodity 1000. fen\n\n';
  for await (const accounts of accountPages(view, community)) yield accounts.map(({ path }) => `account ${path}\n`).join('');
  for await (const entries of entryPages(view, PAGE)) yield await journalOf(view, entries, community);
}

function accountPages(view: View, community?: string): AsyncGenerator<Balance[]> {
  const inBook = community === undefined ? undefined : eq(view.tables.account.community, community);
  return pages(async (last) => balances(view, { where: inBook, after: last?.path, limit: PAGE }));
}

async function journalOf(view: View, entries: readonly Row<'entry'>[], community?: string): Promise<string> {
  const inBook = ({ account }: Posting) => community === undefined || accountFacts(account).community === community;
  const postings = await postingsOf(view, entries);
  return entries
    .map((entry) => ({ entry, legs: (postings.get(entry.id) ?? []).filter(inBook) }))
    .map(({ entry, legs }) => (legs.length > 0 ? entryText(entry, legs) : ''))
    .join('');
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
