import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { askCodes, maskedPhone, textsOfChange } from '../../access/index.ts';
import { changePhone, notChangeable, residentById } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { ofSession, residentOf, sessionOf, writes } from '../http/principal.ts';
import { fieldProblem, Problem, problemOf } from '../http/problem.ts';
import { onWire } from '../http/names.ts';
import { phone, rfc3339, time } from '../http/wire.ts';
import { assertOpen, codesAsked, codesOf, codeTyped } from './phone-codes.ts';
import { sixDigits } from './sign-in-wire.ts';

const tags = ['me'];
const asking = {
  tags,
  operationId: 'sendMyPhoneCodes',
  summary: 'Send codes to my old and to a new number, to change it',
  description:
    'For a resident who changes the number and has both. The answer is the same whether or not somebody has the new number. The codes are good for 5 minutes, 5 tries, and this pair of numbers alone. Sent again, it sends others, and only the newest are good.',
  body: z.strictObject({ phone: phone.meta({ description: 'The new number.' }) }),
  response: { 202: codesAsked },
};
const changing = {
  tags,
  operationId: 'changeMyPhone',
  summary: 'Change my number, by a code of the old and one of the new',
  description:
    'For a resident who is signed in. From then on the new number signs in; every other session ends, and papers that were printed before are no longer good. Without the old number, ask at the counter of your community.',
  body: z.strictObject({
    phone: phone.meta({ description: 'The new number.' }),
    code: sixDigits.meta({ description: 'The code that was sent to the old number.' }),
    new_code: sixDigits.meta({ description: 'The code that was sent to the new number.' }),
  }),
  response: { 200: z.strictObject({ phone: z.string().meta({ description: 'Masked: 138****5678.' }), changed_at: time }) },
};

/** A resident's own number. */
export const myPhone =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, clock, auth, devices, submit, submitOnce, tell } = deps;
    const codes = codesOf(deps);

    /** The codes for a pair of numbers: that of the resident, and a new one. */
    async function pairOf(request: FastifyRequest, to: string) {
      const resident = (await residentById(store, residentOf(request)))!;
      const from = secrets.open(resident.phoneSealed);
      const sent = [
        { purpose: 'change-from', phone: from, bound: to },
        { purpose: 'change-to', phone: to, asker: resident.id, bound: from },
      ] as const;
      return { resident, from, sent };
    }

    const route = {
      schema: asking,
      config: { ...ofSession, mayRefuse: ['codes_not_deliverable', 'phone_change_open'] },
      onResponse: codes.onResponse,
    } as const;
    app.post('/v1/me/phone-codes', route, async (request, reply) => {
      const { phone: to } = request.body;
      const { resident, from, sent } = await pairOf(request, to);
      if (from === to) throw fieldProblem('/phone', 'same_as_before');
      const unchangeable = notChangeable(resident, clock());
      if (unchangeable) throw problemOf(unchangeable);
      const { drawn, codes: asked } = codes.draw(...sent);
      const made = await submitOnce(request, askCodes, { codes: asked });
      codes.sendAfter(request, drawn);
      reply.code(202);
      return onWire(made);
    });

    const config = { ...writes('me:write'), setsCookie: true, mayRefuse: ['phone_code_wrong'] } as const;
    app.put('/v1/me/phone', { schema: changing, config }, async (request, reply) => {
      const sessionId = sessionOf(request);
      const { phone: to, code, new_code: newCode } = request.body;
      const { resident, from, sent } = await pairOf(request, to);
      const typed = [codeTyped(secrets, sent[0], code), codeTyped(secrets, sent[1], newCode)] as const;
      await assertOpen(deps, request, typed);
      const phoneHash = secrets.hash('phone', to);
      const made = await submit(request, reply, changePhone, {
        residentId: resident.id,
        sessionId,
        phone: { phoneHash, phoneSealed: secrets.seal(to) },
        formerHash: secrets.hash('phone', from),
        codes: typed,
      });
      if ('failed' in made) throw new Problem('phone_code_wrong');
      auth.forget(...made.ended_session_ids);
      for (const text of textsOfChange({ id: made.phone_change_id, residentId: resident.id, changedAt: made.changed_at })) tell?.(text);
      devices.mark(request, reply, { phoneHash }, sessionId);
      return { phone: maskedPhone(to), changed_at: rfc3339(made.changed_at) };
    });
  };
