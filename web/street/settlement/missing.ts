/** The numbers of confirmations and of payments that a run still waits for, by community. */
import { useQuery } from '@tanstack/react-query';
import { allPages, answer, api, PAGE_MAX, type Schemas } from '../../api/client.ts';
import { usePayments } from '../queries.ts';

export type Missing = {
  readonly confirmations: ReadonlyMap<string, number>;
  /** Payments made and received, and payouts, that are not booked. */
  readonly payments: ReadonlyMap<string, number>;
};

type RunNow = Pick<Schemas['SettlementRun'], 'id' | 'state'>;

/** Undefined while it is not known. */
export function useMissing({ id, state }: RunNow): Missing | undefined {
  const payments = usePayments(id).data;
  const unpaid = useUnpaid({ id, state }).data;
  if (!payments || !unpaid) return undefined;
  const sides = payments.flatMap(({ debtor, creditor }) => [debtor, creditor]);
  return {
    confirmations: counted(sides.filter(({ confirmed_at: at }) => at === null).map(({ community_id: of }) => of)),
    payments: counted([
      ...sides.filter(({ booked_at: at }) => at === null).map(({ community_id: of }) => of),
      ...unpaid.map(({ community_id: of }) => of),
    ]),
  };
}

function useUnpaid({ id, state }: RunNow) {
  return useQuery({
    queryKey: ['runs', id, 'unpaid'],
    queryFn: async () => [...(await payoutsIn(id, 'due')), ...(await payoutsIn(id, 'failed'))],
    enabled: state !== 'open',
  });
}

function payoutsIn(id: string, state: Schemas['Payout']['state']): Promise<Schemas['Payout'][]> {
  return allPages((cursor) =>
    answer(
      api.GET('/v1/settlement-runs/{id}/payouts', {
        params: { path: { id }, query: { limit: PAGE_MAX, state, ...(cursor && { cursor }) } },
      }),
    ),
  );
}

function counted(ids: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]));
}
