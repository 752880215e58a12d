import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { askSignInCode, purposeCode, purposeRow } from '../../access/index.ts';
import { erasureById, requestErasure, residentById, withdrawErasure } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { created, doneOf } from '../http/commands.ts';
import { onWire } from '../http/names.ts';
import { officerOf, requires, residentOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { id, nothing, time } from '../http/wire.ts';
import { assertSees } from '../office.ts';
import { newSignInCode } from './sign-in-tries.ts';
import { sixDigits } from './sign-in-wire.ts';
import { slotFor } from './triers.ts';

const PURPOSE = 'erasure';

const tags = ['erasures'];
const params = z.strictObject({ id: id('era') });
const shown = codecOf(
  'erasure',
  ['id', 'residentId', 'requestedAt', 'requestedBy', 'approvedBy', 'withdrawnAt', 'endedAt', 'blankedAt', 'finishedAt'],
  {
    points: 'The points in the wallet and in open vouchers when it was requested: they are lost.',
    dueAt: 'The instant from which it is carried out, and until which it can be withdrawn.',
  },
);
const erasure = z.strictObject(shown.shape).meta({ id: 'Erasure' });
const withdrawal = z.strictObject({ id: id('era'), withdrawn_at: time });

const mayAsk = { ...writes('me:write'), mayRefuse: ['codes_not_deliverable', 'code_asked_too_often'] } as const;
const mayRequest = { ...writes('me:write'), mayRefuse: ['erasure_code_wrong'] } as const;
const asking = {
  tags,
  operationId: 'sendErasureCode',
  summary: 'Send a code to my phone, with which I can request to be erased',
  description:
    'For a resident who wants to leave. The code is good for 5 minutes and 5 tries, and for nothing else. Sent again under its key, it sends no other code.',
  body: nothing,
  response: { 202: z.strictObject({ expires_at: time, resend_at: time }) },
};
const requesting = {
  tags,
  operationId: 'requestErasure',
  summary: 'Request to be erased',
  description:
    'For a resident who leaves, with a fresh code. It is carried out after seven days: points and open vouchers are lost, and names, numbers and texts are emptied. The books keep an id that leads to nobody: what remains is pseudonymous, not anonymous.',
  body: z.strictObject({ code: sixDigits }),
  response: { 201: erasure },
};
const readingOwn = {
  tags,
  operationId: 'getMyErasure',
  summary: 'My erasure, if I requested one',
  description: "For a resident's page, which says until when it can be withdrawn.",
  response: { 200: z.strictObject({ erasure: erasure.nullable() }) },
};
const withdrawing = {
  tags,
  operationId: 'withdrawMyErasure',
  summary: 'Withdraw my erasure, and stay',
  description: 'For a resident who has thought better of it, until it is due.',
  params,
  body: nothing,
  response: { 200: withdrawal },
};
const reading = {
  tags,
  operationId: 'getErasure',
  summary: 'An erasure',
  description: "For an officer's page of a resident who leaves or has left.",
  params,
  response: { 200: erasure },
};
const withdrawingFor = {
  tags,
  operationId: 'withdrawErasure',
  summary: "Withdraw a resident's erasure",
  description: 'For an officer of the home community whom the resident asks, until it is due.',
  params,
  body: nothing,
  response: { 200: withdrawal },
};

/** Residents who leave, and their officers. */
export const erasures =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, chance, deliverCode, submit, submitOutcome } = deps;

    const phoneOf = async (residentId: string) => secrets.open((await residentById(store, residentId))!.phoneSealed);

    app.post('/v1/me/erasure-codes', { schema: asking, config: mayAsk }, async (request, reply) => {
      if (!deliverCode) throw new Problem('codes_not_deliverable');
      const number = await phoneOf(residentOf(request));
      const code = newSignInCode(chance);
      const row = purposeRow(secrets, PURPOSE, number);
      const asked = { row, codeHash: purposeCode(secrets, PURPOSE, number, code), slot: slotFor(secrets, 'asked', row), known: true };
      const done = doneOf(await submitOutcome(request, reply, askSignInCode, asked));
      if (!done.replayed) await deliverCode(number, code);
      reply.code(202).header('cache-control', 'no-store');
      return onWire(done.reply);
    });

    app.post('/v1/me/erasures', { schema: requesting, config: mayRequest }, async (request, reply) => {
      const residentId = residentOf(request);
      const number = await phoneOf(residentId);
      const code = { row: purposeRow(secrets, PURPOSE, number), codeHash: purposeCode(secrets, PURPOSE, number, request.body.code) };
      const made = await submit(request, reply, requestErasure, { residentId, code });
      if ('failed' in made) throw new Problem('erasure_code_wrong');
      created(reply, `/v1/erasures/${made.id}`);
      return shown.present({ ...(await erasureById(store, made.id))!, ...begun });
    });

    app.get('/v1/me/erasure', { schema: readingOwn, config: requires('me:read') }, async (request) => {
      const { erasureId } = (await residentById(store, residentOf(request)))!;
      return { erasure: erasureId === null ? null : shown.present((await erasureById(store, erasureId))!) };
    });

    app.post('/v1/me/erasures/:id/withdrawal', { schema: withdrawing, config: writes('me:write') }, async (request, reply) => {
      const by = { residentId: residentOf(request) };
      return onWire(await submit(request, reply, withdrawErasure, { erasureId: request.params.id, by }));
    });

    app.get('/v1/erasures/:id', { schema: reading, config: requires('residents:read', 'erasure_not_found') }, async (request) => {
      const found = await erasureById(store, request.params.id);
      if (!found) throw new Problem('erasure_not_found', { details: { erasure_id: request.params.id } });
      assertSees(request, (await residentById(store, found.residentId))!.communityId);
      return shown.present(found);
    });

    app.post('/v1/erasures/:id/withdrawal', { schema: withdrawingFor, config: writes('residents:write') }, async (request, reply) =>
      onWire(await submit(request, reply, withdrawErasure, { erasureId: request.params.id, by: officerOf(request) })),
    );
  };

/** The initial state of an erasure, which a replay shows too, also after later changes. */
const begun: Pick<Row<'erasure'>, 'withdrawnAt' | 'endedAt' | 'blankedAt' | 'finishedAt'> = {
  withdrawnAt: null,
  endedAt: null,
  blankedAt: null,
  finishedAt: null,
};
