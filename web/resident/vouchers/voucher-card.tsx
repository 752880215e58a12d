import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { isTakenNowhere, useVoucherLine } from './voucher-line.ts';

/** A voucher in the list: the card leads to all about it, and its button straight to the code. */
export function VoucherCard({ voucher }: { readonly voucher: Schemas['Voucher'] }) {
  const words = useWords();
  const line = useVoucherLine(voucher);
  const ready = voucher.status === 'issued' && !isTakenNowhere(voucher);
  return (
    <li className={`card voucher ${ready ? 'ready' : 'over'}`}>
      <Link to={`/vouchers/${voucher.id}`} className="voucher-body">
        <span className="offer-text">
          <span className="offer-face">{words.takesOff(yuan(voucher.face_fen))}</span>
          <strong>{voucher.title}</strong>
          {voucher.merchant_name !== null && <span className="note">{words.onlyAt(voucher.merchant_name)}</span>}
          <span className="note">{line}</span>
        </span>
      </Link>
      {ready && (
        <Link to={`/vouchers/${voucher.id}/code`} className="show-code" aria-label={`${words.showCode} ${voucher.title}`}>
          {words.showCode}
        </Link>
      )}
    </li>
  );
}
