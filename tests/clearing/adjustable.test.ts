/** What may be adjusted, and what no longer can be done once it is. */
import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { adjust, closeSettlementRun, frozenOf, openSettlementRun, runById } from '../../src/clearing/index.ts';
import { closeDay, type Known, type Outcome, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { type RedemptionReply, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { rowByKey } from '../../src/store/index.ts';
import { expectWhole, money, openSettled, payRun, runOne, type Settled, settleAndPay } from '../support/adjusting.ts';
import { entriesAfter } from '../support/journal.ts';
import { officerOf, someSecret } from '../support/two-officers.ts';
import { street, type World } from '../support/world.ts';

const noEntry = `ent_${'0'.repeat(32)}`;

describe('an entry', () => {
  it('is adjusted once; what stands in its place may be adjusted in its turn', async () => {
    const scheme = await openSettled();
    const { settled } = scheme;
    const first = await scheme.adjust(settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    const told = await scheme.adjustRefused(settled.entry_id, null, 'entry_adjusted');
    expect(told).toEqual({ adjustment_id: first.id, adjusted_at: scheme.world.clock.now });
    expect(await scheme.adjustRefused(first.mirror_id, null, 'entry_not_adjustable')).toMatchObject({ kind: 'adjustment_mirror' });
    const booked = await scheme.bookedBy(() => scheme.adjust(first.right_id!, scheme.right('gexiang', { gexiang: 800 })));
    expect(booked).toEqual([
      'adjustment_mirror',
      'dr due-to:gexiang:taiyan:2026-03-03 1000   cr cost:gexiang 1000   fen',
      'dr payable:taiyan:taiyan-shop:2026-03-03 1000   cr due-from:taiyan:gexiang:2026-03-03 1000   fen',
      'adjustment',
      'dr cost:gexiang 800   cr payable:gexiang:gexiang-shop:2026-03-03 800   fen',
    ]);
    await scheme.adjustRefused(first.right_id!, null, 'entry_adjusted');
    await payRun(scheme, await runOne(scheme));
    await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    expect(await money(scheme)).toEqual({
      'bank:gexiang': -800,
      'bank:wanhe': -1_000,
      'cost:gexiang': 800,
      'payable:wanhe:wanhe-shop:2026-03-04': 1_000,
    });
    await expectWhole(scheme);
  });

  it('that should have been booked after all is booked again by the mirror of the mirror, which may be adjusted further', async () => {
    const scheme = await openSettled();
    const taken = await scheme.adjust(scheme.settled.entry_id, null);
    await scheme.adjustRefused(taken.mirror_id, scheme.right('taiyan', { gexiang: 1_000 }), 'entry_takes_back');
    const again = await scheme.adjust(taken.mirror_id, null);
    expect((await money(scheme))['cost:gexiang']).toBe(1_000);
    await scheme.adjust(again.mirror_id, scheme.right('taiyan', { wanhe: 900 }));
    const { 'cost:gexiang': before, 'cost:wanhe': after } = await money(scheme);
    expect([before, after]).toEqual([undefined, 900]);
    await settleAndPay(scheme, '2026-03-03', '2026-03-04');
    await expectWhole(scheme);
  });

  it('of a reversal is none to adjust, nor the redemption that it undid: its voucher can be redeemed again', async () => {
    const scheme = await openSettled();
    const { entry_id: undone } = (await scheme.reverse(scheme.settled)) as { entry_id: string };
    scheme.goOnTo('2026-03-04');
    await scheme.settle('2026-03-03');
    await scheme.adjustRefused(undone, null, 'entry_not_adjustable');
    expect(await scheme.adjustRefused(scheme.settled.entry_id, null, 'entry_undone')).toMatchObject({ redemption_id: scheme.settled.id });
  });

  it('of a day that no closed run has settled is left to the till', async () => {
    const scheme = await openSettled();
    const { world } = scheme;
    const { entry_id: entryId } = await scheme.spend('gexiang', 'wanhe');
    const told = await scheme.adjustRefused(entryId, null, 'entry_not_settled');
    expect(told).toEqual({ entry_id: entryId, business_day: '2026-03-03' });
    scheme.goOnTo('2026-03-04');
    await world.must(closeDay, { day: '2026-03-03' });
    const { id: runId } = await world.must(openSettlementRun, { by: street, number: 2, throughDay: '2026-03-03' });
    await scheme.adjustRefused(entryId, null, 'entry_not_settled');
    const run = (await runById(world.store, runId))!;
    await world.must(closeSettlementRun, { by: street, runId, ...(await frozenOf(world.store, run)) });
    await scheme.adjust(entryId, null);
    await expectWhole(scheme);
  });

  it('that books no money for a redemption is none to adjust', async () => {
    const scheme = await openSettled();
    const entries = await entriesAfter(scheme.world.store, undefined);
    expect(await scheme.adjustRefused(noEntry, null, 'entry_not_found')).toEqual({ entry_id: noEntry });
    for (const kind of ['grant', 'voucher_issue', 'netting']) {
      const { id } = entries.find((entry) => entry.kind === kind)!;
      expect(await scheme.adjustRefused(id, null, 'entry_not_adjustable')).toEqual({ entry_id: id, kind });
    }
  });
});

const reversal = ({ id, merchant_id: merchantId }: RedemptionReply) => ({ merchantId, storeId: null, redemptionId: id, reason: '退货' });
const advice = ({ request_no: requestNo }: RedemptionReply) => ({ client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' });

/** What is known while loading, by table. */
const known = (rows: object) => ({ get: (table: string) => rows[table as never], list: () => [], used: () => 0, has: () => true }) as Known;

describe('a redemption that is adjusted', () => {
  it('is no longer the till’s to reverse or to void, and nothing of it changes', async () => {
    const scheme = await openSettled();
    const { world, settled } = scheme;
    await scheme.adjust(settled.entry_id, scheme.right('taiyan', { gexiang: 1_000 }));
    const before = await money(scheme);
    const told = { redemption_id: settled.id, adjusted_at: world.clock.now };
    expect(await world.refused(reverseRedemption, reversal(settled), 'redemption_adjusted')).toEqual(told);
    expect(await world.refused(voidRedemption, advice(settled), 'redemption_adjusted')).toEqual(told);
    expect(await money(scheme)).toEqual(before);
    await expectWhole(scheme);
  });

  it('or undone is read after its voucher, by whose version nobody misses the other', async () => {
    const { world, settled } = await openSettled();
    const { store, clock } = world;
    const redemption = await rowByKey(store, 'redemption', settled.id);
    const entry = await rowByKey(store, 'entry', settled.entry_id);
    const undoing = (rows: object) => reverseRedemption.load(reversal(settled), known(rows), clock.now);
    const adjusting = (rows: object) => {
      const input = { entryId: settled.entry_id, right: null, reason: '记错', proposedBy: '', approvedBy: '' };
      return adjust.load(input, known(rows), clock.now);
    };
    for (const load of [undoing, adjusting]) {
      const tables = (rows: object) => load(rows).map(({ table }) => table);
      const before = tables({ entry, redemption });
      expect(before).toContain('voucher');
      expect(before).not.toContain('redemptionReversal');
      expect(before).not.toContain('adjustment');
      const voucher = await rowByKey(store, 'voucher', settled.voucher_id);
      expect(tables({ entry, redemption, voucher })).toEqual(expect.arrayContaining(['voucher', 'redemptionReversal', 'adjustment']));
    }
  });

  it('or undone, whichever comes first, but never both', async () => {
    const scheme = await openSettled();
    const outcomes = await raced(scheme.world, scheme);
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(1);
    await expectWhole(scheme);
  });
});

/** An approval and a reversal that are submitted together. */
async function raced(world: World, { settled }: Settled): Promise<Outcome<unknown>[]> {
  const by = await officerOf(world, null);
  const { id } = await world.must(propose, {
    by,
    command: 'adjustment',
    input: { entryId: settled.entry_id, right: null },
    reason: '记错',
  });
  const approval = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
  return Promise.all([world.run(approveProposal, approval), world.run(reverseRedemption, reversal(settled))]);
}
