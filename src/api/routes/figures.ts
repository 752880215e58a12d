import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { figuresOfDays, FiguresSum, lastDayOfFigures } from '../../clearing/index.ts';
import { addDays, dayOf } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { communityAsked } from '../office.ts';
import { requires } from '../http/principal.ts';
import { fieldProblem } from '../http/problem.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day } from '../http/wire.ts';

const PERIODS_MAX = 400;
const DAY_MS = 86_400_000;

/** No calendar of ours goes back further. */
const FIRST_DAY = '0001-01-01';

/**
 * For each period, the number of characters of a day that name it, and the number of days before the last one that are shown by default.
 */
const periods = { day: { length: 10, daysBefore: 29 }, month: { length: 7, daysBefore: 334 } } as const;
type Period = keyof typeof periods;

const periodFigures = z
  .strictObject({
    period: z.string().meta({ description: 'A day, or a month.', examples: ['2026-11-23', '2026-11'] }),
    community_id: communityId.meta({ description: 'The issuer of the points.' }),
    grants: count,
    points_granted: count,
    points_taken_back: count.meta({ description: 'Points of grants that were reversed or clawed back.' }),
    vouchers: count.meta({ description: 'Vouchers that hold its points: one that holds points of several communities counts for each.' }),
    points_issued: count.meta({ description: 'Its points that were turned into vouchers.' }),
    redemptions: count.meta({ description: 'Counted as vouchers are.' }),
    reversals: count.meta({ description: 'Redemptions that were reversed or voided, whenever they were made.' }),
    points_redeemed: count.meta({ description: 'Less the reversals in the period: below zero if more was undone.' }),
    fen_redeemed: count.meta({
      description: 'The amount that the community bears; a successor bears it for the community that it has succeeded.',
    }),
    points_expired: count,
  })
  .meta({ id: 'Figures' });

const schema = {
  tags: ['figures'],
  operationId: 'listFigures',
  summary: 'Points granted, spent and expired, by day or month',
  description:
    "The figures cover closed business days only, since a day is counted once it is closed. A community sees its own; the street office every community's, or those of the one that it names. Days and months without events have no item.",
  querystring: z.strictObject({
    by: z.enum(['day', 'month']).default('day'),
    from: day.optional().meta({ description: 'The first business day; by default 30 days, or about a year, up to the last one.' }),
    to: day.optional().meta({ description: 'The last business day; default: the last one that is counted.' }),
    community_id: communityId.optional(),
  }),
  response: {
    200: z
      .strictObject({
        from: day,
        to: day,
        counted_through: day.nullable().meta({ description: 'The last business day that is counted; null: none yet.' }),
        items: z.array(periodFigures).meta({ description: 'By period, and by the id of the community.' }),
      })
      .meta({ id: 'FiguresByPeriod' }),
  },
};

export const figures =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/figures', { schema, config: requires('positions:read') }, async (request) => {
      const { by, community_id: named } = request.query;
      const own = communityAsked(request, named);
      const counted = await lastDayOfFigures(store);
      const { to = counted ?? dayOf(clock()) } = request.query;
      const { from = firstOf(by, to) } = request.query;
      if (to < from) throw fieldProblem('query/to', 'before_from');
      if (periodsBetween(by, from, to) > PERIODS_MAX)
        throw fieldProblem('query/from', 'too_far_from_to', { at_most: PERIODS_MAX, unit: by });
      const sums = new Map<string, FiguresSum>();
      for await (const { day: date, figures: kept } of figuresOfDays(store, from, to)) {
        const sum = sums.getOrInsertComputed(periodOf(by, date), () => new FiguresSum());
        for (const each of kept) if (own === null || each.communityId === own) sum.add(each);
      }
      const items = [...sums].flatMap(([period, sum]) => sum.toFigures().map((each) => ({ period, ...onWire(each) })));
      return { from, to, counted_through: counted ?? null, items };
    });
  };

function periodOf(by: Period, date: string): string {
  return date.slice(0, periods[by].length);
}

/** The first day that is shown by default; for months, the first day of a month. */
function firstOf(by: Period, to: string): string {
  const from = addDays(to, 0 - periods[by].daysBefore);
  if (from < FIRST_DAY) return FIRST_DAY;
  return by === 'month' ? `${from.slice(0, 7)}-01` : from;
}

/** The number of periods from one day to another, both included. */
function periodsBetween(by: Period, from: string, to: string): number {
  if (by === 'day') return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const [first, last] = [from, to].map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)));
  return last! - first! + 1;
}
