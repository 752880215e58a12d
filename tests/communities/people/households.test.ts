import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import {
  addHouseholdMember,
  endHousehold,
  foundHousehold,
  handOverHousehold,
  householdById,
  householdMembers,
  householdOfResident,
  householdsPage,
  joinHousehold,
  leaveHousehold,
  mintHouseholdCode,
  moveResident,
  newHouseholdCode,
  setResidentStatus,
} from '../../../src/communities/index.ts';
import { put } from '../../../src/ledger/index.ts';
import { HOUSEHOLD_CHARACTERS } from '../../../src/text/index.ts';
import { householdOf } from '../../support/households.ts';
import { book } from '../../support/scheme.ts';
import { refusedAlone } from '../../support/refused-alone.ts';
import { openWorld, type World } from '../../support/world.ts';

const HOUR = 3_600_000;
const nobody = `res_${'0'.repeat(32)}`;
const nowhere = `hou_${'0'.repeat(32)}`;
const hash = 'a'.repeat(32);
const founding = (headId: string) => ({ by: null, headId, reason: null });
const mintingBy = (headId: string) => ({ headId, codeHash: hash, sealedCode: 'sealed' });
const leaving = (residentId: string) => ({ by: null, residentId, reason: null });
const at = (world: World, householdId: string) => ({ by: world.gexiang, householdId, reason: '本人到场' });

async function suspend(world: World, id: string): Promise<void> {
  await world.must(setResidentStatus, { by: world.gexiang, id, status: 'suspended', reason: '核实身份' });
}

async function codeOf(world: World, headId: string, codeHash = hash): Promise<string> {
  await world.must(mintHouseholdCode, { headId, codeHash, sealedCode: 'sealed' });
  return codeHash;
}

describe('a household', () => {
  it('is founded by its head, who is its first member', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const { id, ...made } = await world.must(foundHousehold, founding(residentId));
    expect(made).toEqual({ community_id: 'gexiang', head_id: residentId, founded_at: clock.now });
    expect(await householdOfResident(store, residentId)).toMatchObject({ id, headId: residentId, endedAt: null });
    expect(await householdMembers(store, id)).toMatchObject([
      { residentId, since: clock.now, until: null, how: 'head', by: null, reason: null },
    ]);
  });

  it('is founded at a counter by an officer of the head’s community, who says why', async () => {
    const world = await openWorld();
    const { residentId, store, gexiang } = world;
    const asked = { by: gexiang, headId: residentId, reason: '老人无手机' };
    await refusedAlone(world, foundHousehold, { ...asked, by: world.wanhe }, 'foreign_community');
    const { id } = await world.must(foundHousehold, asked);
    expect(await householdMembers(store, id)).toMatchObject([{ how: 'head', by: gexiang.id, reason: '老人无手机' }]);
  });

  it('is not founded by who is in one, is suspended, or is not there', async () => {
    const world = await openWorld();
    const { residentId } = world;
    await refusedAlone(world, foundHousehold, founding(nobody), 'resident_not_found');
    const id = await householdOf(world, residentId);
    const refused = await refusedAlone(world, foundHousehold, founding(residentId), 'in_household_already');
    expect(refused).toEqual({ resident_id: residentId, household_id: id });
    const other = await world.register('gexiang');
    await suspend(world, other);
    await refusedAlone(world, foundHousehold, founding(other), 'resident_suspended');
  });

  it('is founded and joined by nobody who waits to be confirmed or was declined, and says so', async () => {
    const world = await openWorld();
    const { residentId, store } = world;
    const waiting = await world.register('gexiang');
    const id = await householdOf(world, residentId);
    const code = await codeOf(world, residentId);
    for (const [status, refusal] of [
      ['unconfirmed', 'resident_unconfirmed'],
      ['declined', 'resident_declined'],
    ] as const) {
      const [row] = await store.read.select().from(store.tables.resident).where(eq(store.tables.resident.id, waiting));
      await world.run(book, { rows: [put('resident', { ...row!, status })] });
      expect(await refusedAlone(world, foundHousehold, founding(waiting), refusal)).toEqual({ resident_id: waiting });
      await refusedAlone(world, joinHousehold, { residentId: waiting, codeHash: code }, refusal);
      await refusedAlone(world, addHouseholdMember, { ...at(world, id), residentId: waiting }, refusal);
    }
  });

  it('is listed by its community, newest first, with the number of those who are in it', async () => {
    const world = await openWorld();
    const [a, b, c] = [await world.register('gexiang'), await world.register('gexiang'), await world.register('wanhe')];
    const first = await householdOf(world, world.residentId, a, c);
    await world.must(leaveHousehold, leaving(c));
    const second = await householdOf(world, b);
    const page = await householdsPage(world.store, 'gexiang', { limit: 5 });
    expect(page.map(({ id, members }) => [id, members])).toEqual([
      [second, 1],
      [first, 2],
    ]);
    expect(await householdsPage(world.store, 'gexiang', { limit: 5, after: second })).toHaveLength(1);
    expect(await householdsPage(world.store, 'wanhe', { limit: 5 })).toEqual([]);
  });
});

describe('a code of a household', () => {
  it('has eight characters of which none looks like another', () => {
    let next = 0;
    const codes = Array.from({ length: 200 }, () => newHouseholdCode(() => Uint8Array.of(next++ % 256)));
    expect(codes.every((code) => code.length === 8)).toBe(true);
    expect([...new Set(codes.join(''))].toSorted().join('')).toBe('23456789ABCDEFGHJKMNPQRSTUVWXYZ');
    // All 256 bytes, of which those from 248 on are drawn again: each character comes as often as any other.
    next = 0;
    const all = Array.from({ length: 31 }, () => newHouseholdCode(() => Uint8Array.of(next++ % 256))).join('');
    expect(new Set(HOUSEHOLD_CHARACTERS.split('').map((one) => all.split(one).length))).toEqual(new Set([9]));
  });

  it('joins several members within a day, and is wrong from then on', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const id = await householdOf(world, residentId);
    const [a, b, c] = [await world.register('gexiang'), await world.register('wanhe'), await world.register('gexiang')];
    const minted = await world.must(mintHouseholdCode, { headId: residentId, codeHash: hash, sealedCode: 'sealed' });
    expect(minted).toEqual({ household_id: id, expires_at: clock.now + 24 * HOUR, sealed_code: 'sealed' });
    expect(await world.must(joinHousehold, { residentId: a, codeHash: hash })).toEqual({
      household_id: id,
      resident_id: a,
      since: clock.now,
    });
    clock.advance(24 * HOUR - 1);
    await world.must(joinHousehold, { residentId: b, codeHash: hash });
    expect(await householdOfResident(store, b)).toMatchObject({ id });
    expect(await householdMembers(store, id)).toMatchObject([{}, {}, { residentId: b, how: 'code', by: null }]);
    clock.advance(1);
    await refusedAlone(world, joinHousehold, { residentId: c, codeHash: hash }, 'household_code_wrong');
    await refusedAlone(world, joinHousehold, { residentId: c, codeHash: 'b'.repeat(32) }, 'household_code_wrong');
  });

  it('is made by the head alone, who is not suspended', async () => {
    const world = await openWorld();
    const { residentId } = world;
    const [member, stranger] = [await world.register('gexiang'), await world.register('gexiang')];
    await householdOf(world, residentId, member);
    await refusedAlone(world, mintHouseholdCode, mintingBy(member), 'household_head_only');
    await refusedAlone(world, mintHouseholdCode, mintingBy(stranger), 'not_in_household');
    await suspend(world, residentId);
    await refusedAlone(world, mintHouseholdCode, mintingBy(residentId), 'resident_suspended');
  });

  it('does not join who is in a household, nor into one that has ended', async () => {
    const world = await openWorld();
    const { residentId } = world;
    const [other, third] = [await world.register('gexiang'), await world.register('gexiang')];
    await householdOf(world, residentId);
    const elsewhere = await householdOf(world, other);
    const codeHash = await codeOf(world, residentId);
    const refused = await refusedAlone(world, joinHousehold, { residentId: other, codeHash }, 'in_household_already');
    expect(refused).toEqual({ resident_id: other, household_id: elsewhere });
    await suspend(world, third);
    await refusedAlone(world, joinHousehold, { residentId: third, codeHash }, 'resident_suspended');
    await world.must(endHousehold, { of: { by: null, headId: residentId } });
    await refusedAlone(world, joinHousehold, { residentId: third, codeHash }, 'household_ended');
  });

  it('lets two who join at once into one household each, and one person into one', async () => {
    const world = await openWorld();
    const [other, joiner] = [await world.register('gexiang'), await world.register('gexiang')];
    const id = await householdOf(world, world.residentId);
    await householdOf(world, other);
    const codes = [await codeOf(world, world.residentId), await codeOf(world, other, 'b'.repeat(32))];
    const outcomes = await Promise.all(codes.map((codeHash) => world.run(joinHousehold, { residentId: joiner, codeHash })));
    expect(outcomes).toMatchObject([{ reply: { household_id: id } }, { refused: 'in_household_already', details: { household_id: id } }]);
  });
});

describe('a member', () => {
  it('is added at a counter by an officer of the household’s community, who says why', async () => {
    const world = await openWorld();
    const { residentId, store, gexiang, wanhe } = world;
    const id = await householdOf(world, residentId);
    const member = await world.register('wanhe');
    const asked = { ...at(world, id), residentId: member };
    await refusedAlone(world, addHouseholdMember, { ...asked, householdId: nowhere }, 'household_not_found');
    await refusedAlone(world, addHouseholdMember, { ...asked, by: wanhe }, 'foreign_community');
    await refusedAlone(world, addHouseholdMember, { ...asked, residentId: nobody }, 'resident_not_found');
    await world.must(addHouseholdMember, asked);
    expect(await householdMembers(store, id)).toMatchObject([
      {},
      { residentId: member, how: 'counter', by: gexiang.id, reason: '本人到场' },
    ]);
    await refusedAlone(world, addHouseholdMember, asked, 'in_household_already');
  });

  it('finds no place in a household of twenty', async () => {
    const world = await openWorld();
    const id = await householdOf(world, world.residentId);
    for (let n = 1; n < 20; n++) await world.must(addHouseholdMember, { ...at(world, id), residentId: await world.register('gexiang') });
    const more = { ...at(world, id), residentId: await world.register('gexiang') };
    expect(await refusedAlone(world, addHouseholdMember, more, 'household_full')).toEqual({ household_id: id, at_most: 20 });
  });

  it('leaves, is in none then, and may come back in the same moment; the times stay', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const member = await world.register('gexiang');
    const id = await householdOf(world, residentId, member);
    const since = clock.now;
    clock.advance(HOUR);
    expect(await world.must(leaveHousehold, leaving(member))).toEqual({ household_id: id, resident_id: member, left_at: since + HOUR });
    const { householdOf: table } = store.tables;
    expect(await store.read.select().from(table).where(eq(table.residentId, member))).toMatchObject([{ householdId: null }]);
    await refusedAlone(world, leaveHousehold, leaving(member), 'not_in_household');
    const codeHash = await codeOf(world, residentId);
    for (let times = 0; times < 2; times++) {
      await world.must(joinHousehold, { residentId: member, codeHash });
      await world.must(leaveHousehold, leaving(member));
    }
    await world.must(joinHousehold, { residentId: member, codeHash });
    const times = (await householdMembers(store, id)).filter((row) => row.residentId === member).map((row) => [row.since, row.until]);
    expect(times).toEqual([
      [since, since + HOUR],
      [since + HOUR, null],
    ]);
  });

  it('is taken out by an officer of the household’s community, whose reason stands after that of the coming', async () => {
    const world = await openWorld();
    const member = await world.register('gexiang');
    const id = await householdOf(world, world.residentId, member);
    const asked = { by: world.gexiang, residentId: member, reason: '已搬走' };
    await refusedAlone(world, leaveHousehold, { ...asked, by: world.wanhe }, 'foreign_community');
    await world.must(leaveHousehold, asked);
    expect((await householdMembers(world.store, id)).map(({ reason }) => reason)).toEqual([null, '户口本；已搬走']);
  });

  it('is taken out by an officer of the community that they have moved to, too, and founds another there', async () => {
    const world = await openWorld();
    const member = await world.register('gexiang');
    const id = await householdOf(world, world.residentId, member);
    const by = { id: world.wanhe.id, communityId: 'wanhe' };
    const asked = { by, residentId: member, reason: '已搬到万和' };
    await world.must(moveResident, { by, id: member, proof: { reason: '搬家' } });
    await refusedAlone(world, foundHousehold, { by, headId: member, reason: '分户' }, 'in_household_already');
    await refusedAlone(world, leaveHousehold, { ...asked, residentId: world.residentId }, 'foreign_community');
    await refusedAlone(
      world,
      addHouseholdMember,
      { by, householdId: id, residentId: await world.register('wanhe'), reason: '户口本' },
      'foreign_community',
    );
    await world.must(leaveHousehold, asked);
    expect(await world.must(foundHousehold, { by, headId: member, reason: '分户' })).toMatchObject({ community_id: 'wanhe' });
  });
});

describe('the head of a household', () => {
  it('stays while others are in it, and ends it by leaving alone', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const member = await world.register('gexiang');
    const id = await householdOf(world, residentId, member);
    expect(await refusedAlone(world, leaveHousehold, leaving(residentId), 'household_head_stays')).toEqual({ household_id: id, others: 1 });
    await world.must(leaveHousehold, leaving(member));
    await world.must(leaveHousehold, leaving(residentId));
    expect(await householdById(store, id)).toMatchObject({ endedAt: clock.now });
    expect(await householdOfResident(store, residentId)).toBeUndefined();
  });

  it('hands it over to a member, and may leave then', async () => {
    const world = await openWorld();
    const { residentId, store } = world;
    const [member, stranger] = [await world.register('gexiang'), await world.register('gexiang')];
    const id = await householdOf(world, residentId, member);
    const of = { by: null, headId: residentId };
    await refusedAlone(world, handOverHousehold, { of, toId: stranger }, 'not_in_household');
    await refusedAlone(world, handOverHousehold, { of: { by: null, headId: member }, toId: member }, 'household_head_only');
    expect(await world.must(handOverHousehold, { of, toId: member })).toEqual({ household_id: id, head_id: member });
    await refusedAlone(world, handOverHousehold, { of, toId: residentId }, 'household_head_only');
    await world.must(leaveHousehold, leaving(residentId));
    expect(await householdOfResident(store, member)).toMatchObject({ id, headId: member });
  });

  it('ends it, and all members are in none', async () => {
    const world = await openWorld();
    const { residentId, store, clock } = world;
    const [member, gone] = [await world.register('gexiang'), await world.register('gexiang')];
    const id = await householdOf(world, residentId, member, gone);
    await world.must(leaveHousehold, leaving(gone));
    const left = clock.now;
    clock.advance(HOUR);
    await refusedAlone(world, endHousehold, { of: { by: null, headId: member } }, 'household_head_only');
    expect(await world.must(endHousehold, { of: { by: null, headId: residentId } })).toEqual({ household_id: id, ended_at: clock.now });
    const untils = new Map((await householdMembers(store, id)).map((row) => [row.residentId, row.until]));
    expect(untils).toEqual(
      new Map([
        [residentId, clock.now],
        [member, clock.now],
        [gone, left],
      ]),
    );
    for (const each of [residentId, member]) expect(await householdOfResident(store, each)).toBeUndefined();
    await refusedAlone(world, endHousehold, { of: { by: null, headId: residentId } }, 'not_in_household');
  });

  it('has an officer of the community do both, who says why', async () => {
    const world = await openWorld();
    const { residentId, store, wanhe } = world;
    const member = await world.register('gexiang');
    const id = await householdOf(world, residentId, member);
    for (const [of, code] of [
      [{ ...at(world, id), by: wanhe }, 'foreign_community'],
      [at(world, nowhere), 'household_not_found'],
    ] as const) {
      await refusedAlone(world, handOverHousehold, { of, toId: member }, code);
      await refusedAlone(world, endHousehold, { of }, code);
    }
    await world.must(handOverHousehold, { of: { ...at(world, id), reason: '户主去世' }, toId: member });
    await world.must(endHousehold, { of: { ...at(world, id), reason: '分户' } });
    const reasons = new Map((await householdMembers(store, id)).map((row) => [row.residentId, row.reason]));
    expect(reasons).toEqual(
      new Map([
        [residentId, '分户'],
        [member, '户口本；户主去世；分户'],
      ]),
    );
    await refusedAlone(world, endHousehold, { of: at(world, id) }, 'household_ended');
    await refusedAlone(world, addHouseholdMember, { ...at(world, id), residentId: member }, 'household_ended');
  });
});
