import { Button } from 'antd-mobile';
import { clockOf, yuan } from '../../shared/format.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useCounter, useEntries } from '../context.tsx';
import type { Entry } from '../queue/entry.ts';
import { useWords } from '../words.ts';
import { inLanguage } from './card.ts';

/** The attempts whose outcome is not known for sure, and outcomes that came after the cashier had gone on to the next voucher. */
export function PendingList() {
  const words = useWords();
  const { queue } = useCounter();
  const entries = useEntries();
  const elsewhere = queue.elsewhere();
  if (entries.length === 0 && elsewhere === 0) return null;
  return (
    <section className="card pending" aria-label={words.pending}>
      <h2>{words.pendingCount(entries.length)}</h2>
      <ul aria-live="polite">
        {entries.map((entry) => (
          <PendingItem key={entry.requestNo} entry={entry} />
        ))}
      </ul>
      {elsewhere > 0 && <p className="note">{words.elsewhere(elsewhere)}</p>}
    </section>
  );
}

function PendingItem({ entry }: { readonly entry: Entry }) {
  const words = useWords();
  const { order, seen, startedAt, outcome } = entry;
  const amount = seen.faceFen === null ? '' : words.off(yuan(seen.faceFen));
  return (
    <li>
      <p>
        <time>{clockOf(new Date(startedAt).toISOString())}</time> {order.order_no} {amount} {seen.residentName}
      </p>
      <p className={outcome?.status === 'refused' ? 'told red' : 'told'}>{useTold(entry)}</p>
      <Choices entry={entry} />
    </li>
  );
}

function useTold({ outcome, void: advice, presentedAt, given, seen }: Entry): string {
  const words = useWords();
  const { language } = useLanguage();
  switch (outcome?.status) {
    case 'succeeded': {
      const { discount_fen: fen } = outcome.redemption;
      const other = seen.faceFen !== null && seen.faceFen !== fen ? words.otherFace(yuan(seen.faceFen)) : '';
      return `${words.done(yuan(fen))} ${other}`;
    }
    case 'refused':
      return (given === 'given' ? words.refusedGiven : words.refused)(inLanguage(language, outcome));
    case 'voided':
      return `${words.voided} ${outcome.undone ? words.voidedUndone : words.voidedUnseen}`;
    case undefined:
      if (advice) return words.voiding;
      if (presentedAt !== null) return words.toForward;
      return given === 'given' ? words.settlingGiven : words.settlingUnsaid;
  }
}

function Choices({ entry }: { readonly entry: Entry }) {
  const words = useWords();
  const { queue } = useCounter();
  const { requestNo, outcome, given, void: advice } = entry;
  const voidIt = () => void queue.void(requestNo, words.notGiven);
  if (outcome) {
    const unsure = outcome.status === 'succeeded' && given === 'unsaid';
    return (
      <div className="row">
        <Button size="small" onClick={() => void queue.forget(requestNo)}>
          {unsure ? words.given : words.seen}
        </Button>
        {unsure && (
          <Button size="small" onClick={voidIt}>
            {words.notGivenVoid}
          </Button>
        )}
      </div>
    );
  }
  if (advice) return null;
  return (
    <div className="row">
      <Button size="small" onClick={voidIt}>
        {words.notGivenVoid}
      </Button>
      {given === 'unsaid' && (
        <Button size="small" onClick={() => void queue.given(requestNo)}>
          {words.givenSettle}
        </Button>
      )}
    </div>
  );
}
