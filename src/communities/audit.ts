import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { accountId, type Check, type Finding, finding, normalBalance, summed, walletOf } from '../ledger/index.ts';
import { isOneOf, nameKey, pages, type Row, UNKNOWN_END, type View } from '../store/index.ts';
import { searchKeys } from './people/search-keys.ts';
import { isFound } from './people/standing.ts';

/** The checks that compare the communities' grants with the books, and the register with the keys by which people are found. */
export const communityChecks: readonly Check[] = [
  { id: 'I13', title: "the remaining points of a lot's grants are the lot's balance", run: lotsAreTheirGrants },
  { id: 'S12', title: 'each resident is found by the name and the number in the register', run: residentsAreFound },
];

const PAGE = 2_000;

type Lot = { readonly residentId: string; readonly communityId: string; readonly expiresOn: string };

async function lotsAreTheirGrants(view: View): Promise<Finding> {
  const { account, grant } = view.tables;
  const wallets = await view.read.$count(account, eq(account.kind, 'wallet'));
  let seen = 0;
  let held = 0;
  for await (const lots of lotPages(view)) {
    const balances = await balancesOf(view, lots);
    const remaining = await remainingOf(view, lots);
    for (const lot of lots) {
      const path = walletOf(lot);
      const balance = balances.get(path) ?? 0;
      const broken =
        balance === (remaining.get(path) ?? 0)
          ? undefined
          : `${path}: balance ${balance}, of its grants remain ${remaining.get(path) ?? 0}`;
      if (broken) return finding(seen, 'lots', broken);
      held += balance;
      seen += balances.has(path) ? 1 : 0;
    }
  }
  const [granted] = await view.read.select({ points: sql<number>`coalesce(sum(${grant.remaining}), 0)`.mapWith(Number) }).from(grant);
  const left =
    granted!.points === held && wallets === seen
      ? undefined
      : `grants have ${granted!.points} points left, ${wallets} wallets are there; ${seen} lots hold ${held}`;
  return finding(seen, 'lots', left);
}

function lotPages({ read, tables: { lot } }: View): AsyncGenerator<Row<'lot'>[]> {
  const bound = (last: Lot) =>
    sql`(${lot.residentId}, ${lot.communityId}, ${lot.expiresOn}) > (${sql.param(last.residentId, lot.residentId)}, ${last.communityId}, ${sql.param(last.expiresOn, lot.expiresOn)})`;
  return pages(async (last) =>
    read
      .select()
      .from(lot)
      .where(last && bound(last))
      .orderBy(asc(lot.residentId), asc(lot.communityId), asc(lot.expiresOn))
      .limit(PAGE),
  );
}

/** Points in the wallets of lots, by path. */
async function balancesOf(view: View, lots: readonly Lot[]): Promise<Map<string, number>> {
  const { account } = view.tables;
  const ids = lots.map((lot) => accountId(walletOf(lot)));
  const rows = await view.read
    .select({ path: account.path, balance: summed(account.balance) })
    .from(account)
    .where(isOneOf(view, account.id, ids))
    .groupBy(account.id, account.path);
  return new Map(rows.map(({ path, balance }) => [path, normalBalance('wallet', balance)]));
}

/** Points that remain of the grants of the lots' residents, by the path of their wallet. */
async function remainingOf(view: View, lots: readonly Lot[]): Promise<Map<string, number>> {
  const { grant } = view.tables;
  const { residentId, communityId, expiresOn, remaining } = grant;
  const rows = await view.read
    .select({ residentId, communityId, expiresOn, points: sql<number>`sum(${remaining})`.mapWith(Number) })
    .from(grant)
    .where(and(isOneOf(view, residentId, [...new Set(lots.map((lot) => lot.residentId))]), gt(remaining, 0)))
    .groupBy(residentId, communityId, expiresOn);
  return new Map(rows.map((row) => [walletOf(row), row.points]));
}

async function residentsAreFound(view: View): Promise<Finding> {
  const { resident, residentKey } = view.tables;
  const residents = pages<Row<'resident'>>(async (last) =>
    view.read
      .select()
      .from(resident)
      .where(last && gt(resident.id, last.id))
      .orderBy(asc(resident.id))
      .limit(PAGE),
  );
  let seen = 0;
  let keys = 0;
  for await (const page of residents) {
    const byResident = await keysOf(view, page);
    for (const row of page) {
      const own = byResident.get(row.id) ?? [];
      // The finding is stored: it names nobody.
      const wrong = wrongKey(row, own);
      if (wrong !== undefined) return finding(seen, 'residents', `${row.id}: ${wrong}`);
      seen++;
      keys += own.length;
    }
  }
  const all = await view.read.$count(residentKey);
  return finding(seen, 'residents', all === keys ? undefined : `${all - keys} keys lead to no resident`);
}

async function keysOf(view: View, residents: readonly Row<'resident'>[]): Promise<Map<string, Row<'residentKey'>[]>> {
  const { residentKey } = view.tables;
  const ids = residents.map(({ id }) => id);
  const rows = await view.read
    .select()
    .from(residentKey)
    .where(isOneOf(view, residentKey.residentId, ids));
  return Map.groupBy(rows, ({ residentId }) => residentId);
}

/** The mistake in a resident's keys; undefined: they are those of the name, the home and the number, and no others, or none at all. */
function wrongKey(resident: Row<'resident'>, keys: readonly Row<'residentKey'>[]): string | undefined {
  const { name, nameKey: kept, communityId } = resident;
  if (keys.some((key) => key.communityId !== communityId)) return 'it is found in another community';
  // Some were declined or erased: the name of the latter is emptied a little later.
  if (!isFound(resident)) return keys.some(({ key }) => key !== null) ? 'it is found, though it was declined or erased' : undefined;
  if ((kept ?? '') !== nameKey(name)) return kept === null ? 'its name has no key' : 'its key is that of another name';
  const byPlace = new Map(keys.map(({ place, key }) => [place, key]));
  const [, ...ofName] = searchKeys({ name }, undefined);
  const places = Math.max(ofName.length, ...byPlace.keys());
  for (let place = 1; place <= places; place++)
    if ((byPlace.get(place) ?? null) !== (ofName[place - 1] ?? null)) return `its key ${place} is not that of its name`;
  const end = byPlace.get(0) ?? null;
  return end === null || !END_KEY.test(end) ? 'the key of its number is none' : undefined;
}

/** The key of a number, which only the service can compare with it: known, or still to be filled in. */
const END_KEY = new RegExp(`^${UNKNOWN_END}([0-9a-f]{32})?$`);
