import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { confirmOfficerPerson, isPersonStated, officerById, officersPage, personUntil } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked, officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId, id, rfc3339OrNull, time } from '../http/wire.ts';

const person = {
  person_stated: z.boolean().meta({
    description:
      'Whether it is stated, and was confirmed within a year, which resident the officer is, or that the officer is none. Without it, the officer grants nothing alone.',
  }),
  person_until: time.nullable().meta({ description: 'Until when the statement counts, or did; null: there is none.' }),
};
const residentId = id('res').nullable();

const shown = codecOf('officer', ['id', 'name'], { communityId: 'Null: the street office.' });
const officer = z
  .strictObject({
    ...shown.shape,
    ...person,
    resident_id: residentId.optional().meta({ description: 'Only to officers of the street office: the resident who it is; null: none.' }),
  })
  .meta({ id: 'Officer' });
const own = z.strictObject({ ...person, resident_id: residentId.meta({ description: 'Null: none.' }) }).meta({ id: 'OfficersPerson' });

const tags = ['officers'];
const listing = {
  tags,
  operationId: 'listOfficers',
  summary: "The officers of the caller's own office, or, for the street office, of a community",
  description:
    'For an office that looks through its people. An officer is appointed by a proposal: `POST /v1/proposals`, command `officer`.',
  querystring: pageQuery(id('off')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(officer) },
};
const reading = {
  tags,
  operationId: 'getOfficer',
  summary: 'An officer',
  description: 'For reading one officer by the id that grants and proposals name.',
  params: z.strictObject({ id: id('off') }),
  response: { 200: officer },
};
const readingOwn = {
  tags,
  operationId: 'getMyPerson',
  summary: 'The statement about me as a resident',
  description: 'For an officer who looks which resident they are said to be, before confirming it.',
  response: { 200: own },
};
const confirming = {
  tags,
  operationId: 'confirmMyPerson',
  summary: 'Confirm for another year what is stated about me as a resident',
  description:
    'For the officer whom it concerns, also after the year has run out. It changes nothing: a statement that is wrong is changed by the street office, `POST /v1/proposals`, command `officer_person`.',
  body: z.strictObject({ resident_id: residentId.meta({ description: 'The statement as it stands: the resident, or null for none.' }) }),
  response: { 200: z.strictObject({ officer_id: id('off'), stated_until: time }) },
};

export const officers =
  ({ store, clock, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/officers', { schema: listing, config: requires('officers:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const rows = await officersPage(store, communityAsked(request, named), { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => present(request, row, clock()),
      );
    });

    app.get('/v1/officers/:id', { schema: reading, config: requires('officers:read') }, async (request) => {
      const found = await officerById(store, request.params.id);
      if (!found) throw new Problem('officer_not_found', { details: { officer_id: request.params.id } });
      assertSees(request, found.communityId);
      return present(request, found, clock());
    });

    app.get('/v1/officers/me/person', { schema: readingOwn, config: requires('officers:read') }, async (request) => {
      const found = (await officerById(store, officerOf(request).id))!;
      return { ...stated(found, clock()), resident_id: found.residentId };
    });

    app.put('/v1/officers/me/person', { schema: confirming, config: writes('proposals:write') }, async (request, reply) => {
      const input = { by: officerOf(request), residentId: request.body.resident_id };
      return onWire(await submit(request, reply, confirmOfficerPerson, input));
    });
  };

function present(request: FastifyRequest, row: Row<'officer'>, at: number): z.output<typeof officer> {
  const forStreet = request.principal.officer !== undefined && officeOf(request) === null;
  return { ...shown.present(row), ...stated(row, at), ...(forStreet && { resident_id: row.residentId }) };
}

function stated(row: Row<'officer'>, at: number) {
  return { person_stated: isPersonStated(row, at), person_until: rfc3339OrNull(personUntil(row)) };
}
