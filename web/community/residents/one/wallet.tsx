import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, figures, Rows } from '../../../console/data-table.tsx';
import { Shown } from '../../../console/states.tsx';
import { points } from '../../../shared/format.ts';
import { useCommunityName } from '../../names.ts';
import { useWords } from '../../words.ts';

type Lot = Schemas['Wallet']['lots'][number];

/** The points of a resident, by issuer and expiry. */
export function Wallet({ residentId }: { readonly residentId: string }) {
  const words = useWords().residents;
  const community = useCommunityName();
  const wallet = useQuery({
    queryKey: ['wallet', residentId],
    queryFn: () => answer(api.GET('/v1/residents/{id}/wallet', { params: { path: { id: residentId } } })),
  });
  return (
    <>
      <h2>{words.wallet}</h2>
      <Shown query={wallet}>
        {({ points: all, lots }) => (
          <>
            <p className="figures">{words.spendable(points(all))}</p>
            <Rows<Lot>
              label={words.wallet}
              rows={lots}
              rowKey={({ community_id: id, expires_on: day }) => `${id} ${day}`}
              empty={words.noPoints}
              columns={[
                column(words.issuer, ({ community_id: id }) => community(id)),
                column(words.expiresOn, ({ expires_on: day }) => day),
                figures(words.points, ({ points: n }) => points(n)),
              ]}
            />
          </>
        )}
      </Shown>
    </>
  );
}
