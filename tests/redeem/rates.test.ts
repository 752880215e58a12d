import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import type { Acting } from '../../src/access/index.ts';
import { addActionRule, addCommunity, appointOfficer, grant } from '../../src/communities/index.ts';
import { entryById } from '../../src/ledger/index.ts';
import { issueVoucher, redeem, reverseRedemption } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { enact } from '../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

type Issuer = { readonly by: Acting; readonly ruleId: string };

const ISSUERS = 10;

/** So many communities with an officer and a rule of 1 point an hour each. */
async function issuersOf(world: World): Promise<Issuer[]> {
  const issuers: Issuer[] = [];
  for (let n = 0; n < ISSUERS; n++) {
    const communityId = `issuer-${n}`;
    await world.must(addCommunity, { id: communityId, name: '社区', code: null });
    const by = { id: (await world.must(appointOfficer, { name: '王一', communityId, residentId: null })).id, communityId };
    const terms = { ...hourlyRule, points: 1 };
    issuers.push({ by, ruleId: (await world.must(addActionRule, { by, communityId, class: 'volunteer', terms })).id });
  }
  return issuers;
}

/** What an entry of fen debits the costs of communities, by community. */
async function costsOf({ store }: World, entryId: string): Promise<Map<string, number>> {
  const { postings } = (await entryById(store, entryId))!;
  const costs = postings.filter(({ account }) => account.startsWith('cost:'));
  return new Map(costs.map(({ account, amount }) => [account.slice('cost:'.length), amount]));
}

const rates = fc.oneof(
  fc.constantFrom({ points: 100, fen: 888 }, { points: 7, fen: 13 }),
  fc.record({ points: fc.integer({ min: 1, max: 999 }), fen: fc.integer({ min: 100, max: 9_999 }) }),
);

describe('a rate that does not divide', () => {
  it('splits a voucher of several issuers and multiples exactly, and each bears its share', async () => {
    const world = await openWorld();
    const issuers = await issuersOf(world);
    const gifts = fc.array(fc.record({ n: fc.nat({ max: ISSUERS - 1 }), points: fc.integer({ min: 1, max: 200 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    const property = fc.asyncProperty(rates, gifts, async (rate, given) => {
      await enact(world, 'rate', rate);
      const residentId = await world.register('gexiang');
      // Enough for one multiple, whatever else is given.
      for (const { n, points } of [...given, { n: 0, points: 100 }]) {
        const { by, ruleId } = issuers[n]!;
        await world.must(grant, deedOf(world, { by, ruleId, residentId, quantity: points }));
      }
      const quantity = Math.floor((given.reduce((sum, { points }) => sum + points, 0) + 100) / 100);
      const input = { residentId, offerId: world.cashOfferId, quantity, by: null };
      const { id, shares, face_fen: face, points } = await world.must(issueVoucher, input);
      expect(face).toBe(Math.floor((100 * quantity * rate.fen) / rate.points));
      expect(shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(face);
      expect(shares.reduce((sum, share) => sum + share.points, 0)).toBe(points);
      for (const share of shares) expect(Math.abs(share.fen * points - face * share.points)).toBeLessThan(points);
      const till = { merchantId: world.merchantId, storeId: world.storeId, terminalId: null, presentedAt: null };
      const codeHash = await world.showCode(id, residentId);
      const redemption = await world.must(redeem, { ...till, orderNo: id, orderAmountFen: face, codeHash });
      const borne = shares.filter(({ fen }) => fen > 0).map(({ issuer, fen }) => [issuer, fen] as const);
      expect(await costsOf(world, redemption.entry_id)).toEqual(new Map(borne));
    });
    await fc.assert(property, { numRuns: 8 });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('never reaches back: a voucher keeps the rate that it was issued under, redeemed and reversed long after it changed', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 17);
    await world.grantHours(world.wanhe, world.residentId, 33);
    await enact(world, 'rate', { points: 100, fen: 888 });
    const [first, second] = [await world.takeVoucher(), await world.takeVoucher(world.residentId, 2)];
    await enact(world, 'rate', { points: 7, fen: 13 });
    world.clock.advance(30 * 86_400_000);
    const reverse = (redemptionId: string) =>
      world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '顾客退货' });

    const once = await world.redeemVoucher(first);
    expect(once.discount_fen).toBe(888);
    expect(await costsOf(world, once.entry_id)).toEqual(new Map([['gexiang', 888]]));
    expect(await costsOf(world, (await reverse(once.id)).entry_id)).toEqual(new Map([['gexiang', -888]]));
    await enact(world, 'rate', { points: 100, fen: 1_000 });
    expect((await world.redeemVoucher(first)).discount_fen).toBe(888);
    const both = await world.redeemVoucher(second);
    // 70 and 130 of 200 points: 621.6 and 1,154.4 fen.
    expect(await costsOf(world, both.entry_id)).toEqual(
      new Map([
        ['gexiang', 622],
        ['wanhe', 1_154],
      ]),
    );
    expect((await world.redeemVoucher(await world.takeVoucher())).discount_fen).toBe(1_000);
    expect((await audit(world.store)).ok).toBe(true);
  });
});
