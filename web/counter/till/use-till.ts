/** The steps at the till: a code comes in, is looked up, and is redeemed. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, NoAnswer } from '../../api/client.ts';
import { useDraft } from '../../shared/draft.ts';
import { postRedemptions } from '../../api/bounds.ts';
import { fenOf } from '../../shared/format.ts';
import { told } from '../../shared/problem-text.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { useCounter, useEntries } from '../context.tsx';
import { nextOrderNo, takeOrderNo } from '../order-no.ts';
import type { Entry, Seen } from '../queue/entry.ts';
import { newEntry } from '../queue/queue.ts';
import { play } from '../sound.ts';
import type { Order } from '../teller.ts';
import { useWords } from '../words.ts';
import { type Card, concluded, type Good, inspected, isOf, seenOf } from './card.ts';

export type TillForm = { readonly amount: string; readonly orderNo: string; readonly offFen: number };

const ready: Card = { state: 'ready' };

/** With these the order is taken down: what is filled in next is another one. */
const OVER: ReadonlySet<Card['state']> = new Set(['done', 'stored', 'voided', 'unknown']);

function freshForm(): TillForm {
  return { amount: '', orderNo: nextOrderNo(), offFen: 0 };
}

export type Till = ReturnType<typeof useTill>;

export function useTill() {
  const { teller, queue, place, practice, reached, offset } = useCounter();
  const entries = useEntries();
  const queries = useQueryClient();
  const tell = useTelling();
  const words = useWords();
  const [card, setCard] = useState<Card>(ready);
  const { draft: form, setDraft: setForm } = useDraft(practice ? 'practice-till' : 'till', freshForm());
  const [pin, setPin] = useState('');
  const asked = useRef(0);
  const sending = useRef(false);

  /** Takes the last answer away, for the code that comes now. */
  const clear = useCallback(() => {
    asked.current++;
    setPin('');
    setCard(ready);
  }, []);

  const show = useCallback(
    (next: Card) => {
      setCard(next);
      if (OVER.has(next.state)) setForm(freshForm());
      if (next.state === 'done' || next.state === 'good') play('yes');
      if (next.state === 'bad') play('no');
      if (next.state === 'unknown' || next.state === 'unreached') play('unsure');
      if (next.state === 'done') void queries.invalidateQueries({ queryKey: ['redemptions'] });
    },
    [queries, setForm],
  );

  const look = useCallback(
    async (code: string) => {
      clear();
      const question = asked.current;
      setCard({ state: 'asking', code });
      const next = await teller.inspect(code).then(
        (inspection) => inspected(code, inspection),
        (error: unknown) => unanswered(error, code, tell),
      );
      if (question === asked.current) show(next);
    },
    [teller, tell, show, clear],
  );

  // An attempt that was settled meanwhile is told where the cashier looks, and then leaves the list.
  useEffect(() => {
    const entry = entries.find((each) => isOf(card, each));
    if (!entry?.outcome || !isOf(card, entry) || sending.current) return;
    show(concluded({ entry, offFen: card.offFen }, entry.outcome, null));
    void queue.forget(entry.requestNo);
  }, [entries, card, queue, show]);

  const unreached = card.state === 'unreached' ? card.code : undefined;
  useEffect(() => {
    if (reached && unreached !== undefined) void look(unreached);
  }, [reached, unreached, look]);

  const begin = (order: Order, seen: Seen, offline: boolean): Entry => {
    if (!practice) takeOrderNo(order.order_no);
    return newEntry(place.key, order, seen, offline && { offset });
  };
  const orderOf = (code: string, amountFen: number | undefined): Order => ({
    code,
    ...(pin !== '' && { pin }),
    store_id: place.store.id,
    order_no: form.orderNo.trim(),
    ...(amountFen !== undefined && { order_amount_fen: amountFen }),
  });

  return {
    card,
    form,
    pin,
    setPin,
    setForm,
    look,
    clear,
    /** Shows that what was scanned or typed is no code. */
    refuse(message: string) {
      clear();
      show({ state: 'bad', message, detail: '', seen: null, code: null });
    },
    async redeem(from: Good) {
      if (sending.current) return;
      sending.current = true;
      const entry = begin(orderOf(from.code, fenOf(form.amount, postRedemptions.order_amount_fen)), seenOf(from.voucher)!, false);
      const attempted = { entry, offFen: form.offFen };
      setCard({ state: 'sending', ...attempted });
      try {
        const outcome = await queue.redeem(entry);
        show(outcome ? concluded(attempted, outcome, from) : { state: 'unknown', ...attempted });
        if (outcome) await queue.forget(entry.requestNo);
      } catch (error) {
        show(error instanceof ApiProblem ? unanswered(error, from.code, tell) : notKept(words.notKept));
      } finally {
        sending.current = false;
      }
    },
    /** Accepts a voucher without a network: at the shop's risk. */
    async accept(code: string, faceFen: number) {
      if (sending.current) return;
      sending.current = true;
      const entry = begin(
        orderOf(code, fenOf(form.amount, postRedemptions.order_amount_fen)),
        { title: null, residentName: null, faceFen },
        true,
      );
      try {
        await queue.store(entry);
        show({ state: 'stored', entry, offFen: form.offFen });
      } catch {
        show(notKept(words.notKept));
      } finally {
        sending.current = false;
      }
    },
    void: (entry: Entry) => queue.void(entry.requestNo, words.notGiven),
    given: (entry: Entry) => queue.given(entry.requestNo),
    /** The next one. */
    next() {
      clear();
      setForm(freshForm());
    },
    /** Another voucher on the same order, of which so much has come off. */
    sameOrder({ order_no: orderNo, order_amount_fen: fen = 0 }: Order, offFen: number) {
      clear();
      setForm({ amount: String(fen / 100), orderNo, offFen });
    },
  };
}

type Telling = (error: unknown) => { readonly message: string };

/** Tells an error in the page's language. */
function useTelling(): Telling {
  const { language } = useLanguage();
  const shared = useShared();
  return useCallback((error: unknown) => told(error, language, shared), [language, shared]);
}

/** Where nobody answers it can be accepted all the same; what was turned away can be asked again. */
function unanswered(error: unknown, code: string, tell: Telling): Card {
  if (error instanceof NoAnswer || (error instanceof ApiProblem && error.outcomeUnknown)) return { state: 'unreached', code };
  return { state: 'bad', message: tell(error).message, detail: '', seen: null, code };
}

function notKept(message: string): Card {
  return { state: 'bad', message, detail: '', seen: null, code: null };
}
