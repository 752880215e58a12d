import { NoAnswer } from '../api/client.ts';
import { clockOf, dayOf, timeOf, today } from '../shared/format.ts';
import { useSession } from '../shared/session.tsx';
import { useShared } from '../shared/words.ts';
import { useResident } from './resident.ts';
import { useWords } from './words.ts';

type Seen = { readonly data: unknown; readonly dataUpdatedAt: number; readonly failureReason: unknown; refetch(): Promise<unknown> };

/** Says that what is shown is not of now, and since when, while the API does not answer. */
export function Stale({ query }: { readonly query: Seen }) {
  const words = useWords();
  const shared = useShared();
  const { offline } = useResident();
  const { ask } = useSession();
  if (query.data === undefined || (query.failureReason === null && !offline)) return null;
  const at = new Date(query.dataUpdatedAt).toISOString();
  const time = dayOf(at) === today() ? clockOf(at) : timeOf(at);
  return (
    <div className="stale" role="status">
      <span>{offline || query.failureReason instanceof NoAnswer ? words.staleSince(time) : words.notRefreshed(time)}</span>
      <button type="button" onClick={() => void (offline ? ask() : query.refetch())}>
        {shared.retry}
      </button>
    </div>
  );
}
