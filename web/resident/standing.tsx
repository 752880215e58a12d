import { offsetMs } from '../api/clock.ts';
import { timeOf } from '../shared/format.ts';
import { useMe } from './data.ts';
import { useWords } from './words.ts';

/** The sentence that says why points cannot be spent now; undefined: they can, or it is not known yet. */
export function useBarred(): string | undefined {
  const words = useWords();
  const { data: me, dataUpdatedAt } = useMe();
  if (!me) return undefined;
  if (me.status === 'unconfirmed') return words.unconfirmed(me.community.name);
  if (me.status !== 'active') return words.accountSuspended;
  const readAt = dataUpdatedAt + (offsetMs() ?? 0);
  return me.spends_from !== null && Date.parse(me.spends_from) > readAt ? words.closedUntil(timeOf(me.spends_from)) : undefined;
}

/** Says on every screen, calmly, that points cannot be spent for now, and until when. */
export function Standing() {
  const barred = useBarred();
  return barred === undefined ? null : (
    <p className="standing" role="status">
      {barred}
    </p>
  );
}
