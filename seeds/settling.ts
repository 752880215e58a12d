/** A month's end: the street office closes the settlement run, communities confirm and pay, merchants get their money. */
import {
  bookPaymentMade,
  bookPaymentReceived,
  bookPayouts,
  closeSettlementRun,
  confirmPayment,
  frozenOf,
  newestRun,
  nextRunNumber,
  openSettlementRun,
  payablesOfRun,
  paymentsOfRun,
  payoutsOfRun,
  type PayoutResult,
} from '../src/clearing/index.ts';
import type { Row, Store } from '../src/store/index.ts';
import type { Hand, Sender } from './hand.ts';
import type { Officer, Scheme } from './parties.ts';

export type Settling = { readonly scheme: Scheme; readonly hand: Hand; readonly store: Store };

/** Settles all days that no run has settled yet, up to this one, which is closed. */
export async function settleMonth({ scheme, hand, store }: Settling, throughDay: string): Promise<void> {
  const street = scheme.street[0]!;
  await hand.settled();
  hand.act(openSettlementRun, { by: street, number: await nextRunNumber(store), throughDay }, sender(street));
  await hand.settled();
  const run = (await newestRun(store))!;
  hand.act(closeSettlementRun, { by: street, runId: run.id, ...(await frozenOf(store, run)) }, sender(street));
  await hand.settled();
  for (const payment of await paymentsOfRun(store, run.id, null)) pay({ scheme, hand, store }, payment);
  for (const { id, officers } of scheme.communities) await payMerchants({ scheme, hand, store }, run, id, officers[0]!);
  await hand.settled();
}

/** Both sides confirm; the debtor's bank pays, the creditor's receives. */
function pay({ scheme, hand }: Settling, { id: paymentId, debtorId, creditorId }: Row<'settlementPayment'>): void {
  const [debtor, creditor] = [debtorId, creditorId].map((id) => scheme.communities.find((each) => each.id === id)!.officers[0]!);
  for (const by of [debtor!, creditor!]) hand.act(confirmPayment, { by, paymentId }, sender(by));
  const [made, received] = [`付${paymentId.slice(-8)}`, `收${paymentId.slice(-8)}`];
  hand.act(bookPaymentMade, { by: debtor!, paymentId, bankReference: made }, sender(debtor!));
  hand.act(bookPaymentReceived, { by: creditor!, paymentId, bankReference: received }, sender(creditor!));
}

async function payMerchants({ hand, store }: Settling, run: Row<'settlementRun'>, communityId: string, by: Officer): Promise<void> {
  const due = (await payoutsOfRun(store, run.id, communityId)).filter(({ state }) => state === 'due');
  if (due.length === 0) return;
  const results = due.map(({ id: payoutId, fen }, n): PayoutResult => {
    const bankReference = `商${run.throughDay.replaceAll('-', '')}${String(n + 1).padStart(4, '0')}`;
    return { payoutId, fen, result: 'paid', bankReference, failure: null };
  });
  const payables = await payablesOfRun(store, run, communityId);
  hand.act(bookPayouts, { by, runId: run.id, results, payables }, sender(by));
}

function sender({ id, credential }: Officer): Sender {
  return { client: credential.client_id, actor: id };
}
