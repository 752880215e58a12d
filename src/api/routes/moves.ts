import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { moveResident, notMovedByCode, residentById } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { onWire } from '../http/names.ts';
import { communityOf, officerOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { communityId, id, nothing, reason, time } from '../http/wire.ts';
import { assertOpen, codesAsked, codesOf, codeTyped } from './phone-codes.ts';
import { sixDigits } from './sign-in-wire.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const asking = {
  tags,
  operationId: 'sendMoveCode',
  summary: "Send a resident a code, to move to the officer's community",
  description:
    'For an officer of the community that receives the resident. The code is good for 5 minutes and 5 tries, and for this community alone.',
  params,
  body: nothing,
  response: { 202: codesAsked },
};
const moving = {
  tags,
  operationId: 'moveResident',
  summary: "Make the officer's community a resident's home",
  description:
    "For an officer of the community that receives the resident, with the resident's code, or, at the counter, with a reason. Points, grants and vouchers stay as they are; the officers of the former home no longer see the resident in full.",
  params,
  body: z.discriminatedUnion('how', [
    z.strictObject({
      how: z.literal('code'),
      code: sixDigits.meta({ description: "The code that was sent to the resident's number." }),
    }),
    z.strictObject({
      how: z.literal('counter'),
      reason: reason.meta({ description: 'How the officer knows that the resident moves.' }),
    }),
  ]),
  response: {
    200: z.strictObject({
      resident_id: id('res'),
      from_id: communityId.meta({ description: 'The former home community.' }),
      to_id: communityId.meta({ description: 'The home community.' }),
      moved_at: time,
    }),
  },
};

/** Residents' moves to the community of the officer. */
export const moves =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, auth, clock, submit } = deps;
    const codes = codesOf(deps);

    async function residentAnd(residentId: string, to: string) {
      const resident = await residentById(store, residentId);
      if (!resident) throw new Problem('resident_not_found', { details: { resident_id: residentId } });
      // The number of somebody who leaves may have been emptied.
      const number = resident.erasureId === null ? secrets.open(resident.phoneSealed) : '';
      return { resident, sent: { purpose: 'move', phone: number, bound: `${residentId} ${to}` } as const };
    }

    const sending = { ...writes('residents:write'), mayRefuse: ['codes_not_deliverable'] } as const;
    app.post('/v1/residents/:id/move-codes', { schema: asking, config: sending, onResponse: codes.onResponse }, async (request, reply) => {
      officerOf(request);
      const { resident, sent } = await residentAnd(request.params.id, communityOf(request));
      return codes.answer(request, reply, sent, notMovedByCode(resident, communityOf(request), clock()));
    });

    const config = { ...writes('residents:write'), mayRefuse: ['phone_code_wrong'] } as const;
    app.post('/v1/residents/:id/moves', { schema: moving, config }, async (request, reply) => {
      const by = { id: officerOf(request).id, communityId: communityOf(request) };
      const { id: residentId } = request.params;
      const { resident, sent } = await residentAnd(residentId, by.communityId);
      const { body } = request;
      const typed = body.how === 'code' ? codeTyped(secrets, sent, body.code) : undefined;
      if (typed && resident.communityId !== by.communityId) await assertOpen(deps, request, [typed]);
      const proof = body.how === 'counter' ? { reason: body.reason } : { code: typed!, phoneHash: resident.phoneHash };
      const made = await submit(request, reply, moveResident, { by, id: residentId, proof });
      if ('failed' in made) throw new Problem('phone_code_wrong');
      const { client_ids: clients, ...told } = made;
      auth.forget(...clients);
      return onWire(told);
    });
  };
