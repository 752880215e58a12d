import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, type Offices, openOffices, read } from '../../support/offices.ts';

const contribution = (reference: string, fen = 50_000) => ({ fen, bank_reference: reference });

async function contribute({ street }: Offices, reference: string, fen?: number, community = 'gexiang') {
  const answer = await street.post(`/v1/funds/${community}/contributions`, contribution(reference, fen));
  expect(answer.status, answer.text).toBe(201);
  return answer;
}

describe('POST /v1/funds/{community_id}/contributions', () => {
  it('books what the street office attests, and leads to the fund', async () => {
    const offices = await openOffices();
    const { body, headers } = await contribute(offices, ' 2026-0302-17 ');
    expect(body).toEqual({
      id: `con_${body['entry_id'].slice(4)}`,
      community_id: 'gexiang',
      fen: 50_000,
      bank_reference: '2026-0302-17',
      business_day: '2026-03-02',
      booked_at: '2026-03-02T02:00:00.000Z',
      entry_id: body['entry_id'],
    });
    expect(headers['location']).toBe('/v1/funds/gexiang');
  });

  it('counts a reference of the bank’s once, and says what it was used for', async () => {
    const offices = await openOffices();
    const post = (key: string, fen?: number) => offices.street.post('/v1/funds/gexiang/contributions', contribution('B-1', fen), key);
    const { body } = await post('k-1');
    const again = await post('k-1');
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([201, body, 'true']);
    expectProblem(await post('k-2', 70_000), 'bank_reference_used', {
      details: { bank_reference: 'B-1', kind: 'contribution', subject: body['id'], fen: 50_000, booked_at: body['booked_at'] },
      detail: `The bank reference B-1 was booked at ${body['booked_at']} for contribution ${body['id']}, 50000 fen.`,
    });
    expect(await read(offices.street, '/v1/funds/gexiang')).toMatchObject({ fund_fen: 50_000 });
  });

  it('is not a community’s to book, nor for one that is not there, nor of nothing', async () => {
    const { gexiang, machine, street } = await openOffices();
    const path = '/v1/funds/gexiang/contributions';
    for (const caller of [gexiang, machine]) expectProblem(await caller.post(path, contribution('B-1')), 'insufficient_scope');
    expectProblem(await street.post('/v1/funds/nowhere/contributions', contribution('B-1')), 'community_not_found');
    expectFields(await street.post(path, { fen: 0, bank_reference: '' }), '/fen', '/bank_reference');
    expectFields(await street.post('/v1/funds/No/contributions', contribution('B-1')), 'path/community_id');
  });
});

describe('GET /v1/funds/{community_id}', () => {
  it('tells the community and the street what came in, what is spent, what is promised and what is left', async () => {
    const offices = await openOffices();
    const { world, gexiang, wanhe, street, resident } = offices;
    await contribute(offices, 'B-1');
    await world.grantHours(world.gexiang, world.residentId, 25);
    await world.redeemVoucher(await world.takeVoucher());
    const fund = await read(gexiang, '/v1/funds/gexiang');
    expect(fund).toEqual({
      community_id: 'gexiang',
      fund_fen: 50_000,
      cost_fen: 1_000,
      open_points: 150,
      open_fen: 1_500,
      left_fen: 47_500,
      bank_fen: 50_000,
    });
    expect(await read(street, '/v1/funds/gexiang')).toEqual(fund);
    const caller = await offices.as({ kind: 'machine', communityId: null });
    expect(await read(caller, '/v1/funds/gexiang')).toEqual(fund);
    expectProblem(await wanhe.get('/v1/funds/gexiang'), 'foreign_community');
    expectProblem(await resident.get('/v1/funds/gexiang'), 'insufficient_scope');
    expectProblem(await street.get('/v1/funds/nowhere'), 'community_not_found');
  });
});

describe('GET /v1/funds/{community_id}/movements', () => {
  it('lists what moved on the bank account, newest first, each with its entry', async () => {
    const offices = await openOffices();
    const made = [];
    for (const n of [1, 2, 3]) made.unshift((await contribute(offices, `B-${n}`, n)).body);
    await contribute(offices, 'B-1', 7, 'wanhe');
    const movements = await listed(offices.gexiang, '/v1/funds/gexiang/movements');
    expect(movements).toEqual(
      made.map(({ id, fen, bank_reference, booked_at, entry_id }) => {
        return { bank_reference, kind: 'contribution', fen, subject: id, entry_id, booked_at };
      }),
    );
    const machine = await offices.as({ kind: 'machine', communityId: null });
    expect(await read(machine, `/v1/entries/${made[0]!['entry_id']}`)).toMatchObject({ kind: 'contribution', subject: made[0]!['id'] });
    expectProblem(await offices.wanhe.get('/v1/funds/gexiang/movements'), 'foreign_community');
    expectProblem(await offices.street.get('/v1/funds/nowhere/movements'), 'community_not_found');
  });
});
