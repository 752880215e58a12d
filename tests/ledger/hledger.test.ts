/** The exported journal before a program that is not ours. `.ci/run` brings it: these tests are a project of their own, which fails without. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { trialBalance } from '../../src/ledger/index.ts';
import { booked, books, exported, sumsOf } from '../support/exported.ts';
import { openHistory } from '../support/history.ts';

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

describe.each(books)('%s', (_name, community) => {
  it('is accepted by hledger, which finds the same balances', async () => {
    const { store } = await openHistory();
    const journal = await exported(store, community);
    for (const check of ['balancednoautoconversion', 'commodities', 'accounts']) expect(hledger(journal, 'check', check)).toBe('');
    const balances = await booked(store, community);
    expect(Object.keys(balances).length).toBeGreaterThan(5);
    expect(hledgerBalances(journal)).toEqual(withoutUnitOfZero(balances));
  });
});

it('hledger would refuse a journal in which one leg is off by one', async () => {
  const { store } = await openHistory();
  const journal = (await exported(store)).replace(/ (\d+) point\n/, (_leg, amount) => ` ${Number(amount) + 1} point\n`);
  expect(() => hledger(journal, 'check', 'balancednoautoconversion')).toThrow('could not balance this transaction');
});

it('hledger and the trial balance agree by kind and community', async () => {
  const { store } = await openHistory();
  const { rows, total } = await trialBalance(store);
  expect(total).toEqual({ point: 0, fen: 0 });
  expect(sumsOf(hledgerBalances(await exported(store)), rows)).toEqual(rows.map(({ debit, credit }) => debit - credit));
  expect(rows.length).toBeGreaterThan(10);
});
