/** Traces a position down to the deeds: to the redemptions behind it, and the grants that their points came from. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { voucherShares } from '../communities/index.ts';
import { isOneOf, type Page, pages, type Row, rowByKey, type View } from '../store/index.ts';
import { bearersIn, type Borne, borneParts } from './borne.ts';
import { type DayLine, type LineKind, lineKinds, linesOfDay } from './day-lines.ts';

/** The dues of one community to another on a business day. */
export type PairDay = { readonly issuer: string; readonly acquirer: string; readonly day: string };

/** A redemption, or the reversal of one, and the amounts that the issuer bears: below zero for a reversal. */
export type PairLine = Borne & Omit<DayLine, 'redemption'>;

/** Where a page of lines ends: the sort key of its last one. */
export type PairLineKey = readonly [kind: LineKind, storeId: string, id: string];

/** The number of lines read at once; those of other pairs are skipped. */
const CHUNK = 200;

/**
 * The lines behind a position, reversals first, then by store; one more than the limit. There is no index from dues to redemptions, since
 * every redemption would have to write it: a page reads the day of the acquirer's stores as far as necessary, at most to its end.
 */
export async function pairLines(view: View, pair: PairDay, { limit, after }: Page<PairLineKey>): Promise<PairLine[]> {
  const stores = await storesOf(view, pair);
  const begun = after ? lineKinds.indexOf(after[0]) : 0;
  const found: PairLine[] = [];
  for (const kind of lineKinds.slice(begun)) {
    const start = after?.[0] === kind ? { storeId: after[1], id: after[2] } : undefined;
    const chunks = pages<DayLine>(async (last) => {
      const begin = last ?? start;
      const left = begin ? stores.filter((store) => store >= begin.storeId) : stores;
      return linesOfDay(view, kind, { day: pair.day, stores: left, after: begin, limit: CHUNK });
    });
    for await (const lines of chunks) {
      found.push(...(await linesOfPair(view, pair, lines)));
      if (found.length > limit) return found.slice(0, limit + 1);
    }
  }
  return found;
}

async function linesOfPair(view: View, { issuer, acquirer, day }: PairDay, lines: readonly DayLine[]): Promise<PairLine[]> {
  const parts = await borneParts(
    view,
    lines.map(({ redemption }) => redemption),
    day,
  );
  return lines.flatMap(({ kind, id, storeId, at, redemption }) =>
    parts
      .get(redemption.id)!
      .filter((part) => part.issuer === issuer && part.acquirer === acquirer)
      .map((part) => ({ ...part, ...(kind === 'reversal' && undone(part)), kind, id, storeId, at })),
  );
}

function undone({ points, fen }: Borne) {
  return { points: 0 - points, fen: 0 - fen };
}

/**
 * The stores, in the order of their ids, whose redemptions the acquirer may pay for on that day: its own, and those of all communities that
 * it has succeeded.
 */
async function storesOf(view: View, { acquirer, day }: PairDay): Promise<string[]> {
  const { read, tables } = view;
  const { community, merchant, store } = tables;
  const communities = new Map((await read.select().from(community)).map((row) => [row.id, row]));
  const leadsThere = (id: string): boolean => {
    const { successorId, succeededFrom } = communities.get(id)!;
    return id === acquirer || (successorId !== null && succeededFrom! <= day && leadsThere(successorId));
  };
  const homes = [...communities.keys()].filter(leadsThere);
  const merchants = await read
    .select({ id: merchant.id })
    .from(merchant)
    .where(isOneOf(view, merchant.communityId, homes));
  const stores = await read
    .select({ id: store.id })
    .from(store)
    .where(
      isOneOf(
        view,
        store.merchantId,
        merchants.map(({ id }) => id),
      ),
    );
  return stores.map(({ id }) => id).toSorted();
}

/** A grant that gave points to a voucher, the rule that it was made by, and how many of its points the voucher holds. */
export type GrantBehind = { readonly grant: Row<'grant'>; readonly rule: Row<'actionRule'>; readonly points: number };

/**
 * The grants behind a redemption whose cost this community bore, or got back when it was undone, in the order of their ids; one more than
 * the limit. Undefined if there is no such redemption, or the community bears nothing of it.
 */
export async function grantsBehind(
  view: View,
  redemptionId: string,
  issuer: string,
  { limit, after }: Page,
): Promise<GrantBehind[] | undefined> {
  const redemption = await rowByKey(view, 'redemption', redemptionId);
  if (!redemption) return undefined;
  const { voucherId, businessDay } = redemption;
  const reversal = await rowByKey(view, 'redemptionReversal', redemptionId);
  const voucher = (await rowByKey(view, 'voucher', voucherId))!;
  const bearer = await bearersIn(view);
  const bears = (of: string) => [businessDay, reversal?.businessDay ?? businessDay].some((day) => bearer(of, day) === issuer);
  if (!voucherShares(voucher).some((share) => bears(share.issuer))) return undefined;
  const found: GrantBehind[] = [];
  for await (const sources of sourcesOf(view, voucherId, after)) {
    const behind = await grantsOf(view, sources);
    found.push(...behind.filter(({ grant }) => bears(grant.communityId)));
    if (found.length > limit) return found.slice(0, limit + 1);
  }
  return found;
}

function sourcesOf({ read, tables: { voucherSource } }: View, voucherId: string, after: string | undefined) {
  const { grantId } = voucherSource;
  return pages<Row<'voucherSource'>>(async (last) => {
    const begin = last?.grantId ?? after;
    return read
      .select()
      .from(voucherSource)
      .where(and(eq(voucherSource.voucherId, voucherId), begin === undefined ? undefined : gt(grantId, begin)))
      .orderBy(asc(grantId))
      .limit(CHUNK);
  });
}

async function grantsOf(view: View, sources: readonly Row<'voucherSource'>[]): Promise<GrantBehind[]> {
  const { grant, actionRule } = view.tables;
  const ids = sources.map(({ grantId }) => grantId);
  const grants = await view.read
    .select()
    .from(grant)
    .where(isOneOf(view, grant.id, ids));
  const ruleIds = [...new Set(grants.map(({ ruleId }) => ruleId))];
  const rules = await view.read
    .select()
    .from(actionRule)
    .where(isOneOf(view, actionRule.id, ruleIds));
  const [grantById, ruleByVersion] = [
    new Map(grants.map((row) => [row.id, row])),
    new Map(rules.map((row) => [`${row.id} ${row.ruleVersion}`, row])),
  ];
  return sources.map(({ grantId, points }) => {
    const row = grantById.get(grantId)!;
    return { grant: row, rule: ruleByVersion.get(`${row.ruleId} ${row.ruleVersion}`)!, points };
  });
}
