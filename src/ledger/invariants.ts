/** The checks that need nothing but the books. */
import { and, asc, count, eq, gt, inArray, isNull, ne, notLike, type SQL, sql } from 'drizzle-orm';
import { hexText, pages, type View } from '../store/index.ts';
import { account as paths, type AccountKind, kinds, normalBalance } from './accounts.ts';
import { type Check, type Finding, found } from './audit.ts';

export const ledgerChecks: readonly Check[] = [
  { id: 'I1', title: 'every entry is zero per unit', run: everyEntryIsZero },
  { id: 'I2', title: 'a balance is the sum of its postings', run: balancesAreSums },
  { id: 'I3', title: 'issued + clawback = wallets + escrow + redeemed + expired, per issuer', run: pointsAreSomewhere },
  { id: 'I4', title: 'no wallet below zero', run: noWalletBelowZero },
  { id: 'I6', title: 'due-to mirrors due-from', run: duesMirror },
  { id: 'I8', title: 'a refusal leaves only its request row, and every entry has an accepted request', run: entriesHaveRequests },
  { id: 'I9', title: 'what was answered survives a crash', run: async () => ({ notApplicable: 'data cannot show it, a crash test does' }) },
  { id: 'I11', title: "every entry is zero per unit in each community's book", run: everyEntryIsZeroInEachBook },
  { id: 'I12', title: 'a paid settlement run leaves nothing due', run: async () => ({ notApplicable: 'there is no settlement yet' }) },
  { id: 'S1', title: 'an entry lists the accounts of its postings, and no posting is without its entry', run: entriesListTheirPostings },
  { id: 'S2', title: 'an account is what its path says', run: accountsMatchTheirPaths },
];

function everyEntryIsZero(view: View): Promise<Finding> {
  return entriesAreZeroPer(view, [view.tables.account.unit]);
}

function everyEntryIsZeroInEachBook(view: View): Promise<Finding> {
  return entriesAreZeroPer(view, [view.tables.account.community, view.tables.account.unit]);
}

type AccountColumn = View['tables']['account']['unit' | 'community'];

async function entriesAreZeroPer({ read, tables: { entry, posting, account } }: View, columns: AccountColumn[]): Promise<Finding> {
  const what = sql<string>`${sql.join(columns, sql` || ' ' || `)}`;
  const [off] = await read
    .select({ id: posting.entry, what, sum: total(posting.amount) })
    .from(posting)
    .innerJoin(account, eq(account.path, posting.account))
    .groupBy(posting.entry, ...columns)
    .having(ne(total(posting.amount), 0))
    .limit(1);
  return found(await read.$count(entry), 'entries', off && `${off.id}: its postings sum to ${off.sum} in ${off.what}`);
}

async function balancesAreSums({ read, tables: { account, posting } }: View): Promise<Finding> {
  const posted = sql<number>`coalesce(sum(${posting.amount}), 0)`.mapWith(Number);
  const [off] = await read
    .select({ path: account.path, kind: account.kind, balance: account.balance, posted })
    .from(account)
    .leftJoin(posting, eq(posting.account, account.path))
    .groupBy(account.path)
    .having(ne(posted, account.balance))
    .limit(1);
  const [lost] = await read
    .select({ path: posting.account, posted: total(posting.amount) })
    .from(posting)
    .leftJoin(account, eq(account.path, posting.account))
    .where(isNull(account.path))
    .groupBy(posting.account)
    .limit(1);
  const broken = off
    ? `${off.path}: balance ${normal(off.kind, off.balance)}, postings sum to ${normal(off.kind, off.posted)}`
    : lost && `${lost.path}: no such account, postings sum to ${lost.posted}`;
  return found(await read.$count(account), 'accounts', broken);
}

async function pointsAreSomewhere({ read, tables: { account } }: View): Promise<Finding> {
  const sums = await read
    .select({ community: account.community, kind: account.kind, balance: total(account.balance) })
    .from(account)
    .where(eq(account.unit, 'point'))
    .groupBy(account.community, account.kind)
    .orderBy(asc(account.community));
  const issuers = Map.groupBy(sums, ({ community }) => community);
  const off = [...issuers].find(([, rows]) => rows.reduce((sum, { balance }) => sum + balance, 0) !== 0);
  return found(issuers.size, 'issuers', off && pointsEquation(...off));
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
  return found(await read.$count(account, isWallet), 'wallets', below && `${below.path}: balance ${normal('wallet', below.balance)}`);
}

/** What a community owes another for a day stands in both books, with opposite signs. */
async function duesMirror({ read, tables: { account } }: View): Promise<Finding> {
  const columns = { path: account.path, balance: account.balance };
  const dues = (last?: string) =>
    and(inArray(account.kind, ['due-to', 'due-from']), last === undefined ? undefined : gt(account.path, last));
  const rowsAfter = (last?: { path: string }) =>
    read.select(columns).from(account).where(dues(last?.path)).orderBy(asc(account.path)).limit(1_000);
  let seen = 0;
  let broken: string | undefined;
  for await (const rows of pages<{ path: string; balance: number }>(async (last) => rowsAfter(last))) {
    const mirrored = await read
      .select(columns)
      .from(account)
      .where(
        inArray(
          account.path,
          rows.map(({ path }) => mirrorOf(path)),
        ),
      );
    const balances = new Map(mirrored.map(({ path, balance }) => [path, balance]));
    const off = rows.find(({ path, balance }) => balance + (balances.get(mirrorOf(path)) ?? 0) !== 0);
    broken ??= off && `${off.path}: balance ${off.balance}, but ${mirrorOf(off.path)} has ${balances.get(mirrorOf(off.path)) ?? 'none'}`;
    seen += rows.length;
  }
  return found(seen, 'accounts', broken);
}

function mirrorOf(path: string): string {
  const [kind, book, other, day] = path.split(':') as [string, string, string, string];
  return kind === 'due-to' ? paths.dueFrom(other, book, day) : paths.dueTo(other, book, day);
}

/** An entry's id is its command's, counted up in the last six digits. */
const STEM = 26;

async function entriesHaveRequests({ engine, read, tables: { entry, request } }: View): Promise<Finding> {
  const stemOf = (digits: SQL | typeof request.commandId) => sql<string>`substr(${digits}, 1, ${STEM})`;
  const accepted = read
    .select({ stem: stemOf(request.commandId) })
    .from(request)
    .where(notLike(request.outcome, '{"refused"%'));
  const stem = stemOf(hexText(engine, entry.id));
  const [lost] = await read
    .select({ id: entry.id, stem })
    .from(entry)
    .where(sql`${stem} not in ${accepted}`)
    .limit(1);
  const seen = await read.$count(entry);
  if (!lost) return found(seen, 'entries', undefined);
  const [refused] = await read
    .select()
    .from(request)
    .where(eq(stemOf(request.commandId), lost.stem))
    .limit(1);
  return found(
    seen,
    'entries',
    `${lost.id}: ${refused ? `its request ${refused.client} ${refused.key} was refused` : 'no request made it'}`,
  );
}

async function entriesListTheirPostings({ read, tables: { entry, posting } }: View): Promise<Finding> {
  const listed = sql<string>`string_agg(${posting.account}, ' ' order by ${posting.seq})`;
  const [off] = await read
    .select({ id: posting.entry, accounts: sql<string | null>`max(${entry.accounts})`, listed })
    .from(posting)
    .leftJoin(entry, eq(entry.id, posting.entry))
    .groupBy(posting.entry)
    .having(sql`max(${entry.accounts}) is null or max(${entry.accounts}) <> ${listed}`)
    .limit(1);
  const [empty] = await read
    .select({ id: entry.id, accounts: entry.accounts })
    .from(entry)
    .where(sql`${entry.id} not in ${read.select({ entry: posting.entry }).from(posting)}`)
    .limit(1);
  const broken = off
    ? `${off.id}: ${off.accounts === null ? 'there is no such entry' : `it lists ${off.accounts}`}, its postings are on ${off.listed}`
    : empty && `${empty.id}: it lists ${empty.accounts}, and has no postings`;
  return found(await read.$count(posting), 'postings', broken);
}

async function accountsMatchTheirPaths({ read, tables: { account } }: View): Promise<Finding> {
  const start = sql`${account.kind} || ':' || ${account.community} || ':'`;
  const [off] = await read
    .select()
    .from(account)
    .where(sql`substr(${account.path} || ':', 1, length(${start})) <> ${start}`)
    .limit(1);
  const units = await read
    .select({ kind: account.kind, unit: account.unit, accounts: count() })
    .from(account)
    .groupBy(account.kind, account.unit);
  const wrong = units.find(({ kind, unit }) => kinds[kind as AccountKind]?.unit !== unit);
  const seen = units.reduce((sum, { accounts }) => sum + accounts, 0);
  const broken = off
    ? `${off.path}: its row says ${off.kind} of ${off.community}`
    : wrong && `${wrong.accounts} accounts of kind ${wrong.kind} count in ${wrong.unit}`;
  return found(seen, 'accounts', broken);
}

function total(column: View['tables']['posting']['amount'] | View['tables']['account']['balance']) {
  return sql<number>`sum(${column})`.mapWith(Number);
}

/** A balance as the books show it; of a kind that is not of the chart, as it is. */
function normal(kind: string, signed: number): number {
  return kind in kinds ? normalBalance(kind as AccountKind, signed) : signed;
}
