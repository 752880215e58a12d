import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adjustmentsPage } from '../../clearing/index.ts';
import type { Deps } from '../deps.ts';
import { officeOf, officerName, officerNames } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { id, rfc3339, time } from '../http/wire.ts';

const shown = codecOf('adjustment', ['id', 'reason', 'proposedBy', 'approvedBy'], {
  entryId: 'The wrong entry.',
  mirrorId: 'Its mirror.',
  rightId: 'The right entry; null: nothing should have been booked.',
  businessDay: 'The run that settles this day settles the adjustment.',
});
const adjustment = z
  .strictObject({ ...shown.shape, proposed_by_name: officerName, approved_by_name: officerName, adjusted_at: time })
  .meta({ id: 'Adjustment' });

const listing = {
  tags: ['settlement'],
  operationId: 'listAdjustments',
  summary: 'Adjustments, by the entries that they correct, newest first',
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
        (row) => ({
          ...shown.present(row),
          proposed_by_name: nameOf(row.proposedBy),
          approved_by_name: nameOf(row.approvedBy),
          adjusted_at: rfc3339(row.at),
        }),
      );
    });
  };
