/** A scheme of many communities: each with an officer, an action rule, a resident who holds only its points, and a shop. */
import type { Acting } from '../../src/access/index.ts';
import { addActionRule, addCommunity, addMerchant, addStore, addTerminal, appointOfficer } from '../../src/communities/index.ts';
import { redeem, type RedemptionReply, reverseRedemption } from '../../src/redeem/index.ts';
import { type Settling, settlingOf } from './settling.ts';
import { hourlyRule, openWorld, type World } from './world.ts';

export type Member = {
  readonly officer: Acting;
  readonly ruleId: string;
  readonly residentId: string;
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
};

export type Communities = Settling & {
  readonly world: World;
  readonly of: (id: string) => Member;
  /** A resident of the issuer earns 100 points a voucher and spends them at the shop of the acquirer, all in one voucher. */
  readonly spend: (issuer: string, acquirer: string, vouchers?: number) => Promise<RedemptionReply>;
  readonly reverse: (redemption: RedemptionReply) => Promise<unknown>;
  /** Lets the clock run to 10:00 of a day that comes later. */
  readonly goOnTo: (day: string) => void;
};

/** Opens these communities beside Gexiang and Wanhe, which every world has; each gets a shop, also those two. */
export async function openCommunities(ids: readonly string[], opened?: World): Promise<Communities> {
  const world = opened ?? (await openWorld());
  const members = new Map<string, Member>();
  for (const id of ids) members.set(id, await openMember(world, id));
  const of = (id: string) => members.get(id)!;

  return {
    world,
    of,
    async spend(issuer, acquirer, vouchers = 1) {
      const { residentId, officer, ruleId } = of(issuer);
      const { merchantId, storeId, terminalId } = of(acquirer);
      await world.grantHours(officer, residentId, vouchers * 10, undefined, ruleId);
      const voucherId = await world.takeVoucher(residentId, vouchers);
      const codeHash = await world.showCode(voucherId, residentId);
      const order = { orderNo: `order-${voucherId}`, orderAmountFen: 10_000_000, presentedAt: null };
      return world.must(redeem, { merchantId, storeId, terminalId, codeHash, ...order });
    },
    reverse: ({ id, merchant_id: merchantId }) =>
      world.must(reverseRedemption, { merchantId, storeId: null, redemptionId: id, reason: '退货' }),
    goOnTo(day) {
      world.clock.now = Date.parse(`${day}T10:00:00+08:00`);
    },
    ...settlingOf(world, (id) => of(id).officer),
  };
}

async function openMember(world: World, id: string): Promise<Member> {
  if (id !== 'gexiang' && id !== 'wanhe') await world.must(addCommunity, { id, name: `${id}社区`, code: null });
  const officer = { id: (await world.must(appointOfficer, { name: '王一', communityId: id, residentId: null })).id, communityId: id };
  const ruleId = (await world.must(addActionRule, { by: officer, communityId: id, class: 'volunteer', terms: hourlyRule })).id;
  const merchantId = (await world.must(addMerchant, { by: officer, communityId: id, name: `${id}超市` })).id;
  const storeId = (await world.must(addStore, { by: officer, merchantId, name: '一店' })).id;
  const terminalId = (await world.must(addTerminal, { by: officer, storeId, name: '1号' })).id;
  return { officer, ruleId, residentId: await world.register(id), merchantId, storeId, terminalId };
}
