import { describe, expect, it } from 'vitest';
import { addActionRule, grant } from '../../../src/communities/index.ts';
import { deedOf } from '../../support/deeds.ts';
import { approvedByTwo, expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';
import { hourlyRule } from '../../support/world.ts';

const HOUR = 3_600_000;
const NOTHING = `pro_${'0'.repeat(32)}`;
const clawbackOf = (grantId: string) => ({ command: 'clawback', input: { grant_id: grantId }, reason: '冒名登记' });
const rate = { command: 'policy', input: { name: 'rate', value: { points: 100, fen: 900 } }, reason: '年度调整' };

const officer = { command: 'officer', input: { name: '赵六', community_id: 'gexiang', resident_id: null }, reason: '新人' };
const credentialFor = ({ world }: Offices) => ({
  command: 'credential',
  input: { name: '办公电脑', officer_id: world.gexiang.id },
  reason: '遗失',
});

/** A commendation of 300 points for a rescue. */
async function commendation({ world }: Offices, changes: object = {}) {
  const terms = { ...hourlyRule, name: '见义勇为', per: 'event' as const, points: 500 };
  const { id } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'commendation', terms });
  const deed = { action_rule_id: id, resident_id: world.residentId, occurred_on: '2026-03-01', description: '扑救火灾', points: 300 };
  return { command: 'grant', input: { ...deed, ...changes }, reason: '邻里推荐' };
}

describe('POST /v1/proposals', () => {
  it('waits for a second officer, and does nothing yet', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const body = await commendation(offices);
    const proposal = await made(gexiang, '/v1/proposals', body);
    expect(proposal).toEqual({
      id: proposal['id'],
      command: 'grant',
      community_id: 'gexiang',
      input: { ...body.input, quantity: 1, external_reference: null },
      names: { [body.input.action_rule_id]: '见义勇为', [world.residentId]: '葛小米' },
      reason: '邻里推荐',
      proposed_by: world.gexiang.id,
      proposed_by_name: '王一',
      proposed_at: '2026-03-02T02:00:00.000Z',
      lapses_at: '2026-03-05T02:00:00.000Z',
      status: 'open',
      decided_by: null,
      decided_by_name: null,
      decided_at: null,
      decision_reason: null,
      result: null,
    });
    expect(await read(gexiang, `/v1/proposals/${proposal['id']}`)).toEqual(proposal);
    expect(await listed(gexiang, '/v1/grants')).toEqual([]);
  });

  it('is read with the names of what it names, by whoever decides', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, street, world } = offices;
    const neighbour = await world.register('wanhe');
    const grantId = await world.grantHours(world.gexiang, world.residentId, 1);
    const { id } = await made(gexiang, '/v1/proposals', await commendation(offices, { resident_id: neighbour }));
    await made(gexiang, '/v1/proposals', clawbackOf(grantId));
    await made(gexiang, '/v1/proposals', clawbackOf(`grt_${'0'.repeat(32)}`));
    const wrongEntry = {
      entry_id: `ent_${'0'.repeat(32)}`,
      right: { merchant_id: world.merchantId, shares: [{ community_id: 'wanhe', fen: 1 }] },
    };
    await made(street, '/v1/proposals', { command: 'adjustment', input: wrongEntry, reason: '记错' });
    await made(street, '/v1/proposals', credentialFor(offices));
    const names = async (caller: typeof gexiang) =>
      (await listed(caller, '/v1/proposals?status=open')).map((proposal) => proposal['names']);
    expect(await names(colleague)).toEqual([{}, { [grantId]: '葛小米' }, expect.objectContaining({ [neighbour]: '葛**' })]);
    expect(await names(street)).toEqual([{ [world.gexiang.id]: '王一' }, { [world.merchantId]: '万和超市' }]);
    expect((await colleague.post(`/v1/proposals/${id}/decline`, { reason: '不合适' })).status).toBe(200);
    expect(await read(gexiang, `/v1/proposals/${id}`)).toMatchObject({ proposed_by_name: '王一', decided_by_name: '李二' });
  });

  it('is the same answer again for the same request, whatever became of the proposal', async () => {
    const offices = await openOffices();
    const body = await commendation(offices);
    const first = await offices.gexiang.post('/v1/proposals', body, 'k-1');
    expect((await offices.colleague.post(`/v1/proposals/${first.body['id']}/approval`, {})).status).toBe(200);
    const again = await offices.gexiang.post('/v1/proposals', body, 'k-1');
    expect([again.status, again.text]).toEqual([201, first.text]);
  });

  it('of a policy, an officer or a credential is the street’s, of a grant a community’s', async () => {
    const offices = await openOffices();
    for (const body of [rate, officer, credentialFor(offices)]) {
      expectProblem(await offices.gexiang.post('/v1/proposals', body), 'street_only');
    }
    expectProblem(await offices.street.post('/v1/proposals', await commendation(offices)), 'community_only');
    expectProblem(await offices.machine.post('/v1/proposals', rate), 'insufficient_scope');
  });

  it.each<[object, ...string[]]>([
    [{ name: 'rate', value: { points: 0, fen: 900 } }, '/input/value/points'],
    [{ name: 'rate', value: { points: 100 } }, '/input/value/fen'],
    [{ name: 'rate', value: { points: 100, fen: 900, yuan: 9 } }, '/input/value/yuan'],
    [{ name: 'rate', value: { days: 1 } }, '/input/value/points', '/input/value/fen', '/input/value/days'],
    [{ name: 'grant_backdating', value: { days: 366 } }, '/input/value/days'],
    [{ name: 'exposure_limit', value: { points: 1, communities: { gexiang: -1 } } }, '/input/value/communities/gexiang'],
    [{ name: 'calendar', value: { off: ['2027-02-30'], on: [] } }, '/input/value/off/0'],
    [{ name: 'weather', value: {} }, '/input/name'],
    [{ name: 'rate', value: { points: 100, fen: 900 }, effective_from: '2026-03-05' }, '/input/effective_from'],
  ])('names the field of a policy that does not fit: %j', async (input, ...pointers) => {
    const { street } = await openOffices();
    expectFields(await street.post('/v1/proposals', { ...rate, input }), ...pointers);
  });

  it('names the day of a calendar that stands there twice, and takes days in any order', async () => {
    const { street } = await openOffices();
    const setting = (value: object) => street.post('/v1/proposals', { ...rate, input: { name: 'calendar', value } });
    const value = { off: ['2027-02-15', '2027-01-01', '2027-02-15'], on: ['2027-02-20', '2027-01-01'] };
    const refused = await setting(value);
    expectFields(refused, '/input/value/off/2', '/input/value/on/1');
    expect(refused.body['errors'].map(({ code }: { code: string }) => code)).toEqual(['repeated', 'off_and_on']);
    const sent = { off: ['2027-02-15', '2027-01-01'], on: ['2027-02-20'] };
    expect((await setting(sent)).body['input']).toMatchObject({ value: sent });
  });

  it('shows an officer and a credential as they are asked for', async () => {
    const offices = await openOffices();
    const { street } = offices;
    expect((await made(street, '/v1/proposals', officer))['input']).toEqual(officer.input);
    const credential = credentialFor(offices);
    expect((await made(street, '/v1/proposals', credential))['input']).toEqual({ ...credential.input, scopes: null });
    const scopes = ['grants:read', 'grants:read'];
    const reader = await made(street, '/v1/proposals', { ...credential, input: { ...credential.input, scopes } });
    expect(reader['input']).toEqual({ ...credential.input, scopes: ['grants:read'] });
  });

  it('names the field of an officer or a credential that does not fit', async () => {
    const offices = await openOffices();
    const post = async (command: string, input: object) => offices.street.post('/v1/proposals', { command, input, reason: '新人' });
    expectFields(await post('officer', { name: '' }), '/input/name', '/input/community_id', '/input/resident_id');
    expectFields(await post('credential', { name: '电脑', officer_id: 'me', scopes: [] }), '/input/officer_id', '/input/scopes');
    expectFields(await post('credential', { ...credentialFor(offices).input, kind: 'till' }), '/input/kind');
  });

  it('names the field of a grant that does not fit', async () => {
    const offices = await openOffices();
    const body = await commendation(offices, { points: 0 });
    expectFields(await offices.gexiang.post('/v1/proposals', body), '/input/points');
    expectFields(await offices.gexiang.post('/v1/proposals', { ...body, command: 'party' }), '/command');
    expectFields(await offices.gexiang.post('/v1/proposals', { command: 'grant', input: {}, reason: 'x' }), ...missing);
  });
  const missing = ['/input/action_rule_id', '/input/resident_id', '/input/occurred_on', '/input/description'];
});

describe('POST /v1/proposals/{id}/approval', () => {
  it('carries a grant out, which names both officers', async () => {
    const offices = await openOffices();
    const { gexiang, colleague } = offices;
    const { id } = await made(gexiang, '/v1/proposals', await commendation(offices));
    const path = `/v1/proposals/${id}/approval`;
    const { status, body } = await colleague.post(path, { reason: '情况属实' }, 'k-1');
    expect(status).toBe(200);
    const [granted] = await listed(gexiang, '/v1/grants');
    expect(granted).toMatchObject({ points: 300, granted_by: offices.world.gexiang.id, approved_by: body['decided_by'] });
    expect(body).toEqual({
      id,
      status: 'approved',
      decided_at: '2026-03-02T02:00:00.000Z',
      decided_by: body['decided_by'],
      result: { grant_id: granted!['id'], points: 300, entry_id: granted!['entry_id'] },
    });
    expect(await read(gexiang, `/v1/proposals/${id}`)).toMatchObject({ ...body, decision_reason: '情况属实' });
    expect((await colleague.post(path, { reason: '情况属实' }, 'k-1')).body).toEqual(body);
    expectProblem(await colleague.post(path, {}), 'proposal_decided', {
      details: { status: 'approved', decided_at: '2026-03-02T02:00:00.000Z' },
    });
  });

  it('claws a grant back that was spent, and says so of the grant and in the statement', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, wanhe, resident, world } = offices;
    const grantId = await world.grantHours(world.gexiang, world.residentId, 20);
    const [redeemed, open] = [await world.takeVoucher(), await world.takeVoucher()];
    await world.redeemVoucher(redeemed);
    const clawback = clawbackOf(grantId);
    const proposed = await made(gexiang, '/v1/proposals', clawback);
    expect(proposed).toMatchObject({ ...clawback, community_id: 'gexiang', status: 'open' });
    const path = `/v1/proposals/${proposed['id']}/approval`;
    expectProblem(await gexiang.post(path, {}), 'same_officer');
    expectProblem(await wanhe.post(path, {}), 'proposal_not_found');
    const { status, body } = await colleague.post(path, { reason: '情况属实' }, 'k-1');
    expect(status).toBe(200);
    const at = proposed['proposed_at'].slice(0, 11);
    expect(body['result']).toEqual({
      grant_id: grantId,
      points: 200,
      voucher_ids: [open],
      clawed_back_at: expect.stringContaining(at),
      entry_id: expect.stringMatching(/^ent_/),
    });
    expect((await colleague.post(path, { reason: '情况属实' }, 'k-1')).body).toEqual(body);
    expect(await read(gexiang, `/v1/proposals/${proposed['id']}`)).toMatchObject({ status: 'approved', result: body['result'] });

    const { clawed_back_at: clawedBackAt } = body['result'];
    const shown = { remaining: 0, reversed_at: null, clawed_back_at: clawedBackAt, reversal_reason: '冒名登记' };
    expect(await read(gexiang, `/v1/grants/${grantId}`)).toMatchObject(shown);
    const [last, before] = await listed(resident, '/v1/me/statement');
    expect([last, before]).toMatchObject([
      { kind: 'grant_clawback', points: -100, description: '社区清洁' },
      { kind: 'voucher_cancellation', points: 100 },
    ]);
    expect(await read(resident, '/v1/me/wallet')).toMatchObject({ points: 0 });

    const again = await made(gexiang, '/v1/proposals', clawback);
    expectProblem(await colleague.post(`/v1/proposals/${again['id']}/approval`, {}), 'grant_clawed_back', {
      details: { grant_id: grantId, clawed_back_at: clawedBackAt },
    });
    expectProblem(await gexiang.post(`/v1/grants/${grantId}/reversals`, { reason: '登记错误' }), 'grant_clawed_back');
  });

  it('claws back no grant of another community, and none that is not there', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, street, world } = offices;
    const approved = async (grantId: string) => {
      const { id } = await made(gexiang, '/v1/proposals', clawbackOf(grantId));
      return colleague.post(`/v1/proposals/${id}/approval`, {});
    };
    const foreign = await world.grantHours(world.wanhe, world.residentId, 1);
    expectProblem(await approved(foreign), 'foreign_community', { details: { community_id: 'wanhe' } });
    expectProblem(await approved(`grt_${'0'.repeat(32)}`), 'grant_not_found');
    expectProblem(await street.post('/v1/proposals', clawbackOf(foreign)), 'community_only');
    expectFields(await gexiang.post('/v1/proposals', clawbackOf('all')), '/input/grant_id');
  });

  it('sets a policy, at once or from its day on', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet } = offices;
    const { id } = await made(street, '/v1/proposals', rate);
    expectProblem(await street.post(`/v1/proposals/${id}/approval`, {}), 'same_officer');
    expect(await secondOfStreet.post(`/v1/proposals/${id}/approval`, {})).toMatchObject({
      status: 200,
      body: { result: { name: 'rate', policy_version: 2, effective_from: '2026-03-02T02:00:00.000Z' } },
    });
    const ahead = { ...rate, input: { ...rate.input, effective_from: '2026-03-03T00:00:00+08:00' } };
    const later = await made(street, '/v1/proposals', ahead);
    expect(later['input']).toEqual({ ...rate.input, effective_from: '2026-03-02T16:00:00.000Z' });
    offices.world.clock.advance(24 * HOUR);
    const late = await secondOfStreet.post(`/v1/proposals/${later['id']}/approval`, {});
    expectProblem(late, 'policy_in_the_past', { details: { effective_from: '2026-03-02T16:00:00.000Z' } });
    expect(await read(street, `/v1/proposals/${later['id']}`)).toMatchObject({ status: 'open' });
  });

  it('appoints an officer', async () => {
    const offices = await openOffices();
    const { body } = await approvedByTwo(offices, 'officer', officer.input);
    expect(body['result']).toEqual({ officer_id: expect.stringMatching(/^off_/), community_id: 'gexiang' });
    expect(body).not.toHaveProperty('client_secret');
    expect(await read(offices.street, `/v1/proposals/${body['id']}`)).toMatchObject({ command: 'officer', result: body['result'] });
  });

  it('makes a credential, and shows its secret in this answer and its replays alone', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet, world, api } = offices;
    const first = await approvedByTwo(offices, 'credential', credentialFor(offices).input, 'k-1');
    const { id, result, client_secret: secret } = first.body;
    const again = await secondOfStreet.post(`/v1/proposals/${id}/approval`, {}, 'k-1');
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    for (const answer of [first, again]) expect(answer.headers['cache-control']).toBe('no-store');

    const authorization = await api.bearer({ clientId: result['client_id'], secret });
    expect((await api.http.get('/v1/officers').set({ authorization })).status).toBe(200);
    const client = await read(street, `/v1/clients/${result['client_id']}`);
    expect(client).toMatchObject({ kind: 'officer', officer_id: world.gexiang.id, community_id: 'gexiang', scopes: result['scopes'] });

    const shown = await read(street, `/v1/proposals/${id}`);
    expect([shown['command'], shown['result']]).toEqual(['credential', result]);
    expect(JSON.stringify([shown, await listed(street, '/v1/proposals')])).not.toMatch(/secret|sealed/);
    const { read: db, tables } = world.store;
    expect(JSON.stringify([await db.select().from(tables.proposal), await db.select().from(tables.request), api.logged])).not.toContain(
      secret,
    );
  });

  it('is refused where the community or the officer is not there, or may not have these scopes', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet } = offices;
    const credential = credentialFor(offices);
    const refused = async (body: object) => {
      const { id } = await made(street, '/v1/proposals', body);
      return secondOfStreet.post(`/v1/proposals/${id}/approval`, {});
    };
    expectProblem(await refused({ ...officer, input: { ...officer.input, community_id: 'nowhere' } }), 'community_not_found');
    const nobody = `off_${'0'.repeat(32)}`;
    expectProblem(await refused({ ...credential, input: { ...credential.input, officer_id: nobody } }), 'officer_not_found');
    const foreign = await refused({ ...credential, input: { ...credential.input, scopes: ['ledger:read'] } });
    expectProblem(foreign, 'scope_not_grantable', { details: { scopes: ['ledger:read'] } });
    expect(foreign.text).not.toContain('secret');
  });

  it('needs no body', async () => {
    const offices = await openOffices();
    const { id } = await made(offices.gexiang, '/v1/proposals', await commendation(offices));
    const headers = { authorization: await offices.colleague.authorize(), 'idempotency-key': 'k-1' };
    const answer = await offices.api.http.post(`/v1/proposals/${id}/approval`).set(headers);
    expect(answer.status).toBe(200);
  });

  it('is refused for what the command is refused for, and leaves the proposal open', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, world } = offices;
    const { id } = await made(gexiang, '/v1/proposals', await commendation(offices, { points: 501 }));
    const refused = await colleague.post(`/v1/proposals/${id}/approval`, {});
    expectProblem(refused, 'points_out_of_range', { details: { class: 'commendation', at_most: 500 } });
    const body = await commendation(offices, { external_reference: '表彰-1' });
    const other = await made(gexiang, '/v1/proposals', body);
    await world.must(grant, deedOf(world, { externalReference: '表彰-1' }));
    expectProblem(await colleague.post(`/v1/proposals/${other['id']}/approval`, {}), 'reference_used');
    expect(await listed(gexiang, '/v1/proposals?status=open')).toHaveLength(2);
  });

  it('is too late once the proposal has lapsed', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, world } = offices;
    const { id, lapses_at: lapsesAt } = await made(gexiang, '/v1/proposals', await commendation(offices));
    world.clock.advance(72 * HOUR);
    const figures = { details: { lapsed_at: lapsesAt } };
    expectProblem(await colleague.post(`/v1/proposals/${id}/approval`, {}), 'proposal_lapsed', figures);
    expectProblem(await colleague.post(`/v1/proposals/${id}/decline`, { reason: '不符' }), 'proposal_lapsed', figures);
    expect(await read(gexiang, `/v1/proposals/${id}`)).toMatchObject({ status: 'lapsed' });
  });

  it('is for officers of the same office: to others the proposal is not there', async () => {
    const offices = await openOffices();
    const { gexiang, wanhe, street } = offices;
    const { id } = await made(gexiang, '/v1/proposals', await commendation(offices));
    const notFound = { details: { proposal_id: id } };
    for (const caller of [wanhe, street]) {
      expectProblem(await caller.post(`/v1/proposals/${id}/approval`, {}), 'proposal_not_found', notFound);
      expectProblem(await caller.post(`/v1/proposals/${id}/decline`, { reason: '不符' }), 'proposal_not_found', notFound);
      expectProblem(await caller.get(`/v1/proposals/${id}`), 'proposal_not_found', notFound);
      expect(await listed(caller, '/v1/proposals')).toEqual([]);
    }
    expectProblem(await gexiang.get(`/v1/proposals/${NOTHING}`), 'proposal_not_found');
  });
});

describe('POST /v1/proposals/{id}/decline', () => {
  it('ends a proposal, by a colleague or by the one who proposed', async () => {
    const offices = await openOffices();
    const { gexiang, colleague, world } = offices;
    const { id } = await made(gexiang, '/v1/proposals', await commendation(offices));
    const own = await gexiang.post(`/v1/proposals/${id}/decline`, { reason: '写错了' });
    const decided = { id, status: 'declined', decided_by: world.gexiang.id, decided_at: '2026-03-02T02:00:00.000Z' };
    expect(own).toMatchObject({ status: 200, body: decided });
    expectProblem(await colleague.post(`/v1/proposals/${id}/approval`, {}), 'proposal_decided');
    expect(await read(colleague, `/v1/proposals/${id}`)).toMatchObject({ ...decided, decision_reason: '写错了', result: null });
    expectFields(await colleague.post(`/v1/proposals/${id}/decline`, {}), '/reason');
  });
});

it('GET /v1/proposals filters by what a proposal is now', async () => {
  const offices = await openOffices();
  const { gexiang, colleague, world } = offices;
  const propose = async () => (await made(gexiang, '/v1/proposals', await commendation(offices)))['id'];
  const [approved, declined, left] = [await propose(), await propose(), await propose()];
  await colleague.post(`/v1/proposals/${approved}/approval`, {});
  await colleague.post(`/v1/proposals/${declined}/decline`, { reason: '不符' });
  const ids = async (query: string) => (await listed(gexiang, `/v1/proposals${query}`, 1)).map(({ id }) => id);
  expect(await ids('')).toEqual([left, declined, approved]);
  expect([await ids('?status=approved'), await ids('?status=declined'), await ids('?status=open')]).toEqual([
    [approved],
    [declined],
    [left],
  ]);
  world.clock.advance(72 * HOUR);
  expect([await ids('?status=open'), await ids('?status=lapsed')]).toEqual([[], [left]]);
  expectFields(await gexiang.get('/v1/proposals?status=gone'), 'query/status');
});

it('GET /v1/proposals filters by the resident whom a proposal concerns', async () => {
  const offices = await openOffices();
  const { gexiang, wanhe, colleague, world } = offices;
  const { id } = await made(gexiang, '/v1/proposals', await commendation(offices));
  const input = { resident_id: world.residentId };
  const leaving = await made(gexiang, '/v1/proposals', { command: 'erasure', input, reason: '本人申请' });
  const ids = async (query: string, by = gexiang) => (await listed(by, `/v1/proposals?${query}`)).map((each) => each['id']);
  const about = `resident_id=${world.residentId}`;
  expect(await ids(about)).toEqual([leaving['id'], id]);
  await colleague.post(`/v1/proposals/${id}/decline`, { reason: '不符' });
  expect(await ids(`${about}&status=open`)).toEqual([leaving['id']]);
  expect([await ids(`resident_id=res_${'0'.repeat(32)}`), await ids(about, wanhe)]).toEqual([[], []]);
  expectFields(await gexiang.get('/v1/proposals?resident_id=pro_1'), 'query/resident_id');
});
