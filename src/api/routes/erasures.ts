import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { erasureById, notChangeable, requestErasure, residentById, withdrawErasure } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { created } from '../http/commands.ts';
import { onWire } from '../http/names.ts';
import { officerOf, requires, residentOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { id, nothing, time } from '../http/wire.ts';
import { assertSees } from '../office.ts';
import { countAtPace } from './own-pace.ts';
import { assertOpen, codesAsked, codesOf, codeTyped } from './phone-codes.ts';
import { sixDigits } from './sign-in-wire.ts';

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
const remains = z.literal('pseudonym').meta({
  description:
    'The remainder is pseudonymous, not anonymous: the books keep the id of the resident with its entries, and no name, number or text. Backups hold what was emptied until their time is over, and so do the files of PostgreSQL until VACUUM and the rotation of its log.',
});
const erasure = z.strictObject({ ...shown.shape, remains }).meta({ id: 'Erasure' });
const present = (row: Row<'erasure'>) => ({ ...shown.present(row), remains: 'pseudonym' as const });
const withdrawal = z.strictObject({ id: id('era'), withdrawn_at: time });

const mayAsk = { ...writes('me:write'), mayRefuse: ['codes_not_deliverable', 'resident_leaving', 'phone_change_open'] } as const;
const mayRequest = { ...writes('me:write'), mayRefuse: ['phone_code_wrong'] } as const;
const asking = {
  tags,
  operationId: 'sendErasureCode',
  summary: 'Send a code to my phone, with which I can request to be erased',
  description:
    'For a resident who wants to leave. The code is good for 5 minutes and 5 tries, and for nothing else. Sent again under its key, it sends no other code.',
  body: nothing,
  response: { 202: codesAsked },
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
    const { store, secrets, clock, submit } = deps;
    const codes = codesOf(deps);

    async function residentAnd(residentId: string) {
      const resident = (await residentById(store, residentId))!;
      return { resident, sent: { purpose: 'erase', phone: secrets.open(resident.phoneSealed), bound: residentId } as const };
    }

    app.post('/v1/me/erasure-codes', { schema: asking, config: mayAsk, onResponse: codes.onResponse }, async (request, reply) => {
      await countAtPace(deps, request, 'leaving');
      const { resident, sent } = await residentAnd(residentOf(request));
      return codes.answer(request, reply, sent, notChangeable(resident, clock()));
    });

    app.post('/v1/me/erasures', { schema: requesting, config: mayRequest }, async (request, reply) => {
      await countAtPace(deps, request, 'leaving');
      const { resident, sent } = await residentAnd(residentOf(request));
      const code = codeTyped(secrets, sent, request.body.code);
      if (!notChangeable(resident, clock())) await assertOpen(deps, request, [code]);
      const made = await submit(request, reply, requestErasure, { residentId: resident.id, code, phoneHash: resident.phoneHash });
      if ('failed' in made) throw new Problem('phone_code_wrong');
      created(reply, `/v1/erasures/${made.id}`);
      return present({ ...(await erasureById(store, made.id))!, ...begun });
    });

    app.get('/v1/me/erasure', { schema: readingOwn, config: requires('me:read') }, async (request) => {
      const { erasureId } = (await residentById(store, residentOf(request)))!;
      return { erasure: erasureId === null ? null : present((await erasureById(store, erasureId))!) };
    });

    app.post('/v1/me/erasures/:id/withdrawal', { schema: withdrawing, config: writes('me:write') }, async (request, reply) => {
      await countAtPace(deps, request, 'leaving');
      const by = { residentId: residentOf(request) };
      return onWire(await submit(request, reply, withdrawErasure, { erasureId: request.params.id, by }));
    });

    app.get('/v1/erasures/:id', { schema: reading, config: requires('residents:read', 'erasure_not_found') }, async (request) => {
      const found = await erasureById(store, request.params.id);
      if (!found) throw new Problem('erasure_not_found', { details: { erasure_id: request.params.id } });
      assertSees(request, (await residentById(store, found.residentId))!.communityId);
      return present(found);
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
