/** A scheme from before the tables of people is migrated: phones keep their residents, and what was under way goes on. */
import { expect, it } from 'vitest';
import { askSignInCode, signInByCode } from '../../src/access/index.ts';
import { audit } from '../../src/cli/audit.ts';
import { runById } from '../../src/clearing/index.ts';
import { approveProposal, propose } from '../../src/api/index.ts';
import { grant, policiesAt, registerResident } from '../../src/communities/index.ts';
import { dayOf, limitKey, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { mintCode, redeem, reverseRedemption, voucherById } from '../../src/redeem/index.ts';
import { deedOf } from '../support/deeds.ts';
import { type History, openSettledHistory } from '../support/history.ts';
import { asAfter } from '../support/older-database.ts';
import { rawOf } from '../support/raw.ts';
import { openScheme } from '../support/scheme.ts';
import { all } from '../support/stores.ts';
import { officerOf, someSecret } from '../support/two-officers.ts';
import { street } from '../support/world.ts';

/** The migrations before the one that brought them. */
const BEFORE = 8;

/** What waits for a second officer: a grant, a claw-back, and a policy. */
async function propositions(world: History) {
  const { gexiang: by, residentId } = world;
  const { by: _, approvedBy: __, ...deed } = deedOf(world);
  const grantId = await world.grantHours(by, residentId, 10);
  const rate = { name: 'rate', value: { points: 100, fen: 900 }, effectiveFrom: null };
  const made = [
    await world.must(propose, { by, reason: '年底', command: 'grant', input: deed }),
    await world.must(propose, { by, reason: '冒名', command: 'clawback', input: { grantId } }),
    await world.must(propose, { by: await officerOf(world, null), reason: '调整', command: 'policy', input: rate }),
  ];
  return made.map(({ id }) => id);
}

/** The resident of the world signs in with their number. */
async function signIn(world: History): Promise<void> {
  const resident = (await all(world.store, 'resident')).find(({ id }) => id === world.residentId);
  const { phoneHash, name } = resident!;
  const code = { codeHash: 'c0de'.padEnd(32, '0'), slot: 'code:0000' };
  await world.must(askSignInCode, { ...code, row: phoneHash, known: true });
  await world.must(signInByCode, { ...code, phoneHash, rows: [phoneHash], device: 'a test', name });
}

/** A settled history as it stood before: an open voucher, and a grant that was refused. */
async function olderHistory() {
  const world = await openSettledHistory();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const voucherId = await world.takeVoucher();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const redeemed = await world.redeemVoucher(await world.takeVoucher());
  const proposals = await propositions(world);
  const second = await officerOf(world, 'gexiang');
  const asked = { command: grant, input: deedOf(world, { occurredOn: '2026-03-02' }), client: SYSTEM_CLIENT, key: 'late', hash: '00' };
  const refusal = await world.engine.submit({ ...asked, actor: SYSTEM_CLIENT });
  const phones = await all(world.store, 'residentPhone');
  const grants = await all(world.store, 'grant');
  await signIn(world);
  await world.close();

  const database = await asAfter(world, BEFORE);
  const raw = await rawOf(database);
  // The older version had neither of the policies, whatever the migration says.
  await raw.exec("delete from policy where name in ('calendar', 'grant_alone')");
  // It counted nothing of what an officer grants alone.
  for (const { grantedBy, grantedAt, residentId } of grants) {
    const day = dayOf(grantedAt);
    const keys = [limitKey(day, 'alone', grantedBy), limitKey(day.slice(0, 7), 'alone', grantedBy, residentId)];
    for (const key of keys) await raw.exec(`delete from limit_use where id = ${raw.bytes(key)}`);
  }
  const scheme = await openScheme(world.clock.now, database, world.progress);
  return { world, scheme, voucherId, redeemed, proposals, second, asked, refusal, phones, grants };
}

it('phones keep their residents, are taken, and were heard when somebody last signed in', async () => {
  const { world, scheme, phones } = await olderHistory();
  const kept = await all(scheme.store, 'residentPhone');
  const heardAt = (residentId: string | null) => (residentId === world.residentId ? scheme.clock.now : null);
  expect(kept).toEqual(
    phones.map(({ hash, residentId }) => ({ hash, residentId, heldUntil: null, heardAt: heardAt(residentId), version: 1 })),
  );
  expect((await all(scheme.store, 'session')).map(({ startedAt }) => startedAt)).toEqual([scheme.clock.now]);
  expect(kept.length).toBeGreaterThan(1);
  const again = { by: street, communityId: 'wanhe', name: '又一人', phoneHash: kept[0]!.hash, phoneSealed: 'sealed' };
  expect(await scheme.run(registerResident, again)).toMatchObject({ refused: 'phone_taken' });
});

it('proposals name the resident whom they concern, and are approved', async () => {
  const { world, scheme, proposals, second } = await olderHistory();
  const named = new Map((await all(scheme.store, 'proposal')).map(({ id, residentId }) => [id, residentId]));
  expect(proposals.map((id) => named.get(id))).toEqual([world.residentId, world.residentId, null]);
  scheme.clock.advance(1);
  for (const id of proposals.slice(0, 2)) {
    expect(await scheme.run(approveProposal, { by: second, id, reason: null, secret: someSecret })).toMatchObject({
      reply: { status: 'approved' },
    });
  }
  expect((await audit(scheme.store)).ok).toBe(true);
});

it('the new policies are in force, and what an officer grants alone counts from the last grant before', async () => {
  const { scheme, grants } = await olderHistory();
  const now = new Map((await policiesAt(scheme.store, scheme.clock.now)).map(({ name, current }) => [name, current]));
  const [rate, calendar, alone] = [now.get('rate')!, now.get('calendar')!, now.get('grant_alone')!];
  expect([calendar.value, alone.value].map((value) => JSON.parse(value))).toEqual([
    { off: [], on: [] },
    { points: 200, points_day: 2_000, points_resident_month: 600 },
  ]);
  expect(calendar).toMatchObject({ policyVersion: 1, effectiveFrom: rate.effectiveFrom, setAt: rate.setAt });
  expect(alone).toMatchObject({ effectiveFrom: rate.effectiveFrom, setAt: Math.max(...grants.map(({ grantedAt }) => grantedAt)) + 1 });
});

it('a voucher that was redeemed before, and is reversed now, says by which redemption it was', async () => {
  const { world, scheme, redeemed } = await olderHistory();
  scheme.clock.advance(1);
  const { id: redemptionId, voucher_id: voucherId } = redeemed;
  expect((await voucherById(scheme.store, voucherId))!.lastRedemptionId).toBeNull();
  const input = { merchantId: world.merchantId, storeId: null, redemptionId, reason: '退货' };
  expect(await scheme.run(reverseRedemption, input)).toHaveProperty('reply');
  expect(await voucherById(scheme.store, voucherId)).toMatchObject({ state: 'issued', redemptionId: null, lastRedemptionId: redemptionId });
});

it('a stored refusal is answered as before, a run stands, an open voucher is redeemed, and the books are sound', async () => {
  const { world, scheme, voucherId, second, asked, refusal } = await olderHistory();
  const { residentId, merchantId, storeId, terminalId } = world;
  expect(refusal).toMatchObject({ refused: 'effective_date_out_of_range' });
  expect(await scheme.engine.submit({ ...asked, actor: SYSTEM_CLIENT })).toEqual({ ...refusal, replayed: true });
  const [run] = await all(scheme.store, 'settlementRun');
  expect(await runById(scheme.store, run!.id)).toMatchObject({ state: 'paid' });
  scheme.clock.advance(1);
  const codeHash = 'c0'.repeat(16);
  await scheme.run(mintCode, { residentId, voucherId, codeHash, sealedCode: 'sealed' });
  const till = { merchantId, storeId, terminalId, orderNo: 'A-1', orderAmountFen: 2_000, presentedAt: null };
  expect(await scheme.run(redeem, { ...till, codeHash })).toMatchObject({ reply: { discount_fen: 1_000 } });
  expect(await scheme.run(grant, deedOf(world, { approvedBy: second.id }))).toHaveProperty('reply');
  expect((await audit(scheme.store)).ok).toBe(true);
});
