/** What was redeemed between whom: counted from the redemptions and reversals of business days. */
import { and, asc, eq, gt, gte, lte, sql } from 'drizzle-orm';
import { type Command, one, put } from '../ledger/index.ts';
import { isOneOf, pages, type Row, type View } from '../store/index.ts';
import { type Bearers, bearersIn } from './bearers.ts';

/** What vouchers of one issuer took off at merchants of one acquirer, less what was undone; `fen` is what the issuer bears. */
export type Flow = {
  readonly issuer: string;
  readonly acquirer: string;
  readonly points: number;
  readonly fen: number;
  readonly redemptions: number;
  readonly reversals: number;
};

export type DayFlow = Flow & { readonly day: string };

const PAGE = 1_000;

/**
 * The flows of the business days from `from` to `through`, by day and in the order of the communities' ids. Days that were tallied are read,
 * the others counted now.
 */
export async function flowsOfDays(view: View, from: string, through: string): Promise<DayFlow[]> {
  const { dayFlows } = view.tables;
  const rows = await view.read
    .select()
    .from(dayFlows)
    .where(and(gte(dayFlows.day, from), lte(dayFlows.day, through)));
  const tallied = new Map(rows.map(({ day, flows }) => [day, JSON.parse(flows) as Flow[]]));
  const days = [...new Set([...tallied.keys(), ...(await busyDays(view, from, through))])].toSorted();
  const flows: DayFlow[] = [];
  for (const day of days) {
    for (const flow of tallied.get(day) ?? (await countFlows(view, day))) flows.push({ day, ...flow });
  }
  return flows;
}

/** The business days on which anything was redeemed or undone: a look-up in an index for each. */
async function busyDays({ read, tables: { redemption, redemptionReversal } }: View, from: string, through: string): Promise<string[]> {
  const days: string[] = [];
  for (const table of [redemption, redemptionReversal]) {
    const { businessDay } = table;
    const next = pages<{ day: string }>(async (last) =>
      read
        .select({ day: businessDay })
        .from(table)
        .where(and(last ? gt(businessDay, last.day) : gte(businessDay, from), lte(businessDay, through)))
        .orderBy(asc(businessDay))
        .limit(1),
    );
    for await (const [found] of next) days.push(found!.day);
  }
  return days;
}

/** Goes through the redemptions and reversals of a day. */
export async function countFlows(view: View, day: string): Promise<Flow[]> {
  const bearers = await bearersIn(view);
  const sums = new Map<string, Flow>();
  for await (const page of redemptionPages(view, day)) await addUp(view, bearers, sums, page, 1);
  for await (const page of reversalPages(view, day)) {
    const ids = page.map(({ redemptionId }) => redemptionId);
    const { redemption } = view.tables;
    const undone = await view.read
      .select()
      .from(redemption)
      .where(isOneOf(view, redemption.id, ids));
    await addUp(view, bearers, sums, undone, -1);
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow);
}

/** Adds redemptions to the sums, or takes away those that were undone. */
async function addUp(view: View, bearers: Bearers, sums: Map<string, Flow>, redemptions: readonly Row<'redemption'>[], sign: 1 | -1) {
  const { voucher } = view.tables;
  const rows = await view.read
    .select({ id: voucher.id, shares: voucher.shares })
    .from(voucher)
    .where(
      isOneOf(
        view,
        voucher.id,
        redemptions.map(({ voucherId }) => voucherId),
      ),
    );
  const sharesOf = new Map(rows.map(({ id, shares }) => [id, JSON.parse(shares) as Share[]]));
  for (const { voucherId, merchantId, businessDay } of redemptions) {
    const acquirer = bearers.ofMerchant(merchantId, businessDay);
    for (const { issuer, points, fen } of sharesOf.get(voucherId)!) {
      const bearer = bearers.of(issuer, businessDay);
      const pair = `${bearer}>${acquirer}`;
      const sum = sums.get(pair) ?? { issuer: bearer, acquirer, points: 0, fen: 0, redemptions: 0, reversals: 0 };
      const counts = sign > 0 ? { redemptions: sum.redemptions + 1 } : { reversals: sum.reversals + 1 };
      sums.set(pair, { ...sum, ...counts, points: sum.points + sign * points, fen: sum.fen + sign * fen });
    }
  }
}

type Share = { readonly issuer: string; readonly points: number; readonly fen: number };

function redemptionPages({ read, tables: { redemption } }: View, day: string): AsyncGenerator<Row<'redemption'>[]> {
  const { businessDay, storeId, id } = redemption;
  return pages(async (last) =>
    read
      .select()
      .from(redemption)
      .where(and(eq(businessDay, day), last && sql`(${storeId}, ${id}) > (${sql.param(last.storeId, storeId)}, ${sql.param(last.id, id)})`))
      .orderBy(asc(storeId), asc(id))
      .limit(PAGE),
  );
}

function reversalPages({ read, tables: { redemptionReversal } }: View, day: string): AsyncGenerator<Row<'redemptionReversal'>[]> {
  const { businessDay, storeId, id } = redemptionReversal;
  return pages(async (last) =>
    read
      .select()
      .from(redemptionReversal)
      .where(and(eq(businessDay, day), last && sql`(${storeId}, ${id}) > (${sql.param(last.storeId, storeId)}, ${sql.param(last.id, id)})`))
      .orderBy(asc(storeId), asc(id))
      .limit(PAGE),
  );
}

export type TallyInput = {
  readonly day: string;
  /** A closed business day, not before that one: nothing more comes to it. */
  readonly closedDay: string;
  readonly flows: readonly Flow[];
};

/** Keeps the flows of a closed day, once, so that they are not counted again. */
export const tallyDay: Command<TallyInput, { day: string }> = {
  name: 'tally-day',
  load: ({ day, closedDay }) => [one('dayFlows', day), one('businessDay', closedDay)],
  decide(facts, { day, closedDay, flows }, { at }) {
    const fresh = !facts.get('dayFlows', day) && closedDay >= day && facts.get('businessDay', closedDay);
    return { rows: fresh ? [put('dayFlows', { day, flows: JSON.stringify(flows), talliedAt: at })] : [], reply: { day } };
  },
};
