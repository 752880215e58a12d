import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { policiesAt, policyNames, policyVersions } from '../../communities/index.ts';
import type { Row, View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { officerName, officerNames } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { codecOf } from '../http/codec.ts';

const name = z.enum(policyNames);
const ofVersion = codecOf('policy', ['policyVersion', 'effectiveFrom', 'setAt', 'proposedBy', 'approvedBy'], { name });
const version = z
  .strictObject({
    ...ofVersion.shape,
    value: z.record(z.string(), z.unknown()),
    proposed_by_name: officerName,
    approved_by_name: officerName,
  })
  .meta({ id: 'PolicyVersion' });
const policy = z
  .strictObject({
    name,
    current: version,
    coming: z.array(version).meta({ description: 'Versions that will come into force, in this order.' }),
  })
  .meta({ id: 'Policy' });

const tags = ['policies'];
const listing = {
  tags,
  operationId: 'listPolicies',
  summary: 'All policies: in force, and future versions',
  description:
    'For looking up the rules of the scheme, such as the rate of points, windows and limits. They are changed by a proposal: `POST /v1/proposals`, command `policy`.',
  response: { 200: z.strictObject({ items: z.array(policy) }) },
};
const reading = {
  tags,
  operationId: 'getPolicy',
  summary: 'Every version of a policy, newest first',
  description: 'For looking up how a policy has changed, and when.',
  params: z.strictObject({ name }),
  querystring: pageQuery(z.int().min(1)),
  response: { 200: pageOf(version) },
};

export const policies =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/policies', { schema: listing, config: requires('policies:read') }, async (request) => {
      const all = await policiesAt(store, clock());
      const present = await versionsPresenter(
        store,
        request,
        all.flatMap(({ current, coming }) => [current, ...coming]),
      );
      return { items: all.map(({ current, coming, ...rest }) => ({ ...rest, current: present(current), coming: coming.map(present) })) };
    });

    app.get('/v1/policies/:name', { schema: reading, config: requires('policies:read') }, async (request) => {
      const { limit, cursor } = request.query;
      const rows = await policyVersions(store, request.params.name, { limit, after: cursor });
      return page(rows, limit, (row) => row.policyVersion, await versionsPresenter(store, request, rows));
    });
  };

async function versionsPresenter(view: View, request: FastifyRequest, rows: readonly Row<'policy'>[]) {
  const nameOf = await officerNames(
    request,
    view,
    rows.flatMap(({ proposedBy, approvedBy }) => [proposedBy, approvedBy]),
  );
  return (row: Row<'policy'>): z.output<typeof version> => ({
    ...ofVersion.present(row),
    value: JSON.parse(row.value) as Record<string, unknown>,
    proposed_by_name: nameOf(row.proposedBy),
    approved_by_name: nameOf(row.approvedBy),
  });
}
