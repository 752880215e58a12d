import { expect, it } from 'vitest';
import { expectFields, expectProblem, made, openOffices, read } from '../../support/offices.ts';

const one = { name: '陈小明', phone: '13912345678' };
const NOBODY = `res_${'0'.repeat(32)}`;

it('whoever registers somebody says how they consented; for a child under 14, which guardian did', async () => {
  const { gexiang, world } = await openOffices();
  expectFields(await gexiang.post('/v1/residents', one), '/consent');
  expectFields(await gexiang.post('/v1/residents', { ...one, consent: { how: 'phone' } }), '/consent/how');
  const child = { how: 'paper', paper_number: '2026-0017', under_14: true };
  expectFields(await gexiang.post('/v1/residents', { ...one, consent: child }), '/consent/guardian');
  const { id } = await made(gexiang, '/v1/residents', { ...one, consent: { ...child, guardian: '陈大明' } });
  expect(await read(gexiang, `/v1/residents/${id}`)).toMatchObject({
    consents: [{ notice_version: 1, how: 'paper', paper_number: '2026-0017', guardian: '陈大明', taken_by: world.gexiang.id }],
  });
});

it('a resident of before has none recorded, and one is recorded later, once', async () => {
  const { gexiang, wanhe, machine, world } = await openOffices();
  const { store, residentId } = world;
  const { rawOf } = await import('../../support/raw.ts');
  await (await rawOf(world)).exec('delete from consent');
  expect(await store.read.select().from(store.tables.consent)).toEqual([]);
  expect(await read(gexiang, `/v1/residents/${residentId}`)).toMatchObject({ consents: [] });
  const path = `/v1/residents/${residentId}/consents`;
  const given = { how: 'counter', guardian: '葛大米', under_14: true };
  expectProblem(await wanhe.post(path, given), 'foreign_community');
  expectProblem(await gexiang.post(`/v1/residents/${NOBODY}/consents`, given), 'resident_not_found');
  const answer = await gexiang.post(path, given);
  expect([answer.status, answer.body]).toEqual([
    201,
    {
      notice_version: 1,
      how: 'counter',
      paper_number: null,
      guardian: '葛大米',
      taken_by: world.gexiang.id,
      at: '2026-03-02T02:00:00.000Z',
    },
  ]);
  expectProblem(await gexiang.post(path, given), 'consent_recorded', {
    details: { resident_id: residentId, consented_at: '2026-03-02T02:00:00.000Z' },
  });
  expect((await read(machine, `/v1/residents/${residentId}`))['consents']).toMatchObject([{ guardian: '葛**' }]);
});
