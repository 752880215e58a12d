import { sql } from 'drizzle-orm';
import { accountId, summed } from '../../ledger/index.ts';
import { placed, preparing, rowByKey, type View } from '../../store/index.ts';
import { figuresOf, issuerAccounts, type IssuerFigures, type IssuerLimit, limitFrom } from '../effective-limit.ts';
import { exposureKey, exposureLimitOf } from '../limits.ts';
import { readPolicy } from '../policies.ts';

/** The limits on grants of these communities at `at`, each with the parts that it is computed from, in the order of the input. */
export async function limitsOf(view: View, communityIds: readonly string[], at: number): Promise<IssuerLimit[]> {
  const [exposure, rate, fund] = await Promise.all([
    readPolicy(view, 'exposure_limit', at),
    readPolicy(view, 'rate', at),
    readPolicy(view, 'fund', at),
  ]);
  const figures = await Promise.all(communityIds.map((id) => readFigures(view, id)));
  return communityIds.map((id, n) => limitFrom(figures[n]!, { exposurePoints: exposureLimitOf(exposure, id), rate, fund }));
}

/** The limit on grants of one community at `at`. */
export async function limitOf(view: View, communityId: string, at: number): Promise<IssuerLimit> {
  return (await limitsOf(view, [communityId], at))[0]!;
}

async function readFigures(view: View, communityId: string): Promise<IssuerFigures> {
  const values = issuerAccounts(communityId).map((path, n) => [String(n), accountId(path)] as const);
  const balances = new Map((await standing(view).execute(Object.fromEntries(values))).map(({ path, balance }) => [path, balance]));
  // Read after the balances: points that are granted and spent in between then count as open, and the sum never falls below zero.
  const granted = await rowByKey(view, 'limitUse', exposureKey(communityId));
  return figuresOf(communityId, granted?.used ?? 0, (path) => balances.get(path) ?? 0);
}

/** The accounts of one issuer, each as the sum of its stripes. */
const standing = preparing('accounts of an issuer', ({ read, tables: { account } }) => {
  const ids = issuerAccounts('any').map((_, n) => placed(String(n), account.id));
  return read
    .select({ path: account.path, balance: summed(account.balance) })
    .from(account)
    .where(sql`${account.id} in (${sql.join(ids, sql`, `)})`)
    .groupBy(account.path, account.id);
});
