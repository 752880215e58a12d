import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { addMerchant, addStore, setMerchantStatus } from '../../../src/communities/index.ts';
import { expectFields, expectProblem, listed, made, openOffices, read } from '../../support/offices.ts';

const where = { address: '仓前街 18 号', latitude: 30.290612, longitude: 119.9823 };

describe('the place of a store', () => {
  it('is told when the store is added, and anew later, by who keeps its register', async () => {
    const { wanhe, street, gexiang, world } = await openOffices();
    const store = await made(wanhe, `/v1/merchants/${world.merchantId}/stores`, { name: '二店', ...where });
    expect(store).toEqual({ id: store['id'], merchant_id: world.merchantId, name: '二店', ...where });
    expect(await read(wanhe, `/v1/stores/${store['id']}`)).toEqual(store);

    const elsewhere = { address: '高教路 1 号', latitude: 30.3, longitude: 120 };
    const path = `/v1/stores/${store['id']}/place`;
    expect(await street.put(path, elsewhere)).toMatchObject({ status: 200, body: { ...store, ...elsewhere } });
    expectProblem(await gexiang.put(path, where), 'foreign_community', { details: { community_id: 'wanhe' } });
    expect(await read(wanhe, `/v1/stores/${store['id']}`)).toEqual({ ...store, ...elsewhere });
    const nowhere = { address: null, latitude: null, longitude: null };
    expect((await wanhe.put(path, nowhere)).body).toEqual({ ...store, ...nowhere });
    expectProblem(await wanhe.put(`/v1/stores/sto_${'0'.repeat(32)}/place`, where), 'store_not_found');
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('comes back as it was sent, to the sixth decimal', async () => {
    const { wanhe, world } = await openOffices();
    for (const latitude of [30.1, 30.000001, 53.999999, 29.290607, 30.333333]) {
      const answer = await wanhe.put(`/v1/stores/${world.storeId}/place`, { ...where, latitude });
      expect(answer.body, answer.text).toMatchObject({ latitude });
      expect(await read(wanhe, `/v1/stores/${world.storeId}`)).toMatchObject({ latitude });
    }
  });

  it('is both degrees or neither, within the country, with six decimals', async () => {
    const { wanhe, world } = await openOffices();
    const path = `/v1/stores/${world.storeId}/place`;
    expectFields(await wanhe.put(path, { ...where, latitude: null }), '/latitude');
    expectFields(await wanhe.put(path, { ...where, longitude: null }), '/longitude');
    expectFields(await wanhe.put(path, { ...where, latitude: 30.2906121 }), '/latitude');
    expectFields(await wanhe.put(path, { ...where, latitude: 119.9823, longitude: 30.290612 }), '/latitude', '/longitude');
    expectFields(await wanhe.post(`/v1/merchants/${world.merchantId}/stores`, { name: '店', latitude: 30.29 }), '/longitude');
  });
});

describe('GET /v1/stores', () => {
  it('shows everybody where vouchers are redeemed: the stores of active merchants, of one community or of all', async () => {
    const { wanhe, officer, resident, till, street, world } = await openOffices();
    const by = world.gexiang;
    const { id: merchantId } = await world.must(addMerchant, { by, communityId: 'gexiang', name: '葛巷面馆' });
    const { id: noodles } = await world.must(addStore, { by, merchantId, name: '总店' });
    await wanhe.put(`/v1/stores/${world.storeId}/place`, where);
    const supermarket = {
      id: world.storeId,
      name: '一店',
      merchant: { id: world.merchantId, name: '万和超市' },
      community: { id: 'wanhe', name: '万和社区' },
      ...where,
    };
    for (const caller of [resident, till, officer, street]) {
      expect((await listed(caller, '/v1/stores', 1)).map(({ id }) => id)).toEqual([noodles, world.storeId]);
      expect(await listed(caller, '/v1/stores?community_id=wanhe')).toEqual([supermarket]);
    }
    expect(await listed(resident, '/v1/stores?community_id=gexiang')).toMatchObject([
      { name: '总店', merchant: { name: '葛巷面馆' }, address: null, latitude: null, longitude: null },
    ]);
    expect((await listed(till, `/v1/stores?merchant_id=${merchantId}`)).map(({ id }) => id)).toEqual([noodles]);
    expect(await listed(till, `/v1/stores?merchant_id=${merchantId}&community_id=wanhe`)).toEqual([]);
    await world.must(setMerchantStatus, { by, id: merchantId, status: 'suspended', reason: '停业' });
    expect(await listed(resident, '/v1/stores')).toEqual([supermarket]);
  });

  it('comes with the names of the communities, which everybody may read', async () => {
    const { resident, till } = await openOffices();
    for (const caller of [resident, till]) {
      expect((await listed(caller, '/v1/communities')).map(({ name }) => name)).toEqual(['葛巷社区', '万和社区']);
    }
  });
});
