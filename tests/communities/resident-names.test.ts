/** Residents are found by name, however an input method wrote it then or writes it now. */
import { expect, it } from 'vitest';
import { registerResident, residentsNamedLike } from '../../src/communities/index.ts';
import { consented } from '../support/consents.ts';
import { plansOf } from '../support/plans.ts';
import { rawOf } from '../support/raw.ts';
import { opened } from '../support/stores.ts';
import { openWorld, street, type World } from '../support/world.ts';

let registered = 0;

async function register({ must }: Pick<World, 'must'>, name: string, communityId = 'gexiang'): Promise<string> {
  const phoneHash = (++registered).toString(16).padStart(32, '0');
  return (await must(registerResident, { by: street, communityId, name, ...consented, phoneHash, phoneSealed: 'sealed' })).id;
}

const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
const asked = (store: World['store'], start: string, office: string | null = 'gexiang') =>
  residentsNamedLike(store, start, office, { limit: 10 }).then(names);

it('a name is found across separators, width and case, and shown as it was written', async () => {
  const world = await openWorld();
  await register(world, '阿依古丽·买买提');
  await register(world, 'ＬＩ Ｌｅｉ');
  await register(world, '阿依努尔');
  for (const start of [
    '阿依古丽·买买提',
    '阿依古丽•买',
    '阿依古丽・买买提',
    '阿依古丽．买',
    '阿依古丽 · 买买提',
    '\u202A阿依古丽\u202C',
    '阿依古',
  ]) {
    expect(await asked(world.store, start), start).toEqual(['阿依古丽·买买提']);
  }
  expect(await asked(world.store, 'li lei')).toEqual(['ＬＩ Ｌｅｉ']);
  expect(await asked(world.store, '阿依')).toEqual(['阿依努尔', '阿依古丽·买买提']);
  expect(await asked(world.store, '买买提')).toEqual([]);
  expect(await asked(world.store, '阿依', 'wanhe')).toEqual([]);
  expect(await asked(world.store, '阿依', null)).toEqual(['阿依努尔', '阿依古丽·买买提']);
});

it.each(['gexiang', null])('a name is found by an index of names, whoever else is registered (%s)', async (office) => {
  const world = await openWorld();
  const plans = await plansOf(world, () => asked(world.store, '阿依', office));
  const [found, ...others] = plans.filter(({ statement }) => statement.includes('name_key'));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ scans: [], uses: [expect.stringMatching(/^resident_(community_)?name$/)] });
});

it('a resident who was registered before there were keys is found by one too, once the database is migrated', async () => {
  const world = await openWorld();
  await register(world, '阿依古丽•买买提');
  await register(world, '古丽·Ａ', 'wanhe');
  for (let n = 0; n < 1_001; n++) await register(world, `王${n}`);
  await world.close();
  const raw = await rawOf(world);
  await raw.exec('drop index resident_community_name; drop index resident_name; alter table resident drop column name_key');
  await raw.exec('delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)');

  const store = await opened(world.url);
  expect(await asked(store, '阿依古丽·买')).toEqual(['阿依古丽•买买提']);
  expect(await asked(store, '古丽·a', null)).toEqual(['古丽·Ａ']);
  expect(await asked(store, '王1000')).toEqual(['王1000']);
  const without = await store.read.select().from(store.tables.resident);
  expect(without.filter(({ nameKey }) => nameKey === null)).toEqual([]);
});
