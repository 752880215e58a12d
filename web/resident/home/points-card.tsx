import type { Schemas } from '../../api/client.ts';
import { points } from '../../shared/format.ts';
import { useWords } from '../words.ts';

type Wallet = Schemas['Wallet'];

/** The points, large, and which of them end first. */
export function PointsCard({ wallet }: { readonly wallet: Wallet }) {
  const words = useWords();
  const next = endingNext(wallet);
  return (
    <section className="points-card">
      <p className="big">
        {points(wallet.points)} <span className="unit">{words.pointsUnit}</span>
      </p>
      {next && <p>{next.points === wallet.points ? words.expiresAll(next.day) : words.expiresNext(points(next.points), next.day)}</p>}
      {wallet.points === 0 && <p>{words.noPoints}</p>}
    </section>
  );
}

/** The lots that end on the first day on which any does. */
function endingNext({ lots }: Wallet): { readonly day: string; readonly points: number } | undefined {
  const day = lots.map(({ expires_on: each }) => each).toSorted()[0];
  if (day === undefined) return undefined;
  return { day, points: lots.filter(({ expires_on: each }) => each === day).reduce((sum, lot) => sum + lot.points, 0) };
}
