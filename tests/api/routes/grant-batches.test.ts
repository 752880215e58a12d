import { describe, expect, it } from 'vitest';
import { addActionRule } from '../../../src/communities/index.ts';
import { enact } from '../../support/two-officers.ts';
import { hourlyRule } from '../../support/world.ts';
import { expectFields, expectProblem, listed, openOffices, type Offices } from '../../support/offices.ts';

function deed({ world }: Offices, reference: string, changes: object = {}) {
  const { ruleId, residentId } = world;
  const what = { action_rule_id: ruleId, resident_id: residentId, quantity: 1, occurred_on: '2026-03-01', description: '清理河道' };
  return { ...what, external_reference: reference, ...changes };
}

/** Three points that fit no schema, are refused, and are granted, mixed. */
function mixed(offices: Offices) {
  return [
    deed(offices, 'a-0'),
    deed(offices, 'a-1', { quantity: 0, colour: 'red' }),
    deed(offices, 'a-2', { occurred_on: '2026-03-03' }),
    deed(offices, 'a-3', { quantity: 2 }),
    deed(offices, 'a-0'),
    'nonsense',
    deed(offices, 'a-6', { external_reference: undefined }),
    deed(offices, 'a-7', { action_rule_id: offices.world.wanheRuleId }),
  ];
}

describe('POST /v1/grant-batches', () => {
  it('gives every item its own outcome, in the order sent', async () => {
    const offices = await openOffices();
    const { status, body } = await offices.gexiang.post('/v1/grant-batches', { items: mixed(offices) });
    expect(status).toBe(200);
    const [first] = body['items'];
    expect(body['items']).toMatchObject([
      { external_reference: 'a-0', status: 'granted', grant: { points: 10, external_reference: 'a-0' }, problem: null },
      {
        external_reference: 'a-1',
        status: 'refused',
        grant: null,
        problem: {
          code: 'validation_failed',
          errors: [{ pointer: '/items/1/quantity' }, { pointer: '/items/1/colour', detail: 'is not a known field: leave it out' }],
        },
      },
      {
        external_reference: 'a-2',
        status: 'refused',
        problem: {
          code: 'effective_date_out_of_range',
          title: 'The deed is too old or in the future',
          detail: 'A deed granted now must have a date from 2025-12-02 to 2026-03-02.',
          action: 'Correct the date of the deed.',
          details: { earliest: '2025-12-02', latest: '2026-03-02' },
        },
      },
      { external_reference: 'a-3', status: 'granted', grant: { points: 20 } },
      { external_reference: 'a-0', status: 'refused', problem: { code: 'reference_used', details: { grant_id: first.grant.id } } },
      { external_reference: null, status: 'refused', problem: { code: 'validation_failed', errors: [{ pointer: '/items/5' }] } },
      { external_reference: null, status: 'refused', problem: { errors: [{ pointer: '/items/6/external_reference' }] } },
      { external_reference: 'a-7', status: 'refused', problem: { code: 'foreign_community' } },
    ]);
    expect(await listed(offices.gexiang, '/v1/grants')).toMatchObject([{ external_reference: 'a-3' }, { external_reference: 'a-0' }]);
  });

  it('answers the same to the same batch, and grants nothing twice', async () => {
    const offices = await openOffices();
    const first = await offices.gexiang.post('/v1/grant-batches', { items: mixed(offices) }, 'b-1');
    const again = await offices.gexiang.post('/v1/grant-batches', { items: mixed(offices) }, 'b-1');
    expect(again.text).toBe(first.text);
    expect(await listed(offices.gexiang, '/v1/grants')).toHaveLength(2);
  });

  it('lets what fitted no schema be corrected under the same key, and nothing else be changed', async () => {
    const offices = await openOffices();
    const send = (items: unknown[]) => offices.gexiang.post('/v1/grant-batches', { items }, 'b-1');
    await send([deed(offices, 'a-0', { quantity: 0 }), deed(offices, 'a-1')]);
    const { body } = await send([deed(offices, 'a-0'), deed(offices, 'a-1', { quantity: 2 })]);
    expect(body['items']).toMatchObject([{ status: 'granted' }, { status: 'refused', problem: { code: 'idempotency_key_reused' } }]);
  });

  it('takes a reference that the same deed was granted under alone for used', async () => {
    const offices = await openOffices();
    const { body: granted } = await offices.gexiang.post('/v1/grants', deed(offices, 'a-0'));
    const { body } = await offices.gexiang.post('/v1/grant-batches', { items: [deed(offices, 'a-0')] });
    expect(body['items']).toMatchObject([{ problem: { code: 'reference_used', details: { grant_id: granted['id'] } } }]);
  });

  it('takes a thousand items, counts each against the caps, and no more than a thousand', async () => {
    const offices = await openOffices();
    const { world, gexiang } = offices;
    const terms = { ...hourlyRule, capYear: 990 * 10 };
    const { id } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
    const description = '积'.repeat(200);
    const items = Array.from({ length: 1_000 }, (_, n) => deed(offices, `活动-${n}`.padEnd(64, '号'), { action_rule_id: id, description }));
    const { status, body } = await gexiang.post('/v1/grant-batches', { items });
    expect(status).toBe(200);
    const outcomes = body['items'].map((item: Record<string, any>) => item['problem']?.code ?? item['status']);
    expect(outcomes).toEqual([...Array(990).fill('granted'), ...Array(10).fill('cap_exceeded')]);
    expectFields(await gexiang.post('/v1/grant-batches', { items: [...items, items[0]] }), '/items');
  });

  it('is no way around what one officer grants alone, nor is another credential of the officer', async () => {
    const offices = await openOffices();
    const { world, gexiang, colleague, as } = offices;
    await enact(world, 'grant_alone', { points: 200, points_day: 2_000, points_resident_month: 600 });
    const items = [20, 20, 21, 15, 6].map((quantity, n) => deed(offices, `a-${n}`, { quantity, occurred_on: `2026-02-0${n + 1}` }));
    const { body } = await gexiang.post('/v1/grant-batches', { items });
    const outcomes = body['items'].map(
      ({ problem }: { problem: { code: string; details: { per: string } } | null }) => problem?.details.per ?? null,
    );
    expect(outcomes).toEqual([null, null, 'grant', null, 'month']);
    const again = await as({ kind: 'officer', officerId: world.gexiang.id });
    const { external_reference: _, ...more } = items[4]!;
    const over = { details: { per: 'month', limit: 600, used: 550, requested: 60 } };
    expectProblem(await again.post('/v1/grants', more), 'grant_alone_exceeded', over);
    expect((await again.post('/v1/grant-batches', { items: [deed(offices, 'b-1', { quantity: 5 })] })).body['items']).toMatchObject([
      { status: 'granted' },
    ]);
    expectProblem(await gexiang.post('/v1/grants', { ...more, quantity: 1 }), 'grant_alone_exceeded');
    expect((await colleague.post('/v1/grants', more)).status).toBe(201);
  });

  it('takes larger bodies than other routes, but not any', async () => {
    const offices = await openOffices();
    const huge = { items: [deed(offices, 'a-0', { description: 'x'.repeat(2 * 1_024 * 1_024) })] };
    expectProblem(await offices.gexiang.post('/v1/grant-batches', huge), 'payload_too_large', { details: { limit_bytes: 2_097_152 } });
    const large = { ...huge.items[0], description: 'x'.repeat(300 * 1_024) };
    expectProblem(await offices.gexiang.post('/v1/grants', large), 'payload_too_large', { details: { limit_bytes: 262_144 } });
  });

  it('is refused as a whole without a key, without items, and to who may not grant', async () => {
    const offices = await openOffices();
    const { gexiang, street, api } = offices;
    const items = [deed(offices, 'a-0')];
    const authorization = await gexiang.authorize();
    const keyless = await api.http.post('/v1/grant-batches').set({ authorization }).send({ items });
    expect(keyless.body).toMatchObject({ code: 'idempotency_key_missing' });
    expectFields(await gexiang.post('/v1/grant-batches', { items: [] }), '/items');
    expectFields(await gexiang.post('/v1/grant-batches', { items, more: 1 }), '/more');
    expectProblem(await street.post('/v1/grant-batches', { items }), 'insufficient_scope');
    expect(await listed(gexiang, '/v1/grants')).toEqual([]);
  });
});
