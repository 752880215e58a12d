import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { previewGrant } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { deed, grantOf } from './grant-wire.ts';
import { limit, presentLimit } from './limits.ts';
import { communityOf, officerOf, requires } from '../http/principal.ts';
import { presentRefusal, refusal } from './redemption-wire.ts';
import { onWire } from '../http/names.ts';
import { count, day, points, rfc3339OrNull, time } from '../http/wire.ts';

const cap = z.strictObject({
  per: z.enum(['day', 'month', 'year']),
  cap: count.meta({ description: 'Points that the rule allows a resident in the period of the deed.' }),
  used: count,
  left: count,
});
const aloneLimit = z.strictObject({
  per: z.enum(['grant', 'day', 'month']).meta({ description: 'A grant; a day of the officer; a month from the officer to this resident.' }),
  limit: count,
  used: count,
  left: count,
  frees_on: day.nullable().meta({ description: 'The day on which it begins anew; null: it holds for each grant.' }),
});
const alone = z.strictObject({
  refusal: refusal.nullable().meta({ description: 'Why it takes a second officer; null: it takes none, or would be refused in any case.' }),
  limits: z.array(aloneLimit).meta({ description: 'Without this grant.' }),
  person_until: time.nullable().meta({
    description: 'Until when it is stated which resident the officer is; null: it never was. Without it the officer grants nothing alone.',
  }),
});
const previewing = {
  tags: ['grants'],
  operationId: 'previewGrant',
  summary: 'Preview a grant before it is made',
  description:
    'For an officer of the community that would grant. It takes the body of `POST /v1/grants`, and the `points` of a commendation; it writes nothing and needs no key. The result holds only at this moment, since grants made meanwhile count. It may be sent again at any time.',
  body: deed.extend({
    points: points.optional().meta({ description: 'For a commendation, which is at discretion; left out for all other grants.' }),
  }),
  response: {
    200: z
      .strictObject({
        points: count.nullable().meta({ description: 'Null: the rule does not determine it.' }),
        expires_on: day.nullable(),
        caps: z.array(cap).meta({ description: "The rule's caps, without this grant; empty if the rule has none." }),
        limit: limit.meta({ description: "The community's limit, without this grant." }),
        refusal: refusal.nullable().meta({ description: 'The refusal that the grant would get; null: it would be made.' }),
        second_officer: z.boolean().meta({
          description:
            'Whether it must be proposed, for a second officer to approve: the refusal is then the one that the approval would get.',
        }),
        alone: alone.meta({ description: 'The points that the officer may grant to this resident without a second officer.' }),
      })
      .meta({ id: 'GrantPreview' }),
  },
};
export const grantPreviews =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/grants/preview', { schema: previewing, config: requires('grants:read') }, async (request) => {
      const by = { id: officerOf(request).id, communityId: communityOf(request) };
      const { points: named, ...sent } = request.body;
      const asking = { client: request.principal.clientId, actor: by.id, at: clock() };
      const found = await previewGrant(store, { ...grantOf(sent, named ?? null), by }, asking);
      return {
        points: found.points,
        expires_on: found.expiresOn,
        caps: [...found.caps],
        limit: presentLimit(by.communityId, found.limit),
        refusal: found.refusal && presentRefusal(found.refusal, request.id),
        second_officer: found.secondOfficer,
        alone: {
          refusal: found.alone.refusal && presentRefusal(found.alone.refusal, request.id),
          limits: onWire(found.alone.limits),
          person_until: rfc3339OrNull(found.alone.personUntil),
        },
      };
    });
  };
