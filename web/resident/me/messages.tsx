import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { useEffect } from 'react';
import { answer, api } from '../../api/client.ts';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { wordsOf } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { useCommunities } from '../data.ts';
import { keep } from '../kept.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { zh } from '../text/zh-messages.ts';
import { useWords } from '../words.ts';
import { textOf } from './message-text.ts';

const useMessageWords = wordsOf(zh, async () => (await import('../text/en-messages.ts')).en);

const A_PAGE = 30;

/** Everything that happened to my points, vouchers, number and household, newest first. This phone remembers how far it was seen. */
export function Messages() {
  const words = useWords();
  const messageWords = useMessageWords();
  const shared = useShared();
  const { residentId } = useResident();
  const { nameOf } = useCommunities();
  const messages = useInfiniteQuery({
    queryKey: [residentId, 'messages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET('/v1/me/messages', { params: { query: { limit: A_PAGE, ...(cursor !== undefined && { cursor }) } } })),
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
  const all = messages.data?.pages.flatMap(({ items }) => items);
  const newest = all?.[0]?.at;
  useEffect(() => {
    if (newest !== undefined) keep(residentId, 'seen', newest);
  }, [residentId, newest]);
  return (
    <Screen title={words.messages} parent="/me">
      <Stale query={messages} />
      <p className="note">{messageWords.hint}</p>
      {!all && (messages.isError ? <Failed error={messages.error} retry={() => void messages.refetch()} /> : <Loading />)}
      {all?.length === 0 && <Empty title={messageWords.none} />}
      {all && all.length > 0 && (
        <section className="card">
          <ul className="lines">
            {all.map((message) => (
              <MessageLine key={message.id} at={message.at} {...textOf({ words: messageWords, nameOf }, message)} />
            ))}
          </ul>
        </section>
      )}
      {messages.hasNextPage && (
        <Button block loading={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
          {shared.more}
        </Button>
      )}
    </Screen>
  );
}

function MessageLine({ at, title, sentence }: { readonly at: string; readonly title: string; readonly sentence: string }) {
  return (
    <li>
      <strong>{title}</strong>
      <span>{sentence}</span>
      <span className="note">{timeOf(at)}</span>
    </li>
  );
}
