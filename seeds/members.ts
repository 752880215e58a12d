import { chanceOf } from './chance.ts';
import { assumed } from './figures.ts';
import type { Resident, Scheme } from './parties.ts';

/** A resident who takes part, and what is known of their wallet. */
export type Member = {
  readonly resident: Resident;
  /** Never misses what their own community does. */
  readonly keen: boolean;
  readonly saves: boolean;
  points: number;
  /** Whether they already mean to take a voucher. */
  choosing: boolean;
};

/**
 * The residents who take part in the year: some drawn by chance, and all with a credential but the first of Gexiang, for the story begins
 * with an empty wallet. Those with a credential are keen and only save, so that a visitor who tries it has points to spend.
 */
export function membersOf({ residents, holders }: Scheme): Member[] {
  const chance = chanceOf('members');
  const keen = new Set(holders.map(({ id }) => id));
  return residents
    .filter(({ id, community }) => (keen.has(id) ? community.id !== 'gexiang' : chance.happens(assumed.active)))
    .map((resident) => memberOf(resident, keen.has(resident.id), chance.happens(assumed.savers)));
}

function memberOf(resident: Resident, keen: boolean, saves: boolean): Member {
  return { resident, keen, saves: keen || saves, points: 0, choosing: false };
}
