/** A month's end as its officers bring it about: a run is closed, both sides confirm and pay, merchants get their money. */
import {
  bookPaymentMade,
  bookPaymentReceived,
  bookPayouts,
  closeSettlementRun,
  confirmPayment,
  frozenOf,
  nextRunNumber,
  openSettlementRun,
  payablesOfRun,
  paymentsOfRun,
  payoutsOfRun,
  type PayoutResult,
  runById,
} from '../../src/clearing/index.ts';
import type { Acting } from '../../src/access/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import type { Row } from '../../src/store/index.ts';
import { street, type World } from './world.ts';

export type Settling = {
  /** Closes the business days through this one, then opens and closes a run over them. */
  readonly settle: (throughDay: string) => Promise<Row<'settlementRun'>>;
  /** Has both sides confirm every payment of a run. */
  readonly confirmAll: (runId: string) => Promise<void>;
  /** Has both sides book every payment, and every merchant paid. */
  readonly payAll: (runId: string) => Promise<Row<'settlementRun'>>;
};

/** The banks' references are `made-<payment>`, `received-<payment>` and `out-<payout>`. */
export function settlingOf(world: World, officerOf: (communityId: string) => Acting): Settling {
  async function payOut(runId: string): Promise<void> {
    const due = (await payoutsOfRun(world.store, runId, null)).filter(({ state }) => state === 'due' || state === 'failed');
    for (const [communityId, own] of Map.groupBy(due, (payout) => payout.communityId)) {
      const payables = await payablesOfRun(world.store, (await runById(world.store, runId))!, communityId);
      await world.must(bookPayouts, { by: officerOf(communityId), runId, results: own.map(asPaid), payables });
    }
  }

  return {
    async settle(throughDay) {
      const closed = await world.run(closeDay, { day: throughDay });
      if ('refused' in closed && closed.refused !== 'business_day_closed') throw new Error(closed.refused);
      const { id } = await world.must(openSettlementRun, { by: street, number: await nextRunNumber(world.store), throughDay });
      const run = (await runById(world.store, id))!;
      await world.must(closeSettlementRun, { by: street, runId: run.id, ...(await frozenOf(world.store, run)) });
      return (await runById(world.store, run.id))!;
    },
    async confirmAll(runId) {
      for (const { id, debtorId, creditorId } of await paymentsOfRun(world.store, runId, null)) {
        for (const side of [debtorId, creditorId]) await world.must(confirmPayment, { by: officerOf(side), paymentId: id });
      }
    },
    async payAll(runId) {
      for (const { id, debtorId, creditorId } of await paymentsOfRun(world.store, runId, null)) {
        await world.must(bookPaymentMade, { by: officerOf(debtorId), paymentId: id, bankReference: `made-${id}` });
        await world.must(bookPaymentReceived, { by: officerOf(creditorId), paymentId: id, bankReference: `received-${id}` });
      }
      await payOut(runId);
      return (await runById(world.store, runId))!;
    },
  };
}

/** What the bank answers where it has paid. */
export function asPaid({ id, fen }: Row<'payout'>): PayoutResult {
  return { payoutId: id, fen, result: 'paid', bankReference: `out-${id}`, failure: null };
}
