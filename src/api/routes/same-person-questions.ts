import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone, type Secrets } from '../../access/index.ts';
import { answerSamePerson, samePersonPage } from '../../communities/index.ts';
import { type Row, rowsById } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { communityId, id, text, time } from '../http/wire.ts';
import { communityListed, residentNameFor } from '../office.ts';
import { residentStatus, shownPhone } from './resident-wire.ts';

const tags = ['residents'];

const person = codecOf('resident', ['id', 'communityId', 'registeredAt'], {
  name: "Masked if the resident belongs to another community than the officer's own.",
  status: residentStatus,
});
const asked = z.strictObject({ ...person.shape, phone: shownPhone }).meta({ id: 'PersonInQuestion' });
const question = codecOf('samePerson', ['communityId', 'foundAt'], {
  why: z.enum(['name', 'device']).meta({ description: 'They have one name, or signed in with one device.' }),
});

const listing = {
  tags,
  operationId: 'listSamePersonQuestions',
  summary: 'The questions whether two registrations belong to one person',
  description:
    'For an officer of the community of whoever was registered later, newest first: those that nobody has answered. A family may share a phone; where it is one person, one registration is suspended.',
  querystring: pageQuery(z.tuple([id('res'), id('res')])).extend({ community_id: communityId.optional() }),
  response: {
    200: pageOf(z.strictObject({ resident: asked, other: asked, ...question.shape }).meta({ id: 'SamePersonQuestion' })),
  },
};
const answering = {
  tags,
  operationId: 'answerSamePersonQuestion',
  summary: 'Say whether two registrations belong to one person',
  description:
    'For an officer of that community who is neither of the two, in words. The order of the two does not matter; a later answer replaces an earlier one. If it is one person, each of the two is shown with the id of the other, and the officer suspends one of them.',
  params: z.strictObject({ resident_id: id('res'), other_id: id('res') }),
  body: z.strictObject({ same: z.boolean(), answer: text(200).meta({ description: 'Why, in words.' }) }),
  response: { 200: z.strictObject({ resident_id: id('res'), other_id: id('res'), same: z.boolean(), answered_at: time }) },
};

/** Whether two registrations belong to one person. */
export const samePersonQuestions =
  ({ store, secrets, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/same-person-questions', { schema: listing, config: requires('residents:read') }, async (request) => {
      officerOf(request);
      const { limit, cursor, community_id: named } = request.query;
      const home = communityListed(request, named);
      const rows = await samePersonPage(store, home, { limit, after: cursor });
      const people = await rowsById(
        store,
        'resident',
        rows.flatMap(({ residentId, otherId }) => [residentId, otherId]),
      );
      return page(
        rows,
        limit,
        (row) => [row.residentId, row.otherId],
        (row) => ({
          resident: presentPerson(request, secrets, people.get(row.residentId)!),
          other: presentPerson(request, secrets, people.get(row.otherId)!),
          ...question.present(row),
        }),
      );
    });

    const config = writes('residents:write');
    app.put('/v1/same-person-questions/:resident_id/:other_id', { schema: answering, config }, async (request, reply) => {
      const { resident_id: residentId, other_id: otherId } = request.params;
      const input = { by: officerOf(request), residentId, otherId, ...request.body };
      return onWire(await submit(request, reply, answerSamePerson, input));
    });
  };

function presentPerson(request: FastifyRequest, secrets: Secrets, row: Row<'resident'>): z.output<typeof asked> {
  return { ...person.present(row), name: residentNameFor(request, row), phone: maskedPhone(secrets.open(row.phoneSealed)) };
}
