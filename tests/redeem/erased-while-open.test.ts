/** Whatever of a person's is still open when they are erased, and what is done about it afterwards. */
import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import {
  bookPaymentMade,
  confirmPayment,
  disputePosition,
  frozenOf,
  closeSettlementRun,
  nextRunNumber,
  openSettlementRun,
  paymentsOfRun,
  resolveDispute,
  runById,
} from '../../src/clearing/index.ts';
import { carryOutGrantLists, declineProposal, setResidentStatus } from '../../src/communities/index.ts';
import { addDays, closeDay, dayOf, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import {
  expireDue,
  printPaper,
  redeem,
  type RedeemInput,
  reverseRedemption,
  setVoucherStatus,
  voidRedemption,
} from '../../src/redeem/index.ts';
import { balancesOf } from '../support/balances.ts';
import { deedOf } from '../support/deeds.ts';
import { dyingAfter, erased, eraseRun, pointsOf, requestedFor, rowsIn, sound, WEEK_MS } from '../support/leaving.ts';
import { listedIn, proposeList } from '../support/lists.ts';
import { hexNo } from '../support/rows.ts';
import { settlingOf } from '../support/settling.ts';
import { byTwo, enact, officerOf, someSecret } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The balances of money that are not zero, by kind and community. */
async function money({ store }: World): Promise<Record<string, number>> {
  const found = (await balancesOf(store)).filter(({ unit, balance }) => unit === 'fen' && balance !== 0);
  const byAccount = Map.groupBy(found, ({ kind, community }) => `${kind}:${community}`);
  return Object.fromEntries([...byAccount].map(([name, each]) => [name, each.reduce((sum, { balance }) => sum + balance, 0)]));
}

type Open = {
  /** What is done about it after the person has left. */
  readonly after: (world: World) => Promise<unknown>;
  /** The points of Gexiang in the end. */
  readonly left: Record<string, number>;
};

const tookVoucher = async (world: World) => {
  await world.grantHours(world.gexiang, world.residentId, 30);
  return world.takeVoucher();
};

const redeemed = async (world: World) => world.redeemVoucher(await tookVoucher(world));

const voided = (world: World, requestNo: string) =>
  world.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo, reason: '没有收到答复' });

const reversal = ({ merchantId }: World, redemptionId: string) => ({ merchantId, storeId: null, redemptionId, reason: '退货' });

async function firstGrant(world: World): Promise<string> {
  return (await rowsIn(world, 'grant'))[0]!.id;
}

async function clawedBack(world: World, grantId?: string): Promise<unknown> {
  return byTwo(world, world.gexiang, 'clawback', { grantId: grantId ?? (await firstGrant(world)) }, '冒名登记');
}

/** Proposes something that is good for long, and gives how another officer approves it. */
async function proposed(world: World, by: World['gexiang'], command: 'clawback' | 'adjustment' | 'grant', input: object) {
  await enact(world, 'proposal_validity', { hours: 24 * 14 });
  const { id } = await world.must(propose, { by, command, input, reason: '冒名登记' });
  return { by: await officerOf(world, by.communityId), id, reason: '同意', secret: someSecret };
}

const settlingIn = (world: World) => settlingOf(world, (id) => (id === 'gexiang' ? world.gexiang : world.wanhe));

/** The day over which the first run goes, once it is over and closed. */
async function firstDayClosed(world: World): Promise<void> {
  await redeemed(world);
  world.clock.advance(DAY);
  await world.must(closeDay, { day: '2026-03-02' });
}

async function paidOut(world: World, runId: string): Promise<void> {
  expect(await settlingIn(world).payAll(runId)).toMatchObject({ state: 'paid' });
}

/** The redemption is voided, which knows no time limit, and the run after settles that. */
async function voidedAndSettled(world: World): Promise<void> {
  const [{ requestNo } = { requestNo: '' }] = await rowsIn(world, 'redemption');
  await voided(world, requestNo);
  world.clock.advance(DAY);
  const run = await settlingIn(world).settle(addDays(dayOf(world.clock.now), -1));
  await settlingIn(world).confirmAll(run.id);
  await paidOut(world, run.id);
}

/** The states of a run with a redemption of theirs: how it comes to be there, and how it goes on. */
const runs: Readonly<Record<string, { readonly reach: (world: World, runId: string) => Promise<unknown>; readonly goOn: typeof paidOut }>> =
  {
    closed: {
      reach: async () => {},
      goOn: async (world, runId) =>
        settlingIn(world)
          .confirmAll(runId)
          .then(() => paidOut(world, runId)),
    },
    disputed: {
      reach: (world, runId) => world.must(disputePosition, { by: world.gexiang, runId, counterpartyId: 'wanhe', reason: '金额不符' }),
      async goOn(world, runId) {
        const position = { runId, communityId: 'gexiang', counterpartyId: 'wanhe' };
        await world.must(resolveDispute, { by: street, ...position, resolution: '金额无误' });
        await settlingIn(world).confirmAll(runId);
        await paidOut(world, runId);
      },
    },
    'confirmed by one side': {
      async reach(world, runId) {
        const [payment] = await paymentsOfRun(world.store, runId, null);
        return world.must(confirmPayment, { by: world.wanhe, paymentId: payment!.id });
      },
      async goOn(world, runId) {
        const [payment] = await paymentsOfRun(world.store, runId, null);
        await world.must(confirmPayment, { by: world.gexiang, paymentId: payment!.id });
        await paidOut(world, runId);
      },
    },
    confirmed: { reach: (world, runId) => settlingIn(world).confirmAll(runId), goOn: paidOut },
    paid: {
      reach: async (world, runId) =>
        settlingIn(world)
          .confirmAll(runId)
          .then(() => paidOut(world, runId)),
      goOn: async () => {},
    },
  };

const ofRuns = Object.fromEntries(
  Object.entries(runs).map(([state, { reach, goOn }]) => [
    `a run that is ${state}`,
    async (world: World): Promise<Open> => {
      await firstDayClosed(world);
      const { id } = await settlingIn(world).settle('2026-03-02');
      await reach(world, id);
      return { after: async () => goOn(world, id).then(() => voidedAndSettled(world)), left: { issued: 300, expired: 300 } };
    },
  ]),
);

/** What ends in the same money as if the person had stayed. */
const cases: Readonly<Record<string, (world: World) => Promise<Open>>> = {
  ...ofRuns,
  'a run that is open': async (world) => {
    await firstDayClosed(world);
    const { id } = await world.must(openSettlementRun, { by: street, number: await nextRunNumber(world.store), throughDay: '2026-03-02' });
    const after = async () => {
      const frozen = await frozenOf(world.store, (await runById(world.store, id))!);
      await world.must(closeSettlementRun, { by: street, runId: id, ...frozen });
      await runs['closed']!.goOn(world, id);
      await voidedAndSettled(world);
    };
    return { after, left: { issued: 300, expired: 300 } };
  },
  'a run that is half paid': async (world) => {
    await firstDayClosed(world);
    const { id } = await settlingIn(world).settle('2026-03-02');
    await settlingIn(world).confirmAll(id);
    const [payment] = await paymentsOfRun(world.store, id, null);
    const made = { by: world.gexiang, paymentId: payment!.id, bankReference: 'made' };
    await world.must(bookPaymentMade, made);
    return { after: () => voided(world, 'never seen'), left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'a day that is closed and not settled': async (world) => {
    await firstDayClosed(world);
    return { after: () => voidedAndSettled(world), left: { issued: 300, expired: 300 } };
  },
  'a day that is open': async (world) => {
    await redeemed(world);
    return { after: async () => {}, left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'an open voucher': async (world) => {
    await tookVoucher(world);
    return { after: async () => {}, left: { issued: 300, expired: 300 } };
  },
  'a suspended voucher': async (world) => {
    const id = await tookVoucher(world);
    await world.must(setVoucherStatus, { by: world.gexiang, id, status: 'suspended', reason: '待查' });
    return { after: async () => {}, left: { issued: 300, expired: 300 } };
  },
  'a redemption that may still be voided, and is voided twice': async (world) => {
    const { request_no: requestNo } = await redeemed(world);
    const after = async () => {
      expect(await voided(world, requestNo)).toMatchObject({ reversed: true });
      expect(await voided(world, requestNo)).toMatchObject({ reversed: false });
    };
    return { after, left: { issued: 300, expired: 300 } };
  },
  'a redemption that may still be reversed, and is voided after that': async (world) => {
    await enact(world, 'reversal_window', { hours: 24 * 14 });
    const { id, request_no: requestNo } = await redeemed(world);
    const after = async () => {
      await world.must(reverseRedemption, reversal(world, id));
      await world.refused(reverseRedemption, reversal(world, id), 'redemption_reversed');
      expect(await voided(world, requestNo)).toMatchObject({ reversed: false });
    };
    return { after, left: { issued: 300, expired: 300 } };
  },
  'a redemption that can no longer be reversed': async (world) => {
    await enact(world, 'reversal_window', { hours: 24 });
    const { id } = await redeemed(world);
    const after = () => world.refused(reverseRedemption, reversal(world, id), 'reversal_window_over');
    return { after, left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'a redemption of two communities’ points': async (world) => {
    await world.grantHours(world.gexiang, world.residentId, 6);
    await world.grantHours(world.wanhe, world.residentId, 9);
    const { request_no: requestNo } = await world.redeemVoucher(await world.takeVoucher());
    return { after: () => voided(world, requestNo), left: { issued: 60, expired: 60 } };
  },
  'a claw-back of points that are redeemed': async (world) => {
    await redeemed(world);
    return { after: () => clawedBack(world), left: { redeemed: 100, clawback: 100 } };
  },
  'a claw-back after which the redemption is voided': async (world) => {
    const { request_no: requestNo } = await redeemed(world);
    return { after: async () => clawedBack(world).then(() => voided(world, requestNo)), left: {} };
  },
  'a claw-back that was done, and the redemption is voided afterwards': async (world) => {
    const { request_no: requestNo } = await redeemed(world);
    await clawedBack(world);
    return { after: () => voided(world, requestNo), left: {} };
  },
  'a claw-back of one grant of two, of which a voucher holds both': async (world) => {
    await world.grantHours(world.gexiang, world.residentId, 6);
    const wrong = await world.grantHours(world.gexiang, world.residentId, 9);
    const { request_no: requestNo } = await world.redeemVoucher(await world.takeVoucher());
    return { after: async () => clawedBack(world, wrong).then(() => voided(world, requestNo)), left: { issued: 60, expired: 60 } };
  },
  'a claw-back that was proposed': async (world) => {
    await redeemed(world);
    const approval = await proposed(world, world.gexiang, 'clawback', { grantId: await firstGrant(world) });
    return { after: () => world.must(approveProposal, approval), left: { redeemed: 100, clawback: 100 } };
  },
  'a claw-back that was proposed, while a voucher is open': async (world) => {
    await tookVoucher(world);
    const approval = await proposed(world, world.gexiang, 'clawback', { grantId: await firstGrant(world) });
    return { after: () => world.must(approveProposal, approval), left: {} };
  },
  'a claw-back that was proposed, and is declined': async (world) => {
    await redeemed(world);
    const { by, id } = await proposed(world, world.gexiang, 'clawback', { grantId: await firstGrant(world) });
    const after = () => world.must(declineProposal, { by, id, reason: '查无此事' });
    return { after, left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'an adjustment that was proposed': async (world) => {
    await firstDayClosed(world);
    const { id: runId } = await settlingIn(world).settle('2026-03-02');
    await settlingIn(world).confirmAll(runId);
    await paidOut(world, runId);
    const [{ id } = { id: '' }] = await rowsIn(world, 'redemption');
    const approval = await proposed(world, await officerOf(world, null), 'adjustment', { entryId: `ent_${id.slice(4)}`, right: null });
    return { after: () => world.must(approveProposal, approval), left: { issued: 300, redeemed: 100, expired: 200 } };
  },
  'a suspended person': async (world) => {
    const { request_no: requestNo } = await redeemed(world);
    await world.must(setResidentStatus, { by: world.gexiang, id: world.residentId, status: 'suspended', reason: '核查' });
    return { after: () => voided(world, requestNo), left: { issued: 300, expired: 300 } };
  },
  nothing: async () => ({ after: async () => {}, left: {} }),
};

describe('erased while it is open', () => {
  it.each(Object.keys(cases))('%s: the money is as if they had stayed, and the audit finds nothing', async (name) => {
    const world = await openWorld();
    const { after, left } = await cases[name]!(world);
    await erased(world);
    await sound(world);
    await after(world);
    expect(await pointsOf(world)).toEqual(left);
    await sound(world);
    const wordsOf = {
      redemptionReversal: (await rowsIn(world, 'redemptionReversal')).map(({ reason }) => reason),
      grant: (await rowsIn(world, 'grant')).map(({ reversalReason }) => reversalReason),
      voucher: (await rowsIn(world, 'voucher')).map(({ stateReason }) => stateReason),
    };
    expect(Object.values(wordsOf).flat().filter(Boolean)).toEqual([]);

    const other = await openWorld();
    const { after: stays } = await cases[name]!(other);
    other.clock.advance(WEEK_MS + 10 * MINUTE);
    await stays(other);
    expect(await money(world)).toEqual(await money(other));
  });
});

/** A voucher that is redeemed, one that is open, and points in the wallet. */
async function redeemedAndOpen(world: World): Promise<string> {
  const { request_no: requestNo } = await redeemed(world);
  await world.takeVoucher();
  return requestNo;
}

describe('between two steps of an erasure', () => {
  const acts: Readonly<
    Record<string, readonly [act: (world: World, requestNo: string) => Promise<unknown>, left: Record<string, number>]>
  > = {
    'a grant is clawed back': [(world) => clawedBack(world), { redeemed: 100, clawback: 100 }],
    'a redemption is voided': [voided, { issued: 300, expired: 300 }],
  };

  it.each(Object.keys(acts))('%s: the money is right, and the audit finds nothing', async (name) => {
    const [act, left] = acts[name]!;
    let finished = 0;
    // From before the first command of the job to after its last.
    for (let commands = 0; finished === 0; commands++) {
      const world = await openWorld();
      const requestNo = await redeemedAndOpen(world);
      await requestedFor(world);
      world.clock.advance(WEEK_MS);
      const killed = await eraseRun({ ...world, engine: dyingAfter(world, commands) }).catch((error: Error) => error.message);
      await act(world, requestNo);
      await sound(world);
      world.clock.advance(10 * MINUTE);
      await eraseRun(world);
      world.clock.advance(10 * MINUTE);
      finished = killed === 'killed' ? 0 : commands;
      await eraseRun(world);
      expect((await rowsIn(world, 'erasure'))[0]!.finishedAt, `${commands} commands`).not.toBeNull();
      expect(await pointsOf(world), `${commands} commands`).toEqual(left);
      await sound(world);
    }
    expect(finished).toBeGreaterThan(5);
  });
});

/** The supermarket's till, with a code. */
const shownAtTill = ({ merchantId, storeId }: World, code: Pick<RedeemInput, 'codeHash' | 'pinHash'>, presentedAt: number | null) =>
  ({ merchantId, storeId, terminalId: null, orderNo: 'o', orderAmountFen: 9_000, presentedAt, ...code }) satisfies RedeemInput;

describe('what is shown at a till', () => {
  it('counts until the person ends, and no longer: a code that the till sends afterwards is refused, and its void leaves nothing', async () => {
    const world = await openWorld();
    const [first, second] = [await tookVoucher(world), await world.takeVoucher()];
    await requestedFor(world);
    world.clock.advance(WEEK_MS - 20_000);
    const [inTime, late] = [await world.showCode(first), await world.showCode(second)];
    world.clock.advance(1_000);
    const presentedAt = world.clock.now;
    await world.must(redeem, shownAtTill(world, { codeHash: inTime }, null));
    world.clock.advance(20_000);
    await eraseRun(world);
    const input = shownAtTill(world, { codeHash: late }, presentedAt);
    const key = 'from the queue';
    const sent = { command: redeem, input, client: SYSTEM_CLIENT, key, hash: '00', actor: SYSTEM_CLIENT };
    expect(await world.engine.submit(sent)).toMatchObject({ refused: 'voucher_cancelled' });
    expect(await voided(world, key)).toMatchObject({ redemption_id: null, reversed: false });
    expect(await pointsOf(world)).toEqual({ issued: 300, redeemed: 100, expired: 200 });
    world.clock.advance(10 * MINUTE);
    expect(await eraseRun(world)).toBe(1);
    await sound(world);
  });

  it('is refused without the id, if it comes between the end and the voucher’s', async () => {
    const world = await openWorld();
    const voucherId = await tookVoucher(world);
    await requestedFor(world);
    world.clock.advance(WEEK_MS - 20_000);
    const codeHash = await world.showCode(voucherId);
    world.clock.advance(20_000);
    await expect(eraseRun({ ...world, engine: dyingAfter(world, 1) })).rejects.toThrow('killed');
    expect(await world.refused(redeem, shownAtTill(world, { codeHash }, null), 'resident_erased')).toEqual({});
    await sound(world);
  });

  it.each([
    ['now', null],
    ['from the till’s queue', 10 * MINUTE],
  ])('a paper that was printed before, and comes %s, is refused', async (_how, before) => {
    const world = await openWorld();
    const voucherId = await tookVoucher(world);
    const paper = { codeHash: hexNo(7), pinHash: hexNo(8) };
    await world.must(printPaper, { by: world.gexiang, voucherId, ...paper, sealedCode: 's', sealedPin: 's' });
    await erased(world);
    const input = shownAtTill(world, paper, before && world.clock.now - before - 1);
    await world.refused(redeem, input, 'voucher_cancelled');
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });
});

describe('points that expire on the day of the erasure', () => {
  const midnight = Date.parse('2028-01-01T00:00:00+08:00');
  const jobs = {
    erasure: eraseRun,
    expiry: ({ store, engine, clock }: World) => expireDue({ view: store, engine, clock: () => clock.now }),
  };

  it.each([
    ['erasure', 'expiry'],
    ['expiry', 'erasure'],
  ] as const)('are gone once, if the %s comes before the %s', async (first, second) => {
    const world = await openWorld(midnight - 14 * DAY);
    await tookVoucher(world);
    world.clock.now = midnight - WEEK_MS;
    await requestedFor(world);
    world.clock.now = midnight;
    for (const job of [first, second]) await jobs[job](world);
    world.clock.advance(10 * MINUTE);
    for (const job of [first, second]) await jobs[job](world);
    expect(await pointsOf(world)).toEqual({ issued: 300, expired: 300 });
    await sound(world);
  });
});

describe('grants that wait for a second officer', () => {
  it('are refused for somebody who has left, and can be declined', async () => {
    const world = await openWorld();
    const { by: _, approvedBy: __, ...deed } = deedOf(world);
    const approval = await proposed(world, world.gexiang, 'grant', deed);
    await erased(world);
    await world.refused(approveProposal, approval, 'resident_erased');
    await world.must(declineProposal, { by: approval.by, id: approval.id, reason: '葛小米已搬走' });
    expect(await rowsIn(world, 'proposal')).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id: approval.id, status: 'declined', decisionReason: '' })]),
    );
    await sound(world);
  });

  it('go on in a list for the others', async () => {
    const world = await openWorld();
    await enact(world, 'proposal_validity', { hours: 24 * 14 });
    const neighbour = await world.register('gexiang');
    const { approval, listId } = await proposeList(world, [listedIn(world), listedIn(world, { residentId: neighbour })], 20);
    await erased(world);
    await world.must(approveProposal, approval);
    await carryOutGrantLists({ view: world.store, engine: world.engine, clock: () => world.clock.now });
    expect(await rowsIn(world, 'grantList')).toMatchObject([{ id: listId, granted: 1, refused: 1 }]);
    expect(await rowsIn(world, 'grant')).toMatchObject([{ residentId: neighbour, description: '社区清洁' }]);
    await sound(world);
  });
});
