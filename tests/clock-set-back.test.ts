/** The clock of the service is set back: nobody is worse off for it. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { askSignInCode } from '../src/access/index.ts';
import { tried } from '../src/access/passwords-tried.ts';
import { remembered } from '../src/access/wrong-tries.ts';
import { GuessGuard } from '../src/api/http/guess-guard.ts';
import { createLogger } from '../src/api/index.ts';
import { Lanes } from '../src/api/lanes.ts';
import { Pace } from '../src/api/pace.ts';
import { startJobs } from '../src/jobs.ts';
import { Engine, type Facts, type Row, Unavailable } from '../src/ledger/index.ts';
import { expireDue, redeem, reverseRedemption, voucherById } from '../src/redeem/index.ts';
import { commandIds } from '../src/store/index.ts';
import { openApi } from './support/api.ts';
import { linesInto } from './support/lines.ts';
import { browserOf, counterLogin, PASSWORD } from './support/people.ts';
import { openScheme } from './support/scheme.ts';
import { openWorld, type World } from './support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function order({ merchantId, storeId, terminalId }: World, codeHash: string, orderNo = '1') {
  return { merchantId, storeId, terminalId, orderNo, orderAmountFen: 10_000, presentedAt: null, codeHash };
}

it('a code that was shown before the clock was set back is good, within the two minutes by which clocks may differ', async () => {
  const world = await openWorld();
  world.clock.advance(HOUR);
  await world.grantHours(world.gexiang, world.residentId, 10);
  const codeHash = await world.showCode(await world.takeVoucher());
  world.clock.advance(-2 * MINUTE - 1);
  await world.refused(redeem, order(world, codeHash), 'code_expired');
  world.clock.advance(1);
  await world.must(redeem, order(world, codeHash));
});

it('a code that is shown after the clock was set back is not taken for one that an earlier redemption used up', async () => {
  const world = await openWorld();
  world.clock.advance(HOUR);
  await world.grantHours(world.gexiang, world.residentId, 10);
  const voucherId = await world.takeVoucher();
  const { id: redemptionId } = await world.redeemVoucher(voucherId);
  const { merchantId, storeId } = world;
  await world.must(reverseRedemption, { merchantId, storeId, redemptionId, reason: 'wrong price' });
  world.clock.advance(-90_000);
  await world.must(redeem, order(world, await world.showCode(voucherId), '2'));
});

it('nobody is locked out of a login for longer than they were', () => {
  const login = { status: 'active', failures: 5, lockedUntil: null, passwordHash: 'h' } as Row<'login'>;
  const at = Date.parse('2026-03-02T10:00:00+08:00');
  const tries: Row<'wrongTries'> = { slot: 'a', count: 5, lastAt: at, version: 0 };
  const facts = { get: (table: string) => (table === 'wrongTries' ? tries : login) } as unknown as Facts;
  const by = { own: 'a', strangers: null, strangersAtTotp: null };
  const attempt = { loginId: 'lgn_1', passwordHash: 'h', good: true, by };
  expect(tried(facts, attempt, at + MINUTE - 1)).toMatchObject({ reply: { failed: 'locked' } });
  expect(tried(facts, attempt, at + MINUTE)).toBe(login);
  expect(tried(facts, attempt, at - HOUR)).toBe(login);
  expect(remembered(tries, at - HOUR)).toBe(5);
});

it('no lane is narrow for longer than it was, nor by a wrong try less', () => {
  const lanes = new Lanes();
  const lane = { client: 'a', terminal: 'b' };
  const at = Date.parse('2026-03-02T10:00:00+08:00');
  for (let n = 0; n < 19; n++) lanes.miss(lane, 'code', at);
  expect(lanes.isOpen(lane, at - HOUR)).toBe(true);
  lanes.miss(lane, 'code', at - HOUR);
  expect(lanes.isOpen(lane, at - HOUR)).toBe(false);
  expect(lanes.isOpen(lane, at - HOUR + MINUTE / 2)).toBe(true);
});

it('nobody waits longer for another one-time code', async () => {
  const scheme = await openScheme();
  const asked = { row: 'aa', codeHash: 'bb', slot: 'c', known: true };
  for (let n = 0; n < 5; n++) {
    expect(await scheme.run(askSignInCode, asked)).toMatchObject({ reply: {} });
    scheme.clock.advance(MINUTE);
  }
  expect(await scheme.run(askSignInCode, asked)).toMatchObject({ refused: 'code_asked_too_often' });
  scheme.clock.advance(-2 * HOUR);
  expect(await scheme.run(askSignInCode, asked)).toMatchObject({ reply: {} });
});

it('nobody waits longer to take a voucher', () => {
  const pace = new Pace({ atOnce: 100, perHour: 10, code: 'vouchers_too_often' });
  const at = Date.parse('2026-03-02T10:00:00+08:00');
  for (let n = 0; n < 100; n++) pace.take('res_1', at);
  expect(() => pace.take('res_1', at - 40 * 24 * HOUR)).toThrow('vouchers_too_often');
  pace.take('res_1', at - 40 * 24 * HOUR + 6 * MINUTE);
});

it('a token that was issued by then is good for no longer; that of a session is, which can be ended', async () => {
  const world = await openWorld();
  world.clock.advance(HOUR);
  const api = await openApi(world);
  const authorization = await api.bearer(await api.clientFor({ kind: 'till', merchantId: world.merchantId, storeId: world.storeId }));
  await counterLogin(world);
  const counter = browserOf(api);
  expect((await counter.signIn({ login: 'zhang.san', password: PASSWORD })).status).toBe(201);
  const statuses = async () => [(await api.http.get('/v1/till').set({ authorization })).status, (await counter.get('/v1/till')).status];
  world.clock.advance(-2 * MINUTE);
  expect(await statuses()).toEqual([200, 200]);
  world.clock.advance(-1_000);
  expect(await statuses()).toEqual([401, 200]);
});

it('who guessed too often is let in again', () => {
  const guard = new GuessGuard({ clientMax: 2, addressMax: 9, windowMs: MINUTE });
  const keys = { client: 'cli_1', address: '10.0.0.1' };
  for (const at of [HOUR, HOUR + 1]) guard.miss(keys, at);
  expect(() => guard.check(keys, HOUR + 2)).toThrow('too_many_guesses');
  guard.check(keys, 1);
});

it('while no command is taken no job runs, nothing expires, and a command that was taken before is carried out by its own time', async () => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 20);
  const voucherId = await world.takeVoucher();
  const { now } = world.clock;
  let halted: string | undefined;
  const engine = new Engine(world.store, {
    clock: () => world.clock.now,
    newId: commandIds(() => world.clock.now, world.chance),
    halted: () => halted,
  });
  const taken = engine.bySystem(redeem, order(world, await world.showCode(voucherId)), 'taken');
  halted = 'the clock is wrong';
  world.clock.advance(400 * 24 * HOUR);
  expect(await taken).toMatchObject({ reply: {} });
  const late = await voucherById(world.store, voucherId);
  expect(late).toMatchObject({ state: 'redeemed', redeemedAt: now + 1 });

  const deps = { view: world.store, engine, clock: () => world.clock.now };
  const logged: string[] = [];
  const logger = createLogger(
    'info',
    linesInto((line) => logged.push(line)),
  );
  await startJobs({ ...deps, halted: () => halted }, logger)();
  expect(logged).toEqual([]);
  await expect(expireDue(deps)).rejects.toThrow(Unavailable);
  const { businessDay, grant } = world.store.tables;
  expect(await world.store.read.$count(businessDay)).toBe(1);
  expect((await world.store.read.select().from(grant))[0]).toMatchObject({ remaining: 100 });
});

it('who asked while the clock was ahead is counted by the minute, and not until the clock is there again', async () => {
  const { http } = await openApi(await openWorld(), { rateLimitPerMinute: { client: 100, address: 2 } });
  const ask = async () => (await http.get('/problems/unavailable')).status;
  const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 400 * 24 * HOUR);
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  ahead.mockRestore();
  expect(await ask()).toBe(429);
  const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + MINUTE);
  onTestFinished(() => later.mockRestore());
  expect(await ask()).toBe(200);
});
