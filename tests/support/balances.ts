import { sql } from 'drizzle-orm';
import type { Row, View } from '../../src/store/index.ts';

export type Balance = Pick<Row<'account'>, 'path' | 'kind' | 'community' | 'unit' | 'balance'>;

/** Every account's balance, debits less credits, in the order of the paths. An account may be kept in several rows: it is their sum. */
export async function balancesOf({ read, tables: { account } }: View): Promise<Balance[]> {
  const { path, kind, community, unit } = account;
  const balance = sql<number>`sum(${account.balance})`.mapWith(Number);
  return read.select({ path, kind, community, unit, balance }).from(account).groupBy(path, kind, community, unit).orderBy(path);
}
