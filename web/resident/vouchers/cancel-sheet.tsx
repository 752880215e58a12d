import { Button } from 'antd-mobile';
import { useState } from 'react';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { useBack } from '../../mobile/back.ts';
import { Outcome } from '../../mobile/outcome.tsx';
import { Sheet } from '../../mobile/sheet.tsx';
import { points } from '../../shared/format.ts';
import { useShared } from '../../shared/words.ts';
import { useRefresh } from '../data.ts';
import { useWords } from '../words.ts';

type Reason = 'unwanted' | 'mistake' | 'other';
const reasons: readonly Reason[] = ['unwanted', 'mistake', 'other'];

/** Says what cancelling does, asks why, and does it. */
export function CancelSheet({ voucher }: { readonly voucher: Schemas['Voucher'] }) {
  const words = useWords();
  const shared = useShared();
  const { id } = voucher;
  const close = useBack(`/vouchers/${id}`);
  const refresh = useRefresh();
  const [why, setWhy] = useState<Reason>('unwanted');
  const { now, send } = useAttempt(async (reason: string, key) => {
    const params = { ...keyed(key).params, path: { id } };
    const cancelled = await answer(api.POST('/v1/me/vouchers/{id}/cancellation', { params, body: { reason } }));
    refresh();
    return cancelled;
  });
  const held = now.state === 'sending' || now.state === 'unknown';
  if (now.state === 'done') {
    return (
      <Sheet title={words.cancelTitle} close={close}>
        <p role="status" className="big-line">
          {words.cancelled(points(now.reply.points))}
        </p>
        <div className="actions">
          <Button block color="primary" size="large" onClick={close}>
            {words.done}
          </Button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={words.cancelTitle} close={close} locked={held}>
      <p>{words.cancelWhat(points(voucher.points))}</p>
      <fieldset className="choices" disabled={held}>
        <legend>{words.cancelWhy}</legend>
        {reasons.map((reason) => (
          <label key={reason}>
            <input type="radio" name="why" checked={why === reason} onChange={() => setWhy(reason)} />
            {words.cancelReasons[reason]}
          </label>
        ))}
      </fieldset>
      <Outcome now={now} />
      <div className="actions">
        <Button block color="danger" size="large" loading={now.state === 'sending'} onClick={() => void send(words.cancelReasons[why])}>
          {now.state === 'unknown' ? shared.retry : words.cancelConfirm}
        </Button>
        <Button block size="large" disabled={held} onClick={close}>
          {words.keepIt}
        </Button>
      </div>
    </Sheet>
  );
}
