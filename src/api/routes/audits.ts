import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { auditReports, checksOf } from '../../ledger/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { count, id } from '../http/wire.ts';

const check = z.strictObject({
  id: z.string().meta({ description: 'The id of the invariant.', examples: ['I3'] }),
  title: z.string(),
  seen: count.meta({ description: 'The number of things that it checked.' }),
  unit: z.string().meta({ description: 'The name of these things; empty if there is nothing to check.', examples: ['entries'] }),
  broken: z.string().nullable().meta({ description: 'The first one that breaks the invariant, with its figures; null: none does.' }),
  not_applicable: z.string().nullable().meta({ description: 'The reason why there is nothing to check; null: there is something.' }),
});
const shown = codecOf('auditReport', ['id', 'startedAt', 'finishedAt']);
const audit = z
  .strictObject({ ...shown.shape, ok: z.boolean().meta({ description: 'Whether nothing is broken.' }), checks: z.array(check) })
  .meta({ id: 'Audit' });

const schema = {
  tags: ['ledger'],
  operationId: 'listAudits',
  summary: 'The findings of audits, newest first',
  description: 'Each audit recomputed the books at one moment. The operator runs them: `callmi audit`.',
  querystring: pageQuery(id('aud')),
  response: { 200: pageOf(audit) },
};

export const audits =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/audits', { schema, config: requires('ledger:read') }, async ({ query: { limit, cursor } }) =>
      page(await auditReports(store, { limit, after: cursor }), limit, (row) => row.id, present),
    );
  };

function present(row: Row<'auditReport'>): z.output<typeof audit> {
  return { ...shown.present(row), ok: row.ok === 1, checks: onWire(checksOf(row)) };
}
