/** Residents are found by a part of the name, however an input method wrote it then or writes it now, and by the end of the phone. */
import { expect, it } from 'vitest';
import { phoneEndHash } from '../../src/access/index.ts';
import {
  changedSearchKeys,
  fillMissingPhoneEnds,
  registerResident,
  residentsByPhoneEnd,
  residentsNamedLike,
  wantSearchKeys,
} from '../../src/communities/index.ts';
import { openKeys } from '../../src/keys.ts';
import { type Command, one, put, type Row } from '../../src/ledger/index.ts';
import { nameKey, UNKNOWN_END } from '../../src/store/index.ts';
import { eraseRun, WEEK_MS } from '../support/leaving.ts';
import { byTwo } from '../support/two-officers.ts';
import { consented } from '../support/consents.ts';
import { testKeys } from '../support/keys.ts';
import { asAfter } from '../support/older-database.ts';
import { plansOf } from '../support/plans.ts';
import { expectWhole } from '../support/server.ts';
import { all, opened } from '../support/stores.ts';
import { openWorld, street, type World } from '../support/world.ts';

let registered = 0;

async function register({ must }: Pick<World, 'must'>, name: string, communityId = 'gexiang', phoneEnd?: string): Promise<string> {
  const phoneHash = (++registered).toString(16).padStart(32, '0');
  const told = { communityId, name, ...consented, phoneHash, phoneSealed: 'sealed', ...(phoneEnd !== undefined && { phoneEnd }) };
  return (await must(registerResident, { by: street, ...told })).id;
}

type Change = { readonly id: string; readonly to: Partial<Row<'resident'>>; readonly phoneEnd: string | undefined };

/** Changes a resident as a command that corrects or moves does. */
const change: Command<Change, null> = {
  name: 'change-resident',
  load: ({ id }) => [one('resident', id), ...wantSearchKeys(id)],
  decide(facts, { id, to, phoneEnd }) {
    const resident = { ...facts.get('resident', id)!, ...to, ...(to.name && { nameKey: nameKey(to.name) }) };
    return { rows: [put('resident', resident), ...changedSearchKeys(facts, resident, phoneEnd)], reply: null };
  },
};

const changed = (world: World, id: string, to: Partial<Row<'resident'>>, phoneEnd?: string) => world.must(change, { id, to, phoneEnd });

const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
const asked = (store: World['store'], start: string, office: string | null = 'gexiang') =>
  residentsNamedLike(store, start, office, { limit: 10 }).then(names);
const byEnd = (store: World['store'], ends: readonly string[], office: string | null = 'gexiang') =>
  residentsByPhoneEnd(store, ends, office, { limit: 10 }).then(names);

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
    '古丽·买',
    '依古',
    '丽•买买提',
  ]) {
    expect(await asked(world.store, start), start).toEqual(['阿依古丽·买买提']);
  }
  expect(await asked(world.store, 'li lei')).toEqual(['ＬＩ Ｌｅｉ']);
  expect(await asked(world.store, '阿依')).toEqual(['阿依努尔', '阿依古丽·买买提']);
  expect(await asked(world.store, '依')).toEqual(['阿依努尔', '阿依古丽·买买提']);
  expect(await asked(world.store, 'Lei')).toEqual(['ＬＩ Ｌｅｉ']);
  expect(await asked(world.store, '丽阿')).toEqual([]);
  expect(await asked(world.store, '阿依', 'wanhe')).toEqual([]);
  expect(await asked(world.store, '阿依', null)).toEqual(['阿依努尔', '阿依古丽·买买提']);
});

it('somebody with the same part twice in the name is found once, in pages as well', async () => {
  const world = await openWorld();
  for (const name of ['李丽丽', '丽娜', '王丽丽丽']) await register(world, name);
  expect(await asked(world.store, '丽')).toEqual(['王丽丽丽', '丽娜', '李丽丽']);
  const first = await residentsNamedLike(world.store, '丽', 'gexiang', { limit: 1 });
  expect(names(first)).toEqual(['王丽丽丽', '丽娜']);
  expect(names(await residentsNamedLike(world.store, '丽', 'gexiang', { limit: 2, after: first[0]!.id }))).toEqual(['丽娜', '李丽丽']);
});

it.each(['gexiang', null])('a name and the end of a number are found by an index, whoever else is registered (%s)', async (office) => {
  const world = await openWorld();
  const questions = [() => asked(world.store, '依', office), () => byEnd(world.store, ['e'.repeat(32)], office)];
  for (const question of questions) {
    const plans = await plansOf(world, question);
    const [found, ...others] = plans.filter(({ statement }) => statement.includes('"key"'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ scans: [], uses: [expect.stringMatching(/^resident_key_(community|all)$/)] });
  }
});

it('a resident is found by the end of the number, in the communities that are asked', async () => {
  const world = await openWorld();
  const [here, there] = ['a'.repeat(32), 'b'.repeat(32)];
  await register(world, '王一', 'gexiang', here);
  await register(world, '王二', 'wanhe', there);
  await register(world, '王三', 'gexiang', here);
  expect(await byEnd(world.store, [here])).toEqual(['王三', '王一']);
  expect(await byEnd(world.store, [here], 'wanhe')).toEqual([]);
  expect(await byEnd(world.store, [here, there], null)).toEqual(['王三', '王二', '王一']);
  expect(await asked(world.store, '\uFFFF')).toEqual([]);
});

it('a resident whose name, number or home changes is found by what is so now, and who has left by nothing', async () => {
  const world = await openWorld();
  const [before, after] = ['a'.repeat(32), 'b'.repeat(32)];
  const id = await register(world, '欧阳小米', 'gexiang', before);
  await changed(world, id, { name: '欧阳一' });
  expect([await asked(world.store, '小米'), await asked(world.store, '阳一'), await byEnd(world.store, [before])]).toEqual([
    ['葛小米'],
    ['欧阳一'],
    ['欧阳一'],
  ]);
  await changed(world, id, { communityId: 'wanhe' });
  expect([await asked(world.store, '阳一'), await asked(world.store, '阳一', 'wanhe')]).toEqual([[], ['欧阳一']]);
  expect(await byEnd(world.store, [before], null)).toEqual([]);
  await changed(world, id, {}, after);
  expect(await byEnd(world.store, [after], 'wanhe')).toEqual(['欧阳一']);
  await expectWhole(world);

  await byTwo(world, world.wanhe, 'erasure', { residentId: id });
  world.clock.advance(WEEK_MS);
  await eraseRun(world);
  expect([await asked(world.store, '阳一', null), await byEnd(world.store, [after], null)]).toEqual([[], []]);
  const keys = (await all(world.store, 'residentKey')).filter((row) => row.residentId === id);
  expect(keys.map(({ key }) => key)).toEqual([null, null, null, null, null]);
  await expectWhole(world);
});

it('numbers that are not known to be found by are filled in by the service, and each once', async () => {
  const world = await openWorld();
  const { secrets } = await openKeys({ databaseUrl: world.url, keys: testKeys }, world.store, world.engine, world.chance);
  const deps = { view: world.store, engine: world.engine, secrets };
  for (let n = 0; n < 100; n++) await register(world, `王${n}`, 'gexiang', 'c'.repeat(32));
  for (const home of ['gexiang', 'wanhe', 'gexiang']) await world.register(home);
  const end = (communityId: string, phone: string) => phoneEndHash(secrets, communityId, phone);
  expect(await byEnd(world.store, [end('wanhe', '19900000003')], 'wanhe')).toEqual([]);
  expect(await fillMissingPhoneEnds(deps)).toBe(4);
  expect(await fillMissingPhoneEnds(deps)).toBe(0);
  expect(await byEnd(world.store, [end('wanhe', '13800000003')], 'wanhe')).toEqual(['葛小米']);
  expect(await byEnd(world.store, [end('gexiang', '19900000003')], null)).toEqual([]);
  const keys = (await all(world.store, 'residentKey')).filter(({ place }) => place === 0);
  expect(keys.filter(({ key }) => key === UNKNOWN_END)).toEqual([]);
});

it('a number is not filled in from a resident who has changed meanwhile', async () => {
  const world = await openWorld();
  const { secrets } = await openKeys({ databaseUrl: world.url, keys: testKeys }, world.store, world.engine, world.chance);
  const id = await world.register('gexiang');
  const submit: World['engine']['submit'] = async (submission) => {
    await changed(world, id, { statusReason: '核实' });
    return world.engine.submit(submission);
  };
  expect(await fillMissingPhoneEnds({ view: world.store, engine: { submit } as World['engine'], secrets })).toBe(1);
  expect(await fillMissingPhoneEnds({ view: world.store, engine: world.engine, secrets })).toBe(1);
});

it('a resident who was registered before there were keys is found by one too, once the database is migrated', async () => {
  const world = await openWorld();
  await register(world, '阿依古丽•买买提');
  await register(world, '古丽·Ａ', 'wanhe');
  for (let n = 0; n < 401; n++) await register(world, `王${n}`);
  const keys = await all(world.store, 'residentKey');
  await world.close();

  const { url } = await asAfter(world, 7);
  const store = await opened(url);
  expect(await asked(store, '丽·买')).toEqual(['阿依古丽•买买提']);
  expect(await asked(store, '古丽·a', null)).toEqual(['古丽·Ａ']);
  expect(await asked(store, '王400')).toEqual(['王400']);
  expect(await all(store, 'residentKey')).toEqual(keys);
});
