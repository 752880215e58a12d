import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { accountId, type Check, type Finding, finding, normalBalance, summed, walletOf } from '../ledger/index.ts';
import { isOneOf, nameKey, pages, type Row, type View } from '../store/index.ts';

/** The checks that compare the communities' grants with the books, and the register with the keys of its names. */
export const communityChecks: readonly Check[] = [
  { id: 'I13', title: "the remaining points of a lot's grants are the lot's balance", run: lotsAreTheirGrants },
  { id: 'S12', title: 'each resident is found by the name in the register', run: residentsAreFound },
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

async function residentsAreFound({ read, tables: { resident } }: View): Promise<Finding> {
  const { id, name, nameKey: key } = resident;
  const residents = pages<Pick<Row<'resident'>, 'id' | 'name' | 'nameKey'>>(async (last) =>
    read
      .select({ id, name, nameKey: key })
      .from(resident)
      .where(last && gt(id, last.id))
      .orderBy(asc(id))
      .limit(PAGE),
  );
  let seen = 0;
  for await (const page of residents) {
    for (const { id: who, name: called, nameKey: kept } of page) {
      // The finding is stored: it names nobody.
      if (kept !== nameKey(called))
        return finding(seen, 'residents', `${who}: ${kept === null ? 'its name has no key' : 'its key is that of another name'}`);
      seen++;
    }
  }
  return finding(seen, 'residents', undefined);
}
