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
  id: z.string().meta({ description: 'Of the invariant.', examples: ['I3'] }),
  title: z.string(),
  seen: count.meta({ description: 'How much it looked at.' }),
  unit: z.string().meta({ description: 'Of what; empty where there is nothing to look at.', examples: ['entries'] }),
  broken: z.string().nullable().meta({ description: 'The first that breaks the invariant, with its figures; null: none does.' }),
  not_applicable: z.string().nullable().meta({ description: 'Why there is nothing to look at; null: there is.' }),
});
const shown = codecOf('auditReport', ['id', 'startedAt', 'finishedAt']);
const audit = z
  .strictObject({ ...shown.shape, ok: z.boolean().meta({ description: 'Whether nothing is broken.' }), checks: z.array(check) })
  .meta({ id: 'Audit' });

const schema = {
  tags: ['ledger'],
  summary: 'What audits found, newest first',
  description: 'Each recomputed the books at one moment. The operator runs them: `callmi audit`.',
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
