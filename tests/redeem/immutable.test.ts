import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { reverseRedemption } from '../../src/redeem/index.ts';
import { connect } from '../../src/store/sqlite.ts';
import { openWorld } from '../support/world.ts';

it.each(['redemption', 'redemption_reversal'])('the database refuses to change, delete or replace a row of %s', async (table) => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const { id: redemptionId } = await world.redeemVoucher(await world.takeVoucher());
  await world.must(reverseRedemption, { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' });
  const raw = connect(new Database(world.file));
  onTestFinished(() => void raw.close());
  const tries = [`update ${table} set at = 0`, `delete from ${table}`, `insert or replace into ${table} select * from ${table}`];
  for (const attempt of tries) expect(() => raw.exec(attempt), attempt).toThrow(/immutable/);
});
