import { describe, expect, it } from 'vitest';
import { approvedByTwo, expectFields, expectProblem, listed, openOffices, read } from '../../support/offices.ts';

const NOBODY = `off_${'0'.repeat(32)}`;

describe('/v1/officers', () => {
  it('are appointed by two officers of the street, to a community or to the street itself', async () => {
    const offices = await openOffices();
    for (const [community_id, resident_id] of [
      ['gexiang', offices.world.residentId],
      [null, null],
    ] as const) {
      const asked = { name: '赵六', community_id, resident_id };
      const { officer_id: id } = (await approvedByTwo(offices, 'officer', asked)).body['result'];
      const stated = { person_stated: true, person_until: '2027-03-02T02:00:00.000Z' };
      expect(await read(offices.street, `/v1/officers/${id}`)).toEqual({ id, ...asked, ...stated });
    }
  });

  it('are listed to their own office, and those of any community to the street', async () => {
    const { street, gexiang, wanhe } = await openOffices();
    expect((await listed(gexiang, '/v1/officers', 1)).map(({ name }) => name)).toEqual(['李二', '王一']);
    expect(await listed(street, '/v1/officers')).toMatchObject([{ community_id: null }, { community_id: null }]);
    expect((await listed(street, '/v1/officers?community_id=wanhe')).map(({ name }) => name)).toEqual(['王一']);
    expectProblem(await wanhe.get('/v1/officers?community_id=gexiang'), 'foreign_community');
  });

  it('are read by their own office and the street', async () => {
    const { street, gexiang, wanhe, world } = await openOffices();
    const path = `/v1/officers/${world.gexiang.id}`;
    const { resident_id: resident, ...shown } = await read(street, path);
    expect(resident).toBeNull();
    expect(await read(gexiang, path)).toEqual(shown);
    expectProblem(await wanhe.get(path), 'foreign_community', { details: { community_id: 'gexiang' } });
    expectProblem(await gexiang.get(`/v1/officers/${NOBODY}`), 'officer_not_found', { details: { officer_id: NOBODY } });
  });
});

describe('who an officer is as a resident', () => {
  it('is stated by two officers of the street, read by them and the officer, and by no colleague', async () => {
    const offices = await openOffices();
    const { street, gexiang, colleague, wanhe, machine, world } = offices;
    const input = { officer_id: world.gexiang.id, resident_id: world.residentId };
    const { body } = await approvedByTwo(offices, 'officer_person', input);
    expect(body['result']).toEqual({ officer_id: world.gexiang.id, stated_until: '2027-03-02T02:00:00.000Z' });
    const proposal = await read(street, `/v1/proposals/${body['id']}`);
    expect(proposal).toMatchObject({ input, names: { [world.gexiang.id]: '王一', [world.residentId]: '葛小米' } });
    const stated = { person_stated: true, person_until: '2027-03-02T02:00:00.000Z' };
    expect(await read(gexiang, '/v1/officers/me/person')).toEqual({ ...stated, resident_id: world.residentId });
    const path = `/v1/officers/${world.gexiang.id}`;
    expect(await read(street, path)).toMatchObject({ resident_id: world.residentId });
    for (const caller of [gexiang, colleague]) {
      expect((await caller.get(path)).text).not.toContain(world.residentId);
      expect((await caller.get('/v1/officers')).text).not.toContain(world.residentId);
    }
    expect(await read(wanhe, '/v1/officers/me/person')).toEqual({ ...stated, resident_id: null });
    expect((await machine.get('/v1/officers/me/person')).status).toBe(403);
  });

  it('is confirmed by the officer each year, as it stands', async () => {
    const { gexiang, world } = await openOffices();
    world.clock.advance(400 * 86_400_000);
    expect(await read(gexiang, '/v1/officers/me/person')).toMatchObject({ person_stated: false, person_until: '2027-03-02T02:00:00.000Z' });
    const differs = await gexiang.put('/v1/officers/me/person', { resident_id: world.residentId });
    expectProblem(differs, 'officer_person_differs', { details: { officer_id: world.gexiang.id } });
    const { body } = await gexiang.put('/v1/officers/me/person', { resident_id: null });
    expect(body).toEqual({ officer_id: world.gexiang.id, stated_until: '2028-04-05T02:00:00.000Z' });
    expect(await read(gexiang, '/v1/officers/me/person')).toMatchObject({ person_stated: true });
    expectFields(await gexiang.put('/v1/officers/me/person', {}), '/resident_id');
  });

  it('is told by the refusal of a grant alone, and by that of a preview', async () => {
    const { gexiang, world } = await openOffices();
    world.clock.advance(400 * 86_400_000);
    const deed = {
      action_rule_id: world.ruleId,
      resident_id: world.residentId,
      quantity: 1,
      occurred_on: '2027-04-05',
      description: '清理河道',
    };
    const details = { officer_id: world.gexiang.id, ended_at: '2027-03-02T02:00:00.000Z' };
    expectProblem(await gexiang.post('/v1/grants', deed), 'officer_person_unstated', { details });
    const { body } = await gexiang.post('/v1/grants/preview', deed);
    expect(body).toMatchObject({ refusal: null, second_officer: true, alone: { refusal: { code: 'officer_person_unstated', details } } });
  });
});
