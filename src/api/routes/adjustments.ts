import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adjustmentsPage } from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { officeOf } from '../office.ts';
import { officerName, officerNames } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { day, id, rfc3339, time } from '../http/wire.ts';

const adjustment = z
  .strictObject({
    id: id('adj'),
    entry_id: id('ent').meta({ description: 'The wrong entry.' }),
    mirror_id: id('ent').meta({ description: 'Its mirror.' }),
    right_id: id('ent').nullable().meta({ description: 'The right entry; null: nothing should have been booked.' }),
    business_day: day.meta({ description: 'The run that settles this day settles the adjustment.' }),
    reason: z.string(),
    proposed_by: id('off'),
    proposed_by_name: officerName,
    approved_by: id('off'),
    approved_by_name: officerName,
    adjusted_at: time,
  })
  .meta({ id: 'Adjustment' });

const listing = {
  tags: ['settlement'],
  summary: 'Adjustments, by the entries that they correct, the newest first',
  description: 'For the street office. An adjustment is proposed (`POST /v1/proposals`), and made when it is approved.',
  querystring: pageQuery(id('ent')),
  response: { 200: pageOf(adjustment) },
};

export const adjustments =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/adjustments', { schema: listing, config: requires('settlements:read') }, async (request) => {
      if (officeOf(request) !== null) throw new Problem('street_only');
      const { limit, cursor } = request.query;
      const rows = await adjustmentsPage(store, { limit, after: cursor });
      const officers = rows.flatMap(({ proposedBy, approvedBy }) => [proposedBy, approvedBy]);
      const nameOf = await officerNames(request, store, officers);
      return page(
        rows,
        limit,
        (row) => row.entryId,
        (row) => ({ ...present(row), proposed_by_name: nameOf(row.proposedBy), approved_by_name: nameOf(row.approvedBy) }),
      );
    });
  };

function present(row: Row<'adjustment'>) {
  return {
    id: row.id,
    entry_id: row.entryId,
    mirror_id: row.mirrorId,
    right_id: row.rightId,
    business_day: row.businessDay,
    reason: row.reason,
    proposed_by: row.proposedBy,
    approved_by: row.approvedBy,
    adjusted_at: rfc3339(row.at),
  };
}
