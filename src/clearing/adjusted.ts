/** What adjustments posted: the mirror of a wrong entry, and the right one in its place. */
import { and, asc, gte, lte } from 'drizzle-orm';
import { type AccountKind, entriesById } from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';

/** A leg of an adjustment on an account that is normally credited; `fen` is what it added to its balance. */
export type AdjustedLeg = { readonly adjustment: Row<'adjustment'>; readonly path: readonly string[]; readonly fen: number };

/** What the adjustments of these business days posted to accounts of a kind. They are few. */
export async function adjustedLegs(view: View, kind: AccountKind, from: string, through: string): Promise<AdjustedLeg[]> {
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
    postings
      .map(({ account, amount }) => ({ adjustment: made.get(id)!, path: account.split(':'), fen: 0 - amount }))
      .filter(({ path }) => path[0] === kind),
  );
}
