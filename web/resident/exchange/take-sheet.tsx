import { Button } from 'antd-mobile';
import { useEffect } from 'react';
import { postMeVouchers } from '../../api/bounds.ts';
import { useBack } from '../../mobile/back.ts';
import { Outcome } from '../../mobile/outcome.tsx';
import { Sheet } from '../../mobile/sheet.tsx';
import { useDraft } from '../../shared/draft.ts';
import { lastDayOf, points, yuan } from '../../shared/format.ts';
import { useShared } from '../../shared/words.ts';
import { useResident } from '../resident.ts';
import { useWallet } from '../data.ts';
import { useBarred } from '../standing.tsx';
import { useWords } from '../words.ts';
import type { Offer } from './offer-card.tsx';
import { Stepper } from './stepper.tsx';
import { Taken } from './taken.tsx';
import { useTaking } from './taking.tsx';

/** Says exactly what taking an offer does, takes it, and leads to its code. */
export function TakeSheet({ offer }: { readonly offer: Offer | undefined }) {
  const words = useWords();
  const shared = useShared();
  const close = useBack('/exchange');
  const { now, send, reset } = useTaking();
  useEffect(() => reset, [reset]);
  if (now.state === 'done') return <Taken voucher={now.reply} close={close} />;
  if (now.state === 'unknown') {
    return (
      <Sheet title={words.take} close={close} locked>
        <Outcome now={now} />
        <div className="actions">
          <Button block color="primary" size="large" onClick={() => void send({ offerId: '', quantity: 0 })}>
            {shared.retry}
          </Button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={offer ? words.takeTitle(offer.title) : words.take} close={close} locked={now.state === 'sending'}>
      {offer ? <TakeForm offer={offer} /> : <p>{words.offerGone}</p>}
    </Sheet>
  );
}

function TakeForm({ offer }: { readonly offer: Offer }) {
  const words = useWords();
  const { offline } = useResident();
  const barred = useBarred();
  const { now, send } = useTaking();
  const { data: wallet } = useWallet();
  const { draft, setDraft, clear } = useDraft(`take:${offer.id}`, { quantity: 1 });
  const held = wallet?.points ?? 0;
  const most = Math.max(1, Math.min(postMeVouchers.quantity.maximum, Math.floor(held / offer.points)));
  const quantity = offer.kind === 'cash' ? Math.min(draft.quantity, most) : 1;
  const price = offer.points * quantity;
  const suspended = offer.merchant?.status === 'suspended';
  const confirm = async () => {
    if (await send({ offerId: offer.id, quantity })) clear();
  };
  return (
    <>
      {offer.kind === 'cash' && (
        <Stepper value={quantity} most={most} locked={now.state === 'sending'} change={(next) => setDraft({ quantity: next })} />
      )}
      <dl className="facts" aria-live="polite">
        <div>
          <dt>{words.takePays}</dt>
          <dd>{words.price(points(price))}</dd>
        </div>
        <div>
          <dt>{words.takeTakesOff}</dt>
          <dd className="off">{words.takesOff(yuan(offer.face_fen * quantity))}</dd>
        </div>
        {held >= price && (
          <div>
            <dt>{words.takeLeft}</dt>
            <dd>{words.price(points(held - price))}</dd>
          </div>
        )}
        <div>
          <dt>{words.takeGoodUntil}</dt>
          <dd>{lastDayOf(offer.valid_until)}</dd>
        </div>
      </dl>
      <p className="note">{words.takeHow}</p>
      <Outcome now={now} />
      {held < price && <p className="problem">{words.notEnough(points(price - held))}</p>}
      {suspended && <p className="problem">{words.offerSuspended}</p>}
      {barred !== undefined && <p className="problem">{barred}</p>}
      {offline && <p className="problem">{words.offlineNoWrite}</p>}
      <Button
        block
        color="primary"
        size="large"
        loading={now.state === 'sending'}
        disabled={held < price || offline || suspended || barred !== undefined}
        onClick={() => void confirm()}
      >
        {words.takeConfirm(points(price))}
      </Button>
    </>
  );
}
