import { Link } from 'wouter';
import { clockOf, yuan, yuanFixed } from '../../shared/format.ts';
import { useShared } from '../../shared/words.ts';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import type { Redemption } from '../teller.ts';
import { useWords } from '../words.ts';
import { totalsOf, useDay } from './use-today.ts';

/** A day's redemptions and what they come to; without one, today's. */
export function TodayList({ day }: { readonly day?: string }) {
  const words = useWords();
  const today = useDay(day);
  if (today.data === undefined) {
    return today.isPending ? <Loading /> : <Failed error={today.error} retry={() => void today.refetch()} />;
  }
  return (
    <>
      {today.error !== null && <p className="note">{words.notFresh}</p>}
      <TotalsLine redemptions={today.data} />
      {today.data.length === 0 ? (
        <Empty title={words.noneThen} />
      ) : (
        <ul className="redemptions">
          {today.data.map((redemption) => (
            <Item key={redemption.id} redemption={redemption} />
          ))}
        </ul>
      )}
    </>
  );
}

function TotalsLine({ redemptions }: { readonly redemptions: readonly Redemption[] }) {
  const words = useWords();
  const { count, fen, undone, undoneFen } = totalsOf(redemptions);
  return (
    <p className="totals">
      {words.total(count)} <strong>{words.yuanOf(yuanFixed(fen))}</strong>
      {undone > 0 && <span className="note"> {words.undoneTotal(undone, yuan(undoneFen))}</span>}
    </p>
  );
}

function Item({ redemption }: { readonly redemption: Redemption }) {
  const words = useWords();
  const shared = useShared();
  const { id, business_day: day, redeemed_at: at, order_no: orderNo, discount_fen: fen, status, resident_name: name, title } = redemption;
  return (
    <li className={status}>
      <Link href={`/today/${day}/${id}`}>
        <span>
          <time>{clockOf(at)}</time> {title} {name}
          <br />
          <span className="note">{orderNo}</span>
        </span>
        <span className="amount">
          {shared.yuan(yuan(fen))}
          <br />
          <span className="note">{words.status[status]}</span>
        </span>
      </Link>
    </li>
  );
}
