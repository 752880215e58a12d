import { and, desc, eq, lt } from 'drizzle-orm';
import { limitOf } from '../communities/index.ts';
import { account, accountId, balances } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';

export type Fund = {
  /** All that was ever contributed, and what its points have cost to date. */
  readonly fundFen: number;
  readonly costFen: number;
  /** Points in wallets and vouchers, and what they are worth at the rate. */
  readonly openPoints: number;
  readonly openFen: number;
  /** On its bank account by the books. */
  readonly bankFen: number;
};

/** A community's fund at `at`; all zeros where nothing was contributed and nothing granted. */
export async function fundOf(view: View, communityId: string, at: number): Promise<Fund> {
  const { openPoints, openFen, fundFen, costFen } = await limitOf(view, communityId, at);
  const [bank] = await balances(view, { where: eq(view.tables.account.id, accountId(account.bank(communityId))) });
  return { fundFen, costFen, openPoints, openFen, bankFen: bank?.balance ?? 0 };
}

/** What moved on a community's bank account, newest first; `after` is the entry that the page before ended with. One row more than the limit. */
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
