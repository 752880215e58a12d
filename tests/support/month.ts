/** Carries out what the tables of `docs/recipes/a-month-of-ten-communities.md` say, with the real commands. */
import { addOffer, issueVoucher, redeem, type RedemptionReply } from '../../src/redeem/index.ts';
import { type Communities, openCommunities } from './communities.ts';
import { entriesAfter, leg, type Posted } from './journal.ts';
import { openWorld, street } from './world.ts';

/** A line of the table of redemptions. */
export type Event = {
  readonly no: string;
  /** `2026-03-02 10:00`, of Shanghai. */
  readonly when: string;
  /** `a voucher`, `a coffee`, or `10 is reversed`. */
  readonly what: string;
  /** By issuer. */
  readonly points: ReadonlyMap<string, number>;
  readonly acquirer: string;
};

export type Month = Communities & {
  /** Carries out an event; gives what it posted. */
  readonly carryOut: (event: Event) => Promise<Posted[]>;
  /** Lets the clock run to an instant of Shanghai, `2026-03-02 10:00`. */
  readonly waitUntil: (when: string) => void;
  /** What was posted since it was last asked, or since the last event. */
  readonly posted: () => Promise<Posted[]>;
  /** A leg as the document writes its account: with the name of a shop for its id. */
  readonly named: (text: string) => string;
};

/** Opens communities with a shop each, known by these names; 龙潭's has a coffee on offer. */
export async function openMonth(shops: ReadonlyMap<string, string>): Promise<Month> {
  const world = await openWorld(Date.parse('2026-03-01T10:00:00+08:00'));
  const scheme = await openCommunities([...shops.keys()], world);
  const { of } = scheme;
  const item = {
    by: street,
    kind: 'item',
    title: '咖啡',
    points: 150,
    merchantId: of('longtan').merchantId,
    settlementFen: 1_000,
  } as const;
  const coffeeId = (await world.must(addOffer, item)).id;
  const redemptions = new Map<string, RedemptionReply>();
  let last: string | undefined;

  async function posted(): Promise<Posted[]> {
    const entries = await entriesAfter(world.store, last);
    last = entries.at(-1)?.id ?? last;
    return entries;
  }

  /** Somebody earns the points, turns them into a voucher, and spends it at once. */
  async function redeemed({ what, points, acquirer }: Event): Promise<RedemptionReply> {
    const residentId = await world.register([...points.keys()][0]!);
    for (const [issuer, part] of points) {
      const { officer, ruleId } = of(issuer);
      await world.grantHours(officer, residentId, part / 10, undefined, ruleId);
    }
    const sum = [...points.values()].reduce((a, b) => a + b, 0);
    const wish = what === 'a coffee' ? { offerId: coffeeId, quantity: 1 } : { offerId: world.cashOfferId, quantity: sum / 100 };
    const voucherId = (await world.must(issueVoucher, { residentId, ...wish, by: null })).id;
    const codeHash = await world.showCode(voucherId, residentId);
    await posted();
    const { merchantId, storeId, terminalId } = of(acquirer);
    const order = { orderNo: `order-${voucherId}`, orderAmountFen: 100_000, presentedAt: null };
    return world.must(redeem, { merchantId, storeId, terminalId, codeHash, ...order });
  }

  return {
    ...scheme,
    posted,
    async carryOut(event) {
      waitUntil(event.when);
      const undone = /^(\d+) is reversed$/.exec(event.what)?.[1];
      if (undone) await scheme.reverse(redemptions.get(undone)!);
      else redemptions.set(event.no, await redeemed(event));
      return posted();
    },
    waitUntil,
    named: (text) => [...shops].reduce((written, [id, shop]) => written.replaceAll(of(id).merchantId, shop), text),
  };

  function waitUntil(when: string): void {
    world.clock.now = Date.parse(`${when.replace(' ', 'T')}:00+08:00`);
  }
}

/** The legs of entries in fen, without their order. */
export function fenLegs(entries: readonly Pick<Posted, 'postings'>[], named: (text: string) => string): string[] {
  const legs = entries.flatMap(({ postings }) => postings.filter(({ account }) => !/^(issued|wallet|escrow|redeemed):/.test(account)));
  return legs.map((posting) => named(leg(posting))).toSorted();
}
