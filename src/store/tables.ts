/**
 * Every table, written once for both engines. Rows only: the folder that writes a row (ledger, communities, redeem) defines its meaning and
 * its changes.
 *
 * These rules keep the tables fit for a distributed PostgreSQL: everything unique is the primary key; foreign keys lead only to
 * `community`, a small reference table; nothing cascades.
 */
import type { Kit } from './kit.ts';
import { bookTables } from './tables/books.ts';
import { clearingTables } from './tables/clearing.ts';
import { communityTables } from './tables/communities.ts';
import { householdTables } from './tables/households.ts';
import { merchantTables } from './tables/merchants.ts';
import { peopleTables } from './tables/people.ts';
import { signInTables } from './tables/sign-in.ts';
import { spendingTables } from './tables/spending.ts';

export { WALLET_CODE, walletPostings } from './tables/books.ts';

export function tables(kit: Kit) {
  const communities = communityTables(kit);
  const { community } = communities;
  return {
    ...bookTables(kit),
    ...communities,
    ...merchantTables(kit, community),
    ...peopleTables(kit, community),
    ...householdTables(kit, community),
    ...signInTables(kit),
    ...spendingTables(kit, community),
    ...clearingTables(kit, community),
  };
}

export type Tables = ReturnType<typeof tables>;
export type TableName = keyof Tables;
/** The row of each table as the code sees it. */
export type Rows = { [N in TableName]: Tables[N]['$inferSelect'] };
export type Row<N extends TableName> = Rows[N];
