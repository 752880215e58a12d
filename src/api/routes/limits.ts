import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { communitiesPage, type IssuerLimit, limitsOf } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { onWire } from '../http/names.ts';
import { communityId, count } from '../http/wire.ts';
import { officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';

const percent = count.meta({ description: 'In whole percent, rounded down.' });
const warned = percent.nullable().meta({ description: 'The highest warning percentage that is reached.' });

export const limit = z
  .strictObject({
    community_id: communityId,
    granted: z.strictObject({
      open_points: count.meta({ description: 'Points in wallets and vouchers.' }),
      open_fen: count.meta({ description: 'Their value at the rate, rounded up.' }),
    }),
    exposure: z.strictObject({ limit_points: count, used_percent: percent }),
    fund: z
      .strictObject({
        required: z.boolean(),
        fund_fen: count.meta({ description: 'The total contributed so far.' }),
        cost_fen: count.meta({ description: 'The total cost of its points so far.' }),
        pays_for_points: count.meta({ description: 'The points that its unspent part pays for.' }),
        used_percent: percent,
      })
      .nullable()
      .meta({ description: 'Null: the community has no fund, and needs none.' }),
    effective: z.strictObject({
      binding: z.enum(['exposure', 'fund']).meta({ description: 'The lower of the two.' }),
      limit_points: count,
      used_points: count,
      available_points: count,
      used_percent: percent.meta({ description: 'The higher of the percentages used of the exposure limit and of the fund.' }),
    }),
    warning: warned,
  })
  .meta({ id: 'Limit' });

export function presentLimit(id: string, of: IssuerLimit): z.output<typeof limit> {
  const { exposure, fund, binding, limitPoints, openPoints, openFen, fundFen, costFen, availablePoints, usedPercent } = of;
  return {
    community_id: id,
    granted: onWire({ openPoints, openFen }),
    exposure: onWire(exposure),
    fund: fund && onWire({ ...fund, fundFen, costFen }),
    effective: onWire({ binding, limitPoints, usedPoints: openPoints, availablePoints, usedPercent }),
    warning: of.warnPercent,
  };
}

const listing = {
  tags: ['limits'],
  operationId: 'listLimits',
  summary: 'How much communities may grant, with the parts of each limit',
  description: "A community sees its own limit, the street office every community's, by id.",
  querystring: pageQuery(communityId),
  response: { 200: pageOf(limit) },
};

export const limits =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/limits', { schema: listing, config: requires('limits:read') }, async (request) => {
      const { limit: atMost, cursor } = request.query;
      const own = officeOf(request);
      const ids = own === null ? (await communitiesPage(store, { limit: atMost, after: cursor })).map(({ id }) => id) : [own];
      const found = await limitsOf(store, ids.slice(0, atMost), clock());
      return page(
        ids,
        atMost,
        (id) => id,
        (id) => presentLimit(id, found[ids.indexOf(id)]!),
      );
    });
  };
