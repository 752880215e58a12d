/** A settlement run whose last steps are taken by several processes at once. */
import { expect, it } from 'vitest';
import { bookPaymentMade, bookPaymentReceived, confirmPayment, paymentsOfRun, runById } from '../../src/clearing/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { insist, openWriters, succeeded } from '../support/processes.ts';
import { expectWhole } from '../support/server.ts';

/** Six communities of which five are to pay the sixth, on the morning after the day that is settled. */
async function openClosed(): Promise<{ scheme: Communities; runId: string; payments: { id: string; debtorId: string }[] }> {
  const debtors = ['chuangjing', 'gexiang', 'longtan', 'taiyan', 'zhumiao'];
  const scheme = await openCommunities([...debtors, 'wanhe']);
  for (const id of debtors) await scheme.spend(id, 'wanhe');
  scheme.goOnTo('2026-03-03');
  const { id: runId } = await scheme.settle('2026-03-02');
  return { scheme, runId, payments: await paymentsOfRun(scheme.world.store, runId, null) };
}

it('two processes that confirm the last two payments at once leave the run confirmed', async () => {
  for (let round = 0; round < 3; round++) {
    const { scheme, runId, payments } = await openClosed();
    const { world, of } = scheme;
    const [here, there] = await openWriters(world, 2);
    for (const { id: paymentId, debtorId } of payments) {
      await world.must(confirmPayment, { by: of('wanhe').officer, paymentId });
      if (payments.findIndex(({ id }) => id === paymentId) < 3) await world.must(confirmPayment, { by: of(debtorId).officer, paymentId });
    }
    const last = payments
      .slice(3)
      .map(({ id: paymentId, debtorId }, n) =>
        insist(() => [here!, there!][n]!.run(confirmPayment, { by: of(debtorId).officer, paymentId })),
      );
    const outcomes = await Promise.all(last);
    expect(succeeded(outcomes)).toBe(2);
    const states = outcomes.map((outcome) => ('reply' in outcome ? outcome.reply.run_state : outcome.refused));
    expect(states.toSorted()).toEqual(['closed', 'confirmed']);
    expect(await runById(world.store, runId)).toMatchObject({ state: 'confirmed', unconfirmed: 0 });
    await expectWhole(world);
  }
});

it('processes that confirm and book everything at once, each twice over, settle it once', async () => {
  const { scheme, runId, payments } = await openClosed();
  const { world, of } = scheme;
  const writers = await openWriters(world, 4);
  const everywhere = (act: (writer: (typeof writers)[number], payment: (typeof payments)[number]) => Promise<unknown>[]) =>
    Promise.all(payments.flatMap((payment, n) => [0, 1].flatMap((again) => act(writers[(n + again) % 4]!, payment))));
  await everywhere((writer, { id: paymentId, debtorId }) =>
    [debtorId, 'wanhe'].map((side) => insist(() => writer.run(confirmPayment, { by: of(side).officer, paymentId }))),
  );
  expect(await runById(world.store, runId)).toMatchObject({ state: 'confirmed', unconfirmed: 0 });
  await everywhere((writer, { id: paymentId, debtorId }) => [
    insist(() => writer.run(bookPaymentMade, { by: of(debtorId).officer, paymentId, bankReference: paymentId })),
    insist(() => writer.run(bookPaymentReceived, { by: of('wanhe').officer, paymentId, bankReference: paymentId })),
  ]);
  expect(await runById(world.store, runId)).toMatchObject({ state: 'confirmed', unpaid: 1 });
  expect(await world.store.read.$count(world.store.tables.bankMovement)).toBe(payments.length * 2);
  await expectWhole(world);
});
