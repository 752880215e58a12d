import type { Schemas } from '../../api/client.ts';
import { lastDayOf, timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';

/** The state of a voucher in a line: its last day, the time and place of its redemption, or only the status. */
export function useVoucherLine({ status, redemption, valid_until: end }: Schemas['Voucher']): string {
  const words = useWords();
  if (status === 'issued') return words.goodUntil(lastDayOf(end));
  if (redemption && status === 'redeemed') return words.redeemedAt(timeOf(redemption.redeemed_at), redemption.store_name);
  return words.status[status];
}
