/** The recipes, carried out: their numbers were worked out by hand, and are what the real commands must come to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { audit, checkLine } from '../src/cli/audit.ts';
import { partiesOf, paymentsOfRun, positionsOf, positionsOfRun } from '../src/clearing/index.ts';
import type { Row } from '../src/store/index.ts';
import { balancesOf } from './support/balances.ts';
import { leg } from './support/journal.ts';
import { rowsUnder } from './support/markdown.ts';
import { type Event, fenLegs, type Month, openMonth } from './support/month.ts';

const document = readFileSync(join(import.meta.dirname, '../docs/recipes/a-month-of-ten-communities.md'), 'utf8');

/** What stands under a heading, down to the next. */
function section(title: string): string {
  const start = document.indexOf(`\n## ${title}\n`);
  expect(start, title).toBeGreaterThan(0);
  const end = document.indexOf('\n## ', start + 1);
  return document.slice(start, end < 0 ? undefined : end);
}

const plain = (cell: string) => cell.replaceAll(/[`*]/g, '');
const table = (text: string, ...header: string[]) => rowsUnder(text, ...header).map((row) => row.map(plain));

/** `gexiang 60, taiyan 40` by its names. */
function amounts(cell: string): Map<string, number> {
  return new Map(cell.split(', ').map((each) => [each.split(' ')[0]!, Number(each.split(' ')[1])]));
}

type Line = Event & { readonly fen: number; readonly borne: ReadonlyMap<string, number> };

function eventsOf(title: string): Line[] {
  const rows = table(section(title), 'No', 'When', 'What', 'Points of', 'At the shop of', 'Fen', 'Borne by');
  return rows.map(([no, when, what, points, acquirer, fen, borne]) => {
    const event = { no: no!, when: when!, what: what!, points: amounts(points!), acquirer: acquirer! };
    return { ...event, fen: Number(fen), borne: amounts(borne!) };
  });
}

/** The legs of a table of accounts, each in its book. */
function legsIn(rows: readonly (readonly string[])[]): string[] {
  return rows
    .map(([book, path, debit, credit]) => {
      expect(path!.split(':')[1]).toBe(book);
      return debit === '' ? `cr ${path} ${credit}` : `dr ${path} ${debit}`;
    })
    .toSorted();
}

const entryTable = (title: string) => table(section(title), 'Book', 'Account', 'Debit', 'Credit');

/** The two legs of each payment's entries. */
function paymentLegs(title: string): string[] {
  const rows = table(section(title), 'Book', 'Debit', 'Credit', 'Fen');
  return rows.flatMap(([, debit, credit, fen]) => [`dr ${debit} ${fen}`, `cr ${credit} ${fen}`]).toSorted();
}

/** Carries events out, and compares what each posts with its line and with the entries shown in full. */
async function carryOut(month: Month, events: readonly Line[]): Promise<void> {
  const shown = Map.groupBy(table(section('March'), 'No', 'Book', 'Account', 'Debit', 'Credit'), ([no]) => no!);
  for (const event of events) {
    const entries = await month.carryOut(event);
    const postings = entries.flatMap((entry) => entry.postings);
    const costs = postings.filter(({ account }) => account.startsWith('cost:'));
    expect(new Map(costs.map(({ account, amount }) => [account.split(':')[1]!, amount])), event.no).toEqual(event.borne);
    const path = `payable:${event.acquirer}:${month.of(event.acquirer).merchantId}:${event.when.slice(0, 10)}`;
    expect(postings.find(({ account }) => account === path)?.amount, event.no).toBe(0 - event.fen);
    const full = shown.get(event.no);
    if (full) expect(fenLegs(entries, month.named), event.no).toEqual(legsIn(full.map(([, ...row]) => row)));
  }
}

/** Closes a run and compares the nets and the entries with those of a section. */
async function settle(month: Month, throughDay: string, title: string): Promise<Row<'settlementRun'>> {
  await month.posted();
  const run = await month.settle(throughDay);
  const parties = await partiesOf(month.world.store, run.id);
  const nets = table(section(title), 'Community', 'Due to', 'Due from', 'Net');
  const written = parties.map(({ communityId, ...own }) => [communityId, ...[own.dueToFen, own.dueFromFen, own.netFen].map(String)]);
  expect(written).toEqual(nets);
  const netting = await month.posted();
  expect(new Set(netting.map(({ kind }) => kind))).toEqual(new Set(['netting']));
  expect(netting.length).toBe(nets.length);
  expect(fenLegs(netting, month.named)).toEqual(legsIn(entryTable(title)));
  return run;
}

/** Each payment, and what it leaves the two of their nets. */
function paymentRows(parties: readonly Row<'settlementParty'>[], payments: readonly Row<'settlementPayment'>[]): string[][] {
  const left = new Map(parties.map(({ communityId, netFen }) => [communityId, Math.abs(netFen)]));
  return payments.map(({ debtorId, creditorId, fen }) => {
    for (const side of [debtorId, creditorId]) left.set(side, left.get(side)! - fen);
    return [debtorId, creditorId, ...[fen, left.get(debtorId)!, left.get(creditorId)!].map(String)];
  });
}

/** Has a run confirmed and paid, and compares the payments, their entries, and those of the payouts. */
async function pay(month: Month, runId: string, payments: string, payouts: string): Promise<void> {
  const { store } = month.world;
  const written = table(section(payments), 'Debtor', 'Creditor', 'Fen', 'Debtor has left to pay', 'Creditor has left to receive');
  expect(paymentRows(await partiesOf(store, runId), await paymentsOfRun(store, runId, null))).toEqual(written);
  await month.confirmAll(runId);
  expect(await month.posted()).toEqual([]);
  expect(await month.payAll(runId)).toMatchObject({ state: 'paid' });
  const posted = Map.groupBy(await month.posted(), ({ kind }) => (kind === 'payout' ? 'merchants' : 'communities'));
  expect(fenLegs(posted.get('communities')!, month.named)).toEqual(paymentLegs(payments));
  expect(fenLegs(posted.get('merchants')!, month.named)).toEqual(legsIn(entryTable(payouts)));
}

/** The matrix, from the run's positions, and what it leaves out, from those of the days. */
async function expectMatrix(month: Month, runId: string): Promise<void> {
  const columns = ['chuangjing', 'example', 'gexiang', 'longtan', 'taiyan', 'wanhe', 'xiangwang'];
  const rows = table(section('Who owes whom'), 'Owes', ...columns, 'In all');
  const written = rows.slice(0, -1).flatMap(([debtor, ...cells]) => columns.map((creditor, n) => [debtor!, creditor, cells[n]!] as const));
  const { store } = month.world;
  const positions = (await positionsOfRun(store, runId, null)).filter(({ dueToFen }) => dueToFen > 0);
  const owed = positions.map(({ communityId, counterpartyId, dueToFen }) => `${communityId} ${counterpartyId} ${dueToFen}`);
  const days = await positionsOf(store, { communityId: null, from: '2026-03-01', through: '2026-03-31' });
  const own = days.filter(({ communityId, counterpartyId }) => communityId === counterpartyId);
  const unowed = own.map(({ communityId, counterpartyId, dueTo }) => `${communityId} ${counterpartyId} (${dueTo.fen})`);
  const cells = written.filter(([, , cell]) => cell !== '').map((cell) => cell.join(' '));
  expect([...owed, ...unowed].toSorted()).toEqual(cells.toSorted());
  for (const [, ...line] of rows) expect(line.at(-1)).toBe(String(sumOf(line.slice(0, -1))));
  for (const n of columns.keys()) expect(rows.at(-1)![n + 1]).toBe(inAll(rows.slice(0, -1).map((row) => row[n + 1]!)));
}

/** The sum of cells; what stands in brackets does not count. */
function sumOf(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.startsWith('(') ? 0 : Number(cell)), 0);
}

function inAll(cells: readonly string[]): string {
  return sumOf(cells) === 0 ? '' : String(sumOf(cells));
}

/** What netting saves, as a table. */
async function expectSavings({ world: { store } }: Month, { id, grossFen, netFen }: Row<'settlementRun'>): Promise<void> {
  const pairs = (await positionsOfRun(store, id, null)).filter(({ dueToFen }) => dueToFen > 0).length;
  const payments = (await paymentsOfRun(store, id, null)).length;
  const saved = [
    [pairs, payments],
    [grossFen!, netFen!],
  ].map(([without, having]) => [without!, having!, without! - having!].map(String));
  const rows = table(section('Payments'), 'What netting saves', 'Without', 'With', 'Saved');
  expect(rows.map((row) => row.slice(1))).toEqual(saved);
}

/** The table of what March came to: net less merchants is the bank, which is the cost of the days of March. */
async function expectOutcome({ world: { store } }: Month, runId: string): Promise<void> {
  const costs = new Map<string, number>();
  for (const { borne } of eventsOf('March')) for (const [issuer, fen] of borne) costs.set(issuer, (costs.get(issuer) ?? 0) + fen);
  const banks = new Map((await balancesOf(store)).filter(({ kind }) => kind === 'bank').map((row) => [row.community, row.balance]));
  const rows = (await partiesOf(store, runId)).map(({ communityId, netFen, payableFen }) => {
    expect(netFen - payableFen).toBe(banks.get(communityId));
    return [communityId, netFen, payableFen, banks.get(communityId)!, costs.get(communityId)!] as const;
  });
  const sums = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + (row[column] as number), 0));
  const written = table(section('What it came to'), 'Community', 'Net', 'Merchants', 'Bank', 'Cost of March');
  expect([...rows, ['in all', ...sums]].map((row) => row.map(String))).toEqual(written);
}

/** The accounts that are not at zero, from a table of one row a community. */
function balancesIn(title: string): Map<string, string[]> {
  const columns = ['dr issued', 'cr redeemed', 'cr escrow', 'dr cost', 'cr bank'];
  const rows = table(section(title), 'Community', ...columns.map((column) => column.replace(' ', ' `').concat('`')));
  return new Map(
    rows.map(([community, ...cells]) => {
      const legs = columns.map((column, n) => `${column}:${community} ${cells[n]}`).filter((each) => !each.endsWith(' 0'));
      return [community!, legs];
    }),
  );
}

async function openBalances({ world: { store }, named }: Month): Promise<string[]> {
  const open = (await balancesOf(store)).filter(({ balance }) => balance !== 0);
  return open.map(({ path, balance }) => named(leg({ account: path, amount: balance }))).toSorted();
}

it('a month of ten communities comes to what was worked out by hand', async () => {
  const month = await openMonth(new Map(table(document, 'Community', 'Name', 'Its shop').map(([id, , shop]) => [id!, shop!])));
  await carryOut(month, eventsOf('March'));
  month.waitUntil('2026-04-01 08:00');
  const march = await settle(month, '2026-03-31', 'Netting');
  expect(march).toMatchObject({ fromDay: '2026-03-01', state: 'closed' });
  await expectMatrix(month, march.id);
  await expectSavings(month, march);

  const [reversal, ...later] = eventsOf('April');
  await carryOut(month, [reversal!]);
  month.waitUntil('2026-04-08 10:00');
  await pay(month, march.id, 'Payments', 'Merchants');
  await expectOutcome(month, march.id);
  const standing = balancesIn('April');
  const left = legsIn(table(section('April'), 'Book', 'Account left open', 'Debit', 'Credit'));
  expect(await openBalances(month)).toEqual([...[...standing.values()].flat(), ...left].toSorted());

  await carryOut(month, later);
  month.waitUntil('2026-05-01 08:00');
  const april = await settle(month, '2026-04-30', 'The run of April');
  await pay(month, april.id, 'The payments of April', 'The payments of April');
  const end = new Map([...standing, ...balancesIn('The end')]);
  expect(await openBalances(month)).toEqual([...end.values()].flat().toSorted());
  const { ok, checks } = await audit(month.world.store);
  expect(ok, checks.map(checkLine).join('')).toBe(true);
});
