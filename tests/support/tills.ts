/** Tills that never rest, and what must hold of the runs by which their redemptions are settled. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import { grant } from '../../src/communities/index.ts';
import { settleThrough } from '../../src/clearing/index.ts';
import { addDays, closeDay, type Command, dayOf, type Row } from '../../src/ledger/index.ts';
import { issueVoucher, mintCode, redeem, type RedemptionReply, reverseRedemption } from '../../src/redeem/index.ts';
import type { Communities } from './communities.ts';
import { deedOf } from './deeds.ts';
import { insist, openAhead, type Writer } from './processes.ts';
import { expectWhole } from './server.ts';
import type { World } from './world.ts';

const DAY_MS = 24 * 3_600_000;

/** Of so many things that a till does, one is to undo what it redeemed first of what still stands. */
const UNDO_EVERY = 3;

export type Tills = {
  /** Waits until so many more redemptions and reversals are done. */
  readonly more: (acts: number) => Promise<void>;
  /** Lets each till finish what it has begun. Throws what one of them failed with. */
  readonly stop: () => Promise<void>;
};

/**
 * Opens so many tills, each at the shop of one community, by one of the processes, with a resident of its own: half of the points for a voucher come from
 * one other community, half from a further one.
 */
export async function openTills(
  scheme: Communities,
  ids: readonly string[],
  writers: readonly Pick<Writer, 'run'>[],
  count: number,
): Promise<Tills> {
  const { world } = scheme;
  const residents = await Promise.all(Array.from({ length: count }, () => world.register('gexiang')));
  // Not evenly spread: there is to be something left after netting.
  const acquirers = [ids[0]!, ...ids];
  const load = { isOver: false, acts: 0 };
  const working = residents.map(async (residentId, n) => {
    const issuers = [1, 2].map((further) => ids[(n + further) % ids.length]!);
    const till = tillOf(scheme, writers[n % writers.length]!, { residentId, issuers, acquirer: acquirers[n % acquirers.length]! });
    const standing: RedemptionReply[] = [];
    for (let step = 1; !load.isOver; step++) {
      if (step % UNDO_EVERY === 0) await till.reverse(standing.shift()!);
      else standing.push(await till.redeem());
      load.acts++;
    }
  });
  const failed = Promise.all(working);
  return {
    async more(acts) {
      for (const enough = load.acts + acts; load.acts < enough;) await Promise.race([turn(), failed]);
    },
    async stop() {
      load.isOver = true;
      await failed;
    },
  };
}

/**
 * Lets the tills work through so many periods of business days, each of which is closed and settled under way by a process whose clock is ahead.
 * Holds that what was settled is whole, and never changes. Gives how many redemptions and reversals each run settled.
 */
export async function settleUnderLoad(scheme: Communities, tills: Tills, periods: readonly number[], acts: number): Promise<number[]> {
  const { world } = scheme;
  const days = periods.reduce((sum, each) => sum + each, 0);
  const ahead = await openAhead(world, days);
  const settling = { view: world.store, engine: ahead.engine, clock: () => world.clock.now + days * DAY_MS };
  const settled: { throughDay: string; entries: number }[] = [];
  let day = addDays(dayOf(world.clock.now), -1);
  try {
    for (const period of periods) {
      for (let n = 1; n <= period; n++) {
        day = addDays(day, 1);
        await tills.more(acts);
        // The last day of a period is closed with the run.
        if (n < period) expect(await insist(() => ahead.run(closeDay, { day }))).toMatchObject({ reply: { day } });
      }
      expect(await insist(() => settleThrough(settling, day))).toMatchObject({ throughDay: day, netFen: expect.any(Number) });
      settled.push({ throughDay: day, entries: await entriesThrough(world, day) });
    }
    await tills.more(acts);
  } finally {
    await tills.stop();
  }
  const counts = await expectSettledOnce(world);
  for (const { throughDay, entries } of settled) expect(await entriesThrough(world, throughDay), throughDay).toBe(entries);
  await expectWhole(world);
  return counts;
}

type Place = { readonly residentId: string; readonly issuers: readonly string[]; readonly acquirer: string };

let codes = 0;

function tillOf({ world, of }: Communities, writer: Pick<Writer, 'run'>, { residentId, issuers, acquirer }: Place) {
  const { merchantId, storeId, terminalId } = of(acquirer);
  async function must<I, R>(command: Command<I, R>, input: I): Promise<R> {
    const outcome = await insist(() => writer.run(command, input));
    if ('refused' in outcome) throw new Error(`${command.name} was refused: ${outcome.refused} ${JSON.stringify(outcome.details)}`);
    return outcome.reply;
  }
  return {
    async redeem(): Promise<RedemptionReply> {
      for (const issuer of issuers) {
        const { officer: by, ruleId } = of(issuer);
        await must(grant, deedOf(world, { by, ruleId, residentId, quantity: 5 }));
      }
      const { id: voucherId } = await must(issueVoucher, { residentId, offerId: world.cashOfferId, quantity: 1, by: null });
      const codeHash = `7111${(++codes).toString(16).padStart(28, '0')}`;
      await must(mintCode, { residentId, voucherId, codeHash, sealedCode: 'sealed' });
      const order = { orderNo: `order-${voucherId}`, orderAmountFen: 10_000, presentedAt: null };
      return must(redeem, { merchantId, storeId, terminalId, codeHash, ...order });
    },
    reverse: ({ id: redemptionId }: RedemptionReply) =>
      must(reverseRedemption, { merchantId, storeId: null, redemptionId, reason: '退货' }),
  };
}

type Share = { readonly issuer: string; readonly fen: number };
/** A redemption that was made (1) or undone (-1) on a business day. */
type Act = { readonly day: string; readonly sign: 1 | -1; readonly redemption: Row<'redemption'> };

/**
 * Holds that each redemption and each reversal is in exactly one run or after the last one, and that every run froze what the rows of its days come
 * to: between the communities, and for every merchant. Gives how many acts each run has settled.
 */
export async function expectSettledOnce({ store: { read, tables } }: World): Promise<number[]> {
  const runs = (await read.select().from(tables.settlementRun))
    .filter(({ state }) => state !== 'open')
    .toSorted((a, b) => a.number - b.number);
  const acts = await actsIn({ read, tables });
  const vouchers = new Map((await read.select().from(tables.voucher)).map(({ id, shares }) => [id, JSON.parse(shares) as Share[]]));
  const homes = new Map((await read.select().from(tables.merchant)).map(({ id, communityId }) => [id, communityId]));
  const positions = await read.select().from(tables.settlementPosition);
  const payouts = await read.select().from(tables.payout);
  const carries = (await read.select().from(tables.entry)).filter(({ kind }) => kind === 'payout_carry');

  for (const { day } of acts) {
    const settledBy = runs.filter(({ fromDay, throughDay }) => fromDay <= day && day <= throughDay);
    expect(settledBy.length, day).toBe(day > runs.at(-1)!.throughDay ? 0 : 1);
  }
  return runs.map(({ id, fromDay, throughDay }) => {
    const within = (day: string) => fromDay <= day && day <= throughDay;
    const own = acts.filter(({ day }) => within(day));
    const dues = new Map<string, number>();
    const owed = new Map<string, number>();
    for (const { sign, redemption } of own) {
      const acquirer = homes.get(redemption.merchantId)!;
      add(owed, redemption.merchantId, sign * redemption.fen);
      for (const { issuer, fen } of vouchers.get(redemption.voucherId)!)
        if (issuer !== acquirer) add(dues, `${issuer}>${acquirer}`, sign * fen);
    }
    for (const { subject } of carries.filter((carry) => within(carry.businessDay))) {
      const carried = payouts.find((payout) => payout.id === subject)!;
      add(owed, carried.merchantId, carried.fen);
    }
    const frozen = positions.filter(({ runId }) => runId === id);
    const due = (debtor: string, creditor: string) =>
      Math.max(0, dues.get(`${debtor}>${creditor}`) ?? 0) + Math.max(0, 0 - (dues.get(`${creditor}>${debtor}`) ?? 0));
    expect(frozen.map(({ communityId: a, counterpartyId: b, dueToFen, dueFromFen }) => ({ a, b, dueToFen, dueFromFen }))).toEqual(
      frozen.map(({ communityId: a, counterpartyId: b }) => ({ a, b, dueToFen: due(a, b), dueFromFen: due(b, a) })),
    );
    const pairs = new Set([...dues].filter(([, fen]) => fen !== 0).flatMap(([pair]) => [pair, pair.split('>').toReversed().join('>')]));
    expect(new Set(frozen.map(({ communityId, counterpartyId }) => `${communityId}>${counterpartyId}`))).toEqual(pairs);
    const paid = payouts.filter(({ runId }) => runId === id).map(({ merchantId, fen }) => [merchantId, fen] as const);
    expect(new Map(paid)).toEqual(owed);
    return own.length;
  });
}

async function actsIn({ read, tables }: Pick<World['store'], 'read' | 'tables'>): Promise<Act[]> {
  const redemptions = new Map((await read.select().from(tables.redemption)).map((row) => [row.id, row]));
  const reversals = await read.select().from(tables.redemptionReversal);
  return [
    ...[...redemptions.values()].map((redemption): Act => ({ day: redemption.businessDay, sign: 1, redemption })),
    ...reversals.map(({ redemptionId, businessDay: day }): Act => ({ day, sign: -1, redemption: redemptions.get(redemptionId)! })),
  ];
}

function add(sums: Map<string, number>, key: string, fen: number): void {
  sums.set(key, (sums.get(key) ?? 0) + fen);
}

/** How many entries are booked on the days up to one. */
async function entriesThrough({ store: { read, tables } }: World, day: string): Promise<number> {
  return (await read.select({ businessDay: tables.entry.businessDay }).from(tables.entry)).filter(({ businessDay }) => businessDay <= day)
    .length;
}
