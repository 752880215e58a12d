import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { dayOf, points } from '../../shared/format.ts';
import { useShared } from '../../shared/words.ts';
import { useCommunities } from '../data.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { useWords } from '../words.ts';

type Movement = Schemas['Movement'];

const A_PAGE = 50;

/** Every movement of my points, by month, in plain words, with the community whose points they are. */
export function Statement() {
  const words = useWords();
  const shared = useShared();
  const { residentId } = useResident();
  const statement = useInfiniteQuery({
    queryKey: [residentId, 'statement'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET('/v1/me/statement', { params: { query: { limit: A_PAGE, ...(cursor !== undefined && { cursor }) } } })),
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
  const movements = statement.data?.pages.flatMap(({ items }) => items);
  const months = Map.groupBy(movements ?? [], ({ at }) => dayOf(at).slice(0, 7));
  return (
    <Screen title={words.statement} parent="/me">
      <Stale query={statement} />
      {!movements && (statement.isError ? <Failed error={statement.error} retry={() => void statement.refetch()} /> : <Loading />)}
      {movements?.length === 0 && <Empty title={words.noStatement} />}
      {[...months].map(([month, of]) => (
        <section key={month} className="card">
          <h2>{words.month(Number(month.slice(0, 4)), Number(month.slice(5)))}</h2>
          <ul className="lines">
            {[...Map.groupBy(of, ({ entry_id: id }) => id)].map(([id, legs]) => (
              <EntryLine key={id} legs={legs} />
            ))}
          </ul>
        </section>
      ))}
      {statement.hasNextPage && (
        <Button block loading={statement.isFetchingNextPage} onClick={() => void statement.fetchNextPage()}>
          {shared.more}
        </Button>
      )}
    </Screen>
  );
}

/** One entry: what it was, and its parts by the community that granted them. */
function EntryLine({ legs }: { readonly legs: readonly Movement[] }) {
  const words = useWords();
  const { nameOf } = useCommunities();
  const { kind, at, description } = legs[0]!;
  const sum = legs.reduce((total, leg) => total + leg.points, 0);
  return (
    <li>
      <span className="line">
        <strong>{words.kinds[kind] ?? words.otherKind}</strong>
        <strong className={`number ${sum > 0 ? 'in' : ''}`}>{signed(sum)}</strong>
      </span>
      {description !== null && <span>{description}</span>}
      {legs.map((leg) => (
        <span key={`${leg.community_id} ${leg.expires_on}`} className="line note">
          <span>{(kind === 'grant' ? words.grantedBy : words.ofCommunity)(nameOf(leg.community_id), leg.expires_on)}</span>
          {legs.length > 1 && <span>{signed(leg.points)}</span>}
        </span>
      ))}
      <span className="note">{dayOf(at)}</span>
    </li>
  );
}

function signed(n: number): string {
  return n > 0 ? `+${points(n)}` : `−${points(-n)}`;
}
