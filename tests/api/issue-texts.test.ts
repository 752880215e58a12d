import { expect, it } from 'vitest';
import { type Caller } from '../support/counter.ts';
import { openOffices } from '../support/offices.ts';

/** What each field of an answer is told. */
async function told(caller: Caller, path: string, body: object): Promise<Record<string, string>> {
  const { status, body: problem } = await caller.post(path, body);
  expect(status).toBe(400);
  return Object.fromEntries(problem['errors'].map(({ pointer, detail }: { pointer: string; detail: string }) => [pointer, detail]));
}

it('a field error says what to send instead', async () => {
  const { gexiang, street } = await openOffices();
  expect(
    await told(gexiang, '/v1/grants', { quantity: 0, description: '', occurred_on: '2026-02-30', action_rule_id: 7, more: 1 }),
  ).toEqual({
    '/action_rule_id': 'must be a text',
    '/resident_id': 'is missing: send a text',
    '/quantity': 'must be at least 1',
    '/occurred_on': 'must be a real date: YYYY-MM-DD',
    '/description': 'must be at least 1 character long',
    '/more': 'is not a known field: leave it out',
  });
  expect(await told(gexiang, '/v1/grants', { quantity: 1.5 })).toMatchObject({ '/quantity': 'must be a whole number' });
  expect(await told(gexiang, '/v1/grants', { description: '长'.repeat(201) })).toMatchObject({
    '/description': 'must be at most 200 characters long',
  });
  expect(await told(gexiang, '/v1/grant-batches', { items: [] })).toEqual({ '/items': 'must have at least 1 item' });
  expect(await told(gexiang, '/v1/grant-batches', {})).toEqual({ '/items': 'is missing: send a list' });
  expect(await told(street, '/v1/clients', { kind: 'robot', name: '机器' })).toEqual({
    '/kind': 'must be one of `till`, `resident`, `machine`',
  });
  const wrongUnit = { name: '志愿服务', per: 'week', points: 1, valid_from: '2026-03-01', class: 'volunteer' };
  expect(await told(gexiang, '/v1/action-rules', wrongUnit)).toEqual({ '/per': 'must be one of `hour`, `event`' });
});
