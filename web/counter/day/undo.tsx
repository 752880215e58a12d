import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { useAttempt } from '../../api/attempt.ts';
import { timeOf, yuan } from '../../shared/format.ts';
import { told } from '../../shared/problem-text.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { Field } from '../../mobile/field.tsx';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { useCounter } from '../context.tsx';
import type { Redemption } from '../teller.ts';
import { useWords } from '../words.ts';
import { useDay } from './use-today.ts';

/** One redemption, and the way to undo it. */
export function UndoScreen({ day, id }: { readonly day: string; readonly id: string }) {
  const words = useWords();
  const today = useDay(day);
  const redemption = today.data?.find((each) => each.id === id);
  return (
    <section className="card">
      <h1>{words.redemption}</h1>
      {redemption ? <Details redemption={redemption} /> : <Missing query={today} />}
      <Link href="/today" className="back">
        {words.backToToday}
      </Link>
    </section>
  );
}

function Missing({ query }: { readonly query: ReturnType<typeof useDay> }): ReactNode {
  const words = useWords();
  if (query.isPending) return <Loading />;
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Empty title={words.noneSuch} />;
}

function Details({ redemption }: { readonly redemption: Redemption }) {
  const words = useWords();
  const shared = useShared();
  const { redeemed_at: at, order_no: orderNo, discount_fen: fen, title, resident_name: name, status, reversal } = redemption;
  return (
    <>
      <dl className="details">
        <Detail term={words.status.title}>{words.status[status]}</Detail>
        <Detail term={words.voucher}>
          {title} {name}
        </Detail>
        <Detail term={words.offTitle}>{shared.yuan(yuan(fen))}</Detail>
        <Detail term={words.orderNo}>{orderNo}</Detail>
        <Detail term={words.redeemedAt}>{timeOf(at)}</Detail>
        {reversal && <Detail term={words.undoneAt}>{`${timeOf(reversal.reversed_at)} ${reversal.reason}`}</Detail>}
      </dl>
      {status === 'succeeded' && <Undo redemption={redemption} />}
    </>
  );
}

function Detail({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Undo({ redemption: { id, reversible_until: until } }: { readonly redemption: Redemption }) {
  const words = useWords();
  const shared = useShared();
  const { language } = useLanguage();
  const { teller } = useCounter();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const list = useId();
  const attempt = useAttempt((why: string, key) => teller.reverse(id, why, key));
  const { now } = attempt;
  const over = Date.parse(until) <= Date.now();
  if (over) {
    return (
      <>
        <Button block disabled size="large" aria-describedby={list}>
          {words.undo}
        </Button>
        <p id={list}>{words.tooLate(timeOf(until))}</p>
      </>
    );
  }
  const undo = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    await attempt.send(reason.trim());
    await queries.invalidateQueries({ queryKey: ['redemptions'] });
  };
  const locked = now.state === 'sending' || now.state === 'unknown';
  return (
    <form className="order" onSubmit={(event) => void undo(event)} noValidate>
      <p className="note">{words.undoUntil(timeOf(until))}</p>
      <Field
        label={words.undoReason}
        value={reason}
        change={setReason}
        problem={missing && reason.trim() === '' ? words.undoReasonMissing : undefined}
        disabled={locked}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {words.undoReasons.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <div className="row">
        {words.undoReasons.map((each) => (
          <Button key={each} size="small" disabled={locked} onClick={() => setReason(each)}>
            {each}
          </Button>
        ))}
      </div>
      <p className="problem" role="alert">
        {now.state === 'refused' && told(now.problem, language, shared).message}
        {now.state === 'unknown' && shared.unknownOutcome}
      </p>
      <Button block type="submit" color="danger" size="large" loading={now.state === 'sending'}>
        {now.state === 'unknown' ? shared.retry : words.undo}
      </Button>
    </form>
  );
}
