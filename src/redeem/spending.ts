/** Whether somebody may spend points: the same for vouchers, codes, papers and redemptions. */
import type { Refusal, Row } from '../ledger/index.ts';
import { notSpending as barred } from '../communities/index.ts';
import { refuse } from './refusals.ts';

type Spender = Pick<Row<'resident'>, 'id' | 'status' | 'spendsFrom' | 'papersFrom'>;

/** The refusal to let a resident spend at `at`, for those who know the resident; undefined: points can be spent. */
export function notSpending(resident: Spender, at: number): Refusal | undefined {
  return closedTo(resident, at, { resident_id: resident.id });
}

/** The same for a code at a till, which is not told who the resident is. A paper that was printed before, or just when the number was changed, is no longer good. */
export function notSpendingBy(code: Pick<Row<'code'>, 'mintedAt' | 'pinHash'>, resident: Spender, at: number): Refusal | undefined {
  const closed = closedTo(resident, at, {});
  if (closed) return closed;
  const isFormer = code.pinHash !== null && resident.papersFrom !== null && code.mintedAt <= resident.papersFrom;
  return isFormer ? refuse('paper_withdrawn') : undefined;
}

function closedTo(resident: Spender, at: number, told: { readonly resident_id?: string }): Refusal | undefined {
  const { spendsFrom } = resident;
  return barred(resident, told) ?? closedUntil(spendsFrom, at);
}

function closedUntil(spendsFrom: number | null, at: number): Refusal | undefined {
  return spendsFrom !== null && at < spendsFrom ? refuse('spending_closed', { spends_from: spendsFrom }) : undefined;
}
