import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { businessDayAt, dailyPositions, type PairNet, type Position, positionsOf, positionWarnings } from '../../clearing/index.ts';
import { readPolicy } from '../../communities/index.ts';
import { addDays } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { communityAsked } from '../office.ts';
import { requires } from '../http/principal.ts';
import { fieldProblem } from '../http/problem.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day } from '../http/wire.ts';

/** Every day of a range may have to be counted, and a list by day contains every pair of every day. */
const DAYS_MAX = { range: 366, day: 31 };

const amounts = z.strictObject({ points: count, fen: count });
const limit = z
  .strictObject({
    limit_fen: count,
    used_percent: count.meta({ description: 'In whole percent, rounded down.' }),
    warning: count.nullable().meta({ description: 'The highest warning percentage that is reached.' }),
  })
  .nullable()
  .meta({
    description:
      'The soft limit of the net debtor of the two over the range, in its direction: both are warned, and nothing is refused. Null: neither owes the other, or there is no limit; also null with `by=day`.',
  });
const position = z
  .strictObject({
    business_day: day.nullable().meta({ description: 'With `by=day`; otherwise null: over all days.' }),
    community_id: communityId,
    counterparty_id: communityId.meta({
      description: 'The same as `community_id` for the amount that stayed at home, which is owed to nobody.',
    }),
    due_to: amounts.meta({ description: "For the community's points spent at the other's merchants." }),
    due_from: amounts.meta({ description: "For the other's points spent at the community's merchants." }),
    net: amounts.meta({ description: 'Due from less due to.' }),
    limit,
  })
  .meta({ id: 'Position', description: 'Amounts may be below zero: a reversal counts on its own day.' });

const schema = {
  tags: ['positions'],
  operationId: 'listPositions',
  summary: 'Positions between communities',
  description:
    'Live positions, whether or not they are settled. A community sees its own positions; the street office all, or those of the community that it names.',
  querystring: z.strictObject({
    from: day.optional().meta({ description: "The first business day; default: the first day of the last one's month." }),
    through: day.optional().meta({ description: 'The last business day; default: the one that is open now.' }),
    by: z.enum(['range', 'day']).default('range'),
    community_id: communityId.optional(),
  }),
  response: { 200: z.strictObject({ from: day, through: day, items: z.array(position) }).meta({ id: 'Positions' }) },
};

export const positions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock } = deps;
    app.get('/v1/positions', { schema, config: requires('positions:read') }, async (request) => {
      const { by, community_id: named, through = await businessDayAt(store, clock()), from = firstOfMonth(through) } = request.query;
      if (through < from) throw fieldProblem('query/through', 'before_from');
      if (addDays(through, 0 - DAYS_MAX[by]) >= from)
        throw fieldProblem('query/through', 'period_too_long', { at_most: DAYS_MAX[by], unit: 'day' });
      const query = { communityId: communityAsked(request, named), from, through };
      if (by === 'day') {
        const days = await dailyPositions(store, query);
        return { from, through, items: days.map(({ day: date, ...each }) => present(each, date, null)) };
      }
      const found = await positionsOf(store, query);
      const limits = await limitsOf(deps, found);
      return { from, through, items: found.map((each, n) => present(each, null, limits[n] ?? null)) };
    });
  };

/** For each position, how close the debtor is to its limit, by the policies in force now. */
async function limitsOf({ store, clock }: Deps, found: readonly Position[]): Promise<z.output<typeof limit>[]> {
  const [policy, { warn_percents: warnPercents }] = [
    await readPolicy(store, 'position_limit', clock()),
    await readPolicy(store, 'fund', clock()),
  ];
  const warnings = positionWarnings(found.map(owedIn), policy, warnPercents);
  return warnings.map(({ netFen, limit_fen, used_percent, warning }) =>
    netFen === 0 || limit_fen === null ? null : { limit_fen, used_percent: used_percent!, warning },
  );
}

/** The net debtor of a pair, and the amount. */
function owedIn({ communityId: own, counterpartyId: other, net }: Position): PairNet {
  return net.fen < 0 ? { debtor: own, creditor: other, netFen: 0 - net.fen } : { debtor: other, creditor: own, netFen: net.fen };
}

function firstOfMonth(date: string): string {
  return `${date.slice(0, 8)}01`;
}

function present(found: Position, businessDay: string | null, nearness: z.output<typeof limit>): z.output<typeof position> {
  return { business_day: businessDay, ...onWire(found), limit: nearness };
}
