import { type EntryDraft, type Facts, put, type Row, type RowChange } from '../ledger/index.ts';
import { returnPoints } from './sources.ts';

/** A voucher that still holds its points. */
export function isOpen({ state }: Pick<Row<'voucher'>, 'state'>): boolean {
  return state === 'issued' || state === 'suspended';
}

/**
 * Open vouchers as they end at `at`, all in one command: one whose date is past expires, any other is cancelled for this reason. Their points
 * go back to where they came from, in an entry each. Needs the facts of `wantReturn`.
 */
export function ended(
  facts: Facts,
  vouchers: readonly Row<'voucher'>[],
  at: number,
  reason: string | null,
): { entries: EntryDraft[]; rows: RowChange[] } {
  const { postings, grants } = returnPoints(
    facts,
    vouchers.map(({ id }) => id),
    at,
  );
  const ends = vouchers.map((voucher, n) => endOf(voucher, postings[n]!, at, reason));
  return {
    entries: ends.map(({ entry }) => entry),
    rows: [...ends.map(({ row }) => put('voucher', row)), ...grants.map((grant) => put('grant', grant))],
  };
}

function endOf(
  voucher: Row<'voucher'>,
  postings: EntryDraft['postings'],
  at: number,
  reason: string | null,
): { entry: EntryDraft; row: Row<'voucher'> } {
  const { id: subject, validUntil } = voucher;
  return at >= validUntil
    ? { entry: { kind: 'voucher_expiry', effectiveAt: validUntil, subject, postings }, row: { ...voucher, state: 'expired' } }
    : {
        entry: { kind: 'voucher_cancellation', effectiveAt: at, subject, postings },
        row: { ...voucher, state: 'cancelled', stateReason: reason },
      };
}
