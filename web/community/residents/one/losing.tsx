import { useQuery } from '@tanstack/react-query';
import { allPages, answer, api, PAGE_MAX } from '../../../api/client.ts';
import { Shown } from '../../../console/states.tsx';
import { points } from '../../../shared/format.ts';
import { pointsToLose } from '../../../shared/points-to-lose.ts';
import { useWords } from '../../words.ts';

type Of = { readonly residentId: string };

/** The points that a resident of one's own community would lose by leaving now. */
function usePointsToLose(id: string) {
  return useQuery({
    queryKey: ['wallet', id, 'to lose'],
    async queryFn() {
      const path = { id };
      const [wallet, vouchers] = await Promise.all([
        answer(api.GET('/v1/residents/{id}/wallet', { params: { path } })),
        allPages((cursor) =>
          answer(
            api.GET('/v1/residents/{id}/vouchers', {
              params: { path, query: { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) } },
            }),
          ),
        ),
      ]);
      return pointsToLose({ wallet, vouchers });
    },
    staleTime: 0,
  });
}

/** Tells the officer at the counter what to tell the resident, before it is proposed. */
export function TellLoss({ residentId }: Of) {
  const words = useWords().people.leaving;
  return (
    <Shown query={usePointsToLose(residentId)}>
      {(lost) => (
        <p>
          <strong>{words.tellLoss(points(lost))}</strong>
        </p>
      )}
    </Shown>
  );
}

/** Tells the second officer, before it is approved. Nothing for a resident who has moved away meanwhile: it would be refused. */
export function Loss({ residentId }: Of) {
  const words = useWords().people.leaving;
  const { data } = usePointsToLose(residentId);
  return data === undefined ? null : <strong>{words.loses(points(data))}</strong>;
}
