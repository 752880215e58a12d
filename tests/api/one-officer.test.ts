/** What somebody with one credential of the street office may try, so as to be both of two officers. None of it brings about an approval. */
import { describe, expect, it } from 'vitest';
import { type Answer, type Caller } from '../support/counter.ts';
import { approvedByTwo, expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../support/offices.ts';

const rate = { command: 'policy', input: { name: 'rate', value: { points: 1, fen: 1_000_000 } }, reason: '调整' };

/** The active credential of an officer, as the street office finds it in its lists. */
async function credentialOf(street: Caller, officerId: string, communityId?: string): Promise<string> {
  const query = communityId === undefined ? '' : `?community_id=${communityId}`;
  return (await listed(street, `/v1/clients${query}`)).find(({ officer_id: of }) => of === officerId)!['id'];
}

/** What it would take a second officer to change. */
async function standing({ world: { store } }: Offices) {
  const { policy, client, officer } = store.tables;
  return {
    policies: await store.read.select().from(policy),
    officers: await store.read.select().from(officer),
    clients: await store.read.select().from(client),
  };
}

describe('one credential of the street office', () => {
  it('appoints nobody, makes no credential and rotates no colleague’s', async () => {
    const offices = await openOffices();
    const { street, secondOfStreet, world } = offices;
    const second = (await made(secondOfStreet, '/v1/proposals', rate))['proposed_by'];
    const before = await standing(offices);

    expectProblem(await street.post('/v1/officers', { name: '不存在', community_id: null }), 'method_not_allowed');
    for (const officerId of [second, world.gexiang.id]) {
      expectFields(await street.post('/v1/clients', { kind: 'officer', name: '备用', officer_id: officerId }), '/kind');
    }
    for (const id of [await credentialOf(street, second), await credentialOf(street, world.gexiang.id, 'gexiang')]) {
      expectProblem(await street.post(`/v1/clients/${id}/rotation`, {}), 'credential_of_another', { details: { client_id: id } });
    }
    expect(await standing(offices)).toEqual(before);
  });

  it('approves nothing of its own: not a policy, an officer or a credential', async () => {
    const offices = await openOffices();
    const { street, world } = offices;
    const proposals = [
      rate,
      { command: 'officer', input: { name: '不存在', community_id: null, resident_id: null }, reason: '新人' },
      { command: 'credential', input: { name: '备用', officer_id: world.gexiang.id }, reason: '遗失' },
    ];
    const { policies, officers } = await standing(offices);
    for (const body of proposals) {
      const { id, proposed_by: own } = await made(street, '/v1/proposals', body);
      const approve = (caller: Caller): Promise<Answer> => caller.post(`/v1/proposals/${id}/approval`, {});
      expectProblem(await approve(street), 'same_officer');
      // A second credential of one's own makes no second officer.
      const spare = await offices.as({ kind: 'officer', officerId: own });
      expectProblem(await approve(spare), 'same_officer');
      expect(await read(street, `/v1/proposals/${id}`)).toMatchObject({ status: 'open', result: null });
    }
    expect(await standing(offices)).toMatchObject({ policies, officers });
  });

  it('acts as no resident: neither a second credential nor a new secret for the one there is', async () => {
    const offices = await openOffices();
    const { street, gexiang, world } = offices;
    const phone = { kind: 'resident', name: '手机', resident_id: world.residentId };
    const { id } = await made(gexiang, '/v1/clients', phone);
    const home = { details: { community_id: 'gexiang' } };
    expectProblem(await street.post('/v1/clients', phone), 'foreign_community', home);
    expectProblem(await street.post(`/v1/clients/${id}/rotation`, {}), 'foreign_community', home);
  });

  it('keeps no hold on a credential that it approved, once the officer whose it is has rotated it', async () => {
    const offices = await openOffices();
    const { street, api, world } = offices;
    const { body } = await approvedByTwo(offices, 'credential', { name: '办公电脑', officer_id: world.gexiang.id });
    const first = { clientId: body['result']['client_id'], secret: body['client_secret'] };
    const headers = { authorization: await api.bearer(first), 'idempotency-key': 'k-1' };
    const rotated = await api.http.post(`/v1/clients/${first.clientId}/rotation`).set(headers).send({});
    expect(rotated).toMatchObject({ status: 200, body: { previous_secret_until: '2026-03-02T02:00:00.000Z' } });
    await expect(api.bearer(first)).rejects.toThrow('invalid_client');
    await api.bearer({ ...first, secret: rotated.body['client_secret'] });
    // Any one officer of the street office may end a stolen credential.
    expect((await street.post(`/v1/clients/${first.clientId}/revocation`, {})).status).toBe(200);
  });

  it('that was seen before its officer rotated it is worth nothing afterwards, not even to hear the new secret again', async () => {
    const { street, gexiang, world, api } = await openOffices();
    const id = await credentialOf(street, world.gexiang.id, 'gexiang');
    const path = `/v1/clients/${id}/rotation`;
    const { client_secret: secret } = (await gexiang.post(path, {}, 'rotate-1')).body;
    // The caller still holds the token that it had got with the old secret.
    for (const key of ['rotate-1', 'rotate-2']) expectProblem(await gexiang.post(path, {}, key), 'invalid_token');
    expectProblem(await gexiang.get('/v1/grants'), 'invalid_token');
    world.clock.advance(1_000);
    const authorization = await api.bearer({ clientId: id, secret });
    expect((await api.http.get('/v1/grants').set({ authorization })).status).toBe(200);
  });
});
