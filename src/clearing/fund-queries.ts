import { and, desc, eq, lt } from 'drizzle-orm';
import { limitOf } from '../communities/index.ts';
import { account, accountId, balances } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';

export type Fund = {
  /** The totals so far: contributed, and spent on its points. */
  readonly fundFen: number;
  readonly costFen: number;
  /** Points in wallets and vouchers, and their value at the rate. */
  readonly openPoints: number;
  readonly openFen: number;
  /** The balance of its bank account in the books. */
  readonly bankFen: number;
};

/** A community's fund at `at`; all zeros if nothing was contributed and nothing granted. */
export async function fundOf(view: View, communityId: string, at: number): Promise<Fund> {
  const { openPoints, openFen, fundFen, costFen } = await limitOf(view, communityId, at);
  const [bank] = await balances(view, { where: eq(view.tables.account.id, accountId(account.bank(communityId))) });
  return { fundFen, costFen, openPoints, openFen, bankFen: bank?.balance ?? 0 };
}

/**
 * The movements on a community's bank account, newest first; `after` is the entry that the page before ended with. One row more than the
 * limit.
 */
export async function movementsPage(
  { read, tables: { bankMovement } }: View,
  communityId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Row<'bankMovement'>[]> {
  const before = after === undefined ? undefined : lt(bankMovement.entryId, after);
  return read
    .select()
    .from(bankMovement)
    .where(and(eq(bankMovement.communityId, communityId), before))
    .orderBy(desc(bankMovement.entryId))
    .limit(limit + 1);
}
