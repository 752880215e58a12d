import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, listed, made, openOffices, read } from '../../support/offices.ts';

const NO_MERCHANT = `mer_${'0'.repeat(32)}`;
const NO_STORE = `sto_${'0'.repeat(32)}`;
const NO_TERMINAL = `ter_${'0'.repeat(32)}`;

describe('/v1/merchants', () => {
  it('are registered in the officer’s own community, or in the one that the street names', async () => {
    const { gexiang, street } = await openOffices();
    const coffee = await made(gexiang, '/v1/merchants', { name: '葛巷咖啡' });
    expect(coffee).toEqual({ id: coffee['id'], community_id: 'gexiang', name: '葛巷咖啡', status: 'active', status_reason: null });
    expect(await made(street, '/v1/merchants', { name: '万和书店', community_id: 'wanhe' })).toMatchObject({ community_id: 'wanhe' });
    expectFields(await street.post('/v1/merchants', { name: '书店' }), '/community_id');
    expectProblem(await street.post('/v1/merchants', { name: '书店', community_id: 'nowhere' }), 'community_not_found');
    expectProblem(await gexiang.post('/v1/merchants', { name: '书店', community_id: 'wanhe' }), 'foreign_community');
  });

  it('are listed to every officer, of all communities or of one', async () => {
    const { gexiang, wanhe, resident } = await openOffices();
    for (const name of ['咖啡', '书店', '药店']) await made(gexiang, '/v1/merchants', { name });
    expect((await listed(wanhe, '/v1/merchants')).map(({ name }) => name)).toEqual(['药店', '书店', '咖啡', '万和超市']);
    expect((await listed(gexiang, '/v1/merchants?community_id=wanhe')).map(({ name }) => name)).toEqual(['万和超市']);
    expectProblem(await resident.get('/v1/merchants'), 'insufficient_scope');
  });

  it('are read with their stores', async () => {
    const { gexiang, world } = await openOffices();
    expect(await read(gexiang, `/v1/merchants/${world.merchantId}`)).toMatchObject({
      name: '万和超市',
      community_id: 'wanhe',
      stores: [{ id: world.storeId, merchant_id: world.merchantId, name: '一店' }],
    });
    expectProblem(await gexiang.get(`/v1/merchants/${NO_MERCHANT}`), 'merchant_not_found', { details: { merchant_id: NO_MERCHANT } });
  });

  it('are suspended and resumed by their home community', async () => {
    const { gexiang, wanhe, world } = await openOffices();
    const path = `/v1/merchants/${world.merchantId}`;
    const body = { status: 'suspended', reason: '资质到期' };
    expectProblem(await gexiang.put(`${path}/status`, body), 'foreign_community', { details: { community_id: 'wanhe' } });
    expect(await wanhe.put(`${path}/status`, body)).toMatchObject({ status: 200, body: { id: world.merchantId, status: 'suspended' } });
    expect(await read(gexiang, path)).toMatchObject({ status: 'suspended', status_reason: '资质到期' });
    expectProblem(await wanhe.put(`${path}/status`, body), 'status_unchanged');
    expectProblem(await wanhe.put(`/v1/merchants/${NO_MERCHANT}/status`, body), 'merchant_not_found');
  });
});

describe('stores and terminals', () => {
  it('are added to a merchant of the own community, listed and read', async () => {
    const { wanhe, gexiang, world } = await openOffices();
    const stores = `/v1/merchants/${world.merchantId}/stores`;
    const second = await made(wanhe, stores, { name: '二店' });
    const nowhere = { address: null, latitude: null, longitude: null };
    expect(second).toEqual({ id: second['id'], merchant_id: world.merchantId, name: '二店', ...nowhere });
    await made(wanhe, stores, { name: '三店' });
    expect((await listed(gexiang, stores)).map(({ name }) => name)).toEqual(['三店', '二店', '一店']);

    const terminals = `/v1/stores/${second['id']}/terminals`;
    const terminal = await made(wanhe, terminals, { name: '1号收银台' });
    expect(terminal).toEqual({ id: terminal['id'], store_id: second['id'], merchant_id: world.merchantId, name: '1号收银台' });
    for (const name of ['2号', '3号']) await made(wanhe, terminals, { name });
    expect((await listed(gexiang, terminals)).map(({ name }) => name)).toEqual(['3号', '2号', '1号收银台']);
  });

  it('are added by no other community', async () => {
    const { gexiang, world } = await openOffices();
    expectProblem(await gexiang.post(`/v1/merchants/${world.merchantId}/stores`, { name: '店' }), 'foreign_community');
    expectProblem(await gexiang.post(`/v1/stores/${world.storeId}/terminals`, { name: '台' }), 'foreign_community');
  });

  it('that are not there are not found', async () => {
    const { wanhe } = await openOffices();
    expectProblem(await wanhe.post(`/v1/merchants/${NO_MERCHANT}/stores`, { name: '店' }), 'merchant_not_found');
    expectProblem(await wanhe.get(`/v1/merchants/${NO_MERCHANT}/stores`), 'merchant_not_found');
    expectProblem(await wanhe.post(`/v1/stores/${NO_STORE}/terminals`, { name: '台' }), 'store_not_found');
    expectProblem(await wanhe.get(`/v1/stores/${NO_STORE}/terminals`), 'store_not_found');
    expectProblem(await wanhe.get(`/v1/stores/${NO_STORE}`), 'store_not_found', { details: { store_id: NO_STORE } });
    expectProblem(await wanhe.get(`/v1/terminals/${NO_TERMINAL}`), 'terminal_not_found', { details: { terminal_id: NO_TERMINAL } });
  });
});
