import { describe, expect, it } from 'vitest';
import {
  addCommunity,
  addMerchant,
  addStore,
  addTerminal,
  appointOfficer,
  establishScheme,
  registerResident,
  setMerchantStatus,
  setResidentStatus,
} from '../../src/communities/index.ts';
import { consented } from '../support/consents.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { START } from '../support/scheme.ts';
import { openWorld, street, type World } from '../support/world.ts';

const NOBODY = `res_${'0'.repeat(32)}`;
const NO_MERCHANT = `mer_${'0'.repeat(32)}`;
const phone = { phoneHash: 'f'.repeat(32), phoneSealed: 'sealed' };

describe('the scheme', () => {
  it('is founded once, with a first value for every policy', async () => {
    const world = await openWorld();
    expect(await refusedAlone(world, establishScheme, {}, 'scheme_founded')).toEqual({ founded_at: START });
    const { read, tables } = world.store;
    const policies = await read.select().from(tables.policy);
    expect(policies.find(({ name }) => name === 'rate')).toMatchObject({ policyVersion: 1, value: '{"points":100,"fen":1000}' });
    expect(policies).toHaveLength(16);
  });

  it('has a community once', async () => {
    const world = await openWorld();
    const again = { id: 'gexiang', name: '另一个', code: null };
    expect(await refusedAlone(world, addCommunity, again, 'community_exists')).toEqual({ community_id: 'gexiang' });
  });
});

describe('a resident', () => {
  const one = { name: '葛大米', ...consented, ...phone };

  it('is registered by the home community or the street, and by no other', async () => {
    const world = await openWorld();
    const foreign = { by: world.wanhe, communityId: 'gexiang', ...one };
    expect(await refusedAlone(world, registerResident, foreign, 'foreign_community')).toEqual({ community_id: 'gexiang' });
    await world.must(registerResident, { by: world.gexiang, communityId: 'gexiang', ...one });
    await world.must(registerResident, { by: street, communityId: 'wanhe', ...one, phoneHash: 'e'.repeat(32) });
  });

  it('has a home that is there', async () => {
    const world = await openWorld();
    const homeless = { by: street, communityId: 'nowhere', ...one };
    expect(await refusedAlone(world, registerResident, homeless, 'community_not_found')).toEqual({ community_id: 'nowhere' });
  });

  it('has a phone that is nobody else’s, also in another community, and whose it is is not told', async () => {
    const world = await openWorld();
    await world.must(registerResident, { by: world.gexiang, communityId: 'gexiang', ...one });
    const again = { by: world.wanhe, communityId: 'wanhe', ...one };
    expect(await refusedAlone(world, registerResident, again, 'phone_taken')).toEqual({});
  });

  it('of two who arrive together with one phone only the first is registered', async () => {
    const world = await openWorld();
    const input = { by: world.gexiang, communityId: 'gexiang', ...one };
    const outcomes = await Promise.all([world.run(registerResident, input), world.run(registerResident, input)]);
    expect(outcomes).toMatchObject([{ reply: { community_id: 'gexiang' } }, { refused: 'phone_taken' }]);
  });

  it('is suspended and resumed by an officer of the home community', async () => {
    const world = await openWorld();
    const set = (by: World['gexiang'], status: 'active' | 'suspended', id = world.residentId) => ({ by, id, status, reason: '核实身份' });
    expect(await refusedAlone(world, setResidentStatus, set(world.wanhe, 'suspended'), 'foreign_community')).toEqual({
      community_id: 'gexiang',
    });
    expect(await refusedAlone(world, setResidentStatus, set(world.gexiang, 'active'), 'status_unchanged')).toEqual({ status: 'active' });
    expect(await refusedAlone(world, setResidentStatus, set(world.gexiang, 'active', NOBODY), 'resident_not_found')).toEqual({
      resident_id: NOBODY,
    });
    expect(await world.must(setResidentStatus, set(world.gexiang, 'suspended'))).toEqual({ id: world.residentId, status: 'suspended' });
    await world.must(setResidentStatus, set(world.gexiang, 'active'));
  });
});

const add = (name: string, communityId = 'gexiang') => ({ by: street, communityId, name });

describe('a merchant', () => {
  it('is registered with its stores and terminals by the home community or the street, and by no other', async () => {
    const world = await openWorld();
    const { merchantId, storeId } = world;
    const foreign = { community_id: 'wanhe' };
    const by = world.gexiang;
    expect(await refusedAlone(world, addMerchant, { by, communityId: 'wanhe', name: '店' }, 'foreign_community')).toEqual(foreign);
    expect(await refusedAlone(world, addStore, { by, merchantId, name: '店' }, 'foreign_community')).toEqual(foreign);
    expect(await refusedAlone(world, addTerminal, { by, storeId, name: '台' }, 'foreign_community')).toEqual(foreign);
    const merchant = await world.must(addMerchant, { by: street, communityId: 'gexiang', name: '葛巷咖啡' });
    const store = await world.must(addStore, { by, merchantId: merchant.id, name: '一店' });
    expect(await world.must(addTerminal, { by, storeId: store.id, name: '1号' })).toMatchObject({ merchant_id: merchant.id });
  });

  it('has a name that no other of its community has, however it is written; a stored duplicate stays', async () => {
    const world = await openWorld();
    const by = world.gexiang;
    const { id } = await world.must(addMerchant, add('葛巷·Coffee'));
    const taken = { merchant_id: id, community_id: 'gexiang' };
    for (const name of ['葛巷·Coffee', '葛巷•ＣＯＦＦＥＥ', '葛巷 · coffee', '葛巷·\u200BCoffee']) {
      expect(await refusedAlone(world, addMerchant, add(name), 'merchant_name_taken'), name).toEqual(taken);
    }
    await world.must(addMerchant, add('葛巷·Coffee', 'wanhe'));
    await world.must(addMerchant, add('葛巷·Coffee二店'));

    const first = await world.must(addStore, { by, merchantId: id, name: '一店' });
    expect(await refusedAlone(world, addStore, { by, merchantId: id, name: '一 店' }, 'store_name_taken')).toEqual({
      store_id: first.id,
      merchant_id: id,
    });
    await world.must(addStore, { by: world.wanhe, merchantId: world.merchantId, name: '二店' });
  });

  it('of two who arrive together with one name only the first is added', async () => {
    const world = await openWorld();
    const input = { by: world.gexiang, communityId: 'gexiang', name: '葛巷咖啡' };
    expect(await Promise.all([world.run(addMerchant, input), world.run(addMerchant, input)])).toMatchObject([
      { reply: { community_id: 'gexiang' } },
      { refused: 'merchant_name_taken' },
    ]);
  });

  it('has a home, a merchant and a store that are there', async () => {
    const world = await openWorld();
    const homeless = { by: street, communityId: 'nowhere', name: '店' };
    expect(await refusedAlone(world, addMerchant, homeless, 'community_not_found')).toEqual({ community_id: 'nowhere' });
    const storeOfNobody = { by: street, merchantId: NO_MERCHANT, name: '店' };
    expect(await refusedAlone(world, addStore, storeOfNobody, 'merchant_not_found')).toEqual({ merchant_id: NO_MERCHANT });
    const storeId = `sto_${'0'.repeat(32)}`;
    expect(await refusedAlone(world, addTerminal, { by: street, storeId, name: '台' }, 'store_not_found')).toEqual({ store_id: storeId });
  });

  it('is suspended and resumed by its home community or the street', async () => {
    const world = await openWorld();
    const set = (by: World['gexiang'], status: 'active' | 'suspended', id = world.merchantId) => ({ by, id, status, reason: '资质到期' });
    const foreign = set(world.gexiang, 'suspended');
    expect(await refusedAlone(world, setMerchantStatus, foreign, 'foreign_community')).toEqual({ community_id: 'wanhe' });
    const unknown = set(street, 'suspended', NO_MERCHANT);
    expect(await refusedAlone(world, setMerchantStatus, unknown, 'merchant_not_found')).toEqual({ merchant_id: NO_MERCHANT });
    await world.must(setMerchantStatus, set(street, 'suspended'));
    expect(await refusedAlone(world, setMerchantStatus, set(world.wanhe, 'suspended'), 'status_unchanged')).toEqual({
      status: 'suspended',
    });
    await world.must(setMerchantStatus, set(world.wanhe, 'active'));
  });
});

it('an officer is of a community that is there, or of the street', async () => {
  const world = await openWorld();
  const nowhere = { name: '王五', communityId: 'nowhere' };
  expect(await refusedAlone(world, appointOfficer, nowhere, 'community_not_found')).toEqual({ community_id: 'nowhere' });
  expect(await world.must(appointOfficer, { name: '王五', communityId: null })).toMatchObject({ community_id: null });
});
