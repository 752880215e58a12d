import { describe, expect, it } from 'vitest';
import { enact } from '../../support/two-officers.ts';
import { expectFields, expectProblem, listed, openOffices, read } from '../../support/offices.ts';

const DAY = 86_400_000;

describe('/v1/policies', () => {
  it('shows what is in force and what is coming', async () => {
    const { gexiang, street, world } = await openOffices();
    await enact(world, 'rate', { points: 100, fen: 900 }, world.clock.now + DAY);
    const { items } = await read(gexiang, '/v1/policies');
    expect(items).toHaveLength(16);
    expect(items[0]).toMatchObject({
      name: 'rate',
      current: { policy_version: 1, value: { points: 100, fen: 1_000 }, effective_from: '2026-03-02T02:00:00.000Z' },
      coming: [{ policy_version: 2, value: { points: 100, fen: 900 }, effective_from: '2026-03-03T02:00:00.000Z' }],
    });
    expect(items[0].coming[0].proposed_by).toMatch(/^off_/);
    expect(items[0].coming[0].approved_by).not.toBe(items[0].coming[0].proposed_by);
    expect(items[0].coming[0].proposed_by_name).toBeNull();
    const [coming] = (await read(street, '/v1/policies'))['items'][0].coming;
    expect(coming).toMatchObject({ proposed_by_name: '李二', approved_by_name: '李二' });
    world.clock.advance(DAY);
    expect((await read(gexiang, '/v1/policies'))['items'][0]).toMatchObject({ current: { policy_version: 2 }, coming: [] });
  });

  it('tells every version of one, newest first', async () => {
    const { gexiang, world } = await openOffices();
    for (const fen of [900, 800]) await enact(world, 'rate', { points: 100, fen });
    const versions = await listed(gexiang, '/v1/policies/rate');
    expect(versions.map(({ policy_version: n, value }) => [n, value.fen])).toEqual([
      [3, 800],
      [2, 900],
      [1, 1_000],
    ]);
    expectFields(await gexiang.get('/v1/policies/weather'), 'path/name');
  });

  it('is not a resident’s to read', async () => {
    const { resident } = await openOffices();
    expectProblem(await resident.get('/v1/policies'), 'insufficient_scope');
  });
});
