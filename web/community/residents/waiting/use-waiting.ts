import { useQuery } from '@tanstack/react-query';
import { answer, api, PAGE_MAX } from '../../../api/client.ts';

type OnePage = { readonly items: readonly object[]; readonly next_cursor: string | null };

/** The number of items, as far as one page tells: `100+`. */
function counted({ items, next_cursor: next }: OnePage): string {
  return next === null ? String(items.length) : `${items.length}+`;
}

/** How many registrations and questions wait for an officer; undefined while it is not known, or nothing waits. */
export function useWaiting(): { readonly registrations: string; readonly questions: string } | undefined {
  const { data } = useQuery({
    queryKey: ['waiting', 'counts'],
    queryFn: async () => {
      const params = { query: { limit: PAGE_MAX } };
      const pages = await Promise.all([
        answer(api.GET('/v1/registrations', { params })),
        answer(api.GET('/v1/same-person-questions', { params })),
      ]);
      return { registrations: counted(pages[0]), questions: counted(pages[1]) };
    },
  });
  return data && (data.registrations !== '0' || data.questions !== '0') ? data : undefined;
}
