/** Residents who leave: what two officers, seven days and the job do. */
import { expect } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { eraseDue, type Erased } from '../../src/redeem/index.ts';
import type { ReadableStore, Row, TableName, View } from '../../src/store/index.ts';
import { balancesOf } from './balances.ts';
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

/** The engine of a process that is killed after so many commands of the job: before the next one or, with `answers` false, before it hears of the last. */
export function dyingAfter({ engine }: Scheme, commands: number, answers = true): Scheme['engine'] {
  let left = commands;
  const bySystem: typeof engine.bySystem = async (...args) => {
    if (left-- <= 0) throw new Error('killed');
    const outcome = await engine.bySystem(...args);
    if (left === 0 && !answers) throw new Error('killed');
    return outcome;
  };
  return { bySystem } as Scheme['engine'];
}

/** Every row of a table. */
export async function rowsIn<N extends TableName>({ store: { read, tables } }: Scheme, table: N): Promise<Row<N>[]> {
  return read.select().from(tables[table] as never);
}

/** The balances of Gexiang's accounts of points that are not zero, each on its normal side. */
export async function pointsOf({ store }: { readonly store: View }): Promise<Record<string, number>> {
  const found = (await balancesOf(store)).filter(
    ({ unit, balance, community }) => unit === 'point' && balance !== 0 && community === 'gexiang',
  );
  return Object.fromEntries(found.map(({ kind, balance }) => [kind, Math.abs(balance)]));
}

/** Holds that the audit finds nothing. */
export async function sound({ store }: { readonly store: ReadableStore }): Promise<void> {
  const { checks } = await audit(store);
  expect(checks.flatMap(({ id, finding }) => ('broken' in finding ? [`${id}: ${finding.broken}`] : []))).toEqual([]);
}
