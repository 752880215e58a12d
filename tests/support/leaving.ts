/** Residents who leave: what two officers, seven days and the job do. */
import { eraseDue, type Erased } from '../../src/redeem/index.ts';
import type { Scheme } from './scheme.ts';
import { byTwo } from './two-officers.ts';
import type { World } from './world.ts';

export const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

type Requested = { readonly id: string; readonly points: number; readonly due_at: number };

/** Two officers of the home community request it. */
export function requestedFor(world: World, residentId = world.residentId): Promise<Requested> {
  return byTwo(world, world.gexiang, 'erasure', { residentId }) as Promise<Requested>;
}

/** One run of the job; the lines that it kept are added to `kept`. */
export function eraseRun({ store, engine, clock }: Scheme, kept: Erased[] = []): Promise<number> {
  return eraseDue({ view: store, engine, clock: () => clock.now, keepErased: (each) => kept.push(each) });
}

/** Erases a resident of Gexiang: the job runs once the week is over, and again when nothing of before can be under way. */
export async function erased(world: World, residentId = world.residentId): Promise<Erased[]> {
  const kept: Erased[] = [];
  await requestedFor(world, residentId);
  world.clock.advance(WEEK_MS);
  await eraseRun(world, kept);
  world.clock.advance(10 * MINUTE_MS);
  await eraseRun(world, kept);
  return kept;
}
