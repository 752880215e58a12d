/** A run that has settled a redemption, and two officers who adjust what it has booked. */
import { expect } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit, checkLine } from '../../src/cli/audit.ts';
import type { adjustmentMatter, AdjustReply } from '../../src/clearing/index.ts';
import { balances } from '../../src/ledger/index.ts';
import type { RedemptionReply } from '../../src/redeem/index.ts';
import { type Communities, openCommunities } from './communities.ts';
import { entriesAfter, journalLines } from './journal.ts';
import { byTwo, officerOf, someSecret } from './two-officers.ts';

const three = ['gexiang', 'taiyan', 'wanhe'];

/** A shop, and what each community bears of what it is owed. */
type Right = ReturnType<(typeof adjustmentMatter)['stored']>['right'];

export type Settled = Communities & {
  /** A redemption of 1000 fen by a voucher of Gexiang at the shop of Wanhe, on 2 March, which run 1 has settled. */
  readonly settled: RedemptionReply;
  readonly right: (shop: string, shares: Readonly<Record<string, number>>) => NonNullable<Right>;
  readonly adjust: (entryId: string, right: Right, reason?: string) => Promise<AdjustReply>;
  /** Has two officers try, and gives what they are told. */
  readonly adjustRefused: (entryId: string, right: Right, code: string) => Promise<Readonly<Record<string, unknown>>>;
  /** What is booked meanwhile, as the trade writes it, with shops by their communities. */
  readonly bookedBy: (work: () => Promise<unknown>) => Promise<string[]>;
};

export async function openSettled(): Promise<Settled> {
  const scheme = await openCommunities(three);
  const { world, of } = scheme;
  const settled = await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-03');
  await scheme.settle('2026-03-02');
  const named = (text: string) =>
    three.reduce((told, id) => told.replaceAll(of(id).merchantId, `${id}-shop`).replaceAll(of(id).residentId, 'resident'), text);

  return {
    ...scheme,
    settled,
    right: (shop, shares) => ({
      merchantId: of(shop).merchantId,
      shares: Object.entries(shares).map(([communityId, fen]) => ({ communityId, fen })),
    }),
    async adjust(entryId, right, reason) {
      return (await byTwo(world, await officerOf(world, null), 'adjustment', { entryId, right }, reason)) as AdjustReply;
    },
    async adjustRefused(entryId, right, code) {
      const by = await officerOf(world, null);
      const { id } = await world.must(propose, { by, command: 'adjustment', input: { entryId, right }, reason: '记错' });
      const approval = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
      return world.refused(approveProposal, approval, code);
    },
    async bookedBy(work) {
      const last = (await entriesAfter(world.store, undefined)).at(-1);
      await work();
      return (await entriesAfter(world.store, last?.id)).flatMap(({ kind, postings }) => [kind, ...journalLines(postings).map(named)]);
    },
  };
}

export async function expectWhole({ world }: Communities): Promise<void> {
  const { ok, checks } = await audit(world.store);
  expect(ok, checks.map(checkLine).join('')).toBe(true);
}

/** What stands on the accounts of money, shops by their communities; nothing on the others. */
export async function money({ world, of }: Communities): Promise<Record<string, number>> {
  const standing = (await balances(world.store, {})).filter(({ path, balance }) => balance !== 0 && /^(cost|bank|due|pay|cle)/.test(path));
  const named = (path: string) => three.reduce((told, id) => told.replace(of(id).merchantId, `${id}-shop`), path);
  return Object.fromEntries(standing.map(({ path, balance }) => [named(path), balance]));
}

/** Settles a day, and pays whatever is to be paid for it. */
export async function settleAndPay(scheme: Communities, day: string, today: string): Promise<string> {
  scheme.goOnTo(today);
  const { id } = await scheme.settle(day);
  await payRun(scheme, id);
  return id;
}

export async function payRun(scheme: Communities, runId: string): Promise<void> {
  await scheme.confirmAll(runId);
  expect(await scheme.payAll(runId)).toMatchObject({ state: 'paid' });
}

export async function runOne({ world }: Communities): Promise<string> {
  const [row] = await world.store.read.select().from(world.store.tables.settlementRun);
  return row!.id;
}
