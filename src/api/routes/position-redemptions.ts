import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type GrantBehind, grantsBehind, lineKinds, type PairLine, pairLines } from '../../clearing/index.ts';
import { maskedName } from '../../access/index.ts';
import { actionClasses, residentsNamed } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { communityOf, requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, count, day, id, rfc3339, time } from '../http/wire.ts';

const ofShop = codecOf('redemption', ['merchantId', 'storeId', 'terminalId', 'requestNo', 'orderNo']);
const atTheShop = z.strictObject({ ...ofShop.shape, resident_name: z.string().meta({ description: 'Masked.' }) });
const line = z
  .strictObject({
    kind: z.enum(lineKinds),
    id: z.string().meta({ description: 'The id of the redemption or of the reversal.' }),
    redemption_id: id('red'),
    at: time,
    issuer: communityId,
    acquirer: communityId,
    points: count.meta({ description: "The issuer's points in this voucher; negative for a reversal." }),
    fen: count.meta({ description: 'The amount that the issuer bears; negative for a reversal.' }),
    redemption: atTheShop.nullable().meta({ description: 'For the acquirer; null for anybody else.' }),
    grants: z.string().nullable().meta({ description: 'For the issuer: the address of the grants behind it; null for anybody else.' }),
  })
  .meta({ id: 'PositionLine' });

/** The sort key of a line. */
const lineKey = z.union([z.tuple([z.literal('reversal'), id('sto'), id('rev')]), z.tuple([z.literal('redemption'), id('sto'), id('red')])]);

const tags = ['positions'];
const listing = {
  tags,
  operationId: 'listRedemptionsOfPosition',
  summary: 'The redemptions behind a position',
  description:
    'The redemptions of one pair of communities on one business day: reversals first, then redemptions, each by store. Only the two communities see them: the acquirer sees the events at its shops, the issuer the links to its grants.',
  querystring: pageQuery(lineKey).extend({
    issuer: communityId.meta({ description: 'The community whose points were spent.' }),
    acquirer: communityId.meta({ description: 'The community at whose merchants they were spent.' }),
    business_day: day,
  }),
  response: { 200: pageOf(line) },
};

const granted = codecOf('grant', ['residentId', 'grantedAt'], {
  communityId: 'The community that granted: the issuer, or one that it has succeeded.',
});
const done = codecOf('grant', ['quantity', 'occurredOn', 'description', 'externalReference']);
const byRule = codecOf('actionRule', ['ruleVersion'], { class: z.enum(actionClasses) });
const behind = z
  .strictObject({
    ...granted.shape,
    grant_id: id('grt'),
    points: count.meta({ description: 'The points of this grant in this voucher.' }),
    granted_points: count,
    lot: z.strictObject({ expires_on: day }),
    deed: z.strictObject({ ...byRule.shape, action_rule_id: id('rul'), rule_name: z.string(), ...done.shape }),
  })
  .meta({ id: 'GrantBehind' });

const leading = {
  tags,
  operationId: 'listGrantsOfRedemption',
  summary: 'The grants behind a redemption',
  description: "The grants of the caller's own community, and of communities that it has succeeded. Nobody sees another community's.",
  params: z.strictObject({ id: id('red') }),
  querystring: pageQuery(id('grt')),
  response: { 200: pageOf(behind) },
};

/** From a position to the redemptions, and from these to the grants. */
export const positionRedemptions =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/positions/redemptions', { schema: listing, config: requires('positions:read') }, async (request) => {
      const { issuer, acquirer, business_day: businessDay, limit, cursor } = request.query;
      const sees = sidesOf(request, issuer, acquirer);
      const lines = await pairLines(store, { issuer, acquirer, day: businessDay }, { limit, after: cursor });
      const residents = sees.acquirer ? lines.map(({ residentId }) => residentId) : [];
      const known = await residentsNamed(store, residents);
      return page(lines, limit, keyOf, (each) => ({
        ...presentLine(each),
        redemption: sees.acquirer ? presentAtTheShop(each, known.get(each.residentId)!.name) : null,
        grants: sees.issuer ? `/v1/positions/redemptions/${each.redemption.id}/grants` : null,
      }));
    });

    app.get('/v1/positions/redemptions/:id/grants', { schema: leading, config: requires('positions:read') }, async (request) => {
      const { id: redemptionId } = request.params;
      const { limit, cursor } = request.query;
      const grants = await grantsBehind(store, redemptionId, communityOf(request), { limit, after: cursor });
      if (!grants) throw new Problem('redemption_not_found', { details: { redemption_id: redemptionId } });
      return page(grants, limit, ({ grant }) => grant.id, presentBehind);
    });
  };

/**
 * The sides of a pair that the caller belongs to. Throws `foreign_community` if it belongs to neither: not even the street office sees
 * people and deeds.
 */
function sidesOf(request: FastifyRequest, issuer: string, acquirer: string): { readonly issuer: boolean; readonly acquirer: boolean } {
  const own = officeOf(request);
  if (own !== issuer && own !== acquirer) throw new Problem('foreign_community', { details: { community_id: issuer } });
  return { issuer: own === issuer, acquirer: own === acquirer };
}

function keyOf({ kind, storeId, id: lineId }: PairLine) {
  return [kind, storeId, lineId];
}

function presentLine({ kind, id: lineId, redemption, at, issuer, acquirer, points, fen }: PairLine) {
  return { kind, id: lineId, redemption_id: redemption.id, at: rfc3339(at), issuer, acquirer, points, fen };
}

function presentAtTheShop({ redemption }: PairLine, residentName: string): z.output<typeof atTheShop> {
  return { ...ofShop.present(redemption), resident_name: maskedName(residentName) };
}

function presentBehind({ grant, rule, points }: GrantBehind): z.output<typeof behind> {
  return {
    ...granted.present(grant),
    grant_id: grant.id,
    points,
    granted_points: grant.points,
    lot: { expires_on: grant.expiresOn },
    deed: { ...byRule.present(rule), action_rule_id: rule.id, rule_name: rule.name, ...done.present(grant) },
  };
}
