import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { businessDayAt, dailyPositions, type Position, positionsOf } from '../../clearing/index.ts';
import { addDays } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { communityAsked } from '../office.ts';
import { requires } from '../principal.ts';
import { fieldProblem } from '../problem.ts';
import { communityId, count, day } from '../wire.ts';

/** Every day of a range may have to be counted, and day by day every pair of every day is told. */
const DAYS_MAX = { range: 366, day: 31 };

const amounts = z.strictObject({ points: count, fen: count });
const position = z
  .strictObject({
    business_day: day.nullable().meta({ description: 'With `by=day`; otherwise null: over all days.' }),
    community_id: communityId,
    counterparty_id: communityId.meta({ description: 'The same as `community_id`: what stayed at home, and is owed to nobody.' }),
    due_to: amounts.meta({ description: "For what the community's points paid for at the other's merchants." }),
    due_from: amounts.meta({ description: "For what the other's points paid for at the community's merchants." }),
    net: amounts.meta({ description: 'Due from less due to.' }),
  })
  .meta({ id: 'Position', description: 'Amounts may be below zero: what is undone counts on its own day.' });

const schema = {
  tags: ['positions'],
  summary: 'What communities owe each other',
  description:
    'Live, and whether or not it is settled. A community sees its own positions; the street office all, or those of the one it names.',
  querystring: z.strictObject({
    from: day.optional().meta({ description: 'The first business day; left out: the first of the month of the last one.' }),
    through: day.optional().meta({ description: 'The last business day; left out: the one that is open now.' }),
    by: z.enum(['range', 'day']).default('range'),
    community_id: communityId.optional(),
  }),
  response: { 200: z.strictObject({ from: day, through: day, items: z.array(position) }).meta({ id: 'Positions' }) },
};

export const positions =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/positions', { schema, config: requires('positions:read') }, async (request) => {
      const { by, community_id: named, through = await businessDayAt(store, clock()), from = firstOfMonth(through) } = request.query;
      if (through < from) throw fieldProblem('query/through', 'must not be before `from`');
      if (addDays(through, 0 - DAYS_MAX[by]) >= from) throw fieldProblem('query/through', `must be within ${DAYS_MAX[by]} days`);
      const query = { communityId: communityAsked(request, named), from, through };
      const items =
        by === 'range'
          ? (await positionsOf(store, query)).map((each) => present(each, null))
          : (await dailyPositions(store, query)).map((each) => present(each, each.day));
      return { from, through, items };
    });
  };

function firstOfMonth(date: string): string {
  return `${date.slice(0, 8)}01`;
}

function present(
  { communityId: own, counterpartyId, dueTo, dueFrom, net }: Position,
  businessDay: string | null,
): z.output<typeof position> {
  return {
    business_day: businessDay,
    community_id: own,
    counterparty_id: counterpartyId,
    due_to: { ...dueTo },
    due_from: { ...dueFrom },
    net: { ...net },
  };
}
