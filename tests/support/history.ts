/** A small history in which everything has happened once: what the audit and the export are tried on. */
import { tallyClosedDays } from '../../src/clearing/index.ts';
import { expireLot, reverseGrant } from '../../src/communities/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { cancelVoucher, clawBackGrant, expireVoucher, issueVoucher, reverseRedemption, setVoucherStatus } from '../../src/redeem/index.ts';
import { settlingOf } from './settling.ts';
import { openWorld, type World } from './world.ts';

const HOUR = 3_600_000;

export type History = World & {
  /** A voucher redeemed at a shop of Wanhe, 60 points from Gexiang and 40 from Wanhe. */
  readonly redeemed: string;
  /** One that is not spent, 100 points from Gexiang. */
  readonly open: string;
};

/** Grants by two communities, vouchers in every state, reversals, a refusal, a closed day, a lot that expired and was clawed back. */
export async function openHistory(): Promise<History> {
  const world = await openWorld();
  const { gexiang, wanhe, residentId, clock, merchantId } = world;
  const neighbour = await world.register('wanhe');
  const wrong = await world.grantHours(wanhe, neighbour, 3);
  await world.grantHours(gexiang, residentId, 6);
  await world.grantHours(wanhe, residentId, 4);
  const redeemed = await world.takeVoucher();
  await world.redeemVoucher(redeemed);
  await world.grantHours(gexiang, residentId, 45);
  const mistaken = await world.grantHours(gexiang, residentId, 2);
  const [returned, open, lapsed, cancelled] = [
    await world.takeVoucher(),
    await world.takeVoucher(),
    await world.takeVoucher(),
    await world.takeVoucher(),
  ];
  const { id } = await world.redeemVoucher(returned);

  clock.advance(12 * HOUR);
  await world.must(reverseGrant, { by: gexiang, grantId: mistaken, reason: '登记错误' });
  clock.advance(11 * HOUR);
  await world.must(closeDay, { day: '2026-03-02' });
  await world.must(reverseRedemption, { merchantId, storeId: null, redemptionId: id, reason: '顾客退货' });
  await world.must(setVoucherStatus, { by: gexiang, id: returned, status: 'suspended', reason: '待查' });
  await world.must(cancelVoucher, { voucherId: cancelled, by: { residentId }, reason: '不要了' });
  await world.refused(issueVoucher, { residentId, offerId: world.cashOfferId, quantity: 50, by: null }, 'insufficient_points');

  clock.now = Date.parse('2028-01-01T10:00:00+08:00');
  await world.must(expireVoucher, { voucherId: lapsed });
  await world.must(expireLot, { residentId: neighbour, communityId: 'wanhe', expiresOn: '2027-12-31' });
  await world.must(clawBackGrant, { by: wanhe, grantId: wrong, reason: '冒名登记' });
  return { ...world, redeemed, open };
}

/** The same, and March is settled: netted, confirmed, paid, and its days are tallied. */
export async function openSettledHistory(): Promise<History> {
  const history = await openHistory();
  const { settle, confirmAll, payAll } = settlingOf(history, (id) => (id === 'gexiang' ? history.gexiang : history.wanhe));
  const { id } = await settle('2026-03-31');
  await confirmAll(id);
  await payAll(id);
  await tallyClosedDays({ view: history.store, engine: history.engine });
  return history;
}
