import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { confirmRegistration, declineRegistration, registrationsPage } from '../../communities/index.ts';
import { rowsById } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { communityId, id, reason, time } from '../http/wire.ts';
import { communityListed } from '../office.ts';
import { differentPerson, presentResident, resident } from './resident-wire.ts';

const tags = ['registrations'];
const params = z.strictObject({ resident_id: id('res') });
const shown = codecOf('registration', ['residentId', 'communityId', 'madeAt']);

const listing = {
  tags,
  operationId: 'listRegistrations',
  summary: 'The registrations that wait for an officer',
  description:
    'For an officer of the community: people who registered on their own phone, newest first, who cannot spend until they are confirmed.',
  querystring: pageQuery(id('res')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(z.strictObject({ ...shown.shape, resident }).meta({ id: 'Registration' })) },
};
const confirming = {
  tags,
  operationId: 'confirmRegistration',
  summary: 'Confirm that a registration is right',
  description:
    'For an officer of the community who has made sure who it is: from now on the resident can spend. If somebody of this name is registered in the community, it is refused with `same_person_question`, until `different_person` says why it is somebody else.',
  params,
  body: z.strictObject({ different_person: differentPerson.optional() }).nullish(),
  response: { 200: z.strictObject({ resident_id: id('res'), status: z.literal('active'), decided_at: time }) },
};
const declining = {
  tags,
  operationId: 'declineRegistration',
  summary: 'Decline a registration',
  description:
    'For an officer of the community, with a reason. Nobody signs in with it any more, and the phone can be registered again. Points that were granted meanwhile cannot be spent.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: z.strictObject({ resident_id: id('res'), status: z.literal('declined'), decided_at: time }) },
};

/** Officers decide about people who registered on their own phone. */
export const registrations =
  ({ store, secrets, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/registrations', { schema: listing, config: requires('residents:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const home = communityListed(request, named);
      const rows = await registrationsPage(store, home, { limit, after: cursor });
      const people = await rowsById(
        store,
        'resident',
        rows.map(({ residentId }) => residentId),
      );
      return page(
        rows,
        limit,
        (row) => row.residentId,
        (row) => ({ ...shown.present(row), resident: presentResident(request, secrets, people.get(row.residentId)!) }),
      );
    });

    const config = writes('residents:write');
    app.post('/v1/registrations/:resident_id/confirmation', { schema: confirming, config }, async (request, reply) => {
      const words = request.body?.different_person ?? null;
      const input = { by: officerOf(request), residentId: request.params.resident_id, differentPerson: words };
      return onWire(await submit(request, reply, confirmRegistration, input));
    });

    app.post('/v1/registrations/:resident_id/decline', { schema: declining, config }, async (request, reply) => {
      const input = { by: officerOf(request), residentId: request.params.resident_id, reason: request.body.reason };
      return onWire(await submit(request, reply, declineRegistration, input));
    });
  };
