/** Where the reply is a row, no copy of it is kept: what is told of the row must be the same for ever. */
import { expect, it } from 'vitest';
import { grant, reverseGrant } from '../../src/communities/index.ts';
import { type Command, type Outcome, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { cancelVoucher, issueVoucher, redeem, reverseRedemption } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { openWorld, type World } from '../support/world.ts';

function submit<I, R>({ engine }: World, command: Command<I, R>, input: I, key: string): Promise<Outcome<R>> {
  return engine.submit({ command, input, client: SYSTEM_CLIENT, key, hash: '00', actor: SYSTEM_CLIENT });
}

function replyOf<R>(outcome: Outcome<R>): R {
  if ('refused' in outcome) throw new Error(outcome.refused);
  return outcome.reply;
}

/** A reply as text, with every id named by its prefix alone. */
function text(reply: object): string {
  return JSON.stringify(reply).replaceAll(/\b([a-z]{3})_[0-9a-f]{32}/g, '$1');
}

async function storedOutcome({ store: { read, tables } }: World, key: string): Promise<string | null | undefined> {
  return (await read.select().from(tables.request)).find((row) => row.key === key)?.outcome;
}

it('a grant, a voucher and a redemption are told again as they were first told, whatever became of them', async () => {
  const world = await openWorld();
  const { merchantId, storeId, terminalId, residentId, cashOfferId } = world;
  const issue = { residentId, offerId: cashOfferId, quantity: 1, by: null };
  const first = {
    granted: replyOf(await submit(world, grant, deedOf(world, { quantity: 20 }), 'G')),
    spare: replyOf(await submit(world, grant, deedOf(world), 'S')),
    issued: replyOf(await submit(world, issueVoucher, issue, 'V')),
    other: replyOf(await submit(world, issueVoucher, issue, 'W')),
  };
  const codeHash = await world.showCode(first.issued.id);
  const till = { merchantId, storeId, terminalId, codeHash, orderNo: 'A-1', orderAmountFen: 5_000, presentedAt: null };
  const redeemed = replyOf(await submit(world, redeem, till, 'R'));

  world.clock.advance(60_000);
  await world.must(reverseRedemption, { merchantId, storeId: null, redemptionId: redeemed.id, reason: '退货' });
  await world.must(cancelVoucher, { voucherId: first.other.id, by: { residentId }, reason: '不要了' });
  await world.must(reverseGrant, { by: world.gexiang, grantId: first.spare.id, reason: '误发' });

  const again = [
    [first.granted, await submit(world, grant, deedOf(world, { quantity: 20 }), 'G')],
    [first.spare, await submit(world, grant, deedOf(world), 'S')],
    [first.issued, await submit(world, issueVoucher, issue, 'V')],
    [first.other, await submit(world, issueVoucher, issue, 'W')],
    [redeemed, await submit(world, redeem, till, 'R')],
  ] as const;
  for (const [reply, outcome] of again) {
    expect(outcome.replayed).toBe(true);
    expect(JSON.stringify(replyOf<object>(outcome))).toBe(JSON.stringify(reply));
  }
  for (const key of ['G', 'S', 'V', 'W', 'R']) expect(await storedOutcome(world, key)).toBeNull();
});

it('what is told of them is, to the byte, what has always been told', async () => {
  const world = await openWorld();
  const { merchantId, storeId, terminalId, residentId, cashOfferId } = world;
  const granted = replyOf(await submit(world, grant, deedOf(world, { quantity: 20, externalReference: 'sheet-7' }), 'G'));
  const issued = replyOf(await submit(world, issueVoucher, { residentId, offerId: cashOfferId, quantity: 1, by: null }, 'V'));
  const codeHash = await world.showCode(issued.id);
  const till = { merchantId, storeId, terminalId, codeHash, orderNo: 'A-1', orderAmountFen: 5_000, presentedAt: null };
  const redeemed = replyOf(await submit(world, redeem, till, 'R'));
  expect([granted, issued, redeemed].map(text)).toEqual([
    '{"id":"grt","community_id":"gexiang","resident_id":"res","action_rule_id":"rul","rule_version":1,"points":200,"occurred_on":"2026-03-02","expires_on":"2027-12-31","granted_at":1772416800000,"entry_id":"ent"}',
    '{"id":"vch","resident_id":"res","offer_id":"ofr","kind":"cash","points":100,"face_fen":1000,"merchant_id":null,"shares":[{"issuer":"gexiang","points":100,"fen":1000}],"issued_at":1772416800000,"valid_until":1780243200000,"entry_id":"ent"}',
    '{"id":"red","voucher_id":"vch","merchant_id":"mer","store_id":"sto","terminal_id":"ter","request_no":"R","order_no":"A-1","points":100,"discount_fen":1000,"business_day":"2026-03-02","redeemed_at":1772416800001,"presented_at":null,"reversible_until":1772503200001,"entry_id":"ent"}',
  ]);
});
