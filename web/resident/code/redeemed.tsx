import { useEffect } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { timeOf, yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';

const BUZZ_MS = [120, 80, 240];

/** It is done: large enough to be seen from across the counter. */
export function Redeemed({ voucher }: { readonly voucher: Schemas['Voucher'] }) {
  const words = useWords();
  const { redemption } = voucher;
  useEffect(() => {
    // A browser refuses it on a page that nobody has touched yet.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ_MS);
  }, []);
  return (
    <div className="redeemed">
      <svg viewBox="0 0 48 48" width="88" height="88" aria-hidden="true">
        <circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" strokeWidth="3" />
        <path d="m14 25 7 7 14-16" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <p className="redeemed-what">{words.redeemedOff(yuan(voucher.face_fen))}</p>
      {redemption && <p>{words.redeemedWhere(redemption.store_name, timeOf(redemption.redeemed_at))}</p>}
      <Link to="/vouchers" replace>
        {words.backToVouchers}
      </Link>
    </div>
  );
}
