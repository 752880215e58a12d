/** The queries of the resident's screens. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { allPages, type Answer, answer, api, PAGE_MAX, type Schemas } from '../api/client.ts';
import { keep, kept, type Part } from './kept.ts';
import { useResident } from './resident.ts';

/** After a failure it is tried again, so that the page is up to date soon after the network is back. */
const AGAIN_MS = 10_000;
const refetchInterval = (query: { state: { status: string } }) => (query.state.status === 'error' ? AGAIN_MS : false);

function aPage(cursor: string | undefined): { limit: number; cursor?: string } {
  return { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) };
}

/** A query whose last answer is kept, and shown until there is a newer one. */
function useKept<T>(part: Part, read: () => Promise<T>) {
  const { residentId } = useResident();
  const before = kept<T>(residentId, part);
  return useQuery<T>({
    queryKey: [residentId, part],
    async queryFn() {
      const data = await read();
      keep(residentId, part, data);
      return data;
    },
    refetchInterval,
    ...(before && { initialData: before.data as never, initialDataUpdatedAt: before.at }),
  });
}

export function useWallet() {
  return useKept('wallet', () => answer(api.GET('/v1/me/wallet')));
}

type VoucherPage = Answer<'/v1/me/vouchers'>;

/** One's vouchers, newest first, a page at a time; the first page is kept. */
export function useVouchers() {
  const { residentId } = useResident();
  const before = kept<VoucherPage>(residentId, 'vouchers');
  return useInfiniteQuery({
    queryKey: [residentId, 'vouchers'],
    initialPageParam: undefined as string | undefined,
    async queryFn({ pageParam: cursor }) {
      const page = await answer(api.GET('/v1/me/vouchers', { params: { query: aPage(cursor) } }));
      if (cursor === undefined) keep(residentId, 'vouchers', page);
      return page;
    },
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    refetchInterval,
    ...(before && { initialData: { pages: [before.data], pageParams: [undefined] }, initialDataUpdatedAt: before.at }),
  });
}

/** A voucher by its id: out of the list where it is there. */
export function useVoucher(id: string) {
  const { residentId } = useResident();
  const list = useVouchers();
  const listed = list.data?.pages.flatMap(({ items }) => items).find((each) => each.id === id);
  return useQuery({
    queryKey: [residentId, 'voucher', id],
    queryFn: () => answer(api.GET('/v1/me/vouchers/{id}', { params: { path: { id } } })),
    refetchInterval,
    ...(listed && { initialData: listed, initialDataUpdatedAt: list.dataUpdatedAt }),
  });
}

/** Gives a community's name to its id. */
export function useCommunities() {
  const { data } = useKept('communities', readCommunities);
  const names = new Map(data?.map(({ id, name }) => [id, name]));
  return { communities: data ?? [], nameOf: (id: string) => names.get(id) ?? id };
}

async function readCommunities(): Promise<Pick<Schemas['Community'], 'id' | 'name'>[]> {
  const all = await allPages((cursor) => answer(api.GET('/v1/communities', { params: { query: aPage(cursor) } })));
  return all.map(({ id, name }) => ({ id, name }));
}

export function useMonths() {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'months'],
    queryFn: async () => (await answer(api.GET('/v1/me/months', { params: { query: { months: 12 } } }))).items,
  });
}

/** Everything on sale: it is sorted and filtered here, by a position that stays on the device. */
export function useOffers() {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'offers'],
    queryFn: () => allPages((cursor) => answer(api.GET('/v1/offers', { params: { query: aPage(cursor) } }))),
  });
}

/** Everywhere that vouchers are redeemed, of all communities or of one; asked for once it is `wanted`. */
export function useStores(communityId: string | undefined, wanted = true) {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'stores', communityId],
    queryFn: () =>
      allPages((cursor) => {
        const query = { ...aPage(cursor), ...(communityId !== undefined && { community_id: communityId }) };
        return answer(api.GET('/v1/stores', { params: { query } }));
      }),
    placeholderData: keepPreviousData,
    enabled: wanted,
  });
}

/** After this time the page asks again whether a resident who cannot spend for now can. */
const BARRED_MS = 10_000;

/** My own data, and whether I may spend. */
export function useMe() {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'me'],
    queryFn: () => answer(api.GET('/v1/me')),
    refetchInterval: ({ state: { data } }) => (data && mayBeBarred(data) ? BARRED_MS : false),
  });
}

function mayBeBarred({ status, spends_from: from }: Schemas['Me']): boolean {
  return status !== 'active' || (from !== null && Date.parse(from) > Date.now());
}

/** Whether there is a message that this phone has not shown yet. */
export function useNewMessages(): boolean {
  const { residentId } = useResident();
  const seen = kept<string>(residentId, 'seen')?.data;
  const { data } = useQuery({
    queryKey: [residentId, 'new messages', seen],
    queryFn: () => answer(api.GET('/v1/me/messages', { params: { query: { limit: 1, ...(seen !== undefined && { after: seen }) } } })),
  });
  return data !== undefined && data.items.length > 0;
}

/** Has everything that is one's own read anew: something was taken, cancelled or redeemed. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  const { residentId } = useResident();
  return useCallback(() => void queries.invalidateQueries({ queryKey: [residentId] }), [queries, residentId]);
}
