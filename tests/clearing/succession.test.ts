/** The clock stands at 2026-03-02 10:00 in Shanghai. Taiyan succeeds Wanhe, or Gexiang, from the next day on. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { communityFile, csvRecords, merchantFile, pairLines, partiesOf, payoutsOfRun } from '../../src/clearing/index.ts';
import { tallyClosedDays } from '../../src/clearing/jobs.ts';
import { positionsOf } from '../../src/clearing/positions.ts';
import { isRefusal, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { type RedemptionReply, voidRedemption } from '../../src/redeem/index.ts';
import type { Row } from '../../src/store/index.ts';
import { balancesOf } from '../support/balances.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { succeed } from '../support/two-officers.ts';

const [FIRST, SECOND, THIRD, FOURTH] = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'] as const;

const undoing = {
  reversed: (scheme: Communities, redemption: RedemptionReply) => scheme.reverse(redemption),
  voided: ({ world }: Communities, { request_no: requestNo }: RedemptionReply) =>
    world.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' }),
};

/** Confirms and pays a run, and reads every statement of it. Gives its payouts as `wanhe 3000 paid`, and those statements' totals. */
async function payAndRead(scheme: Communities, run: Row<'settlementRun'>): Promise<string[]> {
  const { store: view, engine } = scheme.world;
  await scheme.confirmAll(run.id);
  await scheme.payAll(run.id);
  for (const { communityId } of await partiesOf(view, run.id)) {
    expect(isRefusal(await communityFile({ view, engine }, run, communityId))).toBe(false);
  }
  const payouts = await payoutsOfRun(view, run.id, null);
  for (const { communityId, merchantId, fen } of payouts) {
    const file = await merchantFile({ view, engine }, run, communityId, merchantId);
    if (isRefusal(file)) throw new Error(file.refused);
    expect(JSON.parse(file.totals)).toMatchObject({ total_fen: fen });
    expect(await Array.fromAsync(csvRecords(file.content))).toHaveLength(file.rowCount);
  }
  return payouts.map(({ communityId, fen, state }) => `${communityId} ${fen} ${state}`).toSorted();
}

/** What is left of the old community in fen, but for its cost and what its bank paid for it. */
async function leftOf({ world }: Communities, old: string): Promise<string[]> {
  const open = (await balancesOf(world.store)).filter(({ path, balance }) => balance !== 0 && path.split(':')[1] === old);
  return open.map(({ path }) => path).filter((path) => /^(payable|due-to|due-from|clearing):/.test(path));
}

async function expectSound({ world }: Communities): Promise<void> {
  await tallyClosedDays({ view: world.store, engine: world.engine });
  expect((await audit(world.store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

describe.each(['reversed', 'voided'] as const)('a redemption of before a succession that is %s afterwards', (kind) => {
  it('comes off what the acquirer’s successor pays the merchant, and leaves nothing open at the old community', async () => {
    const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe']);
    await succeed(scheme.world, 'wanhe', 'taiyan', SECOND);
    const undone = await scheme.spend('gexiang', 'wanhe', 2);
    await scheme.spend('wanhe', 'wanhe', 3);
    scheme.world.clock.now = Date.parse(`${SECOND}T09:00:00+08:00`);
    const first = await scheme.settle(FIRST);
    await undoing[kind](scheme, undone);
    scheme.goOnTo(SECOND);
    await scheme.spend('gexiang', 'wanhe', 5);
    scheme.goOnTo(THIRD);
    const second = await scheme.settle(SECOND);
    expect(await payAndRead(scheme, first)).toEqual(['wanhe 5000 paid']);
    expect(await payAndRead(scheme, second)).toEqual(['taiyan 3000 paid']);
    expect(await leftOf(scheme, 'wanhe')).toEqual([]);

    const pair = { issuer: 'gexiang', acquirer: 'taiyan', day: SECOND };
    const lines = await pairLines(scheme.world.store, pair, { limit: 10 });
    expect(lines.map((line) => [line.kind, line.fen])).toEqual([
      ['reversal', -2_000],
      ['redemption', 5_000],
    ]);
    expect(await pairLines(scheme.world.store, { ...pair, acquirer: 'wanhe' }, { limit: 10 })).toEqual([]);
    await expectSound(scheme);
  });

  it('is carried by the acquirer’s successor where the merchant sells nothing more at first', async () => {
    const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe']);
    await succeed(scheme.world, 'wanhe', 'taiyan', SECOND);
    const undone = await scheme.spend('gexiang', 'wanhe', 2);
    scheme.world.clock.now = Date.parse(`${SECOND}T09:00:00+08:00`);
    await undoing[kind](scheme, undone);
    scheme.goOnTo(THIRD);
    const first = await scheme.settle(SECOND);
    await scheme.spend('gexiang', 'wanhe', 3);
    scheme.goOnTo(FOURTH);
    const second = await scheme.settle(THIRD);
    expect(await payAndRead(scheme, first)).toEqual(['taiyan -2000 carried', 'wanhe 2000 paid']);
    expect(await payAndRead(scheme, second)).toEqual(['taiyan 1000 paid']);
    expect(await leftOf(scheme, 'wanhe')).toEqual([]);
    await expectSound(scheme);
  });

  it('is given back to the issuer’s successor', async () => {
    const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe']);
    const { store } = scheme.world;
    await succeed(scheme.world, 'gexiang', 'taiyan', SECOND);
    const undone = await scheme.spend('gexiang', 'wanhe', 2);
    await scheme.spend('gexiang', 'wanhe', 1);
    scheme.world.clock.now = Date.parse(`${SECOND}T09:00:00+08:00`);
    const first = await scheme.settle(FIRST);
    await undoing[kind](scheme, undone);
    scheme.goOnTo(THIRD);
    const second = await scheme.settle(SECOND);
    const owed = await positionsOf(store, { communityId: 'wanhe', from: SECOND, through: SECOND });
    expect(owed.map(({ counterpartyId, dueFrom }) => [counterpartyId, dueFrom])).toEqual([['taiyan', { points: -200, fen: -2_000 }]]);
    expect(await payAndRead(scheme, first)).toEqual(['wanhe 3000 paid']);
    expect(await payAndRead(scheme, second)).toEqual(['wanhe -2000 carried']);
    const lines = await pairLines(store, { issuer: 'taiyan', acquirer: 'wanhe', day: SECOND }, { limit: 10 });
    expect(lines.map((line) => [line.kind, line.points, line.fen])).toEqual([['reversal', -200, -2_000]]);
    expect(await leftOf(scheme, 'gexiang')).toEqual([]);
    await expectSound(scheme);
  });
});
