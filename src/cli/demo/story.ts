/** The story: a deed, ten yuan off in another community, and a till's handling of failures. */
import type { Holder, Officer, Resident, Scheme, Till } from '../../../seeds/index.ts';
import { addDays } from '../../ledger/index.ts';
import { hexOf, idOf } from '../../store/index.ts';
import { type Answer, textIn } from './http.ts';
import type { Teller } from './teller.ts';

export type Cast = {
  readonly scheme: Scheme;
  readonly teller: Teller;
  /** The day of the story. */
  readonly today: string;
};

export async function playStory(cast: Cast): Promise<void> {
  await earns(cast);
  await spends(cast);
  await commends(cast);
  await drinksCoffee(cast);
  const redemptionId = await losesAnswer(cast);
  await voids(cast);
  await reverses(cast, redemptionId);
}

async function earns({ scheme, teller, today }: Cast): Promise<void> {
  const gexiang = communityOf(scheme, 'gexiang');
  const [officer, xiaoge] = [gexiang.officers[0]!, holderIn(scheme, 'gexiang')];
  teller.scene(`${xiaoge.name} (小葛) of ${gexiang.name} has cleaned the river bank for six hours: 120 points`);
  teller.tell(`${officer.name}, an officer of ${gexiang.name}, signs in and grants them.`);
  await teller.token(officer.credential);
  const deed = { action_rule_id: gexiang.rules.volunteer, resident_id: xiaoge.id, quantity: 6, occurred_on: addDays(today, -1) };
  const granted = await teller.ask({
    as: officer.credential,
    method: 'POST',
    path: '/v1/grants',
    key: 'grant-1',
    body: { ...deed, description: '河道清洁' },
    expect: 201,
    show: ['id', 'points', 'expires_on', 'entry_id'],
  });
  await teller.entry(textIn(granted, 'entry_id'));
}

async function spends({ scheme, teller }: Cast): Promise<void> {
  const [xiaoge, till] = [holderIn(scheme, 'gexiang'), tillIn(scheme, 'wanhe', '超市')];
  teller.scene(`小葛 turns 100 points into a voucher, and shows it at ${till.merchant} in ${till.community.name}`);
  const voucherId = await takes(teller, xiaoge, scheme.cash.id, 'voucher-1');
  teller.speak('小葛', '你好，买单。我要用一张代金券，请帮我核销。');
  const code = await shows(teller, xiaoge, voucherId, 'code-1');
  teller.tell('The till looks at it first, then redeems it: 10 yuan off an order of 56.80.');
  await teller.ask({
    as: till.credential,
    method: 'POST',
    path: '/v1/vouchers/inspect',
    body: { code },
    expect: 200,
    show: ['redeemable', 'voucher.title', 'voucher.face_fen', 'voucher.resident_name', 'cashier_message'],
  });
  const redeemed = await redeems(teller, till, code, { key: 'till-0001', orderNo: 'A-1001', amount: 5_680 });
  await teller.entry(textIn(redeemed, 'entry_id'));
  teller.speak('收银员', '好的，已经核销，给您减了十元。');
}

/** A commendation: one officer proposes it, another approves it. */
async function commends({ scheme, teller, today }: Cast): Promise<void> {
  const wanhe = communityOf(scheme, 'wanhe');
  const [first, second] = wanhe.officers as [Officer, Officer];
  const heroes = scheme.residents.filter(({ community }) => community.id === 'wanhe').slice(1, 4);
  const deeds = ['火灾中救出两位老人', '火灾中救出两位老人', '第一时间发现火情并疏散住户'];
  teller.scene(`Two rescuers and a guard of ${wanhe.name} are commended for what they did in a fire`);
  teller.tell(`That takes two officers: ${first.name} proposes, and may not approve; ${second.name} does.`);
  const rule = wanhe.rules.commendation;
  for (const [n, hero] of heroes.entries()) {
    const propose = { teller, officer: first, hero, rule, day: addDays(today, -2), deed: deeds[n]!, n };
    const proposalId = await proposes(propose);
    if (n === 0) await refusedToProposer(teller, first, proposalId);
    const approved = await teller.ask({
      as: second.credential,
      method: 'POST',
      path: `/v1/proposals/${proposalId}/approval`,
      key: `approve-${n + 1}`,
      body: { reason: '情况属实' },
      expect: 200,
      show: ['status', 'result'],
    });
    await teller.entry(textIn(approved, 'result.entry_id'));
  }
}

type Proposal = { teller: Teller; officer: Officer; hero: Resident; rule: string; day: string; deed: string; n: number };

async function proposes({ teller, officer, hero, rule, day, deed, n }: Proposal): Promise<string> {
  const points = n < 2 ? 500 : 300;
  teller.tell(`${hero.name}: ${points} points.`);
  const input = { action_rule_id: rule, resident_id: hero.id, points, occurred_on: day, description: deed };
  const proposed = await teller.ask({
    as: officer.credential,
    method: 'POST',
    path: '/v1/proposals',
    key: `propose-${n + 1}`,
    body: { command: 'grant', input, reason: '见义勇为' },
    expect: 201,
    show: ['id', 'status', 'lapses_at'],
  });
  return textIn(proposed, 'id');
}

async function refusedToProposer(teller: Teller, { credential }: Officer, proposalId: string): Promise<void> {
  const path = `/v1/proposals/${proposalId}/approval`;
  await teller.ask({
    as: credential,
    method: 'POST',
    path,
    key: 'approve-own',
    body: { reason: '情况属实' },
    expect: 403,
    show: ['code', 'detail'],
  });
}

async function drinksCoffee({ scheme, teller }: Cast): Promise<void> {
  const [resident, till] = [holderIn(scheme, 'taiyan'), tillIn(scheme, 'chuangjing', '咖啡')];
  const coffee = scheme.items.find((item) => item.till === till)!;
  teller.scene(`${resident.name} of ${resident.community.name} has a coffee at ${till.merchant}, with the phone: 150 points`);
  teller.tell('The shop is owed what was agreed for it, 12 yuan; the order needs no amount.');
  const voucherId = await takes(teller, resident, coffee.id, 'voucher-1');
  teller.speak(resident.name, '一杯拿铁，手机上的码给您看。');
  const code = await shows(teller, resident, voucherId, 'code-1');
  const redeemed = await redeems(teller, till, code, { key: 'till-0001', orderNo: 'K-17' });
  await teller.entry(textIn(redeemed, 'entry_id'));
}

/** Returns the id of the redemption that was made although its answer was lost. */
async function losesAnswer({ scheme, teller }: Cast): Promise<string> {
  const [resident, till] = [holderIn(scheme, 'cangnan'), tillIn(scheme, 'longtan', '菜场')];
  teller.scene(`At ${till.merchant} the answer is lost on its way back to the till`);
  const code = await shows(teller, resident, await takes(teller, resident, scheme.cash.id, 'voucher-1'), 'code-1');
  const body = { code, terminal_id: till.terminalId, order_no: 'L-208', order_amount_fen: 3_450 };
  const request = { as: till.credential, method: 'POST', path: '/v1/redemptions', key: 'till-0001', body } as const;
  await teller.ask({ ...request, answerLost: true, expect: 201, show: [] });
  teller.tell('Was it redeemed? The till asks by its request number, then sends the very same request again.');
  await teller.ask({
    as: till.credential,
    method: 'GET',
    path: '/v1/redemptions?request_no=till-0001',
    expect: 200,
    show: ['items.request_no', 'items.status', 'items.redemption.id', 'items.redemption.discount_fen'],
  });
  const again = await teller.ask({ ...request, expect: 201, show: ['id', 'status', 'discount_fen', 'cashier_message'] });
  teller.tell('The same answer, and one entry only.');
  await teller.entry(textIn(again, 'entry_id'));
  return textIn(again, 'id');
}

async function voids({ scheme, teller }: Cast): Promise<void> {
  const [resident, till] = [holderIn(scheme, 'zhumiao'), tillIn(scheme, 'wanhe', '便利店')];
  teller.scene(`At ${till.merchant} a request hangs; the till gives up, and its void arrives first`);
  const code = await shows(teller, resident, await takes(teller, resident, scheme.cash.id, 'voucher-1'), 'code-1');
  await teller.ask({
    as: till.credential,
    method: 'POST',
    path: '/v1/redemption-voids',
    key: 'till-0002',
    body: { request_no: 'till-0001', reason: '收银机没有收到答复' },
    expect: 200,
    show: ['request_no', 'redemption_id', 'reversed'],
  });
  teller.tell('Then the late request comes in after all. It must never take ten yuan off.');
  await teller.ask({
    as: till.credential,
    method: 'POST',
    path: '/v1/redemptions',
    key: 'till-0001',
    body: { code, terminal_id: till.terminalId, order_no: 'B-77', order_amount_fen: 2_600 },
    expect: 409,
    show: ['code', 'action', 'cashier_message'],
  });
  teller.tell(`Nothing was posted. ${resident.name}'s voucher is still good.`);
}

async function reverses({ scheme, teller }: Cast, redemptionId: string): Promise<void> {
  const [resident, till] = [holderIn(scheme, 'cangnan'), tillIn(scheme, 'longtan', '菜场')];
  teller.scene(`${resident.name} brings the goods back to ${till.merchant}: the redemption is reversed`);
  const reversed = await teller.ask({
    as: till.credential,
    method: 'POST',
    path: `/v1/redemptions/${redemptionId}/reversals`,
    key: 'till-0002',
    body: { reason: '顾客退货' },
    expect: 201,
    show: ['id', 'business_day', 'entry_id'],
  });
  await teller.entry(textIn(reversed, 'entry_id'));
  teller.tell('Every leg mirrored; the voucher is good again.');
}

/** Takes a voucher and returns its id. Its entry has the digits of the voucher's id. */
async function takes(teller: Teller, resident: Holder, offerId: string, key: string): Promise<string> {
  const body = { offer_id: offerId, quantity: 1 };
  const show = ['id', 'points', 'face_fen', 'valid_until'];
  const taken = await teller.ask({ as: resident.credential, method: 'POST', path: '/v1/me/vouchers', key, body, expect: 201, show });
  const voucherId = textIn(taken, 'id');
  await teller.entry(idOf('ent', hexOf(voucherId)));
  return voucherId;
}

async function shows(teller: Teller, resident: Holder, voucherId: string, key: string): Promise<string> {
  const path = `/v1/me/vouchers/${voucherId}/codes`;
  const shown = await teller.ask({
    as: resident.credential,
    method: 'POST',
    path,
    key,
    expect: 201,
    show: ['code', 'expires_at'],
  });
  return textIn(shown, 'code');
}

type Order = { readonly key: string; readonly orderNo: string; readonly amount?: number };

function redeems(teller: Teller, till: Till, code: string, { key, orderNo, amount }: Order): Promise<Answer> {
  return teller.ask({
    as: till.credential,
    method: 'POST',
    path: '/v1/redemptions',
    key,
    body: { code, terminal_id: till.terminalId, order_no: orderNo, ...(amount !== undefined && { order_amount_fen: amount }) },
    expect: 201,
    show: ['id', 'status', 'discount_fen', 'reversible_until', 'cashier_message', 'entry_id'],
  });
}

function communityOf({ communities }: Scheme, id: string) {
  return communities.find((community) => community.id === id)!;
}

function holderIn({ holders }: Scheme, id: string): Holder {
  return holders.find(({ community }) => community.id === id)!;
}

function tillIn({ tills }: Scheme, id: string, kind: Till['kind']): Till {
  return tills.find((till) => till.community.id === id && till.kind === kind)!;
}
