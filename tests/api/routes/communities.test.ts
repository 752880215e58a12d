import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, made, openOffices, read } from '../../support/offices.ts';
import { succeed } from '../../support/two-officers.ts';

describe('/v1/communities', () => {
  it('are opened by the street, listed by id and read by any officer', async () => {
    const { street, gexiang } = await openOffices();
    const taiyan = await made(street, '/v1/communities', { id: 'taiyan', name: '太炎社区', code: '330110014001' });
    expect(taiyan).toEqual({
      id: 'taiyan',
      name: '太炎社区',
      code: '330110014001',
      opened_at: '2026-03-02T02:00:00.000Z',
      successor_id: null,
      succeeded_from: null,
    });
    expect((await listed(gexiang, '/v1/communities')).map(({ id }) => id)).toEqual(['gexiang', 'taiyan', 'wanhe']);
    expect(await read(gexiang, '/v1/communities/taiyan')).toEqual(taiyan);
    expect(await read(gexiang, '/v1/communities/wanhe')).toMatchObject({ name: '万和社区', code: null });
  });

  it('are opened once, and a repeated request gets the first answer again', async () => {
    const { street } = await openOffices();
    const body = { id: 'taiyan', name: '太炎社区' };
    const first = await street.post('/v1/communities', body, 'k-1');
    const again = await street.post('/v1/communities', body, 'k-1');
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true']);
    expectProblem(await street.post('/v1/communities', body), 'community_exists', { details: { community_id: 'taiyan' } });
  });

  it('are opened by nobody else', async () => {
    const { gexiang, resident } = await openOffices();
    for (const caller of [gexiang, resident]) {
      const answer = await caller.post('/v1/communities', { id: 'taiyan', name: '太炎社区' });
      expectProblem(answer, 'insufficient_scope', { details: { scope: 'communities:write' } });
    }
  });

  it('have an id that can stand in account paths', async () => {
    const { street } = await openOffices();
    expectFields(await street.post('/v1/communities', { id: '太炎', name: '', code: '33', more: 1 }), '/id', '/name', '/code', '/more');
  });

  it('are named to everybody, for who registers; a community is left out from the day on which another has succeeded it', async () => {
    const { api, world } = await openOffices();
    const names = async () => (await api.http.get('/v1/community-names')).body.items;
    const gexiang = { id: 'gexiang', name: '葛巷社区' };
    const wanhe = { id: 'wanhe', name: '万和社区' };
    const first = await api.http.get('/v1/community-names');
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    expect(first.body).toEqual({ items: [gexiang, wanhe] });
    await succeed(world, 'gexiang', 'wanhe', '2026-03-03');
    expect(await names()).toEqual([gexiang, wanhe]);
    world.clock.now += 86_400_000;
    expect(await names()).toEqual([wanhe]);
  });

  it('that are not there are not found', async () => {
    const { gexiang } = await openOffices();
    expectProblem(await gexiang.get('/v1/communities/nowhere'), 'community_not_found', { details: { community_id: 'nowhere' } });
  });
});
