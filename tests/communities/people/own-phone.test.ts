import { expect, it } from 'vitest';
import { askCodes } from '../../../src/access/index.ts';
import { changePhone } from '../../../src/communities/index.ts';
import { byTwo } from '../../support/two-officers.ts';
import { openWorld } from '../../support/world.ts';

const RIGHT = 'c0de'.padEnd(32, '0');
const codes = ['a', 'b'].map((row) => ({ row: row.repeat(32), codeHash: RIGHT })) as [
  { row: string; codeHash: string },
  { row: string; codeHash: string },
];
const phone = { phoneHash: 'ab'.repeat(16), phoneSealed: 'sealed' };

async function asked() {
  const world = await openWorld();
  await world.must(askCodes, { codes: codes.map((code) => ({ ...code, slot: `asked:${code.row.slice(0, 4)}`, known: true })) });
  const [resident] = await world.store.read.select().from(world.store.tables.resident);
  return { world, input: { residentId: world.residentId, sessionId: 'none', phone, formerHash: resident!.phoneHash, codes } };
}

it('right codes of a number that was changed meanwhile are worth nothing', async () => {
  const { world, input } = await asked();
  expect(await world.must(changePhone, { ...input, formerHash: 'cd'.repeat(16) })).toEqual({ failed: 'wrong' });
  expect((await world.store.read.select().from(world.store.tables.signInCode)).map(({ failures }) => failures)).toEqual([1, 1]);
  expect(await world.must(changePhone, input)).toMatchObject({ ended_session_ids: [] });
  expect((await world.store.read.select().from(world.store.tables.signInCode)).map(({ used }) => used)).toEqual([1, 1]);
});

it('a wrong try counts at both codes, and codes are used once', async () => {
  const { world, input } = await asked();
  const half = [codes[0], { ...codes[1], codeHash: 'bad'.padEnd(32, '0') }] as const;
  expect(await world.must(changePhone, { ...input, codes: half })).toEqual({ failed: 'wrong' });
  expect((await world.store.read.select().from(world.store.tables.signInCode)).map(({ failures }) => failures)).toEqual([1, 1]);
  await world.must(changePhone, input);
  const next = { ...input, formerHash: phone.phoneHash, phone: { ...phone, phoneHash: 'ef'.repeat(16) } };
  expect(await world.must(changePhone, next)).toEqual({ failed: 'wrong' });
});

it('a number is changed neither to itself, nor while another change may be stopped', async () => {
  const { world, input } = await asked();
  await world.refused(changePhone, { ...input, phone: { ...phone, phoneHash: input.formerHash } }, 'phone_unchanged');
  await byTwo(world, world.gexiang, 'phone', { residentId: world.residentId, ...phone });
  const next = { ...input, formerHash: phone.phoneHash, phone: { ...phone, phoneHash: 'ef'.repeat(16) } };
  expect(await world.refused(changePhone, next, 'phone_change_open')).toEqual({ closed_until: world.clock.now + 72 * 3_600_000 });
});
