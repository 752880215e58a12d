import type { Schemas } from '../../api/client.ts';
import { lastDayOf, timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';

/** Whether a voucher is open, and no shop takes it now: the only one that does is suspended. */
export function isTakenNowhere({ status, merchant_status: merchant }: Schemas['Voucher']): boolean {
  return status === 'issued' && merchant === 'suspended';
}

/** The state of a voucher in a line: its last day, the time and place of its redemption, or only the status. */
export function useVoucherLine(voucher: Schemas['Voucher']): string {
  const words = useWords();
  const { status, redemption, valid_until: end } = voucher;
  if (isTakenNowhere(voucher)) return `${words.shopSuspended} · ${words.goodUntil(lastDayOf(end))}`;
  if (status === 'issued') return words.goodUntil(lastDayOf(end));
  if (redemption && status === 'redeemed') return words.redeemedAt(timeOf(redemption.redeemed_at), redemption.store_name);
  return words.status[status];
}
