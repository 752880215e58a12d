import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { previewGrant } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { deed, grantOf } from './grant-wire.ts';
import { limit, presentLimit } from './limits.ts';
import { communityOf, officerOf, requires } from '../http/principal.ts';
import { presentRefusal, refusal } from './redemption-wire.ts';
import { count, day, points } from '../http/wire.ts';

const cap = z.strictObject({
  per: z.enum(['day', 'month', 'year']),
  cap: count.meta({ description: 'Points that the rule allows a resident in the period of the deed.' }),
  used: count,
  left: count,
});
const previewing = {
  tags: ['grants'],
  summary: 'What a grant would come to, before it is made',
  description:
    'By an officer of the community that would grant. Takes what `POST /v1/grants` takes, and the `points` of a commendation; writes nothing and needs no key. What it says is of the moment: what others grant meanwhile counts.',
  body: deed.extend({
    points: points.optional().meta({ description: 'Of a commendation, which is at discretion: left out for all others.' }),
  }),
  response: {
    200: z
      .strictObject({
        points: count.nullable().meta({ description: 'Null: the rule does not tell.' }),
        expires_on: day.nullable(),
        caps: z.array(cap).meta({ description: "The rule's, without this grant; none where it has none." }),
        limit: limit.meta({ description: "The community's, without this grant." }),
        refusal: refusal.nullable().meta({ description: 'What the grant would be refused with; null: it would be made.' }),
        second_officer: z.boolean().meta({
          description:
            'Whether it is to be proposed, for a second officer to approve: the refusal is then the one that the approval would meet.',
        }),
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
      };
    });
  };
