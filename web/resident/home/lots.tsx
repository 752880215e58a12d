import type { Schemas } from '../../api/client.ts';
import { points } from '../../shared/format.ts';
import { useCommunities } from '../data.ts';
import { useWords } from '../words.ts';

/** The points by the community that granted them, the most first, and the day on which each lot expires. */
export function Lots({ wallet }: { readonly wallet: Schemas['Wallet'] }) {
  const words = useWords();
  const { nameOf } = useCommunities();
  const groups = [...Map.groupBy(wallet.lots, ({ community_id: id }) => id)]
    .map(([id, lots]) => ({ id, lots, sum: lots.reduce((sum, lot) => sum + lot.points, 0) }))
    .toSorted((a, b) => b.sum - a.sum);
  if (groups.length === 0) return null;
  return (
    <section className="card">
      <h2>{words.lots}</h2>
      <ul className="lines">
        {groups.map(({ id, lots, sum }) => (
          <li key={id}>
            <span className="line">
              <strong>{nameOf(id)}</strong>
              <strong className="number">{points(sum)}</strong>
            </span>
            {lots.map((lot) => (
              <span key={lot.expires_on} className="note">
                {words.lotLine(points(lot.points), lot.expires_on)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
