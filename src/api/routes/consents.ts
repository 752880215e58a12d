import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { consentsOf, recordConsent } from '../../communities/index.ts';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { created } from '../http/commands.ts';
import { officerOf, writes } from '../http/principal.ts';
import { id } from '../http/wire.ts';
import { consent, consentGiven, consentOf, presentConsent } from './consent-wire.ts';

const recording = {
  tags: ['residents'],
  operationId: 'recordConsent',
  summary: 'Record the consent of a resident who is registered already',
  description:
    'For an officer who has shown somebody the privacy notice: a resident who was registered before consents were recorded, or to whom a new version was shown. A version is consented to once.',
  params: z.strictObject({ id: id('res') }),
  body: consentGiven,
  response: { 201: consent },
};

export const consents =
  ({ store, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/residents/:id/consents', { schema: recording, config: writes('residents:write') }, async (request, reply) => {
      const { id: residentId } = request.params;
      const input = { by: officerOf(request), residentId, consent: consentOf(request.body) };
      const made = await submit(request, reply, recordConsent, input);
      created(reply, `/v1/residents/${residentId}`);
      const rows = await consentsOf(store, residentId);
      return presentConsent(
        request,
        rows.find((row) => row.noticeVersion === made.notice_version)!,
      );
    });
  };
