import { describe, expect, it } from 'vitest';
import { addActionRule, setResidentStatus } from '../../../src/communities/index.ts';
import { enact } from '../../support/two-officers.ts';
import { hourlyRule } from '../../support/world.ts';
import { expectFields, expectProblem, made, type Offices, openOffices, read } from '../../support/offices.ts';

function deed({ world }: Offices, changes: object = {}) {
  const { ruleId, residentId } = world;
  return { action_rule_id: ruleId, resident_id: residentId, quantity: 3, occurred_on: '2026-03-01', description: '清理河道', ...changes };
}

async function preview({ gexiang }: Offices, body: object): Promise<Record<string, any>> {
  const answer = await gexiang.post('/v1/grants/preview', body);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

/** Every row that there is. */
async function contents({ world: { store } }: Offices): Promise<object> {
  return Promise.all(Object.values(store.tables).map(async (table) => store.read.select().from(table)));
}

async function ruleOf({ world }: Offices, changes: object): Promise<string> {
  const terms = { ...hourlyRule, ...changes };
  return (await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms })).id;
}

async function commendationOf({ world }: Offices): Promise<string> {
  const terms = { ...hourlyRule, per: 'event' as const, points: 500 };
  return (await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'commendation', terms })).id;
}

describe('POST /v1/grants/preview', () => {
  it('says what the grant comes to, and what its caps and the limit still allow', async () => {
    const offices = await openOffices();
    const rule = await ruleOf(offices, { capDay: 40, capYear: 500 });
    await made(offices.gexiang, '/v1/grants', deed(offices, { action_rule_id: rule, quantity: 1 }));
    const [limit] = (await read(offices.gexiang, '/v1/limits'))['items'];
    expect(await preview(offices, deed(offices, { action_rule_id: rule }))).toEqual({
      points: 30,
      expires_on: '2027-12-31',
      caps: [
        { per: 'day', cap: 40, used: 10, left: 30 },
        { per: 'year', cap: 500, used: 10, left: 490 },
      ],
      limit,
      refusal: null,
      second_officer: false,
      alone: {
        refusal: null,
        limits: [
          { per: 'grant', limit: 1_000_000, used: 0, left: 1_000_000, frees_on: null },
          { per: 'day', limit: 1_000_000_000, used: 10, left: 999_999_990, frees_on: '2026-03-03' },
          { per: 'month', limit: 1_000_000_000, used: 10, left: 999_999_990, frees_on: '2026-04-01' },
        ],
        person_until: '2027-03-02T02:00:00.000Z',
      },
    });
    expect(limit['granted']['open_points']).toBe(10);
  });

  it('writes nothing, and needs no key', async () => {
    const offices = await openOffices();
    const before = await contents(offices);
    await preview(offices, deed(offices, { external_reference: '活动-17' }));
    expect(await contents(offices)).toEqual(before);
    const headers = { 'content-type': 'application/json' };
    const { status } = await offices.gexiang.send('/v1/grants/preview', JSON.stringify(deed(offices)), headers);
    expect(status).toBe(200);
  });

  it('says what the grant is then refused with, in the same words and figures', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const capped = await ruleOf(offices, { capMonth: 40 });
    await made(gexiang, '/v1/grants', deed(offices, { action_rule_id: capped, external_reference: '活动-17' }));
    const suspended = await world.register('wanhe');
    await world.must(setResidentStatus, {
      by: { id: world.wanhe.id, communityId: 'wanhe' },
      id: suspended,
      status: 'suspended',
      reason: '核实',
    });
    await enact(world, 'exposure_limit', { points: 100, communities: {} });
    const refusals = new Map([
      ['cap_exceeded', { action_rule_id: capped }],
      ['exposure_limit_exceeded', { quantity: 8 }],
      ['resident_suspended', { resident_id: suspended }],
      ['resident_not_found', { resident_id: `res_${'0'.repeat(32)}` }],
      ['effective_date_out_of_range', { occurred_on: '2026-03-03' }],
      ['action_rule_not_valid', { occurred_on: '2025-12-31' }],
      ['reference_used', { external_reference: '活动-17' }],
      ['foreign_community', { action_rule_id: world.wanheRuleId }],
    ]);
    for (const [code, changes] of refusals) {
      const { refusal } = await preview(offices, deed(offices, changes));
      const { body } = await gexiang.post('/v1/grants', deed(offices, changes));
      expect(body['code']).toBe(code);
      expect(body).toMatchObject(refusal);
    }
    const over = await preview(offices, deed(offices, { action_rule_id: capped }));
    expect(over).toMatchObject({ points: 30, caps: [{ per: 'month', cap: 40, used: 30, left: 10 }], refusal: { code: 'cap_exceeded' } });
  });

  it('says that a commendation takes a second officer, and what its approval would meet', async () => {
    const offices = await openOffices();
    const rule = await commendationOf(offices);
    const of = async (points?: number) => preview(offices, deed(offices, { action_rule_id: rule, quantity: 1, ...(points && { points }) }));
    expect(await of(300)).toMatchObject({ points: 300, refusal: null, second_officer: true });
    const figures = { class: 'commendation', at_most: 500 };
    expect(await of(501)).toMatchObject({ points: null, refusal: { code: 'points_out_of_range', details: figures }, second_officer: true });
    expect(await of()).toMatchObject({ points: null, refusal: { code: 'points_out_of_range', details: figures } });
  });

  it('tells nothing of another community’s rule', async () => {
    const offices = await openOffices();
    const foreign = await preview(offices, deed(offices, { action_rule_id: offices.world.wanheRuleId }));
    expect(foreign).toMatchObject({ points: null, expires_on: null, caps: [], limit: { community_id: 'gexiang' } });
  });

  it('is for officers of a community, and names what is wrong with what is sent', async () => {
    const offices = await openOffices();
    expectProblem(await offices.street.post('/v1/grants/preview', deed(offices)), 'wrong_client');
    expectProblem(await offices.machine.post('/v1/grants/preview', deed(offices)), 'wrong_client');
    expectProblem(await offices.resident.post('/v1/grants/preview', deed(offices)), 'insufficient_scope');
    expectFields(await offices.gexiang.post('/v1/grants/preview', deed(offices, { quantity: 0 })), '/quantity');
  });
});
