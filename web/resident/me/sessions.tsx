import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { answer, api, type Answer } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { told } from '../../shared/problem-text.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { useWords } from '../words.ts';

type Session = Answer<'/v1/sessions'>['items'][number];

/** Where I am signed in; whatever is not mine can be ended. */
export function Sessions() {
  const words = useWords();
  const shared = useShared();
  const { residentId } = useResident();
  const sessions = useInfiniteQuery({
    queryKey: [residentId, 'sessions'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => answer(api.GET('/v1/sessions', { params: { query: cursor === undefined ? {} : { cursor } } })),
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
  return (
    <Screen title={words.sessions} parent="/me">
      <p className="note">{words.sessionsHint}</p>
      {sessions.data ? (
        <ul className="cards">
          {sessions.data.pages
            .flatMap(({ items }) => items)
            .map((session) => (
              <SessionCard key={session.id} session={session} />
            ))}
        </ul>
      ) : sessions.isError ? (
        <Failed error={sessions.error} retry={() => void sessions.refetch()} />
      ) : (
        <Loading />
      )}
      {sessions.hasNextPage && (
        <Button block loading={sessions.isFetchingNextPage} onClick={() => void sessions.fetchNextPage()}>
          {shared.more}
        </Button>
      )}
    </Screen>
  );
}

function SessionCard({ session }: { readonly session: Session }) {
  const words = useWords();
  const shared = useShared();
  const { language } = useLanguage();
  const { residentId } = useResident();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const ended = session.ended_at !== null || Date.parse(session.expires_at) <= Date.now();
  const end = async () => {
    setError(undefined);
    try {
      await answer(api.POST('/v1/sessions/{id}/revocation', { params: { path: { id: session.id } }, body: {} }));
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: [residentId, 'sessions'] });
  };
  return (
    <li className="card">
      <span className="line">
        <strong>{session.device === 'unknown' ? words.unknownDevice : session.device}</strong>
        {session.current && <span className="badge">{words.thisDevice}</span>}
        {ended && <span className="note">{words.ended}</span>}
      </span>
      <span className="note">{words.since(timeOf(session.started_at))}</span>
      {!ended && <span className="note">{words.until(timeOf(session.expires_at))}</span>}
      {!ended && !session.current && (
        <Button size="small" color="danger" fill="outline" onClick={() => void end()}>
          {words.endSession}
        </Button>
      )}
      <span role="alert" className="problem">
        {error !== undefined && told(error, language, shared).message}
      </span>
    </li>
  );
}
