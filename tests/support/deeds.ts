import type { GrantInput } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import type { World } from './world.ts';

/** An hour of volunteering today, granted by Gexiang to its resident for 10 points, but for what a test says. */
export function deedOf(world: World, changes: Partial<GrantInput> = {}): GrantInput {
  return {
    by: world.gexiang,
    ruleId: world.ruleId,
    residentId: world.residentId,
    quantity: 1,
    points: null,
    occurredOn: dayOf(world.clock.now),
    description: '社区清洁',
    externalReference: null,
    approvedBy: null,
    ...changes,
  };
}
