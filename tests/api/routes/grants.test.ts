import { describe, expect, it } from 'vitest';
import { addActionRule, reviseActionRule, setResidentStatus } from '../../../src/communities/index.ts';
import { enact } from '../../support/two-officers.ts';
import { hourlyRule } from '../../support/world.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';

const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

function deed({ world }: Offices, changes: object = {}) {
  const { ruleId, residentId } = world;
  return { action_rule_id: ruleId, resident_id: residentId, quantity: 3, occurred_on: '2026-03-01', description: '清理河道', ...changes };
}

describe('POST /v1/grants', () => {
  it('grants points to a resident of any community', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const neighbour = await world.register('wanhe');
    const granted = await made(gexiang, '/v1/grants', deed(offices, { resident_id: neighbour, external_reference: '活动-17' }));
    expect(granted).toEqual({
      id: granted['id'],
      community_id: 'gexiang',
      resident_id: neighbour,
      action_rule_id: world.ruleId,
      rule_version: 1,
      quantity: 3,
      points: 30,
      remaining: 30,
      occurred_on: '2026-03-01',
      expires_on: '2027-12-31',
      description: '清理河道',
      external_reference: '活动-17',
      granted_at: '2026-03-02T02:00:00.000Z',
      granted_by: world.gexiang.id,
      approved_by: null,
      reversed_at: null,
      clawed_back_at: null,
      reversal_reason: null,
      entry_id: `ent_${granted['id'].slice(4)}`,
    });
    const named = { resident_name: '葛**', action_rule_name: '志愿服务', granted_by_name: '王一', approved_by_name: null };
    expect(await read(gexiang, `/v1/grants/${granted['id']}`)).toEqual({ ...granted, ...named });
  });

  it('counts one event where no quantity is said', async () => {
    const offices = await openOffices();
    expect(await made(offices.gexiang, '/v1/grants', deed(offices, { quantity: undefined }))).toMatchObject({ quantity: 1, points: 10 });
  });

  it('is the same answer again for the same request, whatever became of the grant', async () => {
    const offices = await openOffices();
    const { gexiang } = offices;
    const first = await gexiang.post('/v1/grants', deed(offices), 'k-1');
    expect((await gexiang.post(`/v1/grants/${first.body['id']}/reversals`, { reason: '登记错误' })).status).toBe(201);
    const again = await gexiang.post('/v1/grants', deed(offices), 'k-1');
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true']);
    expect(again.headers['location']).toBe(first.headers['location']);
  });

  it('remembers a refusal too: a repeated request does not flip', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const set = (status: 'active' | 'suspended') => ({ by: world.gexiang, id: world.residentId, status, reason: '核实' });
    await world.must(setResidentStatus, set('suspended'));
    const first = await gexiang.post('/v1/grants', deed(offices), 'k-1');
    expectProblem(first, 'resident_suspended');
    await world.must(setResidentStatus, set('active'));
    const again = await gexiang.post('/v1/grants', deed(offices), 'k-1');
    expectProblem(again, 'resident_suspended');
    expect(again.headers['idempotency-replayed']).toBe('true');
    await made(gexiang, '/v1/grants', deed(offices));
  });

  it('tells a cap’s limit, its use so far and when it frees', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const terms = { ...hourlyRule, capDay: 40 };
    const { id } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
    await made(gexiang, '/v1/grants', deed(offices, { action_rule_id: id }));
    const over = await gexiang.post('/v1/grants', deed(offices, { action_rule_id: id }));
    expectProblem(over, 'cap_exceeded', {
      details: { cap: 'day', limit: 40, used: 30, requested: 30, frees_on: '2026-03-02' },
      detail: 'The cap per day is 40 points: 30 are used and 30 more were requested. It resets on 2026-03-02.',
    });
  });

  it('tells what the exposure limit still allows', async () => {
    const offices = await openOffices();
    await enact(offices.world, 'exposure_limit', { points: 50, communities: {} });
    await made(offices.gexiang, '/v1/grants', deed(offices));
    const over = await offices.gexiang.post('/v1/grants', deed(offices));
    expectProblem(over, 'exposure_limit_exceeded', { details: { requested: 30, available: 20 } });
  });

  it('warns of a limit in the preview and in the list of limits, and not in its own answer, which is replayed as it was', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    await enact(world, 'exposure_limit', { points: 40, communities: {} });
    const first = await gexiang.post('/v1/grants', deed(offices), 'G-1');
    expect(first.status).toBe(201);
    expect(first.body).not.toHaveProperty('warning');
    for (const [points, warning] of [
      [40, 70],
      [31, 90],
    ] as const) {
      await enact(world, 'exposure_limit', { points, communities: {} });
      expect((await gexiang.post('/v1/grants/preview', deed(offices))).body['limit']).toMatchObject({ warning });
      expect((await read(gexiang, '/v1/limits'))['items']).toMatchObject([{ warning }]);
      expect((await gexiang.post('/v1/grants', deed(offices), 'G-1')).text).toBe(first.text);
    }
  });

  it('refuses with the figures of the fund what it does not pay for', async () => {
    const offices = await openOffices();
    const { gexiang, street } = offices;
    await street.post('/v1/funds/gexiang/contributions', { fen: 10_000, bank_reference: 'B-1' });
    const hours = async (quantity: number, key?: string) => gexiang.post('/v1/grants', deed(offices, { quantity }), key);
    const first = await hours(70, 'k-70');
    expect(first.status).toBe(201);
    expect((await hours(25)).status).toBe(201);
    const figures = { requested: 60, available: 50, fund_fen: 10_000, cost_fen: 0, open_fen: 9_500 };
    expectProblem(await hours(6), 'fund_exceeded', {
      details: figures,
      detail: '60 points were requested, but only 50 may still be granted: the fund has 10000 fen, with 0 spent and 9500 promised.',
    });
    // How near the limit is stands in the preview and in `GET /v1/limits`: an answer is the same again however much was granted since.
    expect((await hours(70, 'k-70')).text).toBe(first.text);
  });

  it('refuses what is not there, not valid, or another community’s', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const post = (changes: object) => gexiang.post('/v1/grants', deed(offices, changes));
    const { id: grantId } = await made(gexiang, '/v1/grants', deed(offices, { external_reference: '活动-17' }));
    const terms = { ...hourlyRule, per: 'event' as const, points: 500 };
    const rule = { by: world.gexiang, communityId: 'gexiang', class: 'commendation' as const, terms };
    const { id: commendation } = await world.must(addActionRule, rule);
    expectProblem(await post({ action_rule_id: nobody('rul') }), 'action_rule_not_found');
    expectProblem(await post({ action_rule_id: world.wanheRuleId }), 'foreign_community', { details: { community_id: 'wanhe' } });
    expectProblem(await post({ resident_id: nobody('res') }), 'resident_not_found');
    expectProblem(await post({ occurred_on: '2025-12-31' }), 'action_rule_not_valid');
    const range = { earliest: '2025-12-02', latest: '2026-03-02' };
    expectProblem(await post({ occurred_on: '2026-03-03' }), 'effective_date_out_of_range', { details: range });
    expectProblem(await post({ action_rule_id: commendation }), 'second_officer_required');
    const used = { external_reference: '活动-17', grant_id: grantId };
    expectProblem(await post({ external_reference: '活动-17' }), 'reference_used', { details: used });
  });

  it('is for community officers', async () => {
    const offices = await openOffices();
    for (const caller of [offices.street, offices.machine, offices.resident]) {
      expectProblem(await caller.post('/v1/grants', deed(offices)), 'insufficient_scope', { details: { scope: 'grants:write' } });
    }
  });

  it.each([
    [{ quantity: 0 }, '/quantity'],
    [{ quantity: 1_001 }, '/quantity'],
    [{ quantity: 1.5 }, '/quantity'],
    [{ occurred_on: 'yesterday' }, '/occurred_on'],
    [{ description: ' ' }, '/description'],
    [{ description: undefined }, '/description'],
    [{ external_reference: 'x'.repeat(65) }, '/external_reference'],
    [{ external_reference: '\u200B\u2060' }, '/external_reference'],
    [{ points: 10 }, '/points'],
    [{ resident_id: 'res_1' }, '/resident_id'],
  ])('with %j names the field', async (change, pointer) => {
    const offices = await openOffices();
    expectFields(await offices.gexiang.post('/v1/grants', deed(offices, change)), pointer);
  });
});

describe('GET /v1/grants', () => {
  it('lists the own community’s, newest first, whoever the resident, or those to one resident', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, street, machine, world } = offices;
    const neighbour = await world.register('wanhe');
    const ids = [
      await world.grantHours(world.gexiang, world.residentId, 1),
      await world.grantHours(world.gexiang, neighbour, 2),
      await world.grantHours(world.gexiang, world.residentId, 3),
    ];
    const foreign = await world.grantHours(world.wanhe, world.residentId, 4);
    const idsAt = async (caller: typeof gexiang, path: string) => (await listed(caller, path)).map(({ id }) => id);
    expect(await idsAt(gexiang, '/v1/grants')).toEqual(ids.toReversed());
    expect(await idsAt(machine, '/v1/grants')).toEqual(ids.toReversed());
    expect(await idsAt(gexiang, `/v1/grants?resident_id=${world.residentId}`)).toEqual([ids[2], ids[0]]);
    expect(await idsAt(street, '/v1/grants?community_id=wanhe')).toEqual([foreign]);
    expect(await idsAt(street, '/v1/grants')).toEqual([foreign, ...ids.toReversed()]);
    expectProblem(await wanhe.get('/v1/grants?community_id=gexiang'), 'foreign_community');
    expectProblem(await wanhe.get(`/v1/grants/${ids[0]}`), 'foreign_community', { details: { community_id: 'gexiang' } });
    expectProblem(await wanhe.get(`/v1/grants/${nobody('grt')}`), 'grant_not_found');
  });

  it('names the rule and the resident, who is masked to all who do not keep the register', async () => {
    const { gexiang, street, machine, world } = await openOffices();
    await world.grantHours(world.gexiang, world.residentId, 1);
    await world.grantHours(world.gexiang, await world.register('wanhe'), 2);
    const namesAt = async (caller: typeof gexiang) => (await listed(caller, '/v1/grants')).map((grant) => grant['resident_name']);
    expect(await namesAt(gexiang)).toEqual(['葛**', '葛小米']);
    expect(await namesAt(street)).toEqual(['葛小米', '葛小米']);
    expect(await namesAt(machine)).toEqual(['葛**', '葛**']);
    expect((await listed(machine, '/v1/grants')).map((grant) => grant['granted_by_name'])).toEqual([null, null]);
    const revised = { by: world.gexiang, id: world.ruleId, terms: { ...hourlyRule, name: '邻里互助', validFrom: '2026-03-02' } };
    await world.must(reviseActionRule, revised);
    await world.grantHours(world.gexiang, world.residentId, 3);
    const rules = (await listed(gexiang, '/v1/grants')).map((grant) => grant['action_rule_name']);
    expect(rules).toEqual(['邻里互助', '志愿服务', '志愿服务']);
  });
});

describe('POST /v1/grants/{id}/reversals', () => {
  it('takes a grant back once', async () => {
    const offices = await openOffices();
    const { gexiang } = offices;
    const { id } = await made(gexiang, '/v1/grants', deed(offices));
    const path = `/v1/grants/${id}/reversals`;
    const reversal = await made(gexiang, path, { reason: '登记错误' });
    expect(reversal).toEqual({
      grant_id: id,
      points: 30,
      reversed_at: '2026-03-02T02:00:00.000Z',
      entry_id: expect.stringMatching(/^ent_/),
    });
    expect(await read(gexiang, `/v1/grants/${id}`)).toMatchObject({ remaining: 0, reversal_reason: '登记错误' });
    expectProblem(await gexiang.post(path, { reason: '登记错误' }), 'grant_already_reversed', {
      details: { reversed_at: '2026-03-02T02:00:00.000Z' },
    });
  });

  it('names the vouchers that hold its points', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const { id } = await made(gexiang, '/v1/grants', deed(offices, { quantity: 10 }));
    const voucherId = await world.takeVoucher();
    const spent = await gexiang.post(`/v1/grants/${id}/reversals`, { reason: '登记错误' });
    expectProblem(spent, 'grant_spent', { details: { grant_id: id, voucher_ids: [voucherId] } });
    expect(spent.body['detail']).toContain(voucherId);
  });

  it('is for the community that granted, of grants that are there and have not expired', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, world } = offices;
    const id = await world.grantHours(world.gexiang, world.residentId, 1);
    const reason = { reason: '登记错误' };
    expectProblem(await wanhe.post(`/v1/grants/${id}/reversals`, reason), 'foreign_community');
    expectProblem(await wanhe.post(`/v1/grants/${nobody('grt')}/reversals`, reason), 'grant_not_found');
    expectFields(await gexiang.post(`/v1/grants/${id}/reversals`, {}), '/reason');
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    expectProblem(await gexiang.post(`/v1/grants/${id}/reversals`, reason), 'grant_expired', { details: { expires_on: '2027-12-31' } });
  });
});
