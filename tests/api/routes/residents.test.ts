import { describe, expect, it } from 'vitest';
import { put } from '../../../src/ledger/index.ts';
import { consent } from '../../support/consents.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { book } from '../../support/scheme.ts';

const one = { name: '陈小明', phone: '13912345678', ...consent };
const NOBODY = `res_${'0'.repeat(32)}`;

describe('POST /v1/residents', () => {
  it('registers a resident of the officer’s own community, whose phone only ever shows masked', async () => {
    const { gexiang, api, world } = await openOffices();
    const shown = await made(gexiang, '/v1/residents', one);
    expect(shown).toEqual({
      id: shown['id'],
      community_id: 'gexiang',
      erasure_id: null,
      name: '陈小明',
      phone: '139****5678',
      status: 'active',
      status_reason: null,
      registered_at: '2026-03-02T02:00:00.000Z',
      spends_from: null,
    });
    expect(await read(gexiang, `/v1/residents/${shown['id']}`)).toEqual({
      ...shown,
      consents: [
        { notice_version: 1, how: 'counter', paper_number: null, guardian: null, taken_by: world.gexiang.id, at: shown['registered_at'] },
      ],
      same_person_ids: [],
    });
    expect(api.logged.join()).not.toContain('13912345678');
    const { read: db, tables } = world.store;
    const stored = JSON.stringify([await db.select().from(tables.resident), await db.select().from(tables.request)]);
    expect(stored).not.toContain('13912345678');
  });

  it('keeps no name in the stored outcome, so that a person can be erased', async () => {
    const { gexiang, world } = await openOffices();
    await made(gexiang, '/v1/residents', one);
    const requests = await world.store.read.select().from(world.store.tables.request);
    expect(requests.some(({ command }) => command === 'register-resident')).toBe(true);
    expect(JSON.stringify(requests)).not.toContain('陈小明');
  });

  it('is the same answer again for the same request, and refuses another under its key', async () => {
    const { gexiang } = await openOffices();
    const first = await gexiang.post('/v1/residents', one, 'k-1');
    const status = `/v1/residents/${first.body['id']}/status`;
    expect((await gexiang.put(status, { status: 'suspended', reason: '核实' })).status).toBe(200);
    const again = await gexiang.post('/v1/residents', one, 'k-1');
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true']);
    expectProblem(await gexiang.post('/v1/residents', { ...one, name: '陈大明' }, 'k-1'), 'idempotency_key_reused');
  });

  it('takes +86 before the number, which is the same number', async () => {
    const { gexiang } = await openOffices();
    await made(gexiang, '/v1/residents', { ...one, phone: '+8613912345678' });
    expectProblem(await gexiang.post('/v1/residents', one), 'phone_taken');
  });

  it('names the community where the street registers, and no foreign one', async () => {
    const { gexiang, street } = await openOffices();
    expect(await made(street, '/v1/residents', { ...one, community_id: 'wanhe' })).toMatchObject({ community_id: 'wanhe' });
    expectFields(await street.post('/v1/residents', one), '/community_id');
    expectProblem(await street.post('/v1/residents', { ...one, community_id: 'nowhere' }), 'community_not_found');
    const foreign = { ...one, phone: '13712345678', community_id: 'wanhe' };
    expectProblem(await gexiang.post('/v1/residents', foreign), 'foreign_community', { details: { community_id: 'wanhe' } });
  });

  it('is refused to a client that may not write', async () => {
    const { machine } = await openOffices();
    expectProblem(await machine.post('/v1/residents', one), 'insufficient_scope');
  });

  it.each(['23912345678', '1391234567', '139123456789', '+8523912345678', '139 1234 567', 13_912_345_678, null])(
    'takes no %j for a phone',
    async (phone) => {
      const { gexiang } = await openOffices();
      const answer = await gexiang.post('/v1/residents', { ...one, phone });
      expectFields(answer, '/phone');
      expect(answer.text).not.toContain('391234567');
    },
  );
});

async function neighbours({ gexiang, wanhe }: Offices) {
  for (const n of [1, 2, 3]) await made(gexiang, '/v1/residents', { name: `葛${n}`, phone: `1370000000${n}`, ...consent });
  await made(wanhe, '/v1/residents', { name: '万一', phone: '13600000001', ...consent });
}

describe('GET /v1/residents', () => {
  it('lists those of the own community, newest first, in pages', async () => {
    const offices = await openOffices();
    await neighbours(offices);
    const names = (await listed(offices.gexiang, '/v1/residents')).map(({ name }) => name);
    expect(names).toEqual(['葛3', '葛2', '葛1', '葛小米']);
  });

  it('lists those of the community that the street names', async () => {
    const offices = await openOffices();
    await neighbours(offices);
    expect(await listed(offices.street, '/v1/residents?community_id=wanhe')).toMatchObject([{ name: '万一', phone: '136****0001' }]);
    expectFields(await offices.street.get('/v1/residents'), 'query/community_id');
  });

  it('shows a machine masked names', async () => {
    const offices = await openOffices();
    expect(await listed(offices.machine, '/v1/residents')).toMatchObject([{ name: '葛**', phone: '138****5678' }]);
  });

  it('shows nobody those of another community', async () => {
    const offices = await openOffices();
    const { wanhe, gexiang, world } = offices;
    expectProblem(await wanhe.get('/v1/residents?community_id=gexiang'), 'foreign_community');
    expectProblem(await wanhe.get(`/v1/residents/${world.residentId}`), 'foreign_community', { details: { community_id: 'gexiang' } });
    expectProblem(await gexiang.get(`/v1/residents/${NOBODY}`), 'resident_not_found', { details: { resident_id: NOBODY } });
    expectProblem(await offices.resident.get('/v1/residents'), 'insufficient_scope');
  });

  it('says which part of the query it cannot read', async () => {
    const { gexiang } = await openOffices();
    expectFields(await gexiang.get('/v1/residents?limit=0'), 'query/limit');
    expectFields(await gexiang.get('/v1/residents?cursor=abc'), 'query/cursor');
    expectFields(await gexiang.get('/v1/residents?phone=13900001111'), 'query/phone');
    expectFields(await gexiang.get('/v1/residents/res_1'), 'path/id');
  });
});

describe('POST /v1/residents/lookup', () => {
  it('finds a resident of any community, and shows no more than is needed to be sure', async () => {
    const { wanhe, world } = await openOffices();
    const { status, body } = await wanhe.post('/v1/residents/lookup', { phone: `+86${PHONE}` });
    expect(status).toBe(200);
    expect(body).toEqual({ id: world.residentId, community_id: 'gexiang', name: '葛**', phone: '138****5678' });
  });

  it('shows the name in full to whoever keeps the register, so that a list can be compared', async () => {
    const { gexiang, street, world } = await openOffices();
    for (const officer of [gexiang, street]) {
      const { body } = await officer.post('/v1/residents/lookup', { phone: PHONE });
      expect(body).toMatchObject({ id: world.residentId, name: '葛小米', phone: '138****5678' });
    }
  });

  it('says no more than that it found nobody, and after a while nothing at all', async () => {
    const { wanhe, gexiang, world } = await openOffices();
    for (let n = 0; n < 20; n++) {
      const miss = await wanhe.post('/v1/residents/lookup', { phone: `130000000${n + 10}` });
      expectProblem(miss, 'resident_not_found');
      expect(miss.body).not.toHaveProperty('details');
      expect(miss.text).not.toContain('130000000');
    }
    const stopped = await wanhe.post('/v1/residents/lookup', { phone: PHONE });
    expectProblem(stopped, 'too_many_guesses');
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
    expect((await gexiang.post('/v1/residents/lookup', { phone: PHONE })).status).toBe(200);
    world.clock.advance(5 * 60_000);
    expect((await wanhe.post('/v1/residents/lookup', { phone: PHONE })).status).toBe(200);
  });

  it('finds the community’s own by a part of the name, newest first, a page at a time', async () => {
    const { gexiang, wanhe, street, secondOfStreet } = await openOffices();
    const register = async (name: string, n: number, home: string) =>
      (await made(street, '/v1/residents', { name, phone: `1391234000${n}`, community_id: home, ...consent }))['id'] as string;
    const [first, second] = [await register('陈小明', 1, 'gexiang'), await register('陈小红', 2, 'gexiang')];
    await register('陈大', 3, 'gexiang');
    const neighbour = await register('陈小刚', 4, 'wanhe');
    const found = async (caller: typeof gexiang, body: object, query = '') => {
      const answer = await caller.post(`/v1/residents/lookup${query}`, body);
      expect(answer.status, answer.text).toBe(200);
      return answer.body;
    };
    const ids = async (caller: typeof gexiang, body: object) => (await found(caller, body))['items'].map(({ id }: { id: string }) => id);
    expect(await ids(gexiang, { name: '陈小' })).toEqual([second, first]);
    expect(await ids(gexiang, { name: '小明' })).toEqual([first]);
    expect(await ids(gexiang, { name: '刚' })).toEqual([]);
    expect(await ids(wanhe, { name: '陈' })).toEqual([neighbour]);
    expect(await ids(street, { name: '陈小' })).toEqual([neighbour, second, first]);
    expect(await ids(secondOfStreet, { name: '陈小', community_id: 'gexiang' })).toEqual([second, first]);
    const page = await found(gexiang, { name: '陈小' }, '?limit=1');
    expect(page).toMatchObject({ items: [{ id: second, name: '陈小红', phone: '139****0002' }] });
    const rest = await found(gexiang, { name: '陈小' }, `?limit=1&cursor=${page['next_cursor']}`);
    expect(rest).toMatchObject({ items: [{ id: first }], next_cursor: null });
    expectProblem(await wanhe.post('/v1/residents/lookup', { name: '陈', community_id: 'gexiang' }), 'foreign_community');
  });

  it('takes no character of a name for another', async () => {
    const { gexiang } = await openOffices();
    for (const name of ['%', '_', '葛_', '%米', String.raw`葛\\`, "葛'"]) {
      expect((await gexiang.post('/v1/residents/lookup', { name })).body, name).toEqual({ items: [], next_cursor: null });
    }
    expect((await gexiang.post('/v1/residents/lookup', { name: '葛小米' })).body['items']).toHaveLength(1);
  });

  it('finds the community’s own by the last four digits of the phone', async () => {
    const { gexiang, wanhe, street } = await openOffices();
    const register = async (phone: string, home: string, name = '陈小明') =>
      (await made(street, '/v1/residents', { name, phone, community_id: home, ...consent }))['id'] as string;
    const own = await register('13912340042', 'gexiang');
    const [neighbour, other] = [await register('13600000042', 'wanhe'), await register('13912340043', 'gexiang', '陈小红')];
    const ids = async (caller: typeof gexiang, body: object) => {
      const answer = await caller.post('/v1/residents/lookup', body);
      expect(answer.status, answer.text).toBe(200);
      return answer.body['items'].map(({ id }: { id: string }) => id);
    };
    expect(await ids(gexiang, { phone_end: '0042' })).toEqual([own]);
    expect(await ids(wanhe, { phone_end: '００４２' })).toEqual([neighbour]);
    expect(await ids(gexiang, { phone_end: '0043' })).toEqual([other]);
    expect(await ids(street, { phone_end: '0042' })).toEqual([neighbour, own]);
    expect(await ids(street, { phone_end: '0042', community_id: 'gexiang' })).toEqual([own]);
    expectProblem(await wanhe.post('/v1/residents/lookup', { phone_end: '0042', community_id: 'gexiang' }), 'foreign_community');
    expectFields(await gexiang.post('/v1/residents/lookup', { phone_end: '042' }), '/phone_end');
  });

  it('finds who lives together now, by the household and by somebody in it, and shows a community its own', async () => {
    const { gexiang, wanhe, street, world } = await openOffices();
    const [spouse, child, gone] = [await world.register('gexiang'), await world.register('wanhe'), await world.register('gexiang')];
    const householdId = `hou_${'1'.repeat(32)}`;
    const members = [world.residentId, spouse, child, gone].map((residentId) => {
      const member = {
        householdId,
        residentId,
        since: 1,
        until: residentId === gone ? 2 : null,
        how: 'counter',
        by: null,
        reason: null,
        version: 0,
      };
      const inIt = { residentId, householdId: residentId === gone ? null : householdId, version: 0 };
      return [put('householdMember', member), put('householdOf', inIt)];
    });
    await world.run(book, { rows: members.flat() });
    const ids = async (caller: typeof gexiang, body: object) =>
      (await caller.post('/v1/residents/lookup', body)).body['items'].map(({ id }: { id: string }) => id);
    for (const body of [{ household_id: householdId }, { household_of: child }, { household_of: world.residentId }]) {
      expect(await ids(gexiang, body)).toEqual([spouse, world.residentId]);
      expect(await ids(wanhe, body)).toEqual([child]);
      expect(await ids(street, body)).toEqual([child, spouse, world.residentId]);
    }
    expect(await ids(street, { household_of: gone })).toEqual([]);
    expect(await ids(street, { household_id: `hou_${'2'.repeat(32)}` })).toEqual([]);
    const page = await street.post('/v1/residents/lookup?limit=2', { household_id: householdId });
    const rest = await street.post(`/v1/residents/lookup?limit=2&cursor=${page.body['next_cursor']}`, { household_id: householdId });
    expect([page.body['items'].length, rest.body]).toMatchObject([2, { items: [{ id: world.residentId }], next_cursor: null }]);
  });

  it('takes one way to find somebody, and says so', async () => {
    const WAYS =
      'must hold `phone` alone, or one of `name`, `phone_end`, `household_id` and `household_of`, with or without `community_id`';
    const { gexiang } = await openOffices();
    for (const body of [{}, { phone: PHONE, name: '葛' }, { community_id: 'gexiang' }]) {
      const answer = await gexiang.post('/v1/residents/lookup', body);
      expectProblem(answer, 'validation_failed');
      expect(answer.body['errors']).toEqual([{ pointer: '', detail: WAYS, code: 'phone_or_name' }]);
    }
    expectFields(await gexiang.post('/v1/residents/lookup', { phone: PHONE, community_id: 'gexiang' }), '/community_id');
    expectFields(await gexiang.post('/v1/residents/lookup', { phone: '110' }), '/phone');
    expectFields(await gexiang.post('/v1/residents/lookup', { name: ' ' }), '/name');
  });

  it('is for officers, not for machines', async () => {
    const { machine } = await openOffices();
    expectProblem(await machine.post('/v1/residents/lookup', { phone: PHONE }), 'wrong_client');
  });
});

describe('PUT /v1/residents/{id}/status', () => {
  it('suspends and resumes', async () => {
    const { gexiang, world } = await openOffices();
    const path = `/v1/residents/${world.residentId}`;
    const set = (status: string) => gexiang.put(`${path}/status`, { status, reason: '核实身份' });
    expect(await set('suspended')).toMatchObject({ status: 200, body: { id: world.residentId, status: 'suspended' } });
    expect(await read(gexiang, path)).toMatchObject({ status: 'suspended', status_reason: '核实身份' });
    expectProblem(await set('suspended'), 'status_unchanged', { details: { status: 'suspended' } });
    expect((await set('active')).status).toBe(200);
    expectFields(await set('gone'), '/status');
  });

  it('is for the home community, of residents who are there', async () => {
    const { gexiang, wanhe, world } = await openOffices();
    const body = { status: 'suspended', reason: '核实身份' };
    expectProblem(await wanhe.put(`/v1/residents/${world.residentId}/status`, body), 'foreign_community');
    expectProblem(await gexiang.put(`/v1/residents/${NOBODY}/status`, body), 'resident_not_found');
  });
});

describe('a resident’s wallet and statement', () => {
  it('show what is held and how it came about', async () => {
    const { gexiang, world } = await openOffices();
    await world.grantHours(world.gexiang, world.residentId, 12);
    await world.grantHours(world.wanhe, world.residentId, 3);
    await world.takeVoucher();
    const path = `/v1/residents/${world.residentId}`;
    expect(await read(gexiang, `${path}/wallet`)).toEqual({
      resident_id: world.residentId,
      points: 50,
      lots: [
        { community_id: 'gexiang', expires_on: '2027-12-31', points: 20 },
        { community_id: 'wanhe', expires_on: '2027-12-31', points: 30 },
      ],
    });
    const lines = await listed(gexiang, `${path}/statement`, 1);
    expect(lines).toMatchObject([
      { kind: 'voucher_issue', points: -100, community_id: 'gexiang', description: null, at: '2026-03-02T02:00:00.000Z' },
      { kind: 'grant', points: 30, community_id: 'wanhe', description: '社区清洁', effective_at: '2026-03-01T16:00:00.000Z' },
      { kind: 'grant', points: 120, community_id: 'gexiang', subject: expect.stringMatching(/^grt_/) },
    ]);
  });

  it('are for officers of the home community alone', async () => {
    const { wanhe, street, machine, gexiang, world } = await openOffices();
    for (const part of ['wallet', 'statement']) {
      const path = `/v1/residents/${world.residentId}/${part}`;
      for (const stranger of [wanhe, street]) expectProblem(await stranger.get(path), 'foreign_community');
      expectProblem(await machine.get(path), 'wrong_client');
      expectProblem(await gexiang.get(`/v1/residents/${NOBODY}/${part}`), 'resident_not_found');
    }
  });
});
