/** Corrections of a name that come in one and the same millisecond: none of them takes the place of another. */
import { expect, it } from 'vitest';
import { correctResidentName } from '../../../src/communities/index.ts';
import { Unavailable } from '../../../src/ledger/index.ts';
import { all } from '../../support/stores.ts';
import { openWorld } from '../../support/world.ts';

it('each correction keeps the name before it, and a second one in the same moment is to come again', async () => {
  const world = await openWorld();
  const { run, store, clock, gexiang, residentId } = world;
  const correction = (name: string) => ({ by: gexiang, id: residentId, name, reason: '错字' });
  const tried = await Promise.allSettled(['葛大米', '葛中米'].map((name) => run(correctResidentName, correction(name))));
  expect(tried).toMatchObject([{ value: { reply: { corrected_at: clock.now } } }, { reason: expect.any(Unavailable) }]);
  clock.advance(1);
  await world.must(correctResidentName, correction('葛中米'));
  expect((await all(store, 'nameCorrection')).map(({ formerName }) => formerName)).toEqual(['葛小米', '葛大米']);
});
