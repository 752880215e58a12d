import { Link } from 'wouter';
import { useVouchers } from '../data.ts';
import { isTakenNowhere } from '../vouchers/voucher-line.ts';
import { useWords } from '../words.ts';

/** The shortest way to the till: vouchers that are ready to be shown. */
export function ReadyVouchers() {
  const words = useWords();
  const vouchers = useVouchers();
  const ready =
    vouchers.data?.pages.flatMap(({ items }) => items).filter((each) => each.status === 'issued' && !isTakenNowhere(each)) ?? [];
  if (ready.length === 0) return null;
  const only = ready.length === 1 ? ready[0] : undefined;
  return (
    <Link className="card link-card" to={only ? `/vouchers/${only.id}/code` : '/vouchers'}>
      <span>{words.openVouchers(ready.length)}</span>
      <span className="go">{only ? words.showCode : words.vouchers} ›</span>
    </Link>
  );
}
