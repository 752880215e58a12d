/**
 * The checks that need only the books. They join tables by the columns that the tables are distributed by, and otherwise read page by page.
 */
import { and, asc, between, count, eq, gt, inArray, isNull, max, notInArray, sql } from 'drizzle-orm';
import { isOneOf, pages, type Row, type View } from '../store/index.ts';
import { account as paths, accountFacts, accountId, type AccountKind, kinds, normalBalance, partsOf } from './accounts.ts';
import { type Check, type Finding, finding } from './audit.ts';
import type { Posting } from './entry.ts';
import { balances, entryPages, postingsOf, summed } from './queries.ts';
import { entriesHaveRequests } from './request-check.ts';

const PAGE = 2_000;

export const ledgerChecks: readonly Check[] = [
  { id: 'I1', title: 'every entry is zero per unit', run: everyEntryIsZero },
  { id: 'I2', title: 'a balance is the sum of its postings', run: balancesAreSums },
  { id: 'I3', title: 'issued + clawback = wallets + escrow + redeemed + expired, per issuer', run: pointsAreSomewhere },
  { id: 'I4', title: 'no wallet below zero', run: noWalletBelowZero },
  { id: 'I6', title: 'due-to mirrors due-from', run: duesMirror },
  { id: 'I8', title: 'a refusal leaves only its request row, and every entry has an accepted request', run: entriesHaveRequests },
  { id: 'I9', title: 'what was answered survives a crash', run: async () => ({ notApplicable: 'data cannot show it, a crash test does' }) },
  { id: 'I11', title: "every entry is zero per unit in each community's book", run: everyEntryIsZeroInEachBook },
  { id: 'S1', title: 'an entry has its postings, and no posting is without its entry', run: entriesHaveTheirPostings },
  { id: 'S2', title: "an account's row agrees with its path", run: accountsMatchTheirPaths },
];

function everyEntryIsZero(view: View): Promise<Finding> {
  return entriesAreZeroPer(view, ({ unit }) => unit);
}

function everyEntryIsZeroInEachBook(view: View): Promise<Finding> {
  return entriesAreZeroPer(view, ({ community, unit }) => `${community} ${unit}`);
}

async function entriesAreZeroPer(view: View, what: (account: ReturnType<typeof accountFacts>) => string): Promise<Finding> {
  let seen = 0;
  for await (const entries of entryPages(view, PAGE)) {
    const postings = await postingsOf(view, entries);
    for (const { id } of entries) {
      const off = offBy(postings.get(id) ?? [], what);
      if (off) return finding(seen, 'entries', `${id}: its postings sum to ${off.sum} in ${off.of}`);
      seen++;
    }
  }
  return finding(seen, 'entries', undefined);
}

/** The first sum over postings that is not zero. Another check covers postings on accounts that the chart does not have. */
function offBy(
  postings: readonly Posting[],
  what: (account: ReturnType<typeof accountFacts>) => string,
): { of: string; sum: number } | undefined {
  const sums = new Map<string, number>();
  for (const { account, amount } of postings.filter((posting) => posting.account.includes(':'))) {
    const of = what(accountFacts(account));
    sums.set(of, (sums.get(of) ?? 0) + amount);
  }
  const off = [...sums].find(([, sum]) => sum !== 0);
  return off && { of: off[0], sum: off[1] };
}

/** Accounts whose postings are added up in one pass over the journal. */
const ACCOUNTS_AT_ONCE = 200_000;

async function balancesAreSums(view: View): Promise<Finding> {
  const { posting } = view.tables;
  let seen = 0;
  let postings = 0;
  for await (const kept of keptPages(view)) {
    const sums = await sumsBetween(view, kept[0]!.id, kept.at(-1)!.id);
    for (const { id, path, kind, balance } of kept) {
      const { posted, count: legs } = sums.get(id) ?? { posted: 0, count: 0 };
      if (balance !== posted)
        return finding(seen, 'accounts', `${path}: balance ${normal(kind, balance)}, postings sum to ${normal(kind, posted)}`);
      postings += legs;
      seen++;
    }
  }
  return finding(seen, 'accounts', postings === (await view.read.$count(posting)) ? undefined : await postingsOfNobody(view));
}

/** The first postings on an account that does not exist. Slow, but used only once something is wrong. */
async function postingsOfNobody({ read, tables: { account, posting } }: View): Promise<string | undefined> {
  const sumsAfter = async (last: { id: string } | undefined) =>
    read
      .select({ id: posting.account, posted: summed(posting.amount) })
      .from(posting)
      .where(last && gt(posting.account, last.id))
      .groupBy(posting.account)
      .orderBy(asc(posting.account))
      .limit(ACCOUNTS_AT_ONCE);
  for await (const sums of pages<{ id: string; posted: number }>(sumsAfter)) {
    const known = new Set((await read.selectDistinct({ id: account.id }).from(account)).map(({ id }) => id));
    const lost = sums.find(({ id }) => !known.has(id));
    if (lost) return `account ${lost.id} is not there, its postings sum to ${lost.posted}`;
  }
  return undefined;
}

type Kept = { readonly id: string; readonly path: string; readonly kind: string; readonly balance: number };

function keptPages({ read, tables: { account } }: View): AsyncGenerator<Kept[]> {
  const { id, path, kind } = account;
  return pages<Kept>(async (last) =>
    read
      .select({ id, path, kind, balance: summed(account.balance) })
      .from(account)
      .where(last && gt(id, last.id))
      .groupBy(id, path, kind)
      .orderBy(asc(id))
      .limit(ACCOUNTS_AT_ONCE),
  );
}

async function sumsBetween({ read, tables: { posting } }: View, first: string, last: string) {
  const rows = await read
    .select({ id: posting.account, posted: summed(posting.amount), count: count() })
    .from(posting)
    .where(between(posting.account, first, last))
    .groupBy(posting.account);
  return new Map(rows.map((row) => [row.id, row]));
}

async function pointsAreSomewhere({ read, tables: { account } }: View): Promise<Finding> {
  const sums = await read
    .select({ community: account.community, kind: account.kind, balance: summed(account.balance) })
    .from(account)
    .where(eq(account.unit, 'point'))
    .groupBy(account.community, account.kind)
    .orderBy(asc(account.community));
  const issuers = Map.groupBy(sums, ({ community }) => community);
  const off = [...issuers].find(([, rows]) => rows.reduce((sum, { balance }) => sum + balance, 0) !== 0);
  return finding(issuers.size, 'issuers', off && pointsEquation(...off));
}

function pointsEquation(issuer: string, rows: readonly { kind: string; balance: number }[]): string {
  const side = (names: readonly string[]) => {
    const amounts = names.map((kind) => normal(kind, rows.find((row) => row.kind === kind)?.balance ?? 0));
    return `${names.map((kind, i) => `${kind} ${amounts[i]}`).join(' + ')} = ${amounts.reduce((a, b) => a + b, 0)}`;
  };
  return `${issuer}: ${side(['issued', 'clawback'])}, but ${side(['wallet', 'escrow', 'redeemed', 'expired'])}`;
}

async function noWalletBelowZero({ read, tables: { account } }: View): Promise<Finding> {
  const isWallet = eq(account.kind, 'wallet');
  const [below] = await read
    .select({ path: account.path, balance: account.balance })
    .from(account)
    .where(and(isWallet, gt(account.balance, 0)))
    .limit(1);
  return finding(await read.$count(account, isWallet), 'wallets', below && `${below.path}: balance ${normal('wallet', below.balance)}`);
}

/** The amount that a community owes another for a day stands in both books, with opposite signs. */
async function duesMirror(view: View): Promise<Finding> {
  const { account } = view.tables;
  const dues = inArray(account.kind, ['due-to', 'due-from']);
  let seen = 0;
  let broken: string | undefined;
  for await (const rows of pages<{ path: string; balance: number }>(async (last) =>
    balances(view, { where: dues, after: last?.path, limit: PAGE }),
  )) {
    const mirrors = rows.map(({ path }) => accountId(mirrorOf(path)));
    const mirrored = new Map(
      (await balances(view, { where: isOneOf(view, account.id, mirrors) })).map(({ path, balance }) => [path, balance]),
    );
    const off = rows.find(({ path, balance }) => balance + (mirrored.get(mirrorOf(path)) ?? 0) !== 0);
    broken ??= off && `${off.path}: balance ${off.balance}, but ${mirrorOf(off.path)} has ${mirrored.get(mirrorOf(off.path)) ?? 'none'}`;
    seen += rows.length;
  }
  return finding(seen, 'accounts', broken);
}

function mirrorOf(path: string): string {
  const { kind, community, other, day } = partsOf(path);
  return kind === 'due-to' ? paths.dueFrom(other, community, day) : paths.dueTo(other, community, day);
}

async function entriesHaveTheirPostings(view: View): Promise<Finding> {
  const { read, tables } = view;
  const seen = await read.$count(tables.posting);
  let counted = 0;
  for await (const entries of entryPages(view, PAGE)) {
    const legs = await legCounts(view, entries);
    for (const { id } of entries) {
      const { postings = 0, last = -1 } = legs.get(id) ?? {};
      if (postings < 2 || last !== postings - 1)
        return finding(seen, 'postings', `${id}: it has ${postings} postings, the last in place ${last}`);
      counted += postings;
    }
  }
  return finding(seen, 'postings', counted === seen ? undefined : await postingOfNoEntry(view));
}

async function legCounts({ read, tables: { posting } }: View, entries: readonly Row<'entry'>[]) {
  const rows = await read
    .select({ id: posting.entry, postings: count(), last: max(posting.seq) })
    .from(posting)
    .where(between(posting.entry, entries[0]!.id, entries.at(-1)!.id))
    .groupBy(posting.entry);
  return new Map(rows.map(({ id, postings, last }) => [id, { postings, last: last! }]));
}

/** The first posting that has no entry. */
async function postingOfNoEntry({ read, tables: { posting, entry } }: View): Promise<string | undefined> {
  const [lost] = await read
    .select({ id: posting.entry, amount: posting.amount })
    .from(posting)
    .leftJoin(entry, eq(entry.id, posting.entry))
    .where(isNull(entry.id))
    .orderBy(asc(posting.entry))
    .limit(1);
  return lost && `${lost.id}: there is no such entry, but a posting of ${lost.amount}`;
}

async function accountsMatchTheirPaths(view: View): Promise<Finding> {
  const { read, tables } = view;
  const { account } = tables;
  const start = sql`${account.kind} || ':' || ${account.community} || ':'`;
  const [off] = await read
    .select()
    .from(account)
    .where(sql`substr(${account.path} || ':', 1, length(${start})) <> ${start}`)
    .limit(1);
  if (off) return finding(1, 'accounts', `${off.path}: its row says ${off.kind} of ${off.community}`);
  const [unknown] = await read
    .select()
    .from(account)
    .where(notInArray(account.kind, Object.keys(kinds)))
    .limit(1);
  if (unknown) return finding(1, 'accounts', `${unknown.path}: ${unknown.kind} is not of the chart`);
  let seen = 0;
  const after = (last: { path: string } | undefined) =>
    read
      .selectDistinct({ id: account.id, path: account.path, kind: account.kind, unit: account.unit })
      .from(account)
      .where(last && gt(account.path, last.path))
      .orderBy(asc(account.path))
      .limit(PAGE);
  for await (const rows of pages<{ id: string; path: string; kind: string; unit: string }>(async (last) => after(last))) {
    const wrong = rows.find(({ id, path, kind, unit }) => accountId(path) !== id || kinds[kind as AccountKind].unit !== unit);
    if (wrong) return finding(seen, 'accounts', `${wrong.path}: its row has the id ${wrong.id} and counts in ${wrong.unit}`);
    seen += rows.length;
  }
  return finding(seen, 'accounts', undefined);
}

/** A balance on its account's normal side; unchanged if the chart does not have the kind. */
function normal(kind: string, signed: number): number {
  return kind in kinds ? normalBalance(kind as AccountKind, signed) : signed;
}
