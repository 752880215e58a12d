/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit } from '../../src/cli/audit.ts';
import type { Acting } from '../../src/access/index.ts';
import {
  addActionRule,
  addCommunity,
  addMerchant,
  communityById,
  grant,
  renameCommunity,
  reverseGrant,
  setResidentStatus,
} from '../../src/communities/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { balancesOf } from '../support/balances.ts';
import { deedOf } from '../support/deeds.ts';
import { approvedByTwo, expectFields, expectProblem, made, openOffices, read } from '../support/offices.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { officerOf, someSecret, succeed } from '../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

async function openWith(...communities: string[]): Promise<World> {
  const world = await openWorld();
  for (const id of communities) await world.must(addCommunity, { id, name: '太炎社区', code: null });
  return world;
}

/** The refusal of a succession that a second officer approves; gives its figures. */
async function refusedSuccession(world: World, communityId: string, successorId: string, effectiveFrom: string, code: string) {
  const input = { communityId, successorId, effectiveFrom };
  const { id } = await world.must(propose, { by: await officerOf(world, null), command: 'successor', input, reason: '合并' });
  const second = await officerOf(world, null);
  return refusedAlone(world, approveProposal, { by: second, id, reason: null, secret: someSecret }, code);
}

async function standing({ store }: World, id: string) {
  const { successorId, succeededFrom, version } = (await communityById(store, id))!;
  return { successorId, succeededFrom, version };
}

describe('a succession', () => {
  it('is set from a day ahead, and writes the end of the chain too, so that nobody else leads it back meanwhile', async () => {
    const world = await openWith('taiyan', 'cangqian');
    expect(await succeed(world, 'gexiang', 'taiyan', '2026-03-03')).toEqual({
      community_id: 'gexiang',
      successor_id: 'taiyan',
      effective_from: '2026-03-03',
    });
    expect(await standing(world, 'gexiang')).toEqual({ successorId: 'taiyan', succeededFrom: '2026-03-03', version: 2 });
    expect(await standing(world, 'taiyan')).toEqual({ successorId: null, succeededFrom: null, version: 2 });
    await succeed(world, 'wanhe', 'gexiang', '2026-03-04');
    expect([await standing(world, 'gexiang'), await standing(world, 'taiyan')]).toMatchObject([{ version: 2 }, { version: 3 }]);
  });

  it('is between communities that are there', async () => {
    const world = await openWorld();
    expect(await refusedSuccession(world, 'nowhere', 'wanhe', '2026-04-01', 'community_not_found')).toEqual({ community_id: 'nowhere' });
    expect(await refusedSuccession(world, 'wanhe', 'nowhere', '2026-04-01', 'community_not_found')).toEqual({ community_id: 'nowhere' });
  });

  it('is set once', async () => {
    const world = await openWith('taiyan');
    await succeed(world, 'gexiang', 'taiyan', '2026-04-01');
    const figures = { community_id: 'gexiang', successor_id: 'taiyan', succeeded_from: '2026-04-01' };
    expect(await refusedSuccession(world, 'gexiang', 'wanhe', '2026-05-01', 'successor_set')).toEqual(figures);
  });

  it('leads neither to the community itself nor back to it, on whatever days', async () => {
    const world = await openWith('taiyan');
    const itself = { community_id: 'gexiang', successor_id: 'gexiang' };
    expect(await refusedSuccession(world, 'gexiang', 'gexiang', '2026-04-01', 'successor_cycle')).toEqual(itself);
    await succeed(world, 'gexiang', 'taiyan', '2026-05-01');
    await succeed(world, 'taiyan', 'wanhe', '2026-04-01');
    for (const back of ['gexiang', 'taiyan']) {
      const figures = { community_id: 'wanhe', successor_id: back };
      expect(await refusedSuccession(world, 'wanhe', back, '2026-03-03', 'successor_cycle')).toEqual(figures);
    }
  });

  it('of two that would lead to each other, approved at the same time, is only the first', async () => {
    const world = await openWorld();
    const proposed = async (communityId: string, successorId: string) => {
      const input = { communityId, successorId, effectiveFrom: '2026-04-01' };
      return (await world.must(propose, { by: await officerOf(world, null), command: 'successor', input, reason: '合并' })).id;
    };
    const ids = [await proposed('gexiang', 'wanhe'), await proposed('wanhe', 'gexiang')];
    const by = await officerOf(world, null);
    const outcomes = await Promise.all(ids.map((id) => world.run(approveProposal, { by, id, reason: null, secret: someSecret })));
    expect(outcomes).toMatchObject([{ reply: { status: 'approved' } }, { refused: 'successor_cycle' }]);
  });

  it('begins after the business day on which it is approved, and after one that is about to begin', async () => {
    const world = await openWith('taiyan');
    const refused = (from: string) => refusedSuccession(world, 'gexiang', 'taiyan', from, 'succession_in_the_past');
    expect(await refused('2026-03-02')).toEqual({ effective_from: '2026-03-02', earliest: '2026-03-03' });
    await world.must(closeDay, { day: '2026-03-02', cutOffHour: 8 });
    expect(await refused('2026-03-03')).toEqual({ effective_from: '2026-03-03', earliest: '2026-03-04' });
    world.clock.now = Date.parse('2026-03-03T23:50:00+08:00');
    expect(await refused('2026-03-04')).toEqual({ effective_from: '2026-03-04', earliest: '2026-03-05' });
    world.clock.now -= 1;
    await succeed(world, 'gexiang', 'taiyan', '2026-03-04');
  });
});

/** Gexiang, which Taiyan succeeds on 3 March, on the last instant before that day. */
async function almostSucceeded() {
  const world = await openWith('taiyan');
  await succeed(world, 'gexiang', 'taiyan', '2026-03-03');
  world.clock.now = Date.parse('2026-03-03T00:00:00+08:00') - 1;
  return world;
}

const merchantOf = (by: Acting) => ({ by, communityId: 'gexiang', name: '葛巷小店' });
const ruleOf = (by: Acting) => ({ by, communityId: 'gexiang', class: 'volunteer' as const, terms: hourlyRule });

describe('a community that was succeeded', () => {
  it('grants, sets rules and takes on merchants until the day, and from then on no more', async () => {
    const world = await almostSucceeded();
    const { gexiang } = world;
    await world.must(grant, deedOf(world));
    await world.must(addMerchant, merchantOf(gexiang));
    await world.must(addActionRule, ruleOf(gexiang));

    world.clock.advance(1);
    const figures = { community_id: 'gexiang', successor_id: 'taiyan', succeeded_from: '2026-03-03' };
    const earlier = deedOf(world, { occurredOn: '2026-03-02' });
    expect(await refusedAlone(world, grant, earlier, 'community_succeeded')).toEqual(figures);
    expect(await refusedAlone(world, addMerchant, merchantOf(gexiang), 'community_succeeded')).toEqual(figures);
    expect(await refusedAlone(world, addActionRule, ruleOf(gexiang), 'community_succeeded')).toEqual(figures);
    // Its grants can be of no other rule either, while everybody else grants on.
    await world.refused(grant, deedOf(world, { by: world.wanhe }), 'foreign_community');
    await world.grantHours(world.wanhe, world.residentId, 1);
  });

  it('takes back what it granted by mistake, and looks after its residents', async () => {
    const world = await almostSucceeded();
    const { id } = await world.must(grant, deedOf(world));
    world.clock.advance(1);
    await world.must(reverseGrant, { by: world.gexiang, grantId: id, reason: '登记错误' });
    await world.must(setResidentStatus, { by: world.gexiang, id: world.residentId, status: 'suspended', reason: '核实' });
    expect((await audit(world.store)).ok).toBe(true);
  });
});

it('a community that is born of a split starts empty, and what the old one granted stays its own', async () => {
  const world = await openWorld();
  const { gexiang, residentId } = world;
  await world.grantHours(gexiang, residentId, 12);
  await world.must(addCommunity, { id: 'gexiang-north', name: '葛巷北社区', code: null });
  const by = await officerOf(world, 'gexiang-north');
  const { id: ruleId } = await world.must(addActionRule, { by, communityId: 'gexiang-north', class: 'volunteer', terms: hourlyRule });
  const balances = async () => (await balancesOf(world.store)).map(({ path, balance }) => [path, balance]);
  const ofTheOld = [
    ['issued:gexiang', 120],
    [`wallet:gexiang:${residentId}:2027-12-31`, -120],
  ];
  expect(await balances()).toEqual(ofTheOld);

  await world.must(grant, deedOf(world, { by, ruleId, quantity: 2 }));
  await world.grantHours(gexiang, residentId, 1);
  expect(await balances()).toEqual([
    ['issued:gexiang', 130],
    ['issued:gexiang-north', 20],
    [`wallet:gexiang-north:${residentId}:2027-12-31`, -20],
    [`wallet:gexiang:${residentId}:2027-12-31`, -130],
  ]);
  expect((await audit(world.store)).ok).toBe(true);
});

it('a community has another name under the same id, and keeps its books', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 1);
  const before = await balancesOf(world.store);
  expect(await world.must(renameCommunity, { id: 'gexiang', name: '葛巷新村社区' })).toEqual({ id: 'gexiang' });
  expect(await communityById(world.store, 'gexiang')).toMatchObject({ id: 'gexiang', name: '葛巷新村社区', code: null });
  expect(await balancesOf(world.store)).toEqual(before);
  await refusedAlone(world, renameCommunity, { id: 'nowhere', name: '无' }, 'community_not_found');
});

describe('over HTTP', () => {
  const input = { community_id: 'gexiang', successor_id: 'taiyan', effective_from: '2026-03-03' };

  it('two officers of the street have a community succeeded, which everybody then reads', async () => {
    const offices = await openOffices();
    const { street, gexiang, colleague, world } = offices;
    const taiyan = await made(street, '/v1/communities', { id: 'taiyan', name: '太炎社区' });
    expect(taiyan).toMatchObject({ successor_id: null, succeeded_from: null });

    const { body } = await approvedByTwo(offices, 'successor', input);
    expect(body).toMatchObject({ status: 'approved', result: input });
    expect(await read(street, `/v1/proposals/${body['id']}`)).toMatchObject({ command: 'successor', input, result: input });
    expect(await read(gexiang, '/v1/communities/gexiang')).toMatchObject({ successor_id: 'taiyan', succeeded_from: '2026-03-03' });

    world.clock.advance(24 * 3_600_000);
    const deed = {
      action_rule_id: world.ruleId,
      resident_id: world.residentId,
      quantity: 1,
      occurred_on: '2026-03-02',
      description: '清洁',
    };
    const details = { community_id: 'gexiang', successor_id: 'taiyan', succeeded_from: '2026-03-03' };
    expectProblem(await colleague.post('/v1/grants', deed), 'community_succeeded', { details });
  });

  it('is no matter of one officer, nor of a community', async () => {
    const { street, gexiang } = await openOffices();
    const body = { command: 'successor', input: { ...input, successor_id: 'wanhe' }, reason: '合并' };
    expectProblem(await gexiang.post('/v1/proposals', body), 'street_only');
    const { id, input: shown, result } = await made(street, '/v1/proposals', body);
    expect([shown, result]).toEqual([body.input, null]);
    expectProblem(await street.post(`/v1/proposals/${id}/approval`, {}), 'same_officer');
    expect(await read(gexiang, '/v1/communities/gexiang')).toMatchObject({ successor_id: null });
  });

  it('tells of each refusal, and which fields are wrong', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet } = offices;
    const answerTo = async (wanted: object) => {
      const { id } = await made(street, '/v1/proposals', { command: 'successor', input: { ...input, ...wanted }, reason: '合并' });
      return secondOfStreet.post(`/v1/proposals/${id}/approval`, {});
    };
    expectProblem(await answerTo({ successor_id: 'nowhere' }), 'community_not_found');
    expectProblem(await answerTo({ successor_id: 'gexiang' }), 'successor_cycle');
    const late = { effective_from: '2026-03-02' };
    expectProblem(await answerTo({ successor_id: 'wanhe', ...late }), 'succession_in_the_past', {
      details: { ...late, earliest: '2026-03-03' },
    });
    await approvedByTwo(offices, 'successor', { ...input, successor_id: 'wanhe' });
    expectProblem(await answerTo({ successor_id: 'wanhe' }), 'successor_set');
    const wrong = { community_id: '葛巷', successor_id: 1, effective_from: '2026-02-30', more: 1 };
    const fields = Object.keys(wrong).map((name) => `/input/${name}`);
    expectFields(await street.post('/v1/proposals', { command: 'successor', input: wrong, reason: '合并' }), ...fields);
  });

  it('the street renames a community: its name changes everywhere it is read, its id nowhere', async () => {
    const { street, gexiang, world } = await openOffices();
    const path = '/v1/communities/gexiang/name';
    const before = await read(gexiang, '/v1/communities/gexiang');
    const first = await street.put(path, { name: '葛巷新村社区' }, 'k-1');
    expect(first).toMatchObject({ status: 200, body: { id: 'gexiang', name: '葛巷新村社区' } });
    expect(await read(gexiang, '/v1/communities/gexiang')).toEqual({ ...before, name: '葛巷新村社区' });
    expect((await read(gexiang, `/v1/residents/${world.residentId}`))['community_id']).toBe('gexiang');
    const again = await street.put(path, { name: '葛巷新村社区' }, 'k-1');
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);

    expectProblem(await street.put('/v1/communities/nowhere/name', { name: '无' }), 'community_not_found');
    expectProblem(await gexiang.put(path, { name: '无' }), 'insufficient_scope', { details: { scope: 'communities:write' } });
    expectFields(await street.put(path, { name: '', more: 1 }), '/name', '/more');
  });
});
