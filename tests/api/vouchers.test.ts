import { describe, expect, it } from 'vitest';
import { addMerchant } from '../../src/communities/index.ts';
import { setPolicy } from '../../src/communities/policies.ts';
import { SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { expireDue, expireVoucher } from '../../src/redeem/index.ts';
import { balancesOf } from '../support/balances.ts';
import { openCounter } from '../support/counter.ts';

const DAY = 86_400_000;

describe('offers', () => {
  it('are put on sale, listed, read and withdrawn', async () => {
    const { street, wanheOfficer, officer, resident, world } = await openCounter();
    const coffee = { kind: 'item', title: '咖啡', points: 150, merchant_id: world.merchantId, settlement_fen: 1_200 };
    const made = await wanheOfficer.post('/v1/offers', coffee);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...coffee, community_id: 'wanhe', status: 'active' });
    expect((await resident.get(`/v1/offers/${made.body['id']}`)).body).toEqual(made.body);
    expect((await resident.get('/v1/offers?community_id=wanhe')).body['items']).toEqual([made.body]);
    expect((await resident.get('/v1/offers')).body['items']).toHaveLength(2);

    expect((await officer.post('/v1/offers', coffee)).body).toMatchObject({ status: 403, code: 'foreign_community' });
    expect((await wanheOfficer.post('/v1/offers', { kind: 'cash', title: '券', points: 100 })).body).toMatchObject({ status: 403 });
    expect((await street.post('/v1/offers', { kind: 'cash', title: '大额券', points: 500 })).status).toBe(201);
    expect((await street.post('/v1/offers', { kind: 'cash', title: '券', points: 150 })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/points' }],
    });

    const withdrawn = await wanheOfficer.put(`/v1/offers/${made.body['id']}/status`, { status: 'withdrawn', reason: '停售' });
    expect(withdrawn.body).toEqual({ id: made.body['id'], status: 'withdrawn' });
    const again = await wanheOfficer.put(`/v1/offers/${made.body['id']}/status`, { status: 'withdrawn', reason: '停售' });
    expect(again.body).toMatchObject({ status: 409, code: 'status_unchanged' });
    expect((await resident.get('/v1/offers?community_id=wanhe')).body['items']).toEqual([]);
    expect((await resident.post('/v1/me/vouchers', { offer_id: made.body['id'] })).body).toMatchObject({ code: 'offer_withdrawn' });
  });

  it('that are not there are not found', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const nothing = `ofr_${'0'.repeat(32)}`;
    const missing = { status: 404, code: 'offer_not_found', details: { offer_id: nothing } };
    expect((await resident.get(`/v1/offers/${nothing}`)).body).toMatchObject(missing);
    expect((await resident.post('/v1/me/vouchers', { offer_id: nothing })).body).toMatchObject(missing);
  });

  it('never settle for more than their points are worth', async () => {
    const { wanheOfficer, world } = await openCounter();
    const dear = { kind: 'item', title: '咖啡', points: 150, merchant_id: world.merchantId, settlement_fen: 1_501 };
    expect((await wanheOfficer.post('/v1/offers', dear)).body).toMatchObject({
      status: 422,
      code: 'offer_above_rate',
      details: { at_most_fen: 1_500 },
    });
    expect((await wanheOfficer.post('/v1/offers', { ...dear, settlement_fen: 1_500 })).status).toBe(201);
  });

  it('that would take nothing off are not issued', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const rate = { name: 'rate', value: { points: 1_000_000, fen: 1 }, effectiveFrom: null } as const;
    await world.must(setPolicy, { ...rate, proposedBy: SYSTEM_CLIENT, approvedBy: SYSTEM_CLIENT });
    const refused = await resident.post('/v1/me/vouchers', { offer_id: world.cashOfferId });
    expect(refused.body).toMatchObject({ status: 422, code: 'voucher_worthless', details: { points: 100 } });
  });

  it('of an item are redeemed at its merchant only, for its settlement value', async () => {
    const { wanheOfficer, resident, till, world, as } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 15);
    const coffee = { kind: 'item', title: '咖啡', points: 150, merchant_id: world.merchantId, settlement_fen: 1_200 };
    const offer = (await wanheOfficer.post('/v1/offers', coffee)).body;
    expect((await resident.post('/v1/me/vouchers', { offer_id: offer['id'], quantity: 2 })).body).toMatchObject({
      code: 'quantity_not_allowed',
    });
    const voucher = (await resident.post('/v1/me/vouchers', { offer_id: offer['id'] })).body;
    const { code } = (await resident.post(`/v1/me/vouchers/${voucher['id']}/codes`, {})).body;
    const elsewhere = (await world.must(addMerchant, { by: world.wanhe, communityId: 'wanhe', name: '书店' })).id;
    const store = (await wanheOfficer.post(`/v1/merchants/${elsewhere}/stores`, { name: '一店' })).body;
    const bookshop = await as({ kind: 'till', merchantId: elsewhere, storeId: store['id'] });
    expect((await bookshop.post('/v1/redemptions', { code, order_no: '1' })).body).toMatchObject({ code: 'voucher_at_other_merchant' });
    expect((await till.post('/v1/redemptions', { code, order_no: '1' })).body).toMatchObject({ points: 150, discount_fen: 1_200 });
  });
});

describe("a resident's own routes", () => {
  it('name what a voucher is, who takes it, and where it was redeemed, in lists and one by one', async () => {
    const { wanheOfficer, resident, officer, till, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 40);
    const coffee = { kind: 'item', title: '咖啡', points: 150, merchant_id: world.merchantId, settlement_fen: 1_200 };
    const offer = (await wanheOfficer.post('/v1/offers', coffee)).body;
    expect(offer).toMatchObject({
      merchant: { id: world.merchantId, name: '万和超市' },
      community: { id: 'wanhe', name: '万和社区' },
    });
    expect((await resident.get(`/v1/offers/${world.cashOfferId}`)).body).toMatchObject({
      merchant: null,
      community: null,
      face_fen: 1_000,
      valid_until: expect.stringMatching(/T16:00:00/),
    });
    expect(offer['face_fen']).toBe(1_200);
    const cash = (await resident.post('/v1/me/vouchers', { offer_id: world.cashOfferId })).body;
    const item = (await officer.post(`/v1/residents/${world.residentId}/vouchers`, { offer_id: offer['id'] })).body;
    expect(cash).toMatchObject({ title: '代金券', merchant_name: null, redemption: null });
    expect(item).toMatchObject({ title: '咖啡', merchant_name: '万和超市', redemption: null });
    const { code } = (await resident.post(`/v1/me/vouchers/${cash['id']}/codes`, {})).body;
    const made = (await till.post('/v1/redemptions', { code, order_no: '1', order_amount_fen: 5_000 })).body;

    const redeemed = { redeemed_at: made['redeemed_at'], store_name: '一店', community_id: 'wanhe' };
    const mine = (await resident.get('/v1/me/vouchers')).body['items'];
    expect(mine).toEqual([item, { ...cash, status: 'redeemed', redemption_id: made['id'], redemption: redeemed }]);
    expect((await officer.get(`/v1/residents/${world.residentId}/vouchers`)).body['items']).toEqual(mine);
    for (const voucher of mine) {
      expect((await resident.get(`/v1/me/vouchers/${voucher.id}`)).body).toEqual(voucher);
      expect((await officer.get(`/v1/vouchers/${voucher.id}`)).body).toEqual(voucher);
    }
    await till.post(`/v1/redemptions/${made['id']}/reversals`, { reason: '退货' });
    expect((await resident.get(`/v1/me/vouchers/${cash['id']}`)).body).toEqual(cash);
  });

  it('show who one is, what one has and how it came about', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 12);
    await world.grantHours(world.wanhe, world.residentId, 3);
    const voucherId = await world.takeVoucher();
    expect((await resident.get('/v1/me/wallet')).body).toEqual({
      resident_id: world.residentId,
      points: 50,
      lots: [
        { community_id: 'gexiang', expires_on: '2027-12-31', points: 20 },
        { community_id: 'wanhe', expires_on: '2027-12-31', points: 30 },
      ],
    });
    const statement = (await resident.get('/v1/me/statement')).body['items'];
    expect(statement).toMatchObject([
      { kind: 'voucher_issue', points: -100, subject: voucherId, community_id: 'gexiang' },
      { kind: 'grant', points: 30, community_id: 'wanhe', description: '社区清洁' },
      { kind: 'grant', points: 120, community_id: 'gexiang', description: '社区清洁' },
    ]);
    const first = await resident.get('/v1/me/statement?limit=1');
    const second = await resident.get(`/v1/me/statement?limit=2&cursor=${first.body['next_cursor']}`);
    expect([...first.body['items'], ...second.body['items']]).toEqual(statement);
  });

  it('mint a code that a repeated request shows again, and that is nowhere in the database', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const path = `/v1/me/vouchers/${await world.takeVoucher()}/codes`;
    const shown = await resident.post(path, {}, 'C-1');
    expect(shown.status).toBe(201);
    expect(shown.body).toMatchObject({ code: expect.stringMatching(/^77\d{16}$/), expires_at: '2026-03-02T02:01:00.000Z' });
    expect((await resident.post(path, {}, 'C-1')).text).toBe(shown.text);
    expect((await resident.post(path, {}, 'C-2')).body['code']).not.toBe(shown.body['code']);
    const { read, tables } = world.store;
    expect(JSON.stringify([await read.select().from(tables.request), await read.select().from(tables.code)])).not.toContain(
      shown.body['code'],
    );
  });

  it('take a voucher, and find it where the answer says', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 20);
    const made = await resident.post('/v1/me/vouchers', { offer_id: world.cashOfferId, quantity: 2 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ points: 200, face_fen: 2_000, status: 'issued' });
    expect((await resident.get(made.headers['location']!)).body).toEqual(made.body);
  });

  it('cancel a voucher, whose points come back', async () => {
    const { resident, till, readyCode, order } = await openCounter();
    const { voucherId, code } = await readyCode();
    const cancelled = await resident.post(`/v1/me/vouchers/${voucherId}/cancellation`, { reason: '不需要了' });
    expect(cancelled.body).toMatchObject({ voucher_id: voucherId, points: 100 });
    expect((await resident.get('/v1/me/wallet')).body).toMatchObject({ points: 100 });
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ code: 'voucher_cancelled' });
    expect((await resident.post(`/v1/me/vouchers/${voucherId}/cancellation`, { reason: '不需要了' })).body).toMatchObject({
      code: 'voucher_cancelled',
    });
  });

  it("do not reach another resident's vouchers", async () => {
    const { world, as, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const stranger = await as({ kind: 'resident', residentId: await world.register('gexiang') });
    expect((await stranger.post(`/v1/me/vouchers/${voucherId}/codes`, {})).body).toMatchObject({ status: 404, code: 'voucher_not_found' });
    expect((await stranger.post(`/v1/me/vouchers/${voucherId}/cancellation`, { reason: 'x' })).body).toMatchObject({ status: 404 });
    expect((await stranger.get(`/v1/me/vouchers/${voucherId}`)).body).toMatchObject({ status: 404, code: 'voucher_not_found' });
    expect((await stranger.get('/v1/me/vouchers')).body).toEqual({ items: [], next_cursor: null });
  });

  it('refuse what cannot be paid, and say what is there', async () => {
    const { resident, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 9);
    const answer = await resident.post('/v1/me/vouchers', { offer_id: world.cashOfferId });
    expect(answer.body).toMatchObject({ status: 422, code: 'insufficient_points', details: { needed: 100, available: 90 } });
  });

  it('show a voucher as expired from its date on, and a till refuses it, before any job has booked it', async () => {
    const { resident, till, world, order } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    const { valid_until: until } = (await resident.get('/v1/me/vouchers')).body['items'][0];
    expect(until).toBe('2026-05-31T16:00:00.000Z');
    world.clock.now = Date.parse(until) - 30_000;
    const { code } = (await resident.post(`/v1/me/vouchers/${voucherId}/codes`, {})).body;
    world.clock.now = Date.parse(until);
    expect((await till.post('/v1/redemptions', order(code))).body).toMatchObject({ status: 409, code: 'voucher_expired' });
    expect((await resident.get('/v1/me/vouchers')).body['items']).toMatchObject([{ id: voucherId, status: 'expired' }]);
  });
});

describe("an officer's voucher routes", () => {
  it("issue, show, suspend, resume and cancel on a resident's behalf, and are logged as such", async () => {
    const { officer, world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 10);
    const issued = await officer.post(`/v1/residents/${world.residentId}/vouchers`, { offer_id: world.cashOfferId });
    expect(issued.status).toBe(201);
    const path = `/v1/vouchers/${issued.body['id']}`;
    expect((await officer.get(path)).body).toEqual(issued.body);
    expect((await officer.put(`${path}/status`, { status: 'suspended', reason: '核查' })).body).toMatchObject({ status: 'suspended' });
    expect((await officer.post(`${path}/cancellation`, { reason: '代办' })).body).toMatchObject({ code: 'voucher_suspended' });
    expect((await officer.put(`${path}/status`, { status: 'issued', reason: '核查完毕' })).body).toMatchObject({ status: 'issued' });
    expect((await officer.post(`${path}/cancellation`, { reason: '代办' })).status).toBe(200);
    expect((await officer.get(`/v1/residents/${world.residentId}/vouchers`)).body['items']).toMatchObject([{ status: 'cancelled' }]);
    const { read, tables } = world.store;
    const requests = await read.select().from(tables.request).orderBy(tables.request.commandId);
    const acts = requests.filter(({ actor }) => actor === world.gexiang.id).map(({ command }) => command);
    expect(acts).toEqual(['issue-voucher', 'set-voucher-status', 'cancel-voucher', 'set-voucher-status', 'cancel-voucher']);
  });

  it("do not reach another community's residents", async () => {
    const { wanheOfficer, world, readyCode } = await openCounter();
    const { voucherId } = await readyCode();
    const foreign = { status: 403, code: 'foreign_community' };
    const of = `/v1/residents/${world.residentId}/vouchers`;
    expect((await wanheOfficer.get(of)).body).toMatchObject(foreign);
    expect((await wanheOfficer.post(of, { offer_id: world.cashOfferId })).body).toMatchObject(foreign);
    expect((await wanheOfficer.get(`/v1/vouchers/${voucherId}`)).body).toMatchObject(foreign);
    expect((await wanheOfficer.post(`/v1/vouchers/${voucherId}/cancellation`, { reason: 'x' })).body).toMatchObject(foreign);
    expect((await wanheOfficer.put(`/v1/vouchers/${voucherId}/status`, { status: 'suspended', reason: 'x' })).body).toMatchObject(foreign);
  });
});

describe('expiry', () => {
  it('gives the points of an expired voucher back to lots that are good, and those of expired lots to nobody', async () => {
    const { world } = await openCounter();
    await world.grantHours(world.gexiang, world.residentId, 15);
    const voucherId = await world.takeVoucher();
    expect(await world.refused(expireVoucher, { voucherId }, 'voucher_not_due')).toEqual({ voucher_id: voucherId });
    world.clock.advance(91 * DAY);
    const deps = { view: world.store, engine: world.engine, clock: () => world.clock.now };
    expect(await expireDue(deps)).toEqual({ vouchers: 1, lots: 0 });
    expect(await expireDue(deps)).toEqual({ vouchers: 0, lots: 0 });
    world.clock.now = Date.parse('2027-12-31T15:59:59.999Z');
    expect(await expireDue(deps)).toEqual({ vouchers: 0, lots: 0 });
    world.clock.advance(1);
    expect(await expireDue(deps)).toEqual({ vouchers: 0, lots: 1 });
    const accounts = await balancesOf(world.store);
    expect(accounts.filter(({ balance }) => balance !== 0).map(({ path, balance }) => [path, balance])).toEqual([
      ['expired:gexiang', -150],
      ['issued:gexiang', 150],
    ]);
  });
});
