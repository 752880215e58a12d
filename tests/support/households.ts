import { addHouseholdMember, foundHousehold } from '../../src/communities/index.ts';
import type { World } from './world.ts';

/** A household of Gexiang: the head and, added at a counter, the others. */
export async function householdOf(world: World, headId: string, ...others: string[]): Promise<string> {
  const { id } = await world.must(foundHousehold, { by: null, headId, reason: null });
  for (const residentId of others) {
    await world.must(addHouseholdMember, { by: world.gexiang, householdId: id, residentId, reason: '户口本' });
  }
  return id;
}
