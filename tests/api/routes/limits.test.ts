import { describe, expect, it } from 'vitest';
import { addCommunity } from '../../../src/communities/index.ts';
import { enact } from '../../support/two-officers.ts';
import { expectProblem, listed, openOffices, read } from '../../support/offices.ts';

describe('GET /v1/limits', () => {
  it('shows a community its effective limit, with the parts that it follows from', async () => {
    const { world, gexiang, street } = await openOffices();
    const plain = {
      community_id: 'gexiang',
      granted: { open_points: 0, open_fen: 0 },
      exposure: { limit_points: 10_000_000, used_percent: 0 },
      fund: null,
      effective: { binding: 'exposure', limit_points: 10_000_000, used_points: 0, available_points: 10_000_000, used_percent: 0 },
      warning: null,
    };
    expect(await read(gexiang, '/v1/limits')).toEqual({ items: [plain], next_cursor: null });
    await street.post('/v1/funds/gexiang/contributions', { fen: 5_000, bank_reference: 'B-1' });
    await world.grantHours(world.gexiang, world.residentId, 35);
    await world.redeemVoucher(await world.takeVoucher());
    expect((await read(gexiang, '/v1/limits'))['items']).toEqual([
      {
        community_id: 'gexiang',
        granted: { open_points: 250, open_fen: 2_500 },
        exposure: { limit_points: 10_000_000, used_percent: 0 },
        fund: { required: false, fund_fen: 5_000, cost_fen: 1_000, pays_for_points: 400, used_percent: 70 },
        effective: { binding: 'fund', limit_points: 400, used_points: 250, available_points: 150, used_percent: 70 },
        warning: 70,
      },
    ]);
    await enact(world, 'exposure_limit', { points: 10_000_000, communities: { gexiang: 260 } });
    expect((await read(gexiang, '/v1/limits'))['items']).toMatchObject([
      {
        exposure: { limit_points: 260, used_percent: 96 },
        effective: { binding: 'exposure', limit_points: 260, used_points: 250, available_points: 10, used_percent: 96 },
        warning: 90,
      },
    ]);
  });

  it('shows the street every community, by id and in pages', async () => {
    const offices = await openOffices();
    const { world, street, resident, machine } = offices;
    for (const id of ['an', 'zhang']) await world.must(addCommunity, { id, name: '新社区', code: null });
    await enact(world, 'fund', { required: true, warn_percents: [70, 90] });
    const all = await listed(street, '/v1/limits');
    expect(all.map(({ community_id: id, warning }) => [id, warning])).toEqual(['an', 'gexiang', 'wanhe', 'zhang'].map((id) => [id, 90]));
    expect(await listed(await offices.as({ kind: 'machine', communityId: null }), '/v1/limits')).toEqual(all);
    for (const caller of [resident, machine]) expectProblem(await caller.get('/v1/limits'), 'insufficient_scope');
  });
});

describe('POST /v1/grant-batches', () => {
  it('grants up to the limit, whose warning is read afterwards', async () => {
    const { gexiang, street, world } = await openOffices();
    await street.post('/v1/funds/gexiang/contributions', { fen: 1_000, bank_reference: 'B-1' });
    const { ruleId, residentId } = world;
    const what = { action_rule_id: ruleId, resident_id: residentId, quantity: 3, occurred_on: '2026-03-01', description: '清理河道' };
    const items = ['a', 'b', 'c', 'd'].map((reference) => ({ ...what, external_reference: reference }));
    const { body } = await gexiang.post('/v1/grant-batches', { items });
    expect(body['items'].map(({ status }: { status: string }) => status)).toEqual(['granted', 'granted', 'granted', 'refused']);
    expect(body['items'][3].problem).toMatchObject({
      code: 'fund_exceeded',
      details: { requested: 30, available: 10, fund_fen: 1_000, cost_fen: 0, open_fen: 900 },
    });
    expect(Object.keys(body)).toEqual(['items']);
    expect((await gexiang.get('/v1/limits')).body['items']).toMatchObject([
      { warning: 90, effective: { used_percent: 90, available_points: 10 } },
    ]);
  });
});
