import { eq, ne, sql } from 'drizzle-orm';
import { type Check, type Finding, found } from '../ledger/index.ts';
import { hexText, type View } from '../store/index.ts';

/** The checks that compare what the communities granted with the books. */
export const communityChecks: readonly Check[] = [
  { id: 'I13', title: "what remains of a lot's grants is the lot's balance", run: lotsAreTheirGrants },
];

/** One row a lot from each side: its wallet account, and what remains of its grants. */
async function lotsAreTheirGrants({ engine, read, tables: { account, grant } }: View): Promise<Finding> {
  const wallet = sql<string>`'wallet:' || ${grant.communityId} || ':res_' || ${hexText(engine, grant.residentId)} || ':' || ${grant.expiresOn}`;
  const sides = read
    .select({
      path: sql<string>`${account.path}`.as('path'),
      balance: sql<number>`0 - ${account.balance}`.as('balance'),
      remaining: sql<number>`0`.as('remaining'),
    })
    .from(account)
    .where(eq(account.kind, 'wallet'))
    .unionAll(
      read
        .select({
          path: wallet.as('path'),
          balance: sql<number>`0`.as('balance'),
          remaining: sql<number>`${grant.remaining}`.as('remaining'),
        })
        .from(grant),
    )
    .as('sides');
  const balance = sql<number>`sum(${sides.balance})`.mapWith(Number);
  const remaining = sql<number>`sum(${sides.remaining})`.mapWith(Number);
  const [off] = await read
    .select({ path: sides.path, balance, remaining })
    .from(sides)
    .groupBy(sql`${sides.path}`)
    .having(ne(balance, remaining))
    .limit(1);
  const broken = off && `${off.path}: balance ${off.balance}, of its grants remain ${off.remaining}`;
  return found(await read.$count(account, eq(account.kind, 'wallet')), 'lots', broken);
}
