/** The states that cases begin with: whoever runs the cases brings them about, as resident and officer. */
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { settleThrough } from '../../src/clearing/index.ts';
import { addMerchant, addTerminal, setMerchantStatus, setResidentStatus } from '../../src/communities/index.ts';
import { addDays, dayOf, Unavailable } from '../../src/ledger/index.ts';
import { addOffer, cancelVoucher, issueVoucher, setVoucherStatus } from '../../src/redeem/index.ts';
import { type Caller, codeOf, type Counter } from '../support/counter.ts';
import { byTwo, enact, officerOf } from '../support/two-officers.ts';
import type { Values } from './filling.ts';

/** Longer than a voucher has to wait for its next code. */
const BETWEEN_CODES_MS = 3_000;
const POINTS = 100;
const reason = '核实中';

type Arrangement = (counter: Counter, values: Values) => Promise<Values>;

export const addressOf = ({ api }: Counter) => `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;

let writes = 0;

async function made(counter: Counter, by: Caller, path: string): Promise<Values> {
  const headers = { authorization: await by.authorize(), 'idempotency-key': `arranged-${++writes}`, 'content-type': 'application/json' };
  const answer = await fetch(addressOf(counter) + path, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Values;
}

async function points({ world }: Counter): Promise<void> {
  await world.grantHours(world.gexiang, world.residentId, POINTS / 10);
}

async function shown(counter: Counter, voucher: string): Promise<Values> {
  // A moment later than whatever was before: a redemption uses up every code that was minted until then.
  const { clock } = counter.world;
  clock.advance(BETWEEN_CODES_MS);
  const { code } = await made(counter, counter.resident, `/v1/me/vouchers/${voucher}/codes`);
  return { code: code!, voucher, shown_at: new Date(clock.now).toISOString() };
}

async function itemOf(counter: Counter, merchantId: string): Promise<Values> {
  const { world } = counter;
  await points(counter);
  const offer = { kind: 'item' as const, title: '豆浆一杯', points: POINTS, merchantId, settlementFen: 800 };
  const { id: offerId } = await world.must(addOffer, { by: world.wanhe, ...offer });
  const { id } = await world.must(issueVoucher, { residentId: world.residentId, offerId, quantity: 1, by: null });
  return shown(counter, id);
}

/** Has the next command be answered as if something had gone wrong, before it is carried out or after. */
function nextGoesWrong({ world }: Counter, error: Error, when: 'before' | 'after'): Values {
  const submit = world.engine.submit.bind(world.engine);
  vi.spyOn(world.engine, 'submit').mockImplementationOnce(async (submission) => {
    if (when === 'after') await submit(submission);
    throw error;
  });
  return {};
}

export const arrangements: Readonly<Record<string, Arrangement>> = {
  async phone_code(counter) {
    await points(counter);
    return shown(counter, await counter.world.takeVoucher());
  },
  fresh_code: async (counter, { voucher }) => shown(counter, voucher!),
  async paper_code(counter) {
    await points(counter);
    const voucher = await counter.world.takeVoucher();
    const { code, pin } = await made(counter, counter.officer, `/v1/vouchers/${voucher}/papers`);
    return { code: code!, pin: pin!, wrong_pin: String((Number(pin) + 1) % 1_000_000).padStart(6, '0'), voucher };
  },
  item_code: async (counter) => itemOf(counter, counter.world.merchantId),
  async other_merchants_code(counter) {
    const { world } = counter;
    return itemOf(counter, (await world.must(addMerchant, { by: world.wanhe, communityId: 'wanhe', name: '万和早点' })).id);
  },
  unknown_code: async () => ({ code: codeOf(7) }),
  async voucher_suspended({ world }, { voucher }) {
    await world.must(setVoucherStatus, { by: world.gexiang, id: voucher!, status: 'suspended', reason });
    return {};
  },
  async voucher_cancelled({ world }, { voucher }) {
    await world.must(cancelVoucher, { voucherId: voucher!, by: { residentId: world.residentId }, reason: '不用了' });
    return {};
  },
  async resident_suspended({ world }) {
    await world.must(setResidentStatus, { by: world.gexiang, id: world.residentId, status: 'suspended', reason });
    return {};
  },
  async number_changed({ world }) {
    const phone = { phoneHash: 'ab'.repeat(16), phoneSealed: 'sealed' };
    await byTwo(world, world.gexiang, 'phone', { residentId: world.residentId, ...phone });
    return {};
  },
  async three_days_later({ world }) {
    world.clock.advance(3 * 24 * 3_600_000);
    return {};
  },
  async merchant_suspended({ world }) {
    await world.must(setMerchantStatus, { by: world.wanhe, id: world.merchantId, status: 'suspended', reason });
    return {};
  },
  async two_cycles_at_most({ world }) {
    await enact(world, 'redemption_cycles', { max: 2 });
    return {};
  },
  next_is_unavailable: async (counter) => nextGoesWrong(counter, new Unavailable('busy'), 'before'),
  next_is_carried_out_unsaid: async (counter) => nextGoesWrong(counter, new Unavailable('busy'), 'after'),
  next_fails: async (counter) => nextGoesWrong(counter, new Error('broken'), 'before'),
  async redemption_adjusted({ world }, { entry }) {
    const { store: view, engine, clock } = world;
    const day = dayOf(clock.now);
    clock.now = Date.parse(`${addDays(day, 1)}T01:00:00+08:00`);
    await settleThrough({ view, engine, clock: () => clock.now }, day);
    await byTwo(world, await officerOf(world, null), 'adjustment', { entryId: entry, right: null });
    return {};
  },
  async terminal({ world }) {
    return { terminal: (await world.must(addTerminal, { by: world.wanhe, storeId: world.storeId, name: '2号收银台' })).id };
  },
  async client({ world, api }) {
    const credentials = await api.clientFor({ kind: 'till', merchantId: world.merchantId, storeId: world.storeId });
    const token = (await api.bearer(credentials)).replace('Bearer ', '');
    return { client_id: credentials.clientId, client_secret: credentials.secret, token };
  },
  async client_revoked(counter, values) {
    await made(counter, counter.wanheOfficer, `/v1/clients/${values['client_id']}/revocation`);
    return {};
  },
};
