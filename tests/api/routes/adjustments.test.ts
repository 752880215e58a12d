import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { type Communities, openCommunities } from '../../support/communities.ts';
import { approvedByTwo, expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';

const NOTHING = `ent_${'0'.repeat(32)}`;

/** The offices on 3 March, a day after a voucher of Gexiang was redeemed in Wanhe; run 1 has settled it. */
async function openSettled(): Promise<Offices & { scheme: Communities; entryId: string }> {
  const offices = await openOffices();
  const scheme = await openCommunities(['gexiang', 'wanhe'], offices.world);
  const { entry_id: entryId } = await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-03');
  await scheme.settle('2026-03-02');
  return { ...offices, scheme, entryId };
}

/** It was the shop of Gexiang. */
function rightOf({ scheme }: { scheme: Communities }) {
  return { merchant_id: scheme.of('gexiang').merchantId, shares: [{ community_id: 'gexiang', fen: 1_000 }] };
}

describe('an adjustment over HTTP', () => {
  it('is proposed by one officer of the street and made when another approves, and is listed with both', async () => {
    const offices = await openSettled();
    const { street, secondOfStreet, entryId, world } = offices;
    const input = { entry_id: entryId, right: rightOf(offices) };
    const proposal = await made(street, '/v1/proposals', { command: 'adjustment', input, reason: '收银机登记错误' });
    expect(proposal).toMatchObject({ command: 'adjustment', community_id: null, input, reason: '收银机登记错误' });
    expect(await listed(street, '/v1/adjustments')).toEqual([]);
    expectProblem(await street.post(`/v1/proposals/${proposal['id']}/approval`, {}), 'same_officer');

    const { status, body } = await secondOfStreet.post(`/v1/proposals/${proposal['id']}/approval`, {});
    expect([status, body['result']['entry_id'], body['result']['business_day']]).toEqual([200, entryId, '2026-03-03']);
    expect((await read(street, `/v1/proposals/${proposal['id']}`))['result']).toEqual(body['result']);
    const { adjustment_id: id, ...result } = body['result'];
    expect(await listed(street, '/v1/adjustments')).toEqual([
      {
        ...result,
        id,
        reason: '收银机登记错误',
        proposed_by: proposal['proposed_by'],
        proposed_by_name: '李二',
        approved_by: body['decided_by'],
        approved_by_name: '李二',
      },
    ]);
    const entry = await read(street, `/v1/entries/${result.mirror_id}`);
    expect(entry).toMatchObject({ kind: 'adjustment_mirror', reverses: entryId, business_day: '2026-03-03' });
    expect(await read(street, `/v1/entries/${result.right_id}`)).toMatchObject({ kind: 'adjustment', reverses: null });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('that is refused leaves its proposal open', async () => {
    const offices = await openSettled();
    const { street, secondOfStreet, entryId } = offices;
    await approvedByTwo(offices, 'adjustment', { entry_id: entryId, right: null });
    for (const [entry_id, code] of [
      [entryId, 'entry_adjusted'],
      [NOTHING, 'entry_not_found'],
    ] as const) {
      const { id } = await made(street, '/v1/proposals', { command: 'adjustment', input: { entry_id, right: null }, reason: '记错' });
      expectProblem(await secondOfStreet.post(`/v1/proposals/${id}/approval`, {}), code);
      expect(await read(street, `/v1/proposals/${id}`)).toMatchObject({ status: 'open', result: null });
    }
  });

  it('tells what is wrong with it field by field', async () => {
    const offices = await openSettled();
    const { street, entryId: entry_id } = offices;
    const right = rightOf(offices);
    const propose = (input: object) => street.post('/v1/proposals', { command: 'adjustment', input, reason: '记错' });
    expectFields(await propose({ entry_id }), '/input/right');
    expectFields(await propose({ entry_id: 'ent_1', right: null }), '/input/entry_id');
    expectFields(await propose({ entry_id, right: { ...right, shares: [] } }), '/input/right/shares');
    expectFields(
      await propose({ entry_id, right: { ...right, shares: [{ community_id: 'gexiang', fen: 0 }] } }),
      '/input/right/shares/0/fen',
    );
    expectFields(await propose({ entry_id, right: { ...right, merchant_id: 'mer' } }), '/input/right/merchant_id');
  });

  it('is the street’s alone: to propose, and to read', async () => {
    const { gexiang, machine, till, entryId } = await openSettled();
    const body = { command: 'adjustment', input: { entry_id: entryId, right: null }, reason: '记错' };
    expectProblem(await gexiang.post('/v1/proposals', body), 'street_only');
    for (const caller of [gexiang, machine]) expectProblem(await caller.get('/v1/adjustments'), 'street_only');
    expectProblem(await till.get('/v1/adjustments'), 'insufficient_scope');
  });
});

describe('GET /v1/adjustments', () => {
  it('goes page by page, the newest wrong entry first', async () => {
    const offices = await openSettled();
    const { scheme, street, entryId } = offices;
    const later = [await scheme.spend('gexiang', 'wanhe'), await scheme.spend('wanhe', 'gexiang')].map(({ entry_id: id }) => id);
    scheme.goOnTo('2026-03-04');
    await scheme.settle('2026-03-03');
    const entries = [entryId, ...later];
    for (const entry_id of entries) await approvedByTwo(offices, 'adjustment', { entry_id, right: null });
    const items = await listed(street, '/v1/adjustments', 1);
    expect(items.map(({ entry_id: id }) => id)).toEqual(entries.toReversed());
  });

  it('wants a cursor that it gave', async () => {
    const { street } = await openOffices();
    expectFields(await street.get('/v1/adjustments?cursor=x'), 'query/cursor');
  });
});
