/** The changes that adjustments made for merchants: the mirror of a wrong entry, and the right one in its place. */
import { and, asc, gte, lte } from 'drizzle-orm';
import { entriesById, partsOf } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';

/** A leg of an adjustment on a community's payable to a merchant; `fen` is the amount that it added. */
type AdjustedPayable = {
  readonly adjustment: Row<'adjustment'>;
  readonly community: string;
  readonly merchantId: string;
  readonly fen: number;
};

/** The amounts that the adjustments of these business days added to the communities' payables. There are few of them. */
export async function adjustedPayables(view: View, from: string, through: string): Promise<AdjustedPayable[]> {
  const { adjustment } = view.tables;
  const rows = await view.read
    .select()
    .from(adjustment)
    .where(and(gte(adjustment.businessDay, from), lte(adjustment.businessDay, through)))
    .orderBy(asc(adjustment.id));
  const made = new Map(
    rows.flatMap((row) => (row.rightId === null ? [row.mirrorId] : [row.mirrorId, row.rightId]).map((id) => [id, row] as const)),
  );
  const entries = await entriesById(view, [...made.keys()]);
  return entries.flatMap(({ id, postings }) =>
    postings.flatMap(({ account, amount }) => {
      const { kind, community, other: merchantId } = partsOf(account);
      return kind === 'payable' ? [{ adjustment: made.get(id)!, community, merchantId, fen: 0 - amount }] : [];
    }),
  );
}
