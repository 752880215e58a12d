import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { audit, checkLine } from '../src/cli/audit.ts';
import type { TableName } from '../src/store/index.ts';
import { openWalk, stepsOf } from './support/random-steps.ts';
import type { World } from './support/world.ts';

const nightly = process.env['CALLMI_NIGHTLY'] !== undefined;
const STEPS = nightly ? 500 : 300;
// The rules are the same on both engines; where every query is a round trip, fewer walks are as long.
const RUNS = inject('engine') === 'sqlite' ? (nightly ? 200 : 2) : nightly ? 50 : 1;
const seed = Number(process.env['CALLMI_SEED'] ?? Date.now() % 2 ** 31);

/** Everything that is written except the requests, as one text, and how many requests there are. */
async function written({ store: { read, tables } }: World): Promise<{ contents: string; requests: number }> {
  const names = (Object.keys(tables) as TableName[]).filter((name) => name !== 'request');
  const contents = JSON.stringify(await Promise.all(names.map(async (name) => read.select().from(tables[name]))));
  return { contents, requests: await read.$count(tables.request) };
}

describe(`random commands (CALLMI_SEED=${seed})`, () => {
  // A walk of which every step is refused, or none, would test little; how many are is a matter of the draw, so this one is always the same.
  it('get through often enough, and are refused in many ways', async () => {
    const { world, walk } = await openWalk();
    const outcomes: Awaited<ReturnType<typeof walk>>[] = [];
    for (const step of fc.sample(stepsOf(STEPS), { seed: 1, numRuns: 1 })[0]!) outcomes.push(await walk(step));
    await world.close();
    expect(outcomes.filter((outcome) => outcome && !('refused' in outcome)).length).toBeGreaterThan(STEPS * 0.2);
    expect(new Set(outcomes.map((outcome) => outcome && 'refused' in outcome && outcome.refused)).size).toBeGreaterThan(10);
  });

  it(
    'leave every invariant whole after every step, and a refusal leaves only its request row',
    async () => {
      const refusals = new Map<string, number>();
      let successes = 0;
      const property = fc.asyncProperty(stepsOf(STEPS), async (steps) => {
        const { world, walk } = await openWalk();
        let before = await written(world);
        for (const step of steps) {
          const outcome = await walk(step);
          const after = await written(world);
          if (outcome && 'refused' in outcome) {
            refusals.set(outcome.refused, (refusals.get(outcome.refused) ?? 0) + 1);
            expect(after.contents).toBe(before.contents);
            expect(after.requests).toBe(before.requests + 1);
          } else if (outcome) successes++;
          before = after;
          const { ok, checks } = await audit(world.store);
          if (!ok) throw new Error(`${JSON.stringify(step)} broke the books:\n${checks.map(checkLine).join('')}`);
        }
        await world.close();
      });
      await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: !nightly });
      process.stdout.write(`seed ${seed}: ${successes} commands succeeded; refused: ${JSON.stringify(Object.fromEntries(refusals))}\n`);
    },
    nightly ? 3_600_000 : 600_000,
  );
});
