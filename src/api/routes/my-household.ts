/** A resident's own household. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  endHousehold,
  foundHousehold,
  handOverHousehold,
  householdOfResident,
  joinHousehold,
  leaveHousehold,
  mintHouseholdCode,
  newHouseholdCode,
} from '../../communities/index.ts';
import { addressOf } from '../http/address.ts';
import { created, doneOf } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { onWire } from '../http/names.ts';
import { requires, residentOf, writes } from '../http/principal.ts';
import { id, nothing, time } from '../http/wire.ts';
import { countAtPace } from './own-pace.ts';
import {
  ended,
  EXAMPLE_CODE,
  founded,
  handedOver,
  householdCode,
  joined,
  left,
  myHousehold as household,
  nextHead,
  presentMyHousehold,
} from './household-wire.ts';

const tags = ['me'];

const reading = {
  tags,
  operationId: 'getMyHousehold',
  summary: 'The household that I am in',
  description: "For a resident's page: the members and their names, which they agreed to show by joining.",
  response: { 200: z.strictObject({ household: household.nullable().meta({ description: 'Null: none.' }) }) },
};
const founding = {
  tags,
  operationId: 'foundMyHousehold',
  summary: 'Found a household',
  description: 'For a resident who is in none, and is its head from then on. Others join with a code.',
  body: nothing,
  response: { 201: founded },
};
const minting = {
  tags,
  operationId: 'showHouseholdCode',
  summary: 'Show a code with which others join my household',
  description: 'For the head. The code is good for a day, and serves several members.',
  body: nothing,
  response: {
    201: z
      .strictObject({
        household_id: id('hou'),
        expires_at: time,
        code: z.string().meta({ description: '8 letters and digits, of which none looks like another.', examples: [EXAMPLE_CODE] }),
      })
      .meta({ id: 'HouseholdCode' }),
  },
};
const joining = {
  tags,
  operationId: 'joinHousehold',
  summary: 'Join a household with the code of its head',
  description:
    'For a resident who is in none. It shows the name to the other members, and theirs to the new one. After 5 wrong codes in an hour the answer is 429.',
  body: z.strictObject({ code: householdCode }),
  response: { 201: joined },
};
const leaving = {
  tags,
  operationId: 'leaveHousehold',
  summary: 'Leave my household',
  description: 'For a member. The head hands it over or ends it first, unless nobody else is in it.',
  body: nothing,
  response: { 200: left },
};
const handingOver = {
  tags,
  operationId: 'handOverMyHousehold',
  summary: 'Make another member the head of my household',
  description: 'For the head, who stays as a member.',
  body: z.strictObject({ resident_id: nextHead }),
  response: { 200: handedOver },
};
const ending = {
  tags,
  operationId: 'endMyHousehold',
  summary: 'End my household',
  description: 'For the head: all members leave it.',
  body: nothing,
  response: { 200: ended },
};

export const myHousehold =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, submitOutcome, secrets, chance, clock, guards } = deps;
    const config = writes('me:write');

    app.get('/v1/me/household', { schema: reading, config: requires('me:read') }, async (request) => {
      const found = await householdOfResident(store, residentOf(request));
      return { household: found ? await presentMyHousehold(store, found) : null };
    });

    app.post('/v1/me/household', { schema: founding, config }, async (request, reply) => {
      await countAtPace(deps, request, 'households');
      const made = await submit(request, reply, foundHousehold, { by: null, headId: residentOf(request), reason: null });
      created(reply, '/v1/me/household');
      return onWire(made);
    });

    app.post('/v1/me/household/codes', { schema: minting, config }, async (request, reply) => {
      await countAtPace(deps, request, 'households');
      const code = newHouseholdCode(chance);
      const input = { headId: residentOf(request), codeHash: secrets.hash('household', code), sealedCode: secrets.seal(code) };
      const { sealed_code: sealed, ...made } = await submit(request, reply, mintHouseholdCode, input);
      created(reply, '/v1/me/household');
      return { ...onWire(made), code: secrets.open(sealed) };
    });

    app.post('/v1/me/household/joining', { schema: joining, config }, async (request, reply) => {
      const guesser = { client: residentOf(request), address: addressOf(request) };
      if (!(await countAtPace(deps, request, 'households'))) guards.households.check(guesser, clock());
      const input = { residentId: residentOf(request), codeHash: secrets.hash('household', request.body.code) };
      const outcome = await submitOutcome(request, reply, joinHousehold, input);
      if ('refused' in outcome && outcome.refused === 'household_code_wrong' && !outcome.replayed) guards.households.miss(guesser, clock());
      const made = doneOf(outcome).reply;
      created(reply, '/v1/me/household');
      return onWire(made);
    });

    app.post('/v1/me/household/leaving', { schema: leaving, config }, async (request, reply) => {
      await countAtPace(deps, request, 'households');
      return onWire(await submit(request, reply, leaveHousehold, { by: null, residentId: residentOf(request), reason: null }));
    });

    app.post('/v1/me/household/hand-over', { schema: handingOver, config }, async (request, reply) => {
      await countAtPace(deps, request, 'households');
      const of = { by: null, headId: residentOf(request) };
      return submit(request, reply, handOverHousehold, { of, toId: request.body.resident_id });
    });

    app.post('/v1/me/household/ending', { schema: ending, config }, async (request, reply) => {
      await countAtPace(deps, request, 'households');
      return onWire(await submit(request, reply, endHousehold, { of: { by: null, headId: residentOf(request) } }));
    });
  };
