import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bookPaymentMade, bookPaymentReceived, confirmPayment, paymentById, paymentsOfRun, runById } from '../../clearing/index.ts';
import type { Row, View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { officeOf, officerName, officerNames } from '../office.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { bankReference, knownRun, ofRun } from './settlement-wire.ts';
import { communityId, count, id, nothing, rfc3339OrNull, time } from '../http/wire.ts';

const side = z.strictObject({
  community_id: communityId,
  confirmed_at: time.nullable(),
  confirmed_by: id('off').nullable(),
  confirmed_by_name: officerName,
  booked_at: time.nullable().meta({ description: 'The time at which its bank paid, or received.' }),
  bank_reference: z.string().nullable(),
});
const payment = z
  .strictObject({
    id: id('pay'),
    run_id: id('run'),
    fen: count,
    debtor: side,
    creditor: side,
    status: z.enum(['unconfirmed', 'escalated', 'confirmed', 'settled']).meta({
      description: 'Escalated: not confirmed in time, so that the street office may confirm for a side that has not.',
    }),
  })
  .meta({ id: 'SettlementPayment' });
type PaymentOnWire = z.output<typeof payment>;

const tags = ['settlement'];
const params = z.strictObject({ id: id('pay') });
const response = { 200: payment };
const listing = {
  tags,
  operationId: 'listSettlementPayments',
  summary: 'The net payments of a run',
  description: 'A community sees those that it makes or receives, the street office all.',
  params: ofRun,
  response: { 200: z.strictObject({ items: z.array(payment) }) },
};
const reading = {
  tags,
  operationId: 'getSettlementPayment',
  summary: 'A net payment',
  description: 'For reading one payment between two communities, and which steps are still open.',
  params,
  response,
};
const confirming = {
  tags,
  operationId: 'confirmSettlementPayment',
  summary: 'Confirm a net payment',
  description:
    'For an officer of either side; once it is escalated, also for the street office, in place of a side that has not confirmed.',
  params,
  body: nothing,
  response,
};
const body = z.strictObject({ bank_reference: bankReference });
const making = {
  tags,
  operationId: 'recordPaymentMade',
  summary: 'Book that the payment was made',
  description: 'For an officer of the debtor.',
  params,
  body,
  response,
};
const receiving = {
  tags,
  operationId: 'recordPaymentReceived',
  summary: 'Book that the payment was received',
  description: 'For an officer of the creditor.',
  params,
  body,
  response,
};

export const settlementPayments =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, clock } = deps;
    const config = writes('settlements:write');

    async function presented(
      request: FastifyRequest,
      paymentId: string,
      { at = clock(), row: told }: { at?: number; row?: Row<'settlementPayment'> | undefined } = {},
    ): Promise<PaymentOnWire> {
      const row = await paymentById(store, paymentId);
      const office = officeOf(request);
      if (!row || (office !== null && office !== row.debtorId && office !== row.creditorId)) {
        throw new Problem('payment_not_found', { details: { payment_id: paymentId } });
      }
      const run = (await runById(store, row.runId))!;
      return present(told ?? asAt(row, at), run, at, await confirmersOf(request, store, [row]));
    }

    app.get('/v1/settlement-runs/:id/payments', { schema: listing, config: requires('settlements:read') }, async (request) => {
      const run = await knownRun(deps, request);
      const rows = await paymentsOfRun(store, run.id, officeOf(request));
      const nameOf = await confirmersOf(request, store, rows);
      return { items: rows.map((row) => present(row, run, clock(), nameOf)) };
    });

    app.get('/v1/settlement-payments/:id', { schema: reading, config: requires('settlements:read') }, async (request) =>
      presented(request, request.params.id),
    );

    app.post('/v1/settlement-payments/:id/confirmation', { schema: confirming, config }, async (request, reply) => {
      const { id: paymentId } = request.params;
      const { confirmed_at: at, payment: row } = await submit(request, reply, confirmPayment, { by: officerOf(request), paymentId });
      return presented(request, paymentId, { at, row });
    });

    for (const [what, schema, command] of [
      ['made', making, bookPaymentMade],
      ['received', receiving, bookPaymentReceived],
    ] as const) {
      app.post(`/v1/settlement-payments/:id/${what}`, { schema, config }, async (request, reply) => {
        const { id: paymentId } = request.params;
        const input = { by: officerOf(request), paymentId, bankReference: request.body.bank_reference };
        const { booked_at: at, payment: row } = await submit(request, reply, command, input);
        return presented(request, paymentId, { at, row });
      });
    }
  };

/** A payment as it was at this time, for the replay of an answer whose reply does not hold it. */
function asAt(row: Row<'settlementPayment'>, at: number): Row<'settlementPayment'> {
  const isLater = (then: number | null) => then !== null && then > at;
  return {
    ...row,
    ...(isLater(row.debtorConfirmedAt) && { debtorConfirmedAt: null, debtorConfirmedBy: null }),
    ...(isLater(row.creditorConfirmedAt) && { creditorConfirmedAt: null, creditorConfirmedBy: null }),
    ...(isLater(row.madeAt) && { madeAt: null, madeReference: null }),
    ...(isLater(row.receivedAt) && { receivedAt: null, receivedReference: null }),
  };
}

type NameOf = (officerId: string | null) => string | null;

/** The names of the officers who confirmed these payments. */
function confirmersOf(request: FastifyRequest, view: View, rows: readonly Row<'settlementPayment'>[]): Promise<NameOf> {
  return officerNames(
    request,
    view,
    rows.flatMap(({ debtorConfirmedBy, creditorConfirmedBy }) => [debtorConfirmedBy, creditorConfirmedBy]),
  );
}

function present(row: Row<'settlementPayment'>, run: Row<'settlementRun'>, at: number, nameOf: NameOf): PaymentOnWire {
  return {
    id: row.id,
    run_id: row.runId,
    fen: row.fen,
    debtor: {
      community_id: row.debtorId,
      confirmed_at: rfc3339OrNull(row.debtorConfirmedAt),
      confirmed_by: row.debtorConfirmedBy,
      confirmed_by_name: nameOf(row.debtorConfirmedBy),
      booked_at: rfc3339OrNull(row.madeAt),
      bank_reference: row.madeReference,
    },
    creditor: {
      community_id: row.creditorId,
      confirmed_at: rfc3339OrNull(row.creditorConfirmedAt),
      confirmed_by: row.creditorConfirmedBy,
      confirmed_by_name: nameOf(row.creditorConfirmedBy),
      booked_at: rfc3339OrNull(row.receivedAt),
      bank_reference: row.receivedReference,
    },
    status: statusOf(row, run, at),
  };
}

function statusOf(row: Row<'settlementPayment'>, { escalatesAt }: Row<'settlementRun'>, at: number): PaymentOnWire['status'] {
  if (row.debtorConfirmedAt === null || row.creditorConfirmedAt === null) return at < escalatesAt! ? 'unconfirmed' : 'escalated';
  return row.madeAt === null || row.receivedAt === null ? 'confirmed' : 'settled';
}
