import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone, type Secrets } from '../../access/index.ts';
import {
  registerResident,
  residentById,
  residentByPhone,
  residentsNamedLike,
  residentsPage,
  setResidentStatus,
} from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { assertSees, communityAsked, communityMeant, nameFor, residentNameFor } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { guesserOf } from '../http/guess-guard.ts';
import { communityId, id, properName, phone, reason, soughtName } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const settable = z.enum(['active', 'suspended']);
const status = z.enum([...settable.options, 'ended']).meta({ description: '`ended`: the resident was erased.' });
const shownPhone = z.string().meta({ description: 'Masked.', examples: ['138****1234'] });

const shown = codecOf('resident', ['id', 'name', 'statusReason', 'registeredAt', 'erasureId'], {
  communityId: 'The home community.',
  status,
});
const resident = z.strictObject({ ...shown.shape, phone: shownPhone }).meta({ id: 'Resident' });

/** A resident as an officer of any community may know one: enough to be sure that it is the right person. */
const known = codecOf('resident', ['id', 'communityId'], {
  name: "Masked if the resident belongs to another community than the officer's own.",
});
const knownResident = z.strictObject({ ...known.shape, phone: shownPhone }).meta({ id: 'KnownResident' });

const registering = {
  tags,
  operationId: 'registerResident',
  summary: 'Register a resident',
  description: 'For an officer who admits a resident to the scheme. A phone belongs to one resident at most.',
  body: z.strictObject({
    name: properName(40),
    phone,
    community_id: communityId.optional().meta({ description: "The home community; default: the officer's own." }),
  }),
  response: { 201: resident },
};
const listing = {
  tags,
  operationId: 'listResidents',
  summary: 'The residents of a community',
  description:
    "For an officer's list, newest first. A community reads its own residents; the street office those of the community that it names.",
  querystring: pageQuery(id('res')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(resident) },
};
const reading = {
  tags,
  operationId: 'getResident',
  summary: 'A resident',
  description: "For an officer's page of one resident, with the phone masked.",
  params,
  response: { 200: resident },
};
const byName = z.strictObject({
  name: soughtName(40).meta({ description: 'The beginning of the name.' }),
  community_id: communityId.optional(),
});
type ByName = z.output<typeof byName>;
const looking = {
  tags,
  operationId: 'findResidents',
  summary: 'Find residents: of any community by phone, of a community by the beginning of the name',
  description:
    "With `phone`, the answer is the resident who has it: with the name in full to an officer who keeps the register of the home community, masked to every other. With `name`, it is a page of residents, newest first: of the caller's own community; for the street office of the one that `community_id` names, or of all. It changes nothing, and may be sent again.",
  querystring: pageQuery(id('res')),
  body: z.union([z.strictObject({ phone }), byName], faulty('phone_or_name')),
  response: { 200: z.union([knownResident, pageOf(resident)]) },
};
const setting = {
  tags,
  operationId: 'setResidentStatus',
  summary: 'Suspend a resident, or let them earn and spend again',
  description:
    'For an officer of the home community, with a reason. Points and vouchers of a suspended resident stay, and cannot be used meanwhile.',
  params,
  body: z.strictObject({ status: settable, reason }),
  response: { 200: z.strictObject({ id: id('res'), status: settable }) },
};

export const residents =
  ({ store, secrets, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/residents', { schema: registering, config: writes('residents:write') }, async (request, reply) => {
      const { phone: number, community_id: named, ...told } = request.body;
      const home = communityMeant(request, named, '/community_id');
      const protectedPhone = { phoneHash: secrets.hash('phone', number), phoneSealed: secrets.seal(number) };
      const input = { by: officerOf(request), communityId: home, ...told, ...protectedPhone };
      const made = await submit(request, reply, registerResident, input);
      created(reply, `/v1/residents/${made.id}`);
      const row = (await residentById(store, made.id))!;
      return presentResident(request, secrets, { ...row, ...begun });
    });

    app.get('/v1/residents', { schema: listing, config: requires('residents:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const home = communityMeant(request, communityAsked(request, named) ?? undefined, 'query/community_id');
      const rows = await residentsPage(store, home, { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => presentResident(request, secrets, row),
      );
    });

    app.get('/v1/residents/:id', { schema: reading, config: requires('residents:read') }, async (request) => {
      const found = await residentById(store, request.params.id);
      if (!found) throw new Problem('resident_not_found', { details: { resident_id: request.params.id } });
      assertSees(request, found.communityId);
      return presentResident(request, secrets, found);
    });

    app.put('/v1/residents/:id/status', { schema: setting, config: writes('residents:write') }, async (request, reply) =>
      submit(request, reply, setResidentStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };

/** The initial state of a resident, which a replay shows too, also after later changes. */
const begun = { status: 'active', statusReason: null, erasureId: null } as const;

function presentResident(request: FastifyRequest, secrets: Secrets, row: Row<'resident'>): z.output<typeof resident> {
  return { ...shown.present(row), name: nameFor(request, row.name), phone: maskedPhone(secrets.open(row.phoneSealed)) };
}

function presentKnownResident(request: FastifyRequest, row: Row<'resident'>, number: string): z.output<typeof knownResident> {
  return { ...known.present(row), name: residentNameFor(request, row), phone: maskedPhone(number) };
}

/** Any community may grant to any resident, so any officer may find one; wrong numbers are counted, and too many are turned away. */
export const residentLookup =
  ({ store, secrets, guards, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    async function namedLike(request: FastifyRequest, { name, community_id: named }: ByName) {
      const { limit, cursor } = request.query as z.output<typeof looking.querystring>;
      const rows = await residentsNamedLike(store, name, communityAsked(request, named), { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => presentResident(request, secrets, row),
      );
    }

    app.post('/v1/residents/lookup', { schema: looking, config: requires('residents:read', 'resident_not_found') }, async (request) => {
      officerOf(request);
      if ('name' in request.body) return namedLike(request, request.body);
      const guesser = guesserOf(request);
      guards.phones.check(guesser, clock());
      const number = request.body.phone;
      const found = await residentByPhone(store, secrets.hash('phone', number));
      if (found) return presentKnownResident(request, found, number);
      guards.phones.miss(guesser, clock());
      throw new Problem('resident_not_found');
    });
  };
