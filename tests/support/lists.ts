/** A list of grants that Gexiang proposes, and its way through two officers. */
import { approveProposal, propose } from '../../src/api/index.ts';
import type { Acting } from '../../src/access/index.ts';
import type { ListedDeed } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { officerOf, someSecret } from './two-officers.ts';
import type { World } from './world.ts';

export const HASH = 'ab'.repeat(32);

/** An hour of volunteering today for the resident of the small world, but for what a test says. */
export function listedIn(world: World, changes: Partial<ListedDeed> = {}): ListedDeed {
  return {
    ruleId: world.ruleId,
    residentId: world.residentId,
    quantity: 1,
    points: null,
    occurredOn: dayOf(world.clock.now),
    description: '社区清洁',
    externalReference: null,
    ...changes,
  };
}

/** The input of the proposal of a list. */
export function proposalOf(world: World, rows: readonly ListedDeed[], by: Acting = world.gexiang) {
  return { by, command: 'grant_list' as const, input: { rows, hash: HASH, worth: [] }, reason: '十一月志愿活动' };
}

/** Proposes a list, and gives how a colleague approves it, who saw `points`. */
export async function proposeList(world: World, rows: readonly ListedDeed[], points: number) {
  const { id } = await world.must(propose, proposalOf(world, rows));
  const colleague = await officerOf(world, 'gexiang');
  const approval = { by: colleague, id, reason: null, secret: someSecret, acknowledged: { hash: HASH, points } };
  return { id, colleague, approval, listId: `gls_${id.slice(4)}` };
}

/** A list that two officers have approved, of which no row is granted yet; gives its id. */
export async function approveList(world: World, rows: readonly ListedDeed[], points: number): Promise<string> {
  const { approval, listId } = await proposeList(world, rows, points);
  await world.must(approveProposal, approval);
  return listId;
}
