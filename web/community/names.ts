/** Names for what the API tells by id. */
import { useQuery } from '@tanstack/react-query';
import { allPages, answer, api, PAGE_MAX } from '../api/client.ts';
import { pageAt } from '../console/data-table.tsx';
import { useSignedIn } from '../shared/session.tsx';
import { useWords } from './words.ts';

const LONG_MS = 5 * 60_000;

/** The id of the community whose officer is signed in. */
export function useOwn(): string {
  return useSignedIn().community!.id;
}

/** The name of a community by its id; null is the street office. */
export function useCommunityName(): (id: string | null) => string {
  const words = useWords();
  const { data } = useQuery({
    queryKey: ['communities'],
    queryFn: () => allPages((cursor) => answer(api.GET('/v1/communities', { params: { query: pageAt(cursor, PAGE_MAX) } }))),
    staleTime: LONG_MS,
  });
  return (id) => (id === null ? words.street : (data?.find((each) => each.id === id)?.name ?? id));
}

/** The name of an officer of one's own office by the id. */
export function useOfficerName(): (id: string | null) => string {
  const { scopes } = useSignedIn();
  const { data } = useQuery({
    queryKey: ['officers'],
    queryFn: () => allPages((cursor) => answer(api.GET('/v1/officers', { params: { query: pageAt(cursor, PAGE_MAX) } }))),
    staleTime: LONG_MS,
    enabled: scopes.includes('officers:read'),
  });
  return (id) => data?.find((each) => each.id === id)?.name ?? id ?? '';
}

/** The action rules of one's own community, each by the version for deeds of today. */
export function useRules() {
  return useQuery({
    queryKey: ['rules', 'all'],
    queryFn: () => allPages((cursor) => answer(api.GET('/v1/action-rules', { params: { query: pageAt(cursor, PAGE_MAX) } }))),
  });
}
