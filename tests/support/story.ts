/** Carries out the sentences of `docs/concepts.md` with the real commands, and tells what they posted. */
import {
  bookPaymentMade,
  bookPaymentReceived,
  bookPayouts,
  confirmPayment,
  contribute,
  newestRun,
  payablesOfRun,
  paymentsOfRun,
  payoutsOfRun,
  settleThrough,
} from '../../src/clearing/index.ts';
import { addCommunity, reverseGrant } from '../../src/communities/index.ts';
import { closeDay, kinds, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { addOffer, cancelVoucher, expireDue, issueVoucher, reverseRedemption, voidRedemption } from '../../src/redeem/index.ts';
import { type Balance, balancesOf } from './balances.ts';
import { entriesAfter, journalLines, leg, type Posted } from './journal.ts';
import { eraseRun, requestedFor } from './leaving.ts';
import { asPaid } from './settling.ts';
import { byTwo, officerOf as appointed, succeed } from './two-officers.ts';
import { openWorld, street, type World } from './world.ts';

type Redemption = { readonly id: string; readonly requestNo: string; readonly entryId: string };

type Stage = World & {
  readonly coffeeId: string;
  /** The last one of a community, and the last one of it of so many hours. */
  readonly grants: Map<string, string>;
  readonly vouchers: Map<string, string>;
  readonly redemptions: Map<string, Redemption>;
};

const officerOf = ({ gexiang, wanhe }: World, name: string) => (name === '葛巷' ? gexiang : wanhe);

async function takes(stage: Stage, letter: string, offerId: string): Promise<void> {
  const { id } = await stage.must(issueVoucher, { residentId: stage.residentId, offerId, quantity: 1, by: null });
  stage.vouchers.set(letter, id);
}

/** The one payment of the newest run. */
async function newestPayment({ store }: Stage): Promise<string> {
  return (await paymentsOfRun(store, (await newestRun(store))!.id, null))[0]!.id;
}

async function bankSays(stage: Stage, side: string) {
  const paymentId = await newestPayment(stage);
  return { by: officerOf(stage, side), paymentId, bankReference: `bank-${paymentId}` };
}

/** What a sentence may say, and what is then done. */
const sentences: readonly (readonly [RegExp, (stage: Stage, ...said: string[]) => Promise<unknown>])[] = [
  [
    /^the street office books (\d+) yuan for the fund of (葛巷|万和)$/,
    (stage, yuan, name) => {
      const { communityId } = officerOf(stage, name);
      return stage.must(contribute, { by: street, communityId: communityId!, fen: Number(yuan) * 100, bankReference: '2026030200017' });
    },
  ],
  [
    /^(葛巷|万和) grants 小葛 (\d+) hours?$/,
    async (stage, by, hours) => {
      const id = await stage.grantHours(officerOf(stage, by), stage.residentId, Number(hours));
      stage.grants.set(by, id).set(`${by} ${hours}`, id);
    },
  ],
  [
    /^(葛巷|万和) reverses its last grant$/,
    (stage, by) => stage.must(reverseGrant, { by: officerOf(stage, by), grantId: stage.grants.get(by)!, reason: '登记错误' }),
  ],
  [
    /^(葛巷|万和) claws its grant of (\d+) hours back$/,
    (stage, by, hours) => byTwo(stage, officerOf(stage, by), 'clawback', { grantId: stage.grants.get(`${by} ${hours}`)! }, '冒名登记'),
  ],
  [/^小葛 takes voucher ([A-Z]): 10 yuan off$/, (stage, letter) => takes(stage, letter, stage.cashOfferId)],
  [/^小葛 takes voucher ([A-Z]): a coffee$/, (stage, letter) => takes(stage, letter, stage.coffeeId)],
  [
    /^小葛 cancels voucher ([A-Z])$/,
    (stage, letter) =>
      stage.must(cancelVoucher, { voucherId: stage.vouchers.get(letter)!, by: { residentId: stage.residentId }, reason: '不要了' }),
  ],
  [
    /^万和超市 redeems voucher ([A-Z])$/,
    async (stage, letter) => {
      const { id, request_no: requestNo, entry_id: entryId } = await stage.redeemVoucher(stage.vouchers.get(letter)!);
      stage.redemptions.set(letter, { id, requestNo, entryId });
    },
  ],
  [
    /^万和超市 reverses the redemption of voucher ([A-Z])$/,
    (stage, letter) =>
      stage.must(reverseRedemption, {
        merchantId: stage.merchantId,
        storeId: null,
        redemptionId: stage.redemptions.get(letter)!.id,
        reason: '顾客退货',
      }),
  ],
  [
    /^万和超市 voids the request that redeemed voucher ([A-Z])$/,
    (stage, letter) =>
      stage.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo: stage.redemptions.get(letter)!.requestNo, reason: '没有收到答复' }),
  ],
  [
    /^万和超市 voids a request that never arrived$/,
    (stage) => stage.must(voidRedemption, { client: SYSTEM_CLIENT, requestNo: 'never-arrived', reason: '没有收到答复' }),
  ],
  [
    /^the street office settles the days through (\d{4}-\d{2}-\d{2})$/,
    ({ store, engine, clock }, day) => settleThrough({ view: store, engine, clock: () => clock.now }, day),
  ],
  [
    /^(葛巷|万和) and (葛巷|万和) confirm the payment$/,
    async (stage, ...sides) => {
      for (const side of sides) await stage.must(confirmPayment, { by: officerOf(stage, side), paymentId: await newestPayment(stage) });
    },
  ],
  [/^(葛巷|万和) books that it has paid$/, async (stage, debtor) => stage.must(bookPaymentMade, await bankSays(stage, debtor))],
  [/^(葛巷|万和) books that it was paid$/, async (stage, creditor) => stage.must(bookPaymentReceived, await bankSays(stage, creditor))],
  [
    /^万和 books what its bank says of the payouts$/,
    async (stage) => {
      const { id: runId } = (await newestRun(stage.store))!;
      const due = (await payoutsOfRun(stage.store, runId, 'wanhe')).filter(({ state }) => state === 'due');
      const payables = await payablesOfRun(stage.store, (await newestRun(stage.store))!, 'wanhe');
      return stage.must(bookPayouts, { by: stage.wanhe, runId, results: due.map(asPaid), payables });
    },
  ],
  [/^太炎 succeeds 葛巷 from (\d{4}-\d{2}-\d{2})$/, (stage, day) => succeed(stage, 'gexiang', 'taiyan', day)],
  [
    /^the street office adjusts the redemption of voucher ([A-Z]): 葛巷 (\d+) fen, 万和 (\d+) fen$/,
    async (stage, letter, ...fen) => {
      const shares = ['gexiang', 'wanhe'].map((communityId, n) => ({ communityId, fen: Number(fen[n]) }));
      const input = { entryId: stage.redemptions.get(letter)!.entryId, right: { merchantId: stage.merchantId, shares } };
      return byTwo(stage, await appointed(stage, null), 'adjustment', input);
    },
  ],
  [/^the day (\d{4}-\d{2}-\d{2}) is closed$/, (stage, day) => stage.must(closeDay, { day: day })],
  [/^two officers of 葛巷 request that 小葛 be erased$/, (stage) => requestedFor(stage)],
  [/^the job erases 小葛$/, (stage) => eraseRun(stage)],
  [/^the job books what has expired$/, ({ store, engine, clock }) => expireDue({ view: store, engine, clock: () => clock.now })],
];

export type Told = {
  /** The story so far, as the document writes it. */
  readonly text: string;
  readonly entries: readonly Posted[];
};

export type Storyteller = {
  readonly world: World;
  /** Carries out the sentences of a block; whatever else stands in it is what they are expected to post. */
  tell(block: string): Promise<Told>;
  /** All balances, each on its side. */
  balances(): Promise<string>;
};

export async function openStory(): Promise<Storyteller> {
  const world = await openWorld();
  await world.must(addCommunity, { id: 'taiyan', name: '太炎社区', code: null });
  const item = { by: street, kind: 'item', title: '咖啡', points: 150, merchantId: world.merchantId, settlementFen: 1_000 } as const;
  const { id: coffeeId } = await world.must(addOffer, item);
  const stage: Stage = { ...world, coffeeId, grants: new Map(), vouchers: new Map(), redemptions: new Map() };
  let last: string | undefined;

  const named = (text: string) => text.replaceAll(world.residentId, '小葛').replaceAll(world.merchantId, '万和超市');

  async function carryOut(line: string): Promise<Posted[]> {
    const [, day, time, sentence] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) {2}(.+)$/.exec(line) ?? [];
    const known = sentences.find(([pattern]) => pattern.test(sentence ?? ''));
    if (!known) throw new Error(`nobody knows how to carry out: ${line}`);
    world.clock.now = Date.parse(`${day}T${time}:00+08:00`);
    await known[1](stage, ...known[0].exec(sentence!)!.slice(1));
    const posted = await entriesAfter(world.store, last);
    last = posted.at(-1)?.id ?? last;
    return posted;
  }

  return {
    world,
    async tell(block) {
      const lines: string[] = [];
      const entries: Posted[] = [];
      for (const line of block.split('\n').filter((each) => /^\d/.test(each))) {
        const posted = await carryOut(line);
        entries.push(...posted);
        const shown = posted.flatMap(({ kind, postings }) => [`  ${kind}`, ...journalLines(postings).map((each) => `    ${named(each)}`)]);
        lines.push(line, ...(shown.length > 0 ? shown : ['  (nothing is posted)']));
      }
      return { text: `${lines.join('\n')}\n`, entries };
    },
    async balances() {
      const standing = (await balancesOf(world.store))
        .filter(({ balance }) => balance !== 0)
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      return standing.map(({ path, balance, unit }) => `${named(leg({ account: path, amount: balance }))}   ${unit}\n`).join('');
    },
  };
}

/** Book by book, points before fen, in the order of the chart. */
function placeOf({ path, community, kind, unit }: Balance): string {
  const order = String(Object.keys(kinds).indexOf(kind)).padStart(2, '0');
  return `${community} ${unit === 'point' ? 0 : 1} ${order} ${path}`;
}
