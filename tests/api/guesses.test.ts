import { describe, expect, it } from 'vitest';
import { type Lane, Lanes } from '../../src/api/lanes.ts';
import { addMerchant, addStore, addTerminal } from '../../src/communities/index.ts';
import { type Caller, codeOf, openCounter } from '../support/counter.ts';
import { expectProblem } from '../support/offices.ts';

const MINUTE = 60_000;

/** The supermarket with two terminals, and what a joker does at one of them. */
async function openLanes() {
  const counter = await openCounter();
  const { world, till, order } = counter;
  const { id: second } = await world.must(addTerminal, { by: world.wanhe, storeId: world.storeId, name: '2号收银台' });
  let codes = 0;
  const guess = async (terminal: string | undefined, caller = till) =>
    caller.post('/v1/redemptions', order(codeOf(++codes), { ...(terminal !== undefined && { terminal_id: terminal }) }));
  const guesses = async (n: number, terminal: string | undefined, caller = till) => {
    const answers = [];
    for (let i = 0; i < n; i++) answers.push(await guess(terminal, caller));
    return answers.map(({ status }) => status);
  };
  const redeem = (code: string, more: object) => till.post('/v1/redemptions', order(code, { order_no: code, ...more }));
  return { ...counter, first: world.terminalId, second, guess, guesses, redeem };
}

/** Whether a code that is shown in a lane is looked up, which counts in a narrow one. */
function isLookedUp(lanes: Lanes, lane: Lane, now: number): boolean {
  if (lanes.isOpen(lane, now)) return true;
  try {
    lanes.look(lane, now);
    return true;
  } catch {
    return false;
  }
}

const times = (n: number, status: number) => Array.from({ length: n }, () => status);

/** A voucher on paper. */
async function print({ world, officer }: Awaited<ReturnType<typeof openLanes>>): Promise<{ code: string; pin: string }> {
  await world.grantHours(world.gexiang, world.residentId, 10);
  const { body } = await officer.post(`/v1/vouchers/${await world.takeVoucher()}/papers`, {});
  return body as { code: string; pin: string };
}

describe('wrong codes and PINs', () => {
  it('are counted by terminal: a joker at one hurts only that one', async () => {
    const lanes = await openLanes();
    const { guesses, guess, first, second, redeem, readyCode, till } = lanes;
    expect(await guesses(20, first)).toEqual(times(20, 404));
    const turned = await guess(first);
    expectProblem(turned, 'too_many_guesses', { details: { retry_after_seconds: 60 } });
    expect(turned.headers['retry-after']).toBe('60');
    expect((await till.post('/v1/vouchers/inspect', { code: codeOf(0), terminal_id: first })).status).toBe(429);
    // Elsewhere nothing has changed, neither for a wrong code nor for a paper.
    expect((await guess(second)).status).toBe(404);
    const { code, pin } = await print(lanes);
    expect((await redeem(code, { pin, terminal_id: second })).status).toBe(201);
    expect((await redeem((await readyCode()).code, {})).status).toBe(201);
  });

  it('let the right code of a phone pass at that terminal all the same, in an inspection, online and forwarded', async () => {
    const { guesses, first, redeem, readyCode, till, order, world } = await openLanes();
    await guesses(100, first);
    const { code } = await readyCode();
    expect((await till.post('/v1/vouchers/inspect', { code, terminal_id: first })).body).toMatchObject({ redeemable: true });
    expect((await redeem(code, { terminal_id: first })).status).toBe(201);
    const stored = { request_no: 'S-1', order_no: 'S-1', terminal_id: first, presented_at: new Date(world.clock.now).toISOString() };
    const forwarded = await till.post('/v1/redemption-batches', { items: [order((await readyCode()).code, stored)] });
    expect(forwarded.body['items']).toMatchObject([{ status: 'succeeded' }]);
  });

  it('write no row once the lane is narrow', async () => {
    const { guesses, first, world } = await openLanes();
    await guesses(20, first);
    const { read, tables } = world.store;
    const before = await read.$count(tables.request);
    expect(await guesses(5, first)).toEqual(times(5, 429));
    expect(await read.$count(tables.request)).toBe(before);
  });

  it('never let a paper’s password pass in a narrow lane, whose own count of 5 decides otherwise', async () => {
    const lanes = await openLanes();
    const { guesses, first, second, redeem, world } = lanes;
    await guesses(20, first);
    const { code, pin } = await print(lanes);
    for (const tried of [pin, '000000']) expectProblem(await redeem(code, { pin: tried, terminal_id: first }), 'too_many_guesses');
    const wrong = pin === '000000' ? '111111' : '000000';
    for (const left of [4, 3, 2, 1]) {
      expectProblem(await redeem(code, { pin: wrong, terminal_id: second }), 'pin_wrong', { details: { tries_left: left } });
    }
    world.clock.advance(MINUTE / 2);
    expect((await redeem(code, { pin, terminal_id: first })).status).toBe(201);
  });

  it('have a request limit in a narrow lane: 120 codes a minute are looked up, the right ones too', async () => {
    const { guesses, first, second, redeem, readyCode, world, till } = await openLanes();
    await guesses(140, first);
    const { code } = await readyCode();
    expectProblem(await redeem(code, { terminal_id: first }), 'too_many_guesses', { details: { retry_after_seconds: 1 } });
    expectProblem(await till.post('/v1/vouchers/inspect', { code, terminal_id: first }), 'too_many_guesses');
    expect((await redeem((await readyCode()).code, { terminal_id: second })).status).toBe(201);
    world.clock.advance(1_000);
    expect((await redeem(code, { terminal_id: first })).status).toBe(201);
  });

  it('of one terminal, however many, leave papers at the others alone, and pass there again ten minutes later', async () => {
    const lanes = await openLanes();
    const { guesses, first, second, redeem, world } = lanes;
    for (let minute = 0; minute < 5; minute++) {
      await guesses(60, first);
      world.clock.advance(MINUTE);
    }
    const { code, pin } = await print(lanes);
    expectProblem(await redeem(code, { pin, terminal_id: first }), 'too_many_guesses');
    expect((await redeem(code, { pin, terminal_id: second })).status).toBe(201);
    const again = await print(lanes);
    world.clock.advance(10 * MINUTE);
    expect((await redeem(again.code, { pin: again.pin, terminal_id: first })).status).toBe(201);
  });

  it('answer what was decided before again, in whatever lane', async () => {
    const { guesses, first, readyCode, till, order } = await openLanes();
    const body = order((await readyCode()).code, { terminal_id: first });
    const made = await till.post('/v1/redemptions', body, 'R-1');
    await guesses(40, first);
    expect((await till.post('/v1/redemptions', body, 'R-1')).text).toBe(made.text);
  });

  it.each([1, 2, 10])('make nobody faster than 120 codes a minute, at %i terminals of a client', (terminals) => {
    const lanes = new Lanes();
    let tried = 0;
    for (let second = 0; second < 24 * 3_600; second++) {
      const lane = { client: 'cli', terminal: `${second % terminals}` };
      // A guesser asks as often as somebody looks.
      for (let burst = 50; burst > 0 && isLookedUp(lanes, lane, second * 1_000); burst--) {
        lanes.miss(lane, 'code', second * 1_000);
        tried++;
      }
    }
    // The tries before the lanes were narrow, and those of the first minute at once.
    expect(tried).toBeLessThanOrEqual(24 * 60 * 120 + 120 + 120 + 20 + 2 * 24 * 60);
    expect(lanes.isOpen({ client: 'cli', terminal: '0' }, 25 * 3_600_000)).toBe(true);
  });

  it('of one client count together, so that a guesser who names many terminals is no better off', () => {
    const lanes = new Lanes();
    const isOpen = (terminal: string) => lanes.isOpen({ client: 'cli', terminal }, 0);
    for (let terminal = 0; terminal < 119; terminal++) lanes.miss({ client: 'cli', terminal: `${terminal}` }, 'code', 0);
    expect(isOpen('fresh')).toBe(true);
    lanes.miss({ client: 'cli', terminal: '119' }, 'code', 0);
    expect(isOpen('fresh')).toBe(false);
    expect(lanes.isOpen({ client: 'other', terminal: 'fresh' }, 0)).toBe(true);
  });

  it('are no single guesser’s because many clients share an address', async () => {
    const { as, world, guesses, redeem, readyCode } = await openLanes();
    const shops: Caller[] = [];
    for (let n = 0; n < 8; n++) {
      const { id: merchantId } = await world.must(addMerchant, { by: world.wanhe, communityId: 'wanhe', name: `小店${n}` });
      const { id: storeId } = await world.must(addStore, { by: world.wanhe, merchantId, name: '店' });
      shops.push(await as({ kind: 'till', merchantId, storeId }));
    }
    for (const shop of shops) expect(await guesses(20, undefined, shop)).toEqual(times(20, 404));
    expect((await redeem((await readyCode()).code, {})).status).toBe(201);
    expect(await guesses(1, undefined)).toEqual([404]);
  });

  it('are counted at terminals of the till’s own', async () => {
    const { till, readyCode, as, world } = await openLanes();
    const { code } = await readyCode();
    const stranger = `ter_${'1'.repeat(32)}`;
    expectProblem(await till.post('/v1/vouchers/inspect', { code, terminal_id: stranger }), 'terminal_not_found');
    const { id: other } = await world.must(addStore, { by: world.wanhe, merchantId: world.merchantId, name: '二店' });
    const { id: theirs } = await world.must(addTerminal, { by: world.wanhe, storeId: other, name: '1' });
    expectProblem(await till.post('/v1/vouchers/inspect', { code, terminal_id: theirs }), 'terminal_not_found');
    const anywhere = await as({ kind: 'till', merchantId: world.merchantId, storeId: null });
    expect((await anywhere.post('/v1/vouchers/inspect', { code, terminal_id: theirs })).body).toMatchObject({ redeemable: true });
  });
});
