/** The queries of the street console, each defined once. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { allPages, answer, api, PAGE_MAX, type Schemas } from '../api/client.ts';
import { COLOURS } from '../console/chart.tsx';

/** The options of queries that read every account: an answer is good for five minutes, and coming back to the window does not ask again. */
const SLOW = { staleTime: 300_000, refetchOnWindowFocus: false } as const;

export type Community = Schemas['Community'];

export type Names = {
  readonly all: readonly Community[];
  /** The name of a community; of one that is not known, its id. */
  of(id: string): string;
  /** The colour in which it is drawn, always the same one. */
  colourOf(id: string): string;
};

export function useCommunities() {
  return useQuery({
    queryKey: ['communities'],
    queryFn: () =>
      allPages((cursor) => answer(api.GET('/v1/communities', { params: { query: { limit: PAGE_MAX, ...(cursor && { cursor }) } } }))),
    staleTime: 60_000,
  });
}

/** How communities are called; until that is known, by their ids. */
export function useNames(): Names {
  const { data } = useCommunities();
  return useMemo(() => {
    const all = data ?? [];
    const places = new Map(all.map((each, n) => [each.id, { name: each.name, colour: COLOURS[n % COLOURS.length]! }]));
    return { all, of: (id) => places.get(id)?.name ?? id, colourOf: (id) => places.get(id)?.colour ?? COLOURS.at(-1)! };
  }, [data]);
}

export type Range = { readonly from: string; readonly through: string };

/** The positions of communities in a range of days; from the first of this month on if it is left out. */
export function usePositions(range?: Range) {
  return useQuery({
    queryKey: ['positions', range],
    queryFn: () => answer(api.GET('/v1/positions', { params: { query: { ...range } } })),
  });
}

export function useLimits() {
  return useQuery({
    queryKey: ['limits'],
    queryFn: () =>
      allPages((cursor) => answer(api.GET('/v1/limits', { params: { query: { limit: PAGE_MAX, ...(cursor && { cursor }) } } }))),
  });
}

export function useRuns() {
  return useQuery({
    queryKey: ['runs'],
    queryFn: () =>
      allPages((cursor) => answer(api.GET('/v1/settlement-runs', { params: { query: { limit: PAGE_MAX, ...(cursor && { cursor }) } } }))),
  });
}

export type Run = Schemas['SettlementRunWithParties'];

export function useRun(id: string) {
  return useQuery({
    queryKey: ['runs', id],
    queryFn: () => answer(api.GET('/v1/settlement-runs/{id}', { params: { path: { id } } })),
  });
}

export function usePayments(runId: string) {
  return useQuery({
    queryKey: ['runs', runId, 'payments'],
    queryFn: async () => (await answer(api.GET('/v1/settlement-runs/{id}/payments', { params: { path: { id: runId } } }))).items,
  });
}

export function useSettledPositions(runId: string) {
  return useQuery({
    queryKey: ['runs', runId, 'positions'],
    queryFn: async () => (await answer(api.GET('/v1/settlement-runs/{id}/positions', { params: { path: { id: runId } } }))).items,
  });
}

export function useOpenProposals() {
  return useQuery({
    queryKey: ['proposals', 'open'],
    queryFn: () =>
      allPages((cursor) =>
        answer(api.GET('/v1/proposals', { params: { query: { limit: PAGE_MAX, status: 'open', ...(cursor && { cursor }) } } })),
      ),
  });
}

export function useTrialBalance() {
  return useQuery({
    queryKey: ['trial-balance'],
    queryFn: () => answer(api.GET('/v1/trial-balance', { params: { query: { limit: 1 } } })),
    ...SLOW,
  });
}

export function useLastAudit() {
  return useQuery({
    queryKey: ['audits', 'last'],
    queryFn: async () => (await answer(api.GET('/v1/audits', { params: { query: { limit: 1 } } }))).items[0] ?? null,
  });
}

/** The officers of an office; null: of the street. */
export function useOfficers(communityId: string | null) {
  return useQuery({
    queryKey: ['officers', communityId],
    queryFn: () =>
      allPages((cursor) =>
        answer(
          api.GET('/v1/officers', {
            params: { query: { limit: PAGE_MAX, ...(communityId !== null && { community_id: communityId }), ...(cursor && { cursor }) } },
          }),
        ),
      ),
    staleTime: 60_000,
  });
}
