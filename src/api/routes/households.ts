import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  addHouseholdMember,
  endHousehold,
  foundHousehold,
  handOverHousehold,
  householdById,
  householdOfResident,
  householdsPage,
  leaveHousehold,
} from '../../communities/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { onWire } from '../http/names.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { communityId, id, reason } from '../http/wire.ts';
import { assertSees, communityListed, seenResident } from '../office.ts';
import {
  ended,
  founded,
  handedOver,
  household,
  householdsPresenter,
  joined,
  left,
  listedHousehold,
  nextHead,
  presentHousehold,
} from './household-wire.ts';

const tags = ['households'];
const params = z.strictObject({ id: id('hou') });
const ofResident = z.strictObject({ id: id('res') });
const residentId = id('res');

const founding = {
  tags,
  operationId: 'foundHousehold',
  summary: 'Found a household for its head at a counter',
  description: "For an officer of the head's home community, with a reason. Residents do it themselves: `POST /v1/me/household`.",
  body: z.strictObject({ resident_id: residentId.meta({ description: 'The head.' }), reason }),
  response: { 201: founded },
};
const listing = {
  tags,
  operationId: 'listHouseholds',
  summary: 'The households of a community',
  description: "For an officer's list, newest first. A community reads its own; the street office those of the community that it names.",
  querystring: pageQuery(id('hou')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(listedHousehold) },
};
const reading = {
  tags,
  operationId: 'getHousehold',
  summary: 'A household, with everybody who is or was in it',
  description: 'For an officer who serves the household, or looks who lives together.',
  params,
  response: { 200: household },
};
const readingOf = {
  tags,
  operationId: 'getHouseholdOfResident',
  summary: 'The household that a resident is in now',
  description: "For an officer's page of one resident.",
  params: ofResident,
  response: { 200: z.strictObject({ household: household.nullable().meta({ description: 'Null: none.' }) }) },
};
const adding = {
  tags,
  operationId: 'addHouseholdMember',
  summary: 'Add a resident to a household at a counter',
  description: "For an officer of the household's community, with a reason. Residents join themselves with the code of the head.",
  params,
  body: z.strictObject({ resident_id: residentId, reason }),
  response: { 201: joined },
};
const handingOver = {
  tags,
  operationId: 'handOverHousehold',
  summary: 'Make another member the head',
  description: "For an officer of the household's community, where the head cannot do it.",
  params,
  body: z.strictObject({ resident_id: nextHead, reason }),
  response: { 200: handedOver },
};
const ending = {
  tags,
  operationId: 'endHousehold',
  summary: 'End a household',
  description: "For an officer of the household's community: all members leave it. Its members still count as such for the days before.",
  params,
  body: z.strictObject({ reason }),
  response: { 200: ended },
};
const leaving = {
  tags,
  operationId: 'removeFromHousehold',
  summary: 'Take a resident out of the household that they are in',
  description:
    "For an officer of the household's community, or of the one that the resident has moved to. The head stays while others are in it: hand it over, or end it.",
  params: ofResident,
  body: z.strictObject({ reason }),
  response: { 200: left },
};

/** Reads of households for officers. */
export const households =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = requires('residents:read');

    app.get('/v1/households', { schema: listing, config }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const home = communityListed(request, named);
      const rows = await householdsPage(store, home, { limit, after: cursor });
      return page(rows, limit, (row) => row.id, await householdsPresenter(request, store, rows));
    });

    app.get('/v1/households/:id', { schema: reading, config }, async (request) => {
      const found = await householdById(store, request.params.id);
      if (!found) throw new Problem('household_not_found', { details: { household_id: request.params.id } });
      assertSees(request, found.communityId);
      return presentHousehold(request, store, found);
    });

    app.get('/v1/residents/:id/household', { schema: readingOf, config }, async (request) => {
      const resident = await seenResident(store, request, request.params.id);
      const found = await householdOfResident(store, resident.id);
      return { household: found ? await presentHousehold(request, store, found) : null };
    });
  };

/** Commands on households at a counter. */
export const householdCommands =
  ({ submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = writes('residents:write');

    app.post('/v1/households', { schema: founding, config }, async (request, reply) => {
      const { resident_id: headId, reason: why } = request.body;
      const made = await submit(request, reply, foundHousehold, { by: officerOf(request), headId, reason: why });
      created(reply, `/v1/households/${made.id}`);
      return onWire(made);
    });

    app.post('/v1/households/:id/members', { schema: adding, config }, async (request, reply) => {
      const { resident_id: added, reason: why } = request.body;
      const input = { by: officerOf(request), householdId: request.params.id, residentId: added, reason: why };
      const made = await submit(request, reply, addHouseholdMember, input);
      created(reply, `/v1/households/${made.household_id}`);
      return onWire(made);
    });

    app.post('/v1/households/:id/hand-over', { schema: handingOver, config }, async (request, reply) => {
      const { resident_id: toId, reason: why } = request.body;
      const of = { by: officerOf(request), householdId: request.params.id, reason: why };
      return submit(request, reply, handOverHousehold, { of, toId });
    });

    app.post('/v1/households/:id/ending', { schema: ending, config }, async (request, reply) => {
      const of = { by: officerOf(request), householdId: request.params.id, ...request.body };
      return onWire(await submit(request, reply, endHousehold, { of }));
    });

    app.post('/v1/residents/:id/household/leaving', { schema: leaving, config }, async (request, reply) => {
      const input = { by: officerOf(request), residentId: request.params.id, ...request.body };
      return onWire(await submit(request, reply, leaveHousehold, input));
    });
  };
