import { Button } from 'antd-mobile';
import { useLocation } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { Sheet } from '../../mobile/sheet.tsx';
import { lastDayOf, yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';

/** It was taken: what it is, and the way to its code. */
export function Taken({ voucher, close }: { readonly voucher: Schemas['Voucher']; readonly close: () => void }) {
  const words = useWords();
  const [, navigate] = useLocation();
  return (
    <Sheet title={words.taken} close={close}>
      <div role="status">
        <p className="big-line">{words.takenText(voucher.title, yuan(voucher.face_fen))}</p>
        <p className="note">{words.goodUntil(lastDayOf(voucher.valid_until))}</p>
      </div>
      <div className="actions">
        <Button block color="primary" size="large" onClick={() => navigate(`/vouchers/${voucher.id}/code`, { replace: true })}>
          {words.showNow}
        </Button>
        <Button block size="large" onClick={close}>
          {words.done}
        </Button>
      </div>
    </Sheet>
  );
}
