import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone, PHONE_END_DIGITS, phoneEndHash } from '../../access/index.ts';
import {
  communityIds,
  consentsOf,
  registerResident,
  residentById,
  residentByPhone,
  residentsByPhoneEnd,
  residentsNamedLike,
  residentsOfHousehold,
  residentsPage,
  samePersonIds,
  setResidentStatus,
} from '../../communities/index.ts';
import type { Page, Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { communityAsked, communityListed, communityMeant, residentNameFor, seenResident } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { guesserOf } from '../http/guess-guard.ts';
import { communityId, digits, id, properName, phone, reason, soughtName } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';
import { consent, consentGiven, consentOf, presentConsent } from './consent-wire.ts';
import { differentPerson, presentResident, resident, shownPhone } from './resident-wire.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const status = z.enum(['active', 'suspended']);
const residentWithConsents = resident
  .extend({
    consents: z
      .array(consent)
      .meta({ description: 'The consents to the privacy notice, that to the latest first; empty: none is recorded.' }),
    same_person_ids: z.array(id('res')).meta({ description: 'Other registrations of the same person, as an officer said.' }),
  })
  .meta({ id: 'ResidentWithConsents' });
/** A resident as an officer of any community may know one: enough to be sure that it is the right person. */
const known = codecOf('resident', ['id', 'communityId'], {
  name: "Masked if the resident belongs to another community than the officer's own.",
});
const knownResident = z.strictObject({ ...known.shape, phone: shownPhone }).meta({ id: 'KnownResident' });

const registering = {
  tags,
  operationId: 'registerResident',
  summary: 'Register a resident',
  description:
    'For an officer who admits a resident to the scheme, and has shown them the privacy notice. A phone belongs to one resident at most. If somebody of this name is registered in the community, it is refused with `same_person_question`, until `different_person` says why it is somebody else.',
  body: z.strictObject({
    name: properName(40),
    phone,
    community_id: communityId.optional().meta({ description: "The home community; default: the officer's own." }),
    consent: consentGiven,
    different_person: differentPerson.optional(),
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
  response: { 200: residentWithConsents },
};
const inCommunity = { community_id: communityId.optional() };
const sought = {
  name: z.strictObject({ name: soughtName(40).meta({ description: 'A part of the name.' }), ...inCommunity }),
  phone_end: z.strictObject({
    phone_end: digits(PHONE_END_DIGITS, '5678').meta({ description: 'The last four digits of the phone.' }),
    ...inCommunity,
  }),
  household_id: z.strictObject({ household_id: id('hou'), ...inCommunity }),
  household_of: z.strictObject({ household_of: id('res').meta({ description: 'A resident whose household is sought.' }), ...inCommunity }),
};
type Sought = { [N in keyof typeof sought]: z.output<(typeof sought)[N]> }[keyof typeof sought];
const looking = {
  tags,
  operationId: 'findResidents',
  summary: 'Find residents: of any community by phone; of a community by a part of the name, the end of the phone, or the household',
  description:
    "With `phone`, the answer is the resident who has it: with the name in full to an officer who keeps the register of the home community, masked to every other. With `name`, `phone_end`, `household_id` or `household_of`, it is a page of residents, newest first: of the caller's own community; for the street office of the one that `community_id` names, or of all. It changes nothing, and may be sent again.",
  querystring: pageQuery(id('res')),
  body: z.union([z.strictObject({ phone }), ...Object.values(sought)], faulty('phone_or_name')),
  response: { 200: z.union([knownResident, pageOf(resident)]) },
};
const setting = {
  tags,
  operationId: 'setResidentStatus',
  summary: 'Suspend a resident, or let them earn and spend again',
  description:
    'For an officer of the home community, with a reason. Points and vouchers of a suspended resident stay, and cannot be used meanwhile.',
  params,
  body: z.strictObject({ status, reason }),
  response: { 200: z.strictObject({ id: id('res'), status }) },
};

export const residents =
  ({ store, secrets, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/residents', { schema: registering, config: writes('residents:write') }, async (request, reply) => {
      const { phone: number, community_id: named, consent: given, different_person: words = null, ...told } = request.body;
      const home = communityMeant(request, named, '/community_id');
      const protectedPhone = {
        phoneHash: secrets.hash('phone', number),
        phoneSealed: secrets.seal(number),
        phoneEnd: phoneEndHash(secrets, home, number),
      };
      const answers = { consent: consentOf(given), differentPerson: words };
      const input = { by: officerOf(request), communityId: home, ...told, ...answers, ...protectedPhone };
      const made = await submit(request, reply, registerResident, input);
      created(reply, `/v1/residents/${made.id}`);
      const row = (await residentById(store, made.id))!;
      return presentResident(request, secrets, { ...row, ...begun });
    });

    app.get('/v1/residents', { schema: listing, config: requires('residents:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const home = communityListed(request, named);
      const rows = await residentsPage(store, home, { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => presentResident(request, secrets, row),
      );
    });

    app.get('/v1/residents/:id', { schema: reading, config: requires('residents:read') }, async (request) => {
      const found = await seenResident(store, request, request.params.id);
      const [consents, others] = await Promise.all([consentsOf(store, found.id), samePersonIds(store, found.id)]);
      const shown = { consents: consents.map((row) => presentConsent(request, row)), same_person_ids: others };
      return { ...presentResident(request, secrets, found), ...shown };
    });

    app.put('/v1/residents/:id/status', { schema: setting, config: writes('residents:write') }, async (request, reply) =>
      submit(request, reply, setResidentStatus, { by: officerOf(request), id: request.params.id, ...request.body }),
    );
  };

/** The initial state of a resident, which a replay shows too, also after later changes. */
const begun = { status: 'active', statusReason: null, spendsFrom: null, erasureId: null } as const;

function presentKnownResident(request: FastifyRequest, row: Row<'resident'>, number: string): z.output<typeof knownResident> {
  return { ...known.present(row), name: residentNameFor(request, row), phone: maskedPhone(number) };
}

async function rowsFound({ store, secrets }: Deps, body: Sought, home: string | null, at: Page): Promise<Row<'resident'>[]> {
  if ('name' in body) return residentsNamedLike(store, body.name, home, at);
  if ('household_id' in body) return residentsOfHousehold(store, { householdId: body.household_id }, home, at);
  if ('household_of' in body) return residentsOfHousehold(store, { memberId: body.household_of }, home, at);
  const homes = home === null ? await communityIds(store) : [home];
  const ends = homes.map((each) => phoneEndHash(secrets, each, body.phone_end));
  return residentsByPhoneEnd(store, ends, home, at);
}

/** Any community may grant to any resident, so any officer may find one; wrong numbers are counted, and too many are turned away. */
export const residentLookup =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, guards, clock } = deps;

    async function pageFound(request: FastifyRequest, body: Sought) {
      const { limit, cursor } = request.query as z.output<typeof looking.querystring>;
      const rows = await rowsFound(deps, body, communityAsked(request, body.community_id), { limit, after: cursor });
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => presentResident(request, secrets, row),
      );
    }

    app.post('/v1/residents/lookup', { schema: looking, config: requires('residents:read', 'resident_not_found') }, async (request) => {
      officerOf(request);
      if (!('phone' in request.body)) return pageFound(request, request.body);
      const guesser = guesserOf(request);
      guards.phones.check(guesser, clock());
      const number = request.body.phone;
      const found = await residentByPhone(store, secrets.hash('phone', number));
      if (found) return presentKnownResident(request, found, number);
      guards.phones.miss(guesser, clock());
      throw new Problem('resident_not_found');
    });
  };
