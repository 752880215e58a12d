import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, made, openOffices, read } from '../../support/offices.ts';

const NO_RULE = `rul_${'0'.repeat(32)}`;
const terms = { name: '楼道清洁', per: 'hour', points: 10, cap_day: 40, valid_from: '2026-01-01' };
const rule = { class: 'civility', ...terms };

describe('/v1/action-rules', () => {
  it('are set by an officer for the own community', async () => {
    const { gexiang, world } = await openOffices();
    const first = await made(gexiang, '/v1/action-rules', rule);
    expect(first).toEqual({
      id: first['id'],
      rule_version: 1,
      community_id: 'gexiang',
      class: 'civility',
      name: '楼道清洁',
      per: 'hour',
      points: 10,
      cap_day: 40,
      cap_month: null,
      cap_year: null,
      valid_from: '2026-01-01',
      valid_until: null,
      set_at: '2026-03-02T02:00:00.000Z',
      set_by: world.gexiang.id,
    });
  });

  it('are not set for another community, nor by the street', async () => {
    const { gexiang, street } = await openOffices();
    const foreign = await gexiang.post('/v1/action-rules', { ...rule, community_id: 'wanhe' });
    expectProblem(foreign, 'foreign_community', { details: { community_id: 'wanhe' } });
    expectProblem(await gexiang.post('/v1/action-rules', { ...rule, community_id: 'nowhere' }), 'community_not_found');
    expectProblem(await street.post('/v1/action-rules', rule), 'insufficient_scope', { details: { scope: 'rules:write' } });
  });

  it('get further versions, and a replay shows the version that it made', async () => {
    const { gexiang, wanhe } = await openOffices();
    const { id } = await made(gexiang, '/v1/action-rules', rule);
    const versions = `/v1/action-rules/${id}/versions`;
    const second = await gexiang.post(versions, { ...terms, points: 20, valid_from: '2026-03-01' }, 'k-1');
    expect(second).toMatchObject({ status: 201, body: { id, rule_version: 2, points: 20 } });
    await made(gexiang, versions, { ...terms, points: 30, valid_from: '2026-04-01' });
    const again = await gexiang.post(versions, { ...terms, points: 20, valid_from: '2026-03-01' }, 'k-1');
    expect(again.text).toBe(second.text);

    const whole = await read(wanhe, `/v1/action-rules/${id}`);
    expect(whole).toMatchObject({ id, community_id: 'gexiang', class: 'civility' });
    expect(whole['versions'].map(({ rule_version: n, points }: Record<string, number>) => [n, points])).toEqual([
      [3, 30],
      [2, 20],
      [1, 10],
    ]);
    expectProblem(await wanhe.post(versions, terms), 'foreign_community');
    expectProblem(await gexiang.post(`/v1/action-rules/${NO_RULE}/versions`, terms), 'action_rule_not_found');
    expectProblem(await gexiang.get(`/v1/action-rules/${NO_RULE}`), 'action_rule_not_found', { details: { action_rule_id: NO_RULE } });
  });

  it('are listed with the version for deeds of today, to officers of any community', async () => {
    const { gexiang, wanhe, street, world } = await openOffices();
    const { id: revised } = await made(gexiang, '/v1/action-rules', rule);
    await made(gexiang, `/v1/action-rules/${revised}/versions`, { ...terms, points: 20, valid_from: '2026-03-03' });
    const { id: ahead } = await made(gexiang, '/v1/action-rules', { ...rule, valid_from: '2027-01-01' });
    const shown = async (path: string) => (await listed(wanhe, path)).map(({ id, rule_version: n }) => [id, n]);
    expect(await shown('/v1/action-rules?community_id=gexiang')).toEqual([
      [ahead, 1],
      [revised, 1],
      [world.ruleId, 1],
    ]);
    expect(await shown('/v1/action-rules')).toEqual([[world.wanheRuleId, 1]]);
    world.clock.advance(86_400_000);
    expect(await shown('/v1/action-rules?community_id=gexiang')).toContainEqual([revised, 2]);
    expect(await listed(street, '/v1/action-rules')).toHaveLength(4);
  });

  it.each([
    [{ class: 'sport' }, '/class'],
    [{ per: 'minute' }, '/per'],
    [{ points: 0 }, '/points'],
    [{ points: 1.5 }, '/points'],
    [{ cap_day: -1 }, '/cap_day'],
    [{ valid_from: '2026-02-30' }, '/valid_from'],
    [{ valid_until: '2025-12-31' }, '/valid_until'],
    [{ colour: 'red' }, '/colour'],
    [{ name: 'a\u0000b' }, '/name'],
  ])('with %j are refused by the name of the field', async (change, pointer) => {
    const { gexiang } = await openOffices();
    expectFields(await gexiang.post('/v1/action-rules', { ...rule, ...change }), pointer);
  });
});
