import { useQuery } from '@tanstack/react-query';
import { answer, api, PAGE_MAX } from '../../../api/client.ts';
import { useSignedIn } from '../../../shared/session.tsx';

const ASKED_EVERY_MS = 60_000;

type OnePage = { readonly items: readonly object[]; readonly next_cursor: string | null };

/** The number of items, as far as one page tells: `100+`. */
function counted(pages: readonly OnePage[]): string {
  const many = String(pages.reduce((sum, { items }) => sum + items.length, 0));
  return pages.every(({ next_cursor: next }) => next === null) ? many : `${many}+`;
}

/** How many registrations and questions wait for an officer, and both together; undefined while it is not known, or nothing waits. */
export function useWaiting(): { readonly registrations: string; readonly questions: string; readonly all: string } | undefined {
  const { scopes } = useSignedIn();
  const { data } = useQuery({
    queryKey: ['waiting', 'counts'],
    queryFn: async () => {
      const params = { query: { limit: PAGE_MAX } };
      const [registrations, questions] = await Promise.all([
        answer(api.GET('/v1/registrations', { params })),
        answer(api.GET('/v1/same-person-questions', { params })),
      ]);
      return { registrations: counted([registrations]), questions: counted([questions]), all: counted([registrations, questions]) };
    },
    enabled: scopes.includes('residents:read'),
    refetchInterval: ASKED_EVERY_MS,
  });
  return data && data.all !== '0' ? data : undefined;
}
