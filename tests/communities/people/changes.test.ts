/** Changes of the register that come in one and the same millisecond: none of them is lost. */
import { expect, it } from 'vitest';
import { correctResidentName, moveResident } from '../../../src/communities/index.ts';
import { all } from '../../support/stores.ts';
import { openWorld, type World } from '../../support/world.ts';

/** Corrections of the resident's name, which arrive at once. */
function corrected({ run, gexiang, residentId }: World, names: readonly string[]) {
  return Promise.all(names.map((name) => run(correctResidentName, { by: gexiang, id: residentId, name, reason: '错字' })));
}

it('each correction of a name keeps the one before it', async () => {
  const world = await openWorld();
  const outcomes = await corrected(world, ['葛大米', '葛中米', '葛小麦']);
  const at = world.clock.now;
  expect(outcomes).toMatchObject([0, 1, 2].map((n) => ({ reply: { corrected_at: at + n } })));
  await corrected(world, ['葛大麦']);
  expect((await all(world.store, 'nameCorrection')).map(({ formerName, correctedAt }) => [formerName, correctedAt - at])).toEqual([
    ['葛小米', 0],
    ['葛大米', 1],
    ['葛中米', 2],
    ['葛小麦', 3],
  ]);
});

it('each move keeps the home before it', async () => {
  const { run, store, clock, gexiang, wanhe, residentId: id } = await openWorld();
  const to = (by: World['wanhe']) => run(moveResident, { by: { id: by.id, communityId: by.communityId! }, id, proof: { reason: '搬家' } });
  await Promise.all([to(wanhe), to(gexiang)]);
  expect(await to(wanhe)).toHaveProperty('reply');
  expect((await all(store, 'residentMove')).map(({ fromId, toId, movedAt }) => [fromId, toId, movedAt - clock.now])).toEqual([
    ['gexiang', 'wanhe', 0],
    ['wanhe', 'gexiang', 1],
    ['gexiang', 'wanhe', 2],
  ]);
});
