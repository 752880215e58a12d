import { describe, expect, it } from 'vitest';
import { householdOf } from '../../support/households.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';
import type { Caller } from '../../support/counter.ts';

const DAY = 86_400_000;
const NOBODY = `res_${'0'.repeat(32)}`;
const NOWHERE = `hou_${'0'.repeat(32)}`;
const reason = '老人无手机';

async function residentOf({ world, as }: Offices, communityId = 'gexiang'): Promise<{ id: string; caller: Caller }> {
  const id = await world.register(communityId);
  return { id, caller: await as({ kind: 'resident', residentId: id }) };
}

describe('/v1/me/household', () => {
  it('is founded by its head, who shows a code with which others join and see each other’s names', async () => {
    const offices = await openOffices();
    const { resident, world } = offices;
    const { residentId: head } = world;
    expect(await read(resident, '/v1/me/household')).toEqual({ household: null });
    const founded = await made(resident, '/v1/me/household', {});
    expect(founded).toEqual({ id: founded['id'], community_id: 'gexiang', head_id: head, founded_at: '2026-03-02T02:00:00.000Z' });
    const shown = await made(resident, '/v1/me/household/codes', {});
    expect(shown).toEqual({
      household_id: founded['id'],
      expires_at: '2026-03-03T02:00:00.000Z',
      code: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/),
    });
    const member = await residentOf(offices);
    const joined = await made(member.caller, '/v1/me/household/joining', { code: shown['code'] });
    expect(joined).toEqual({ household_id: founded['id'], resident_id: member.id, since: '2026-03-02T02:00:00.000Z' });
    const household = {
      ...founded,
      ended_at: null,
      members: [head, member.id].toSorted().map((id) => ({ resident_id: id, name: '葛小米', since: '2026-03-02T02:00:00.000Z' })),
    };
    for (const caller of [resident, member.caller]) expect(await read(caller, '/v1/me/household')).toEqual({ household });
  });

  it('takes a code as it is meant: in small letters, in full width, and with spaces or hyphens', async () => {
    const offices = await openOffices();
    const { resident } = offices;
    await made(resident, '/v1/me/household', {});
    const { code } = await made(resident, '/v1/me/household/codes', {});
    const wide = (code as string).replaceAll(/./g, (one) => String.fromCodePoint(one.codePointAt(0)! + 0xfee0));
    for (const typed of [code.toLowerCase(), wide, `${code.slice(0, 4)} - ${code.slice(4)}`, ` ${wide.toLowerCase()}\n`]) {
      const { caller } = await residentOf(offices);
      await made(caller, '/v1/me/household/joining', { code: typed });
    }
    const { caller } = await residentOf(offices);
    const again = (typed: string) => caller.post('/v1/me/household/joining', { code: typed }, 'join-1');
    expect((await again(code)).status).toBe(201);
    expect((await again(code.toLowerCase())).status).toBe(201);
    for (const wrong of ['K7WM3RX', 'K7WM3RXQQ', 'K7WM3RX0', 'K7WM3RXI', ''])
      expectFields(await caller.post('/v1/me/household/joining', { code: wrong }), '/code');
  });

  it('keeps no code but its keyed hash, and shows it again sealed', async () => {
    const offices = await openOffices();
    const { resident, world, api } = offices;
    await made(resident, '/v1/me/household', {});
    const { body } = await resident.post('/v1/me/household/codes', {}, 'code-1');
    const again = await resident.post('/v1/me/household/codes', {}, 'code-1');
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([body, 'true']);
    const { read: db, tables } = world.store;
    const [row] = await db.select().from(tables.householdCode);
    expect(row!.hash).toBe(api.keys.secrets.hash('household', body['code']));
    const stored = JSON.stringify([row, await db.select().from(tables.request), api.logged]);
    expect(stored).not.toContain(body['code']);
  });

  it('turns away who has guessed five codes within an hour, and answers what was joined before', async () => {
    const offices = await openOffices();
    const { resident, world } = offices;
    await made(resident, '/v1/me/household', {});
    const { code } = await made(resident, '/v1/me/household/codes', {});
    const [guesser, other] = [await residentOf(offices), await residentOf(offices)];
    const guess = (n: number, key?: string) => guesser.caller.post('/v1/me/household/joining', { code: `2222222${n}` }, key);
    for (const n of [2, 3, 4, 5]) expectProblem(await guess(n), 'household_code_wrong');
    for (let times = 0; times < 3; times++) expectProblem(await guess(6, 'same'), 'household_code_wrong');
    expectProblem(await guess(7), 'too_many_guesses');
    expect((await guesser.caller.post('/v1/me/household/joining', { code })).status).toBe(429);
    await made(other.caller, '/v1/me/household/joining', { code });
    world.clock.advance(3_600_000);
    await made(guesser.caller, '/v1/me/household/joining', { code });
  });

  it('is turned away, and leaves no row, where somebody does all of it without end', async () => {
    const { resident, world } = await openOffices();
    await made(resident, '/v1/me/household', {});
    for (let n = 1; n < 40; n++) expect((await resident.post('/v1/me/household/codes', {})).status).toBe(201);
    const rows = async () => world.store.read.$count(world.store.tables.request);
    const before = await rows();
    expectProblem(await resident.post('/v1/me/household/codes', {}), 'done_too_often');
    expect(await rows()).toBe(before);
    world.clock.advance(DAY);
    expect((await resident.post('/v1/me/household/codes', {})).status).toBe(201);
  });

  it('is left by a member, handed over and ended by the head', async () => {
    const offices = await openOffices();
    const { resident, world } = offices;
    const [a, b] = [await residentOf(offices), await residentOf(offices)];
    const id = await householdOf(world, world.residentId, a.id, b.id);
    expectProblem(await resident.post('/v1/me/household/leaving', {}), 'household_head_stays', {
      details: { household_id: id, others: 2 },
    });
    const left = await b.caller.post('/v1/me/household/leaving', {});
    expect(left.body).toEqual({ household_id: id, resident_id: b.id, left_at: '2026-03-02T02:00:00.000Z' });
    expectProblem(await a.caller.post('/v1/me/household/codes', {}), 'household_head_only');
    const over = await resident.post('/v1/me/household/hand-over', { resident_id: a.id });
    expect(over.body).toEqual({ household_id: id, head_id: a.id });
    expectProblem(await resident.post('/v1/me/household/ending', {}), 'household_head_only');
    const ended = await a.caller.post('/v1/me/household/ending', {});
    expect(ended.body).toEqual({ household_id: id, ended_at: '2026-03-02T02:00:00.000Z' });
    expect(await read(resident, '/v1/me/household')).toEqual({ household: null });
    expectProblem(await resident.post('/v1/me/household/leaving', {}), 'not_in_household', { details: { resident_id: world.residentId } });
  });
});

describe('/v1/households', () => {
  it('are founded at a counter, with members, and read with everybody who is or was in them', async () => {
    const offices = await openOffices();
    const { gexiang, street, wanhe, world } = offices;
    const [neighbour, guest] = [await world.register('gexiang'), await world.register('wanhe')];
    const { id } = await made(gexiang, '/v1/households', { resident_id: world.residentId, reason });
    for (const each of [neighbour, guest]) await made(gexiang, `/v1/households/${id}/members`, { resident_id: each, reason });
    world.clock.advance(DAY);
    const left = await gexiang.post(`/v1/residents/${neighbour}/household/leaving`, { reason: '已搬走' });
    expect(left.body).toEqual({ household_id: id, resident_id: neighbour, left_at: '2026-03-03T02:00:00.000Z' });
    const at = { community_id: 'gexiang', by: world.gexiang.id, by_name: '王一', since: '2026-03-02T02:00:00.000Z', until: null, reason };
    const household = await read(gexiang, `/v1/households/${id}`);
    const members = new Map((household['members'] as { resident_id: string }[]).map((member) => [member.resident_id, member]));
    expect(members).toEqual(
      new Map(
        [
          { ...at, resident_id: world.residentId, how: 'head', name: '葛小米' },
          { ...at, resident_id: neighbour, how: 'counter', name: '葛小米', until: '2026-03-03T02:00:00.000Z', reason: `${reason}；已搬走` },
          { ...at, resident_id: guest, community_id: 'wanhe', how: 'counter', name: '葛**' },
        ].map((member) => [member.resident_id, member]),
      ),
    );
    expect(household).toMatchObject({ id, community_id: 'gexiang', head_id: world.residentId, founded_at: at.since, ended_at: null });
    expect(await read(gexiang, `/v1/residents/${world.residentId}/household`)).toEqual({ household });
    expect(await read(gexiang, `/v1/residents/${neighbour}/household`)).toEqual({ household: null });
    expect(await read(street, `/v1/residents/${guest}/household`)).toMatchObject({ household: { id } });
    // The home community of one of its members reads it from there, with the names of the others masked.
    const masked = await read(wanhe, `/v1/residents/${guest}/household`);
    expect((masked['household']['members'] as { name: string }[]).map(({ name }) => name).toSorted()).toEqual(['葛**', '葛**', '葛小米']);
    expectProblem(await wanhe.get(`/v1/households/${id}`), 'foreign_community');
    expectProblem(await wanhe.get(`/v1/residents/${neighbour}/household`), 'foreign_community');
    expectProblem(await gexiang.get(`/v1/households/${NOWHERE}`), 'household_not_found', { details: { household_id: NOWHERE } });
    expectProblem(await gexiang.get(`/v1/residents/${NOBODY}/household`), 'resident_not_found', { details: { resident_id: NOBODY } });
  });

  it('are listed to their own community, and those of any community to the street', async () => {
    const offices = await openOffices();
    const { gexiang, street, wanhe, world } = offices;
    const ids = [await householdOf(world, world.residentId), await householdOf(world, await world.register('gexiang'))].toReversed();
    const rows = await listed(gexiang, '/v1/households', 1);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(rows[1]).toEqual({
      id: ids[1],
      community_id: 'gexiang',
      head_id: world.residentId,
      head_name: '葛小米',
      founded_at: '2026-03-02T02:00:00.000Z',
      ended_at: null,
      members: 1,
    });
    expect(await listed(street, '/v1/households?community_id=gexiang')).toEqual(rows);
    expect(await listed(wanhe, '/v1/households')).toEqual([]);
    expectFields(await street.get('/v1/households'), 'query/community_id');
    expectProblem(await wanhe.get('/v1/households?community_id=gexiang'), 'foreign_community');
  });

  it('are handed over and ended by an officer of their community, who says why', async () => {
    const { gexiang, wanhe, street, world } = await openOffices();
    const member = await world.register('gexiang');
    const id = await householdOf(world, world.residentId, member);
    const over = { resident_id: member, reason: '户主去世' };
    for (const caller of [wanhe, street]) {
      expectProblem(await caller.post(`/v1/households/${id}/hand-over`, over), 'foreign_community');
      expectProblem(await caller.post(`/v1/households/${id}/ending`, { reason }), 'foreign_community');
    }
    expect((await gexiang.post(`/v1/households/${id}/hand-over`, over)).body).toEqual({ household_id: id, head_id: member });
    expectFields(await gexiang.post(`/v1/households/${id}/ending`, {}), '/reason');
    expect((await gexiang.post(`/v1/households/${id}/ending`, { reason })).body).toEqual({
      household_id: id,
      ended_at: '2026-03-02T02:00:00.000Z',
    });
    expectProblem(await gexiang.post(`/v1/households/${id}/ending`, { reason }), 'household_ended');
  });
});
