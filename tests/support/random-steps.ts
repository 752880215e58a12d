/** Random commands over a small world: each step is a few numbers, so that a failing run can be shrunk and repeated. */
import fc from 'fast-check';
import { approveProposal, propose } from '../../src/api/index.ts';
import {
  bookPaymentMade,
  bookPaymentReceived,
  bookPayouts,
  carryPayout,
  closeSettlementRun,
  confirmPayment,
  contribute,
  frozenOf,
  newestRun,
  nextRunNumber,
  openSettlementRun,
  payablesOfRun,
  paymentsOfRun,
  payoutsOfRun,
  type PayoutResult,
  runsPage,
  tallyClosedDays,
} from '../../src/clearing/index.ts';
import type { Acting } from '../../src/access/index.ts';
import { addCommunity, grant, reverseGrant, setMerchantStatus, setResidentStatus, withdrawErasure } from '../../src/communities/index.ts';
import { closeDay, type Command, addDays, dayOf, type Outcome, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import {
  addOffer,
  cancelVoucher,
  expireDue,
  issueVoucher,
  mintCode,
  redeem,
  reverseRedemption,
  setVoucherStatus,
  voidRedemption,
} from '../../src/redeem/index.ts';
import type { Row } from '../../src/store/index.ts';
import { eraseRun } from './leaving.ts';
import { START } from './scheme.ts';
import { officerOf, someSecret } from './two-officers.ts';
import { openWorld, street, type World } from './world.ts';

const HOUR = 3_600_000;

/** What happened so far: the ids that later steps pick from. */
type History = {
  readonly residents: string[];
  readonly grants: string[];
  readonly offers: string[];
  readonly vouchers: { readonly id: string; readonly residentId: string }[];
  readonly codes: string[];
  readonly redemptions: string[];
  readonly requestNos: string[];
  readonly proposals: string[];
  readonly clawBacks: { readonly id: string; readonly communityId: string }[];
};

export type Step = { readonly kind: StepKind; readonly a: number; readonly b: number };
type StepKind = keyof typeof steps;
type Result = Outcome<unknown> | undefined;
type Walked = World & {
  readonly clerk: Acting;
  /** An officer of each community. */
  readonly officers: ReadonlyMap<string, Acting>;
  /** Second officers of Gexiang and Wanhe. */
  readonly colleagues: readonly Acting[];
};
type Act = (world: Walked, history: History, a: number, b: number, key: string) => Promise<Result>;

function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % from.length];
}

function submit<I, R>({ engine }: World, command: Command<I, R>, input: I, key: string): Promise<Outcome<R>> {
  return engine.submit({
    command,
    input,
    client: SYSTEM_CLIENT,
    key,
    hash: JSON.stringify(input).length.toString(16).padStart(4, '0'),
    actor: SYSTEM_CLIENT,
  });
}

function kept<R>(outcome: Outcome<R>, into: (reply: R) => void): Outcome<R> {
  if ('reply' in outcome && !outcome.replayed) into(outcome.reply);
  return outcome;
}

/** A run that is closed, of the last few. */
async function someRun({ store }: World, n: number): Promise<Row<'settlementRun'> | undefined> {
  const runs = await runsPage(store, { limit: 3 });
  return pick(
    runs.filter(({ state }) => state !== 'open'),
    n,
  );
}

async function somePayment(world: World, n: number): Promise<Row<'settlementPayment'> | undefined> {
  const run = await someRun(world, n);
  return run && pick(await paymentsOfRun(world.store, run.id, null), n);
}

/** Steps of a settlement run, in whatever order. */
const settlementSteps = {
  openRun: async (world, _history, a, b, key) => {
    const { store, clock } = world;
    const over = addDays(dayOf(clock.now), -1 - (b % 3));
    const after = (await newestRun(store))?.throughDay ?? dayOf(START);
    const wished = addDays(after, 1 + (a % 60));
    // Now and then over days that are not over.
    const throughDay = wished > over && b % 8 !== 0 ? over : wished;
    return submit(world, openSettlementRun, { by: street, number: await nextRunNumber(store), throughDay }, key);
  },
  closeRun: async (world, _history, _a, _b, key) => {
    const run = await newestRun(world.store);
    return run && submit(world, closeSettlementRun, { by: street, runId: run.id, ...(await frozenOf(world.store, run)) }, key);
  },
  confirmPayment: async (world, _history, a, b, key) => {
    const payment = await somePayment(world, a);
    const by = pick([...world.officers.values(), street], b)!;
    return payment && submit(world, confirmPayment, { by, paymentId: payment.id }, key);
  },
  bookPayment: async (world, _history, a, b, key) => {
    const payment = await somePayment(world, a);
    if (!payment) return undefined;
    const [command, side] = b % 2 === 0 ? [bookPaymentMade, payment.debtorId] : [bookPaymentReceived, payment.creditorId];
    const by = b % 9 === 0 ? world.gexiang : world.officers.get(side)!;
    return submit(world, command, { by, paymentId: payment.id, bankReference: `bank-${(a + b) % 60}` }, key);
  },
  bookPayouts: async (world, _history, a, b, key) => {
    const run = await someRun(world, a);
    if (!run) return undefined;
    const [communityId, by] = pick([...world.officers], b)!;
    const payouts = (await payoutsOfRun(world.store, run.id, communityId)).filter(({ state }) => state !== 'carried' || b % 5 === 0);
    const results = payouts.map(({ id, fen }, n): PayoutResult => {
      const answer = { payoutId: id, fen: b % 11 === 0 ? fen + 1 : fen };
      if ((a + n) % 3 === 0) return { ...answer, result: 'failed', bankReference: null, failure: '账号不符' };
      return { ...answer, result: 'paid', bankReference: `out-${(b + n) % 60}`, failure: null };
    });
    const payables = await payablesOfRun(world.store, run, communityId);
    return submit(world, bookPayouts, { by, runId: run.id, results, payables }, key);
  },
  carryPayout: async (world, _history, _a, b, key) => {
    const { store } = world;
    const runs = await runsPage(store, { limit: 3 });
    const payouts = (await Promise.all(runs.map(async ({ id }) => payoutsOfRun(store, id, null)))).flat();
    const failed = payouts.filter(({ state }) => state === 'failed');
    // Now and then one that did not fail.
    const payout = pick(failed.length > 0 && b % 7 !== 0 ? failed : payouts, b);
    if (!payout) return undefined;
    const { id: payoutId, communityId, runId } = payout;
    const by = b % 9 === 0 ? world.gexiang : world.officers.get(communityId)!;
    const payables = await payablesOfRun(
      store,
      runs.find(({ id }) => id === runId)!,
      communityId,
    );
    return submit(world, carryPayout, { by, runId, payoutId, reason: '账户已销', payables }, key);
  },
  tally: async ({ store, engine }) => {
    // Few: the audit counts every day that was tallied again, after each step.
    await tallyClosedDays({ view: store, engine }, 2);
    return undefined;
  },
} satisfies Record<string, Act>;

const steps = {
  ...settlementSteps,
  grant: async (world, { residents, grants }, a, b, key) => {
    const by = b % 3 === 0 ? world.wanhe : world.gexiang;
    const ruleId = by === world.wanhe ? world.wanheRuleId : world.ruleId;
    const deed = {
      by,
      ruleId,
      residentId: pick(residents, a)!,
      quantity: 1 + (b % 15),
      points: null,
      approvedBy: null,
      description: '社区清洁',
    };
    const occurredOn = addDays(dayOf(world.clock.now), 0 - (b % 120));
    const externalReference = b % 5 === 0 ? `ref-${a % 40}` : null;
    return kept(await submit(world, grant, { ...deed, occurredOn, externalReference }, key), ({ id }) => grants.push(id));
  },
  reverseGrant: async (world, { grants }, a, b, key) => {
    const grantId = pick(grants, a);
    return grantId
      ? submit(world, reverseGrant, { by: b % 3 === 0 ? world.wanhe : world.gexiang, grantId, reason: '误发' }, key)
      : undefined;
  },
  issue: async (world, { residents, offers, vouchers }, a, b, key) => {
    const residentId = pick(residents, a)!;
    const input = { residentId, offerId: pick(offers, b)!, quantity: b % 4 === 3 ? 2 : 1, by: null };
    return kept(await submit(world, issueVoucher, input, key), ({ id }) => vouchers.push({ id, residentId }));
  },
  mint: async (world, { vouchers, codes }, a, _b, key) => {
    const voucher = pick(vouchers, a);
    if (!voucher) return undefined;
    const codeHash = key.replaceAll(/\D/g, '').padStart(32, '0');
    const input = { residentId: voucher.residentId, voucherId: voucher.id, codeHash, sealedCode: 'sealed' };
    return kept(await submit(world, mintCode, input, key), () => codes.push(codeHash));
  },
  redeem: async (world, { codes, redemptions, requestNos }, a, b, key) => {
    const codeHash = codes.at(-1 - (a % Math.min(codes.length, 4)));
    if (codeHash === undefined) return undefined;
    requestNos.push(key);
    const { merchantId, storeId, terminalId, clock } = world;
    const presentedAt = b % 7 === 0 ? clock.now - (b % 30) * HOUR : null;
    const input = {
      merchantId,
      storeId,
      terminalId,
      codeHash,
      orderNo: `order-${a % 6}`,
      orderAmountFen: 1_000 + (b % 3_000),
      presentedAt,
    };
    return kept(await submit(world, redeem, input, key), ({ id }) => redemptions.push(id));
  },
  reverse: async (world, { redemptions }, a, _b, key) => {
    const redemptionId = pick(redemptions, a);
    return redemptionId
      ? submit(world, reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' }, key)
      : undefined;
  },
  void: async (world, { requestNos }, a, b, key) => {
    const requestNo = b % 4 === 0 ? `never-${a}` : pick(requestNos, a);
    return requestNo ? submit(world, voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '无答复' }, key) : undefined;
  },
  cancel: async (world, { vouchers }, a, b, key) => {
    const voucher = pick(vouchers, a);
    const by = b % 2 === 0 ? world.gexiang : { residentId: voucher?.residentId ?? '' };
    return voucher ? submit(world, cancelVoucher, { voucherId: voucher.id, by, reason: '不要了' }, key) : undefined;
  },
  suspendVoucher: async (world, { vouchers }, a, b, key) => {
    const voucher = pick(vouchers, a);
    const status = b % 2 === 0 ? 'suspended' : 'issued';
    return voucher ? submit(world, setVoucherStatus, { by: world.gexiang, id: voucher.id, status, reason: '核查' }, key) : undefined;
  },
  suspendResident: async (world, { residents }, a, b, key) => {
    const status = b % 4 === 0 ? 'suspended' : 'active';
    return submit(world, setResidentStatus, { by: world.gexiang, id: pick(residents, a)!, status, reason: '核查' }, key);
  },
  suspendMerchant: async (world, _history, _a, b, key) => {
    const status = b % 8 === 0 ? 'suspended' : 'active';
    return submit(world, setMerchantStatus, { by: world.wanhe, id: world.merchantId, status, reason: '核查' }, key);
  },
  repeat: async (world, { codes, requestNos }, a, b) => {
    const key = pick(requestNos, a);
    const { merchantId, storeId, terminalId } = world;
    const input = {
      merchantId,
      storeId,
      terminalId,
      codeHash: pick(codes, b) ?? '00',
      orderNo: 'order-1',
      orderAmountFen: 9_999,
      presentedAt: null,
    };
    const replayed = key && (await submit(world, redeem, input, key));
    if (replayed && !replayed.replayed) throw new Error(`request ${key} was decided twice`);
    return undefined;
  },
  proposeRate: async (world, { proposals }, a, b, key) => {
    const input = { name: 'rate', value: { points: 100, fen: 500 + (b % 1_000) }, effectiveFrom: null };
    const { gexiang, clerk } = world;
    const by = a % 9 === 0 ? gexiang : clerk;
    return kept(await submit(world, propose, { by, command: 'policy', input, reason: '调整比例' }, key), ({ id }) => proposals.push(id));
  },
  proposeSuccessor: async (world, { proposals }, a, b, key) => {
    const communities = ['gexiang', 'wanhe', 'taiyan'];
    // Far enough ahead that most of a walk goes on as before.
    const effectiveFrom = addDays(dayOf(world.clock.now), b % 400);
    const input = { communityId: pick(communities, a)!, successorId: pick(communities, b)!, effectiveFrom };
    const proposal = { by: world.clerk, command: 'successor' as const, input, reason: '合并' };
    return kept(await submit(world, propose, proposal, key), ({ id }) => proposals.push(id));
  },
  contribute: async (world, _history, a, b, key) => {
    const { gexiang, clerk } = world;
    const by = a % 9 === 0 ? gexiang : clerk;
    const communityId = b % 3 === 0 ? 'wanhe' : 'gexiang';
    return submit(world, contribute, { by, communityId, fen: 20_000 + b * 5, bankReference: `bank-${a % 30}` }, key);
  },
  approve: async (world, { proposals }, a, b, key) => {
    const id = pick(proposals, a);
    const by = b % 5 === 0 ? world.clerk : street;
    return id ? submit(world, approveProposal, { by, id, reason: '同意', secret: someSecret }, key) : undefined;
  },
  proposeClawBack: async (world, { grants, clawBacks }, a, b, key) => {
    const grantId = pick(grants, a);
    if (!grantId) return undefined;
    const by = b % 3 === 0 ? world.wanhe : world.gexiang;
    const outcome = await submit(world, propose, { by, command: 'clawback', input: { grantId }, reason: '冒名登记' }, key);
    return kept(outcome, ({ id }) => clawBacks.push({ id, communityId: by.communityId! }));
  },
  approveClawBack: async (world, { clawBacks }, _a, b, key) => {
    const proposed = clawBacks.at(-1);
    if (!proposed) return undefined;
    const by = b % 7 === 0 ? world.gexiang : world.colleagues.find(({ communityId }) => communityId === proposed.communityId)!;
    return submit(world, approveProposal, { by, id: proposed.id, reason: null, secret: someSecret }, key);
  },
  requestLeaving: async (world, { residents }, a, b, key) => {
    const by = b % 3 === 0 ? world.wanhe : world.gexiang;
    const input = { residentId: pick(residents, a)! };
    const proposal = { by, command: 'erasure' as const, input, reason: '本人申请' };
    const outcome = await submit(world, propose, proposal, key);
    if ('refused' in outcome) return outcome;
    const second = world.colleagues.find(({ communityId }) => communityId === by.communityId)!;
    await submit(world, approveProposal, { by: second, id: outcome.reply.id, reason: null, secret: someSecret }, `${key}-approved`);
    return undefined;
  },
  withdrawLeaving: async (world, _history, a, b, key) => {
    const { read, tables } = world.store;
    const erasure = pick(await read.select().from(tables.erasure), a);
    const by = b % 3 === 0 ? world.gexiang : { residentId: erasure?.residentId ?? '' };
    return erasure && submit(world, withdrawErasure, { erasureId: erasure.id, by }, key);
  },
  erase: async (world, { residents }) => {
    await eraseRun(world);
    // Until nothing of before can be under way.
    world.clock.advance(10 * 60_000);
    // Somebody else comes for everybody who has left.
    for (let gone = await eraseRun(world); gone > 0; gone--) residents.push(await world.register('gexiang'));
    return undefined;
  },
  wait: async ({ clock }, _history, a) => {
    clock.advance((a % 50) * HOUR);
    return undefined;
  },
  waitLong: async ({ clock }, _history, a) => {
    clock.advance((a % 40) * 24 * HOUR);
    return undefined;
  },
  expire: async ({ store, engine, clock }) => {
    await expireDue({ view: store, engine, clock: () => clock.now });
    return undefined;
  },
  closeDay: async (world, _history, a, _b, key) => submit(world, closeDay, { day: addDays(dayOf(world.clock.now), (a % 4) - 3) }, key),
} satisfies Record<string, Act>;

/** How often each kind of step comes, against 1. */
const weights: Partial<Record<StepKind, number>> = {
  grant: 8,
  issue: 8,
  mint: 8,
  redeem: 10,
  reverse: 3,
  void: 3,
  cancel: 2,
  proposeClawBack: 2,
  approveClawBack: 3,
  requestLeaving: 3,
  erase: 4,
  repeat: 2,
  wait: 2,
  closeRun: 3,
  confirmPayment: 4,
  bookPayment: 3,
  bookPayouts: 2,
  carryPayout: 2,
};

const stepKind = fc.oneof(
  ...(Object.keys(steps) as StepKind[]).map((kind) => ({ arbitrary: fc.constant(kind), weight: weights[kind] ?? 1 })),
);
const number = fc.nat({ max: 10_000 });
const step: fc.Arbitrary<Step> = fc.record({ kind: stepKind, a: number, b: number });

export function stepsOf(length: number): fc.Arbitrary<Step[]> {
  return fc.array(step, { minLength: length, maxLength: length, size: 'max' });
}

/** A world to walk through, step after step; each gives the outcome of its command, if it submitted one. */
export async function openWalk(): Promise<{ world: World; walk: (step: Step) => Promise<Result> }> {
  const opened = await openWorld();
  await opened.must(addCommunity, { id: 'taiyan', name: '太炎社区', code: null });
  const colleagueIn = async (communityId: string | null) => officerOf(opened, communityId);
  const colleagues = [await colleagueIn('gexiang'), await colleagueIn('wanhe')];
  const officers = new Map([opened.gexiang, opened.wanhe, await colleagueIn('taiyan')].map((officer) => [officer.communityId!, officer]));
  const world: Walked = { ...opened, clerk: await colleagueIn(null), colleagues, officers };
  const item = { by: street, kind: 'item' as const, title: '咖啡', points: 150, merchantId: world.merchantId, settlementFen: 700 };
  const coffee = (await world.must(addOffer, item)).id;
  const residents = [world.residentId, await world.register('gexiang'), await world.register('wanhe')];
  const history: History = {
    residents,
    grants: [],
    offers: [world.cashOfferId, coffee],
    vouchers: [],
    codes: [],
    redemptions: [],
    requestNos: [],
    proposals: [],
    clawBacks: [],
  };
  let count = 0;
  const walk = ({ kind, a, b }: Step) => (steps[kind] as Act)(world, history, a, b, `step-${++count}`);
  return { world, walk };
}
