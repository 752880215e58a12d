import { Button } from 'antd-mobile';
import type { ReactNode } from 'react';
import { yuan, yuanFixed } from '../../shared/format.ts';
import { useLanguage } from '../../shared/text.tsx';
import type { Entry, Seen } from '../queue/entry.ts';
import type { Order } from '../teller.ts';
import { useWords } from '../words.ts';
import { type Card, inLanguage, paidFen } from './card.ts';
import type { Till } from './use-till.ts';

type AnswerProps = {
  readonly till: Till;
  readonly next: (byCamera?: boolean) => void;
  readonly sameOrder: (order: Order, offFen: number) => void;
};

/** The one big answer: green, red, or yellow where nobody knows. Its mark and words say the same as its colour. */
export function AnswerCard(props: AnswerProps) {
  const { card } = props.till;
  return (
    <div aria-live="assertive" aria-atomic="true">
      <Answer card={card} {...props} />
    </div>
  );
}

function Answer({ card, ...props }: AnswerProps & { readonly card: Card }) {
  const words = useWords();
  const { language } = useLanguage();
  const { till, next } = props;
  switch (card.state) {
    case 'ready':
      return <Big tone="plain" mark="" title={words.ready} />;
    case 'asking':
      return <Big tone="plain" mark="…" title={words.asking} />;
    case 'good':
      if (card.problem !== null) return <Big tone="red" mark="✕" title={card.problem} note={words.correctAndAgain} />;
      return (
        <Big tone="pale" mark="✓" title={words.good(yuan(card.voucher.face_fen))}>
          <Who title={card.voucher.title} residentName={card.voucher.resident_name} />
        </Big>
      );
    case 'bad':
      return (
        <Big tone="red" mark="✕" title={inLanguage(language, card)} note={card.seen ? undefined : words.noDiscount}>
          {card.seen && <Who {...card.seen} />}
          {card.code !== null && <Button onClick={() => void till.look(card.code!)}>{words.askAgain}</Button>}
          <NextButton next={next} />
        </Big>
      );
    case 'unreached':
      return (
        <Big tone="yellow" mark="!" title={words.unreached} note={words.unreachedHint}>
          <Button onClick={() => void till.look(card.code)}>{words.askAgain}</Button>
        </Big>
      );
    case 'sending':
      return <Big tone="plain" mark="…" title={words.sending} />;
    case 'unknown':
      return (
        <Big tone="yellow" mark="!" title={words.unknown} note={words.unknownHint}>
          <Decision entry={card.entry} till={till} next={next} />
        </Big>
      );
    case 'stored':
      return (
        <Big tone="yellow" mark="✓" title={words.stored(yuan(card.entry.seen.faceFen ?? 0))} note={words.storedHint}>
          <Paid fen={paidFen(card.entry.order, card.offFen + (card.entry.seen.faceFen ?? 0))} />
          <NextButton next={next} />
        </Big>
      );
    case 'done':
      return <Done card={card} {...props} />;
    case 'voided':
      return (
        <Big tone="red" mark="✕" title={words.voided} note={card.undone ? words.voidedUndone : words.voidedUnseen}>
          <NextButton next={next} />
        </Big>
      );
  }
}

function Done({ card, next, sameOrder }: Omit<AnswerProps, 'till'> & { readonly card: Extract<Card, { state: 'done' }> }) {
  const words = useWords();
  const { redemption, order, seen, offFen } = card;
  const off = offFen + redemption.discount_fen;
  return (
    <Big tone="green" mark="✓" title={words.done(yuan(redemption.discount_fen))}>
      <Paid fen={paidFen(order, off)} />
      <Who {...seen} />
      {seen.faceFen !== null && seen.faceFen !== redemption.discount_fen && <p>{words.otherFace(yuan(seen.faceFen))}</p>}
      <NextButton next={next} />
      {order.order_amount_fen !== undefined && order.order_amount_fen > off && (
        <Button block onClick={() => sameOrder(order, off)}>
          {words.sameOrder}
        </Button>
      )}
    </Big>
  );
}

/** Asks whether the resident had the discount, which only the cashier knows. */
function Decision({ entry, till, next }: Pick<AnswerProps, 'till' | 'next'> & { readonly entry: Entry }) {
  const words = useWords();
  const voidIt = () => void till.void(entry);
  const keep = () => {
    void till.given(entry);
    next();
  };
  return (
    <div className="choices">
      <Button block size="large" onClick={voidIt}>
        {words.notGivenVoid}
      </Button>
      <Button block size="large" onClick={keep}>
        {words.givenSettle}
      </Button>
      <Button block fill="none" onClick={() => next()}>
        {words.nextMeanwhile}
      </Button>
    </div>
  );
}

function NextButton({ next }: Pick<AnswerProps, 'next'>) {
  const words = useWords();
  return (
    <div className="choices">
      <Button block size="large" onClick={() => next()}>
        {words.next}
      </Button>
      <Button block fill="none" className="coarse-only" onClick={() => next(true)}>
        {words.nextByCamera}
      </Button>
    </div>
  );
}

function Who({ title, residentName }: Pick<Seen, 'title' | 'residentName'>) {
  if (title === null && residentName === null) return null;
  return (
    <p className="who">
      {title} {residentName !== null && <strong>{residentName}</strong>}
    </p>
  );
}

function Paid({ fen }: { readonly fen: number | undefined }) {
  const words = useWords();
  return fen === undefined ? null : <p className="paid">{words.paid(yuanFixed(fen))}</p>;
}

type BigProps = {
  readonly tone: 'pale' | 'green' | 'red' | 'yellow' | 'plain';
  readonly mark: string;
  readonly title: string;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
};

function Big({ tone, mark, title, note, children }: BigProps) {
  return (
    <section className={`answer ${tone}`}>
      <h2>
        {mark !== '' && <span aria-hidden="true">{mark} </span>}
        {title}
      </h2>
      {note !== undefined && <p>{note}</p>}
      {children}
    </section>
  );
}
