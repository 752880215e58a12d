import { useQuery } from '@tanstack/react-query';
import { today } from '../../shared/format.ts';
import { useCounter } from '../context.tsx';
import type { Redemption } from '../teller.ts';

const AGAIN_MS = 60_000;

/** The store's redemptions of a business day, without one of today; other tills of it make some too. */
export function useDay(day = today()) {
  const { teller, place, practice } = useCounter();
  return useQuery({
    queryKey: ['redemptions', practice, place.store.id, day],
    queryFn: () => teller.redemptionsOf(place.store.id, day),
    refetchInterval: AGAIN_MS,
  });
}

export type Totals = { readonly count: number; readonly fen: number; readonly undone: number; readonly undoneFen: number };

/** The number and the sum in fen of the redemptions that stand, and of those that were undone. */
export function totalsOf(redemptions: readonly Redemption[]): Totals {
  const standing = redemptions.filter(({ status }) => status === 'succeeded');
  const undone = redemptions.filter(({ status }) => status !== 'succeeded');
  return { count: standing.length, fen: sumOf(standing), undone: undone.length, undoneFen: sumOf(undone) };
}

function sumOf(redemptions: readonly Redemption[]): number {
  return redemptions.reduce((sum, { discount_fen: fen }) => sum + fen, 0);
}
