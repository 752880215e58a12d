import { describe, expect, it } from 'vitest';
import { approvedByTwo, expectProblem, listed, openOffices, read } from '../../support/offices.ts';

const NOBODY = `off_${'0'.repeat(32)}`;

describe('/v1/officers', () => {
  it('are appointed by two officers of the street, to a community or to the street itself', async () => {
    const offices = await openOffices();
    for (const community_id of ['gexiang', null]) {
      const { officer_id: id } = (await approvedByTwo(offices, 'officer', { name: '赵六', community_id })).body['result'];
      expect(await read(offices.street, `/v1/officers/${id}`)).toEqual({ id, community_id, name: '赵六' });
    }
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
