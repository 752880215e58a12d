/** A refusal: a store that is put where it already is. */
import { made, put, type Recipe } from './tree.ts';

const entry = `  place_unchanged: conflict(
    'The store is there already',
    (d: { store_id: string }) => \`The store \${d.store_id} has this address and these coordinates already.\`,
    'Nothing to do.',
    '门店位置没有变化',
  ),
`;

const guard = `  if (store.address === address && store.latitudeE6 === latitudeE6 && store.longitudeE6 === longitudeE6) {
    return refuse('place_unchanged', { store_id: id });
  }
`;

const test = `import { expect, it } from 'vitest';
import { expectProblem, openOffices } from '../../support/offices.ts';

it('a store is not put where it already is', async () => {
  const { wanhe, world } = await openOffices();
  const path = \`/v1/stores/\${world.storeId}/place\`;
  const place = { address: '万和路 1 号', latitude: null, longitude: null };
  expect((await wanhe.put(path, place)).status).toBe(200);
  expectProblem(await wanhe.put(path, place), 'place_unchanged', { details: { store_id: world.storeId } });
});
`;

export const refusal: Recipe = {
  heading: 'Add a refusal',
  places: [
    put('src/communities/refusals.ts', [entry, '  points_out_of_range: invalid(']),
    put('src/communities/merchants.ts', [
      guard,
      "  return { rows: [put('store', { ...store, address, latitudeE6, longitudeE6 })], reply: { id } };",
    ]),
    made('tests/api/routes/store-places.test.ts', test),
  ],
  generated: [
    { path: 'docs/errors.md', by: ['env', 'UPDATE_DOCS=1', 'vitest', 'run', 'tests/api/catalogue.test.ts', '--project', 'sqlite'] },
  ],
};
