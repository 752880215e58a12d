import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { askCodes } from '../../../src/access/index.ts';
import { requires } from '../../../src/api/http/principal.ts';
import { audit } from '../../../src/cli/audit.ts';
import { addCommunity, moveResident } from '../../../src/communities/index.ts';
import { put, Unavailable } from '../../../src/ledger/index.ts';
import { type Api, openApi } from '../../support/api.ts';
import { expectFields, expectProblem, listed, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { codeFor } from '../../support/people.ts';
import { codesSent, NEW_PHONE, otherThan, signedInWith } from '../../support/phones.ts';
import { book } from '../../support/scheme.ts';
import { byTwo, officerOf, succeed } from '../../support/two-officers.ts';
import { openWorld } from '../../support/world.ts';

const MINUTE = 60_000;

/** The code with which the resident moves to Wanhe. */
async function moveCode({ api, world, wanhe }: Offices): Promise<string> {
  const { move } = await codesSent(api, () => wanhe.post(`/v1/residents/${world.residentId}/move-codes`, {}));
  return move;
}

const pathOf = ({ world }: Offices) => `/v1/residents/${world.residentId}`;

/** A route that tells the community for which a request is made. */
const who = (app: FastifyInstance) =>
  app.get('/test/who', { config: requires('me:read') }, async ({ principal }) => ({ community: principal.community }));

describe('POST /v1/residents/{id}/moves', () => {
  it('makes another community the home, by a code: its officers see the resident in full, those of the former no longer', async () => {
    const offices = await openOffices();
    const { world, wanhe, gexiang, api } = offices;
    const code = await moveCode(offices);
    expect(api.delivered).toMatchObject([{ phone: PHONE, purpose: 'move' }]);
    const moved = await wanhe.post(`${pathOf(offices)}/moves`, { how: 'code', code }, 'move-1');
    expect(moved.body).toEqual({
      resident_id: world.residentId,
      from_id: 'gexiang',
      to_id: 'wanhe',
      moved_at: new Date(world.clock.now).toISOString(),
    });
    expect(await read(wanhe, pathOf(offices))).toMatchObject({ community_id: 'wanhe', name: '葛小米' });
    expectProblem(await gexiang.get(pathOf(offices)), 'foreign_community');
    expectProblem(await gexiang.get(`${pathOf(offices)}/wallet`), 'foreign_community');
    expect((await gexiang.post('/v1/residents/lookup', { phone: PHONE })).body).toMatchObject({ name: '葛**', community_id: 'wanhe' });
    expect(await world.store.read.select().from(world.store.tables.residentMove)).toMatchObject([
      { residentId: world.residentId, fromId: 'gexiang', toId: 'wanhe', how: 'code', reason: null, movedBy: world.wanhe.id },
    ]);
    expectProblem(await wanhe.post(`${pathOf(offices)}/moves`, { how: 'counter', reason: '再来一次' }), 'resident_at_home');
    expectProblem(await wanhe.post(`${pathOf(offices)}/move-codes`, {}), 'resident_at_home');
  });

  it('leaves points, vouchers and the journal as they were: statement, drill-down from a redemption, and the audit', async () => {
    const offices = await openOffices();
    const { world, wanhe, gexiang, till } = offices;
    await world.grantHours(world.gexiang, world.residentId, 30);
    const { voucherId, code } = await offices.readyCode();
    world.clock.advance(1);
    expect((await wanhe.post(`${pathOf(offices)}/moves`, { how: 'counter', reason: '搬到万和，持租房合同' })).status).toBe(200);
    const redeemed = await till.post('/v1/redemptions', offices.order(code));
    expect(redeemed.status, redeemed.text).toBe(201);
    const wallet = await read(wanhe, `${pathOf(offices)}/wallet`);
    expect(wallet['lots']).toMatchObject([{ community_id: 'gexiang' }]);
    const browser = await signedInWith(offices, PHONE);
    const statement = await listed(browser, '/v1/me/statement', 1);
    expect(statement).toEqual(await listed(wanhe, `${pathOf(offices)}/statement`));
    expect(statement.map(({ kind, points, community_id }) => [kind, points, community_id])).toContainEqual([
      'voucher_issue',
      -100,
      'gexiang',
    ]);
    expect(await listed(wanhe, `${pathOf(offices)}/vouchers`)).toMatchObject([{ id: voucherId, status: 'redeemed' }]);
    expectProblem(await gexiang.get(`/v1/vouchers/${voucherId}`), 'foreign_community');
    // The issuer still bears the cost, and leads down to the deed, without the name of somebody who is no longer its own.
    const path = '/v1/positions/redemptions?issuer=gexiang&acquirer=wanhe&business_day=2026-03-02';
    const [line] = await listed(gexiang, path);
    expect(line).toMatchObject({ redemption_id: redeemed.body['id'], points: 100, fen: 1_000, redemption: null });
    expect(await listed(gexiang, line!['grants'])).toMatchObject([
      { resident_id: world.residentId, community_id: 'gexiang', points: 100, deed: { rule_name: '志愿服务', quantity: 30 } },
    ]);
    expect(await listed(wanhe, path)).toMatchObject([{ redemption: { resident_name: '葛**' }, grants: null }]);
    expect((await gexiang.post('/v1/residents/lookup', { phone: PHONE })).body).toMatchObject({ name: '葛**' });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('takes the clients along: a session of before no longer names the old community', async () => {
    const offices = await openOffices();
    const { world, wanhe, gexiang, resident } = offices;
    const browser = await signedInWith(offices, PHONE);
    expect(await read(browser, '/v1/session')).toMatchObject({ community: { id: 'gexiang' } });
    await read(resident, '/v1/me');
    expect((await wanhe.post(`${pathOf(offices)}/moves`, { how: 'counter', reason: '搬到万和' })).status).toBe(200);
    expect(await read(browser, '/v1/session')).toMatchObject({ community: { id: 'wanhe' } });
    expect(await read(browser, '/v1/me')).toMatchObject({ community: { id: 'wanhe' } });
    const { client } = world.store.tables;
    const clients = (await world.store.read.select().from(client)).filter(({ residentId }) => residentId === world.residentId);
    expect(clients.map(({ communityId }) => communityId)).toEqual(['wanhe', 'wanhe']);
    const shown = await listed(wanhe, '/v1/clients?kind=resident');
    expect(new Set(shown.map(({ id }) => id))).toEqual(new Set(clients.map(({ id }) => id)));
    expect(await listed(gexiang, '/v1/clients?kind=resident')).toEqual([]);
  });

  it('has tokens that name the old community act in the new one, at once where it was moved and within seconds elsewhere', async () => {
    const { world, wanhe, api } = await openOffices();
    const credentials = await api.clientFor({ kind: 'resident', residentId: world.residentId });
    const authorization = await api.bearer(credentials);
    const [here, there] = [await openApi(world, {}, who), await openApi(world, {}, who)];
    const seen = async ({ http }: Api) => (await http.get('/test/who').set({ authorization })).body['community'];
    expect([await seen(here), await seen(there)]).toEqual(['gexiang', 'gexiang']);
    const headers = { authorization: await wanhe.authorize(), 'idempotency-key': 'move-here' };
    const path = `/v1/residents/${world.residentId}/moves`;
    expect((await here.http.post(path).set(headers).send({ how: 'counter', reason: '搬到万和' })).status).toBe(200);
    expect(await seen(here)).toBe('wanhe');
    world.clock.advance(5_000);
    expect(await seen(there)).toBe('wanhe');
  });

  it('keeps every move: a second one in the same millisecond takes the place of none, and is sent again', async () => {
    const world = await openWorld();
    const by = (await officerOf(world, 'wanhe')) as { id: string; communityId: string };
    const back = world.gexiang as typeof by;
    const move = async (officer: typeof by) => world.run(moveResident, { by: officer, id: world.residentId, proof: { reason: '搬家' } });
    const both = await Promise.allSettled([move(by), move(back)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(move(back)).rejects.toThrow(Unavailable);
    world.clock.advance(1);
    await move(back);
    const moved = await world.store.read.select().from(world.store.tables.residentMove);
    expect(moved.map(({ toId, movedBy }) => [toId, movedBy])).toEqual([
      ['wanhe', by.id],
      ['gexiang', back.id],
    ]);
  });

  it('is not made by the right code of a number that was changed meanwhile', async () => {
    const world = await openWorld();
    const by = world.wanhe as { id: string; communityId: string };
    const code = { row: 'a'.repeat(32), codeHash: 'c0de'.padEnd(32, '0') };
    await world.must(askCodes, { codes: [{ ...code, slot: 'asked:move', known: true }] });
    const [resident] = await world.store.read.select().from(world.store.tables.resident);
    const move = async (phoneHash: string) => world.must(moveResident, { by, id: world.residentId, proof: { code, phoneHash } });
    expect(await move('cd'.repeat(16))).toEqual({ failed: 'wrong' });
    expect(await move(resident!.phoneHash)).toMatchObject({ to_id: 'wanhe' });
    expect(await world.store.read.select().from(world.store.tables.signInCode)).toMatchObject([{ failures: 1, used: 1 }]);
  });

  it('takes a code for this community, of this purpose and of the number as it is', async () => {
    const offices = await openOffices();
    const { world, wanhe, api, as } = offices;
    await world.must(addCommunity, { id: 'taiyan', name: '太炎社区', code: null });
    const taiyan = await as({ kind: 'officer', officerId: (await officerOf(world, 'taiyan')).id });
    const code = await moveCode(offices);
    expectProblem(await taiyan.post(`${pathOf(offices)}/moves`, { how: 'code', code }), 'phone_code_wrong');
    expectProblem(await wanhe.post(`${pathOf(offices)}/moves`, { how: 'code', code: otherThan(code) }), 'phone_code_wrong');
    expectProblem(await wanhe.post(`${pathOf(offices)}/moves`, { how: 'code', code: await codeFor(api, PHONE) }), 'phone_code_wrong');
    expect((await wanhe.post(`${pathOf(offices)}/moves`, { how: 'code', code })).status).toBe(200);
    world.clock.advance(MINUTE);
    expectProblem(await taiyan.post(`${pathOf(offices)}/moves`, { how: 'code', code }), 'phone_code_wrong');
  });

  it('is refused while the resident leaves, to a community that was succeeded, and by a code while the number may be taken back', async () => {
    const offices = await openOffices();
    const { world, wanhe, street, api } = offices;
    const { resident } = world.store.tables;
    const row = async () => (await world.store.read.select().from(resident))[0]!;
    await world.run(book, { rows: [put('resident', { ...(await row()), erasureId: `era_${'a'.repeat(32)}` })] });
    for (const [path, body] of [
      ['moves', { how: 'counter', reason: '搬家' }],
      ['move-codes', {}],
    ] as const) {
      expectProblem(await wanhe.post(`${pathOf(offices)}/${path}`, body), 'resident_leaving');
    }
    expectProblem(await offices.gexiang.put(`${pathOf(offices)}/name`, { name: '葛大米', reason: '错字' }), 'resident_leaving');
    await world.run(book, { rows: [put('resident', { ...(await row()), erasureId: null })] });
    const code = await moveCode(offices);
    const { secrets } = api.keys;
    const phone = { phoneHash: secrets.hash('phone', NEW_PHONE), phoneSealed: secrets.seal(NEW_PHONE) };
    await byTwo(world, world.gexiang, 'phone', { residentId: world.residentId, ...phone });
    expectProblem(await wanhe.post(`${pathOf(offices)}/moves`, { how: 'code', code }), 'phone_code_wrong');
    expectProblem(await wanhe.post(`${pathOf(offices)}/move-codes`, {}), 'phone_change_open');
    await succeed(world, 'wanhe', 'gexiang', '2026-03-03');
    expectProblem(await wanhe.post(`${pathOf(offices)}/moves`, { how: 'counter', reason: '搬家' }), 'community_succeeded');
    expectProblem(await street.post(`${pathOf(offices)}/moves`, { how: 'counter', reason: '搬家' }), 'wrong_client');
    expectProblem(await wanhe.post(`/v1/residents/res_${'f'.repeat(32)}/moves`, { how: 'counter', reason: '搬家' }), 'resident_not_found');
    expectFields(await wanhe.post(`${pathOf(offices)}/moves`, {}), '/how');
  });
});
