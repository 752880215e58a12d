import { NoAnswer } from '../api/client.ts';
import { clockOf, dayOf, timeOf, today } from '../shared/format.ts';
import { useShared } from '../shared/words.ts';
import { useWords } from './words.ts';

type Seen = { readonly data: unknown; readonly dataUpdatedAt: number; readonly failureReason: unknown; refetch(): Promise<unknown> };

/** Says that what is shown is not of now, and since when, while the API does not answer. */
export function Stale({ query }: { readonly query: Seen }) {
  const words = useWords();
  const shared = useShared();
  if (query.data === undefined || query.failureReason === null) return null;
  const at = new Date(query.dataUpdatedAt).toISOString();
  const time = dayOf(at) === today() ? clockOf(at) : timeOf(at);
  return (
    <div className="stale" role="status">
      <span>{query.failureReason instanceof NoAnswer ? words.staleSince(time) : words.notRefreshed(time)}</span>
      <button type="button" onClick={() => void query.refetch()}>
        {shared.retry}
      </button>
    </div>
  );
}
