import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, made, openOffices, read } from '../../support/offices.ts';

const NOBODY = `off_${'0'.repeat(32)}`;

describe('/v1/officers', () => {
  it('are appointed by the street, to a community or to itself', async () => {
    const { street, gexiang } = await openOffices();
    const one = await made(street, '/v1/officers', { name: '赵六', community_id: 'gexiang' });
    expect(one).toEqual({ id: one['id'], community_id: 'gexiang', name: '赵六' });
    expect(await made(street, '/v1/officers', { name: '钱七', community_id: null })).toMatchObject({ community_id: null });
    expectProblem(await street.post('/v1/officers', { name: '孙八', community_id: 'nowhere' }), 'community_not_found');
    expectFields(await street.post('/v1/officers', { name: '孙八' }), '/community_id');
    expectProblem(await gexiang.post('/v1/officers', { name: '孙八', community_id: 'gexiang' }), 'insufficient_scope');
  });

  it('are listed to their own office, and those of any community to the street', async () => {
    const { street, gexiang, wanhe } = await openOffices();
    expect((await listed(gexiang, '/v1/officers', 1)).map(({ name }) => name)).toEqual(['李二', '王一']);
    expect(await listed(street, '/v1/officers')).toMatchObject([{ community_id: null }, { community_id: null }]);
    expect((await listed(street, '/v1/officers?community_id=wanhe')).map(({ name }) => name)).toEqual(['王一']);
    expectProblem(await wanhe.get('/v1/officers?community_id=gexiang'), 'foreign_community');
  });

  it('are read by their own office and the street', async () => {
    const { street, gexiang, wanhe, world } = await openOffices();
    const path = `/v1/officers/${world.gexiang.id}`;
    expect(await read(gexiang, path)).toEqual(await read(street, path));
    expectProblem(await wanhe.get(path), 'foreign_community', { details: { community_id: 'gexiang' } });
    expectProblem(await gexiang.get(`/v1/officers/${NOBODY}`), 'officer_not_found', { details: { officer_id: NOBODY } });
  });
});
