/** What takes two officers, in one step. */
import { approveProposal, type MatterName, propose } from '../../src/api/index.ts';
import type { Acting, FreshSecret } from '../../src/access/index.ts';
import { appointOfficer, type PolicyName, type PolicyValue } from '../../src/communities/index.ts';
import type { World } from './world.ts';

/** A secret that nobody can open, for approvals that show none. */
export const someSecret: FreshSecret = { secretHash: 'a'.repeat(32), sealedSecret: 'sealed' };

/** Appoints a further officer of a community, or of the street office (null). */
export async function officerOf(world: World, communityId: string | null): Promise<Acting> {
  return { id: (await world.must(appointOfficer, { name: '李二', communityId, residentId: null })).id, communityId };
}

/** One officer proposes, a colleague approves; gives what the command replied. */
export async function byTwo(world: World, by: Acting, command: MatterName, input: object, reason = '两人同意'): Promise<object> {
  const { id } = await world.must(propose, { by, command, input, reason });
  const second = await officerOf(world, by.communityId);
  return (await world.must(approveProposal, { by: second, id, reason: null, secret: someSecret })).result;
}

/** Two officers of the street set a policy; `effectiveFrom` in epoch milliseconds, null: at once. */
export async function enact<N extends PolicyName>(world: World, name: N, value: PolicyValue<N>, effectiveFrom: number | null = null) {
  return byTwo(world, await officerOf(world, null), 'policy', { name, value, effectiveFrom });
}

/** Two officers of the street have one community succeed another from a business day on. */
export async function succeed(world: World, communityId: string, successorId: string, effectiveFrom: string): Promise<object> {
  return byTwo(world, await officerOf(world, null), 'successor', { communityId, successorId, effectiveFrom });
}
