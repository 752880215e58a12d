import { useQuery } from '@tanstack/react-query';
import { answer, api, PAGE_MAX } from '../../api/client.ts';
import { useSignedIn } from '../../shared/session.tsx';

const ASKED_EVERY_MS = 60_000;

/** The open proposals, as far as one page tells. */
export function useOpenProposals() {
  const { scopes } = useSignedIn();
  return useQuery({
    queryKey: ['proposals', 'waiting'],
    queryFn: async () => (await answer(api.GET('/v1/proposals', { params: { query: { status: 'open', limit: PAGE_MAX } } }))).items,
    enabled: scopes.includes('proposals:read'),
    refetchInterval: ASKED_EVERY_MS,
  });
}

/** How many proposals wait for somebody other than who proposed them, out of the open ones. */
export function forOthers(open: readonly { readonly proposed_by: string | null }[], self: string | null): number {
  return open.filter(({ proposed_by: by }) => by !== self).length;
}
