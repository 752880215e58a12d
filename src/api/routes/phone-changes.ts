import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notStoppable, phoneChangeById, residentById, stoppableChange, stopPhoneChange } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { guesserOf } from '../http/guess-guard.ts';
import { onWire } from '../http/names.ts';
import { residentNameFor } from '../office.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { id, nothing, phone, time } from '../http/wire.ts';
import { assertOpen, codesAsked, codesOf, codeTyped } from './phone-codes.ts';
import { sixDigits } from './sign-in-wire.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('phc') });
const shown = codecOf('phoneChange', ['id', 'residentId', 'changedAt'], {
  closedUntil: z.string().meta({ description: 'The time from which it can no longer be stopped.', format: 'date-time' }),
});
const stoppable = z
  .strictObject({
    ...shown.shape,
    resident_name: z.string().meta({ description: "Masked if the resident belongs to another community than the officer's own." }),
  })
  .meta({ id: 'PhoneChange' });
const looking = {
  tags,
  operationId: 'findPhoneChange',
  summary: 'Find the change that took a number from its owner, if it may still be stopped',
  description:
    'For an officer of any community, before whom somebody stands who was told by a message that their number was changed. It changes nothing, and may be sent again.',
  body: z.strictObject({ phone: phone.meta({ description: 'The old number.' }) }),
  response: { 200: stoppable },
};
const asking = {
  tags,
  operationId: 'sendPhoneChangeCode',
  summary: 'Send a code to the old number, to stop its change',
  description: 'For an officer of any community. The code is good for 5 minutes and 5 tries, and for this change alone.',
  params,
  body: nothing,
  response: { 202: codesAsked },
};
const stopping = {
  tags,
  operationId: 'stopPhoneChange',
  summary: 'Stop a change of a number',
  description:
    'For an officer of any community, with the code that was sent to the old number. The old number signs in again, the new one no longer does, every session ends, and points can be spent again.',
  params,
  body: z.strictObject({ code: sixDigits.meta({ description: 'The code that was sent to the old number.' }) }),
  response: { 200: z.strictObject({ id: id('phc'), resident_id: id('res'), stopped_at: time }) },
};

/** Changes of numbers that were made at a counter, and their stop. */
export const phoneChanges =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, guards, clock, auth, submit } = deps;
    const codes = codesOf(deps);

    /** A change, why it may not be stopped now, and the code to its old number. */
    async function changeOf(changeId: string) {
      const change = await phoneChangeById(store, changeId);
      if (!change) throw new Problem('phone_change_not_found', { details: { phone_change_id: changeId } });
      const unstoppable = notStoppable(change, clock());
      // Once it is over, the number may have been emptied with its owner.
      const number = unstoppable ? '' : secrets.open(change.formerSealed);
      return { change, unstoppable, sent: { purpose: 'stop-change', phone: number, bound: change.id } as const };
    }

    const finding = requires('residents:read', 'phone_change_not_found', 'too_many_guesses');
    app.post('/v1/phone-changes/lookup', { schema: looking, config: finding }, async (request) => {
      officerOf(request);
      const guesser = guesserOf(request);
      guards.phones.check(guesser, clock());
      const change = await stoppableChange(store, secrets.hash('phone', request.body.phone), clock());
      if (!change) {
        guards.phones.miss(guesser, clock());
        throw new Problem('phone_change_not_found');
      }
      const resident = (await residentById(store, change.residentId))!;
      return { ...shown.present(change), resident_name: residentNameFor(request, resident) };
    });

    const sending = { ...writes('residents:write'), mayRefuse: ['codes_not_deliverable'] } as const;
    app.post('/v1/phone-changes/:id/codes', { schema: asking, config: sending, onResponse: codes.onResponse }, async (request, reply) => {
      officerOf(request);
      const { unstoppable, sent } = await changeOf(request.params.id);
      return codes.answer(request, reply, sent, unstoppable);
    });

    const config = { ...writes('residents:write'), mayRefuse: ['phone_code_wrong'] } as const;
    app.post('/v1/phone-changes/:id/stop', { schema: stopping, config }, async (request, reply) => {
      const by = officerOf(request);
      const { change, unstoppable, sent } = await changeOf(request.params.id);
      const code = codeTyped(secrets, sent, request.body.code);
      if (!unstoppable) await assertOpen(deps, request, [code]);
      const made = await submit(request, reply, stopPhoneChange, { by, id: change.id, code });
      if ('failed' in made) throw new Problem('phone_code_wrong');
      const { ended_session_ids: ended, ...told } = made;
      auth.forget(...ended);
      return onWire(told);
    });
  };
