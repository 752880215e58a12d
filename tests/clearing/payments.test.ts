import { describe, expect, it } from 'vitest';
import {
  bookPaymentMade,
  bookPaymentReceived,
  bookPayouts,
  confirmPayment,
  paymentById,
  payablesOfRun,
  paymentsOfRun,
  payoutsOfRun,
  runById,
} from '../../src/clearing/index.ts';
import type { Row } from '../../src/store/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { entriesAfter, journalLines } from '../support/journal.ts';
import { expectWhole } from '../support/server.ts';
import { asPaid } from '../support/settling.ts';
import { street } from '../support/world.ts';

const DAY = 24 * 3_600_000;

type Closed = Communities & { readonly run: Row<'settlementRun'>; readonly payments: Row<'settlementPayment'>[] };

/** Gexiang is to pay 3000 and Taiyan 1000 to Wanhe, whose shop is owed 4000; on the morning after the day that is settled. */
async function openClosed(): Promise<Closed> {
  const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe']);
  await scheme.spend('gexiang', 'wanhe', 3);
  await scheme.spend('taiyan', 'wanhe', 1);
  scheme.goOnTo('2026-03-03');
  const run = await scheme.settle('2026-03-02');
  return { ...scheme, run, payments: await paymentsOfRun(scheme.world.store, run.id, null) };
}

async function stateOf({ world, run }: Closed): Promise<string> {
  return (await runById(world.store, run.id))!.state;
}

/** The bank's answer that Wanhe's shop is paid. */
async function payShop({ world, of, run }: Closed): Promise<unknown> {
  const results = (await payoutsOfRun(world.store, run.id, 'wanhe')).map(asPaid);
  const payables = await payablesOfRun(world.store, run, 'wanhe');
  return world.must(bookPayouts, { by: of('wanhe').officer, runId: run.id, results, payables });
}

describe('a net payment is confirmed', () => {
  it('by both sides, each for itself, once', async () => {
    const closed = await openClosed();
    const { world, of, payments } = closed;
    const { id: paymentId } = payments[0]!;
    expect(await world.must(confirmPayment, { by: of('wanhe').officer, paymentId })).toMatchObject({
      confirmed: ['creditor'],
      run_state: 'closed',
    });
    await world.refused(confirmPayment, { by: of('wanhe').officer, paymentId }, 'payment_confirmed');
    expect(await world.must(confirmPayment, { by: of('gexiang').officer, paymentId })).toMatchObject({
      confirmed: ['debtor'],
      run_state: 'closed',
    });
    await world.refused(confirmPayment, { by: of('gexiang').officer, paymentId }, 'payment_confirmed');
    expect(await paymentById(world.store, paymentId)).toMatchObject({
      debtorConfirmedBy: of('gexiang').officer.id,
      debtorConfirmedAt: world.clock.now,
      creditorConfirmedBy: of('wanhe').officer.id,
    });
    await expectWhole(world);
  });

  it('by nobody else, and no payment that is not there', async () => {
    const { world, of, payments } = await openClosed();
    const { id: paymentId } = payments[0]!;
    expect(await world.refused(confirmPayment, { by: of('taiyan').officer, paymentId }, 'foreign_community')).toBeDefined();
    const none = `pay_${'0'.repeat(32)}`;
    expect(await world.refused(confirmPayment, { by: of('wanhe').officer, paymentId: none }, 'payment_not_found')).toEqual({
      payment_id: none,
    });
  });

  it('by the street for whoever has not, once it is escalated: 7 days after the run was closed', async () => {
    const { world, of, payments, run } = await openClosed();
    const { id: paymentId } = payments[0]!;
    await world.must(confirmPayment, { by: of('wanhe').officer, paymentId });
    expect(run.escalatesAt).toBe(run.closedAt! + 7 * DAY);
    world.clock.now = run.escalatesAt! - 1;
    expect(await world.refused(confirmPayment, { by: street, paymentId }, 'payment_not_escalated')).toEqual({
      escalates_at: run.escalatesAt,
    });
    world.clock.now = run.escalatesAt!;
    expect(await world.must(confirmPayment, { by: street, paymentId })).toMatchObject({ confirmed: ['debtor'] });
    await world.refused(confirmPayment, { by: street, paymentId }, 'payment_confirmed');
    await world.refused(confirmPayment, { by: of('gexiang').officer, paymentId }, 'payment_confirmed');
    const { debtorConfirmedBy, creditorConfirmedBy } = (await paymentById(world.store, paymentId))!;
    expect([debtorConfirmedBy, creditorConfirmedBy]).toEqual([street.id, of('wanhe').officer.id]);
    const other = payments[1]!.id;
    const both = await world.must(confirmPayment, { by: street, paymentId: other });
    expect(both).toMatchObject({ confirmed: ['debtor', 'creditor'], run_state: 'confirmed' });
    await expectWhole(world);
  });

  it('and the run with the last confirmation', async () => {
    const closed = await openClosed();
    const { world, of, payments } = closed;
    const [first, second] = payments.map(({ id }) => id);
    const states: string[] = [];
    for (const [side, paymentId] of [
      ['gexiang', first],
      ['wanhe', second],
      ['wanhe', first],
      ['taiyan', second],
    ] as const) {
      await world.must(confirmPayment, { by: of(side).officer, paymentId: paymentId! });
      states.push(await stateOf(closed));
    }
    expect(states).toEqual(['closed', 'closed', 'closed', 'confirmed']);
    expect((await runById(world.store, closed.run.id))!).toMatchObject({ confirmedAt: world.clock.now, unconfirmed: 0, unpaid: 3 });
    await expectWhole(world);
  });
});

describe('a net payment is booked', () => {
  it('only when both sides have confirmed it', async () => {
    const { world, of, payments } = await openClosed();
    const { id: paymentId } = payments[0]!;
    const made = { by: of('gexiang').officer, paymentId, bankReference: 'A-1' };
    const received = { by: of('wanhe').officer, paymentId, bankReference: 'B-1' };
    await world.refused(bookPaymentMade, made, 'payment_not_confirmed');
    await world.must(confirmPayment, { by: of('gexiang').officer, paymentId });
    await world.refused(bookPaymentMade, made, 'payment_not_confirmed');
    await world.refused(bookPaymentReceived, received, 'payment_not_confirmed');
    await world.must(confirmPayment, { by: of('wanhe').officer, paymentId });
    await world.must(bookPaymentMade, made);
    await expectWhole(world);
  });

  it('by each side in its own book, whichever comes first', async () => {
    const closed = await openClosed();
    const { world, of, payments, run } = closed;
    await closed.confirmAll(run.id);
    const [last] = (await entriesAfter(world.store, undefined)).slice(-1);
    const { id: paymentId } = payments[0]!;
    await world.must(bookPaymentReceived, { by: of('wanhe').officer, paymentId, bankReference: 'B-1' });
    await world.must(bookPaymentMade, { by: of('gexiang').officer, paymentId, bankReference: 'A-1' });
    const booked = await entriesAfter(world.store, last!.id);
    expect(booked.map(({ kind, postings }) => [kind, ...journalLines(postings)])).toEqual([
      ['payment_received', 'dr bank:wanhe 3000   cr clearing:wanhe:2026-03-02 3000   fen'],
      ['payment_made', 'dr clearing:gexiang:2026-03-02 3000   cr bank:gexiang 3000   fen'],
    ]);
    const moved = await world.store.read.select().from(world.store.tables.bankMovement);
    expect(moved.map(({ communityId, reference, fen }) => `${communityId} ${reference} ${fen}`).toSorted()).toEqual([
      'gexiang A-1 -3000',
      'wanhe B-1 3000',
    ]);
    await expectWhole(world);
  });

  it('by nobody but the side whose bank it is, not even the street', async () => {
    const closed = await openClosed();
    const { world, of, payments, run } = closed;
    await closed.confirmAll(run.id);
    const { id: paymentId } = payments[0]!;
    for (const by of [of('wanhe').officer, of('taiyan').officer, street]) {
      await world.refused(bookPaymentMade, { by, paymentId, bankReference: 'A-1' }, 'foreign_community');
    }
    await world.refused(bookPaymentReceived, { by: of('gexiang').officer, paymentId, bankReference: 'A-1' }, 'foreign_community');
  });

  it('once, and by a bank reference that stands for nothing else of that community', async () => {
    const closed = await openClosed();
    const { world, of, payments, run } = closed;
    await closed.confirmAll(run.id);
    const [first, second] = payments.map(({ id }) => id) as [string, string];
    await world.must(bookPaymentReceived, { by: of('wanhe').officer, paymentId: first, bankReference: 'B-1' });
    const again = { by: of('wanhe').officer, paymentId: first, bankReference: 'B-2' };
    expect(await world.refused(bookPaymentReceived, again, 'payment_booked')).toMatchObject({ bank_reference: 'B-1' });
    const reused = { by: of('wanhe').officer, paymentId: second, bankReference: 'B-1' };
    expect(await world.refused(bookPaymentReceived, reused, 'bank_reference_used')).toMatchObject({
      bank_reference: 'B-1',
      subject: first,
    });
    expect(await world.refused(bookPaymentReceived, { ...reused, bankReference: 'b\u200B-1' }, 'bank_reference_used')).toMatchObject({
      stored_as: 'B-1',
      subject: first,
    });
    // Another bank's references are its own.
    await world.must(bookPaymentMade, { by: of('taiyan').officer, paymentId: second, bankReference: 'B-1' });
    await expectWhole(world);
  });
});

describe('a run is paid', () => {
  it.each([
    ['a merchant', 'received', 'shop'],
    ['a payment that is received', 'shop', 'received'],
  ])('with the last of it: %s', async (_last, ...order) => {
    const closed = await openClosed();
    const { world, of, payments, run } = closed;
    await closed.confirmAll(run.id);
    const states: string[] = [];
    const receive = async () => {
      for (const { id: paymentId } of payments) {
        await world.must(bookPaymentReceived, { by: of('wanhe').officer, paymentId, bankReference: `B-${paymentId}` });
      }
    };
    for (const { id: paymentId, debtorId } of payments) {
      await world.must(bookPaymentMade, { by: of(debtorId).officer, paymentId, bankReference: `A-${paymentId}` });
    }
    for (const step of order) {
      await (step === 'shop' ? payShop(closed) : receive());
      states.push(await stateOf(closed));
    }
    expect(states).toEqual(['confirmed', 'paid']);
    expect((await runById(world.store, run.id))!).toMatchObject({ paidAt: world.clock.now, unpaid: 0 });
    await expectWhole(world);
  });

  it('not before it is confirmed, though its merchants may be', async () => {
    const closed = await openClosed();
    await payShop(closed);
    expect(await stateOf(closed)).toBe('closed');
    await closed.confirmAll(closed.run.id);
    expect(await stateOf(closed)).toBe('confirmed');
    await expectWhole(closed.world);
  });
});
