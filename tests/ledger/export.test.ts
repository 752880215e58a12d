import { describe, expect, it } from 'vitest';
import { account, cr, dr, type EntryDraft, trialBalance } from '../../src/ledger/index.ts';
import { booked, books, exported, reread, sumsOf } from '../support/exported.ts';
import { openHistory } from '../support/history.ts';
import { book, openScheme } from '../support/scheme.ts';

describe.each(books)('%s', (_name, community) => {
  it('is balanced in every transaction and unit, and comes to the balances of the books', async () => {
    const { store } = await openHistory();
    const { transactions, balances, declared } = reread(await exported(store, community));
    expect(transactions.length).toBeGreaterThan(5);
    expect(transactions.filter(({ sums }) => Object.values(sums).some((sum) => sum !== 0))).toEqual([]);
    expect(balances).toEqual(await booked(store, community));
    expect([...declared].toSorted()).toEqual(Object.keys(balances).toSorted());
  });
});

it('a journal in which one leg is off by one has a transaction that does not balance', async () => {
  const { store } = await openHistory();
  const journal = (await exported(store)).replace(/ (\d+) point\n/, (_leg, amount) => ` ${Number(amount) + 1} point\n`);
  const { transactions } = reread(journal);
  expect(transactions.filter(({ sums }) => sums['point'] !== 0 && sums['point'] !== undefined)).toHaveLength(1);
});

it('the journal and the trial balance agree by kind and community', async () => {
  const { store } = await openHistory();
  const { rows, total } = await trialBalance(store);
  expect(total).toEqual({ point: 0, fen: 0 });
  const { balances } = reread(await exported(store));
  expect(sumsOf(balances, rows)).toEqual(rows.map(({ debit, credit }) => debit - credit));
  expect(rows.length).toBeGreaterThan(10);
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
