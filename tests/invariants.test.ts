import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit, checkLine } from '../src/cli/audit.ts';
import type { TableName } from '../src/store/index.ts';
import { openWalk, stepsOf } from './support/random-steps.ts';
import type { World } from './support/world.ts';

const nightly = process.env['CALLMI_NIGHTLY'] !== undefined;
const STEPS = 500;
const RUNS = nightly ? 200 : 3;
const seed = Number(process.env['CALLMI_SEED'] ?? Date.now() % 2 ** 31);

/** Everything that is written except the requests, as one text. */
async function contents({ store: { read, tables } }: World): Promise<string> {
  const names = (Object.keys(tables) as TableName[]).filter((name) => name !== 'request');
  return JSON.stringify(await Promise.all(names.map(async (name) => read.select().from(tables[name]))));
}

describe(`random commands (CALLMI_SEED=${seed})`, () => {
  it(
    'leave every invariant whole after every step, and a refusal leaves only its request row',
    async () => {
      const refusals = new Map<string, number>();
      let successes = 0;
      const property = fc.asyncProperty(stepsOf(STEPS), async (steps) => {
        const { world, walk } = await openWalk();
        for (const step of steps) {
          const before = await contents(world);
          const requests = await world.store.read.$count(world.store.tables.request);
          const outcome = await walk(step);
          if (outcome && 'refused' in outcome) {
            refusals.set(outcome.refused, (refusals.get(outcome.refused) ?? 0) + 1);
            expect(await contents(world)).toBe(before);
            expect(await world.store.read.$count(world.store.tables.request)).toBe(requests + 1);
          } else if (outcome) successes++;
          const { ok, checks } = await audit(world.store);
          if (!ok) throw new Error(`${JSON.stringify(step)} broke the books:\n${checks.map(checkLine).join('')}`);
        }
        await world.close();
      });
      await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: !nightly });
      process.stdout.write(`seed ${seed}: ${successes} commands succeeded; refused: ${JSON.stringify(Object.fromEntries(refusals))}\n`);
      expect(successes).toBeGreaterThan(RUNS * STEPS * 0.2);
      expect(refusals.size).toBeGreaterThan(10);
    },
    nightly ? 3_600_000 : 120_000,
  );
});
