/** Days are closed and settled while several processes go on redeeming and reversing: what a batch books late belongs to the next run. */
import { expect, it } from 'vitest';
import { settleThrough } from '../../src/clearing/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { redeem } from '../../src/redeem/index.ts';
import { openCommunities } from '../support/communities.ts';
import { openAhead, openWriters } from '../support/processes.ts';
import { lockWaits, rawOf } from '../support/raw.ts';
import { expectWhole } from '../support/server.ts';
import { expectSettledOnce, openTills, settleUnderLoad } from '../support/tills.ts';

const ids = ['gexiang', 'taiyan', 'wanhe', 'xixi'];
const WRITERS = 3;
const TILLS = 12;
/** Business days of each run. */
const PERIODS = [1, 1, 2, 1, 1, 2];
const DAY_MS = 24 * 3_600_000;

it('each redemption and each reversal is in exactly one run, whichever process it came by', async () => {
  const scheme = await openCommunities(ids);
  const writers = await openWriters(scheme.world, WRITERS);
  const tills = await openTills(scheme, ids, writers, TILLS);
  const settled = await settleUnderLoad(scheme, tills, PERIODS, TILLS * 3);
  expect(Math.min(...settled)).toBeGreaterThan(TILLS);
});

it('a redemption whose batch began before its day was closed is settled with that day, however long the batch takes', async () => {
  const scheme = await openCommunities(ids);
  const { world, of } = scheme;
  const day = dayOf(world.clock.now);
  await scheme.spend('gexiang', 'wanhe');
  const { residentId, officer, ruleId } = of('taiyan');
  await world.grantHours(officer, residentId, 10, undefined, ruleId);
  const voucherId = await world.takeVoucher(residentId);
  const codeHash = await world.showCode(voucherId, residentId);
  const [holder, watcher] = [await rawOf(world), await rawOf(world)];
  await holder.exec(`begin; select 1 from voucher where id = ${holder.id(voucherId)} for update`);

  const [till] = await openWriters(world, 1);
  const ahead = await openAhead(world);
  const { merchantId, storeId, terminalId } = of('wanhe');
  const redeeming = till!.run(redeem, {
    merchantId,
    storeId,
    terminalId,
    codeHash,
    orderNo: 'A-1',
    orderAmountFen: 5_000,
    presentedAt: null,
  });
  while ((await lockWaits(watcher)) < 1);
  const seen = { isSettled: false };
  const settling = settleThrough(
    { view: world.store, engine: ahead.engine, clock: () => world.clock.now + DAY_MS },
    dayOf(world.clock.now),
  );
  const settled = settling.finally(() => (seen.isSettled = true));
  while (!seen.isSettled && (await lockWaits(watcher)) < 2);
  await holder.exec('commit');
  expect(await redeeming).toMatchObject({ reply: { business_day: day } });
  expect(await settled).toMatchObject({ state: 'closed' });
  expect(await expectSettledOnce(world)).toEqual([2]);
  await expectWhole(world);
});
