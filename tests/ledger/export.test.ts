import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { account, cr, dr, type EntryDraft, hledgerJournal, trialBalance } from '../../src/ledger/index.ts';
import type { Store } from '../../src/store/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openHistory } from '../support/history.ts';
import { book, openScheme } from '../support/scheme.ts';

/** Where hledger is not installed the re-reader below still reads every export; its tests then show as skipped. */
const hledgerIsHere = spawnSync('hledger', ['--version']).status === 0;

async function exported(store: Store, community?: string): Promise<string> {
  return store.snapshot(async (view) => (await Array.fromAsync(hledgerJournal(view, community))).join(''));
}

type Transaction = { readonly id: string; readonly date: string; readonly tags: string; readonly sums: Record<string, number> };
type Reading = { readonly declared: Set<string>; readonly transactions: Transaction[]; readonly balances: Record<string, string> };

/** A reader of its own: it knows of the format only what the export uses, and fails on any other line. */
function reread(journal: string): Reading {
  const declared = new Set<string>();
  const transactions: Transaction[] = [];
  const totals = new Map<string, [amount: number, unit: string]>();
  for (const line of journal.split('\n').filter((text) => text !== '')) {
    const head = /^(\d{4}-\d{2}-\d{2}) \((ent_[0-9a-f]{32})\) [a-z_]+  ; (.*)$/.exec(line);
    const leg = /^ {4}(\S+)  (-?[1-9]\d*) (point|fen)$/.exec(line);
    const declaration = /^(?:account (\S+)|commodity 1000\. (?:point|fen))$/.exec(line);
    if (head) transactions.push({ date: head[1]!, id: head[2]!, tags: head[3]!, sums: {} });
    else if (leg) {
      const [path, amount, unit] = [leg[1]!, Number(leg[2]), leg[3]!];
      const { sums } = transactions.at(-1)!;
      sums[unit] = (sums[unit] ?? 0) + amount;
      totals.set(path, [(totals.get(path)?.[0] ?? 0) + amount, unit]);
    } else if (declaration?.[1]) declared.add(declaration[1]);
    else if (!declaration) throw new Error(`not understood: ${line}`);
  }
  const balances = [...totals].map(([path, [amount, unit]]) => [path, `${amount} ${unit}`]);
  return { declared, transactions, balances: Object.fromEntries(balances) };
}

/** What the books say of every account, as the re-reader and hledger show it. */
async function booked(store: Store, community?: string): Promise<Record<string, string>> {
  const inBook = (await balancesOf(store)).filter((row) => community === undefined || row.community === community);
  return Object.fromEntries(inBook.map(({ path, balance, unit }) => [path, `${balance} ${unit}`]));
}

function hledger(journal: string, ...command: string[]): string {
  return execFileSync('hledger', ['-f', '-', ...command], { input: journal, encoding: 'utf8', stdio: 'pipe' });
}

function hledgerBalances(journal: string): Record<string, string> {
  const rows = hledger(journal, 'balance', '--flat', '--empty', '--no-total', '-O', 'csv').trim().split('\n').slice(1);
  return Object.fromEntries(rows.map((row) => row.slice(1, -1).split('","') as [string, string]));
}

/** hledger shows a zero without its unit. */
function withoutUnitOfZero(balances: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(balances).map(([path, amount]) => [path, amount.startsWith('0 ') ? '0' : amount]));
}

const books: [name: string, community: string | undefined][] = [
  ['the whole journal', undefined],
  ["Gexiang's own books", 'gexiang'],
  ["Wanhe's own books", 'wanhe'],
];

describe.each(books)('%s', (_name, community) => {
  it('is balanced in every transaction and unit, and comes to the balances of the books', async () => {
    const { store } = await openHistory();
    const { transactions, balances, declared } = reread(await exported(store, community));
    expect(transactions.length).toBeGreaterThan(5);
    expect(transactions.filter(({ sums }) => Object.values(sums).some((sum) => sum !== 0))).toEqual([]);
    expect(balances).toEqual(await booked(store, community));
    expect([...declared].toSorted()).toEqual(Object.keys(balances).toSorted());
  });

  it.runIf(hledgerIsHere)('is accepted by hledger, which finds the same balances', async () => {
    const { store } = await openHistory();
    const journal = await exported(store, community);
    for (const check of ['balancednoautoconversion', 'commodities', 'accounts']) expect(hledger(journal, 'check', check)).toBe('');
    const balances = await booked(store, community);
    expect(Object.keys(balances).length).toBeGreaterThan(5);
    expect(hledgerBalances(journal)).toEqual(withoutUnitOfZero(balances));
  });
});

it.runIf(hledgerIsHere)('hledger would refuse a journal in which one leg is off by one', async () => {
  const { store } = await openHistory();
  const journal = (await exported(store)).replace(/ (\d+) point\n/, (_leg, amount) => ` ${Number(amount) + 1} point\n`);
  expect(() => hledger(journal, 'check', 'balancednoautoconversion')).toThrow('could not balance this transaction');
});

it.runIf(hledgerIsHere)('hledger and the trial balance agree by kind and community', async () => {
  const { store } = await openHistory();
  const { rows, total } = await trialBalance(store);
  expect(total).toEqual({ point: 0, fen: 0 });
  const balances = hledgerBalances(await exported(store));
  const theirs = rows.map(({ kind, community }) => {
    const paths = Object.keys(balances).filter((path) => `${path}:`.startsWith(`${kind}:${community}:`));
    return paths.reduce((sum, path) => sum + Number.parseInt(balances[path]!, 10), 0);
  });
  expect(theirs).toEqual(rows.map(({ debit, credit }) => debit - credit));
  expect(theirs.length).toBeGreaterThan(10);
});

it('a transaction tells its business day, entry, kind, effective day, and what it reverses', async () => {
  const { store } = await openHistory();
  const lines = (await exported(store)).split('\n');
  const reversal = lines.find((line) => line.includes('redemption_reversal'));
  expect(reversal).toMatch(
    /^2026-03-03 \(ent_[0-9a-f]{32}\) redemption_reversal  ; effective:2026-03-03, recorded:2026-03-03T01:00:00[.0-9]*Z, subject:red_[0-9a-f]{32}, reverses:ent_[0-9a-f]{32}$/,
  );
});

/** Every other one is Taiyan's, so that a page of one community's books has gaps. */
function nthGrant(n: number): EntryDraft {
  const issuer = n % 2 ? 'gexiang' : 'taiyan';
  return { kind: 'grant', effectiveAt: 0, subject: `grant ${n}`, postings: [dr(account.issued(issuer), n), cr(account.escrow(issuer), n)] };
}

it('entries come in the order of their ids, each once, page after page', async () => {
  const { store, run } = await openScheme();
  const count = 1_250;
  await Promise.all(Array.from({ length: count }, (_, i) => run(book, { entries: [nthGrant(i + 1)] })));
  const ids = reread(await exported(store)).transactions.map(({ id }) => id);
  expect(ids.length).toBe(count);
  expect(ids).toEqual([...new Set(ids)].toSorted());
  const own = reread(await exported(store, 'gexiang'));
  expect(own.transactions.length).toBe(count / 2);
  expect(own.balances).toEqual({ 'issued:gexiang': `${count ** 2 / 4} point`, 'escrow:gexiang': `-${count ** 2 / 4} point` });
  expect(reread(await exported(store, 'wanhe'))).toMatchObject({ transactions: [], balances: {} });
});
