import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  actionClasses,
  actionRulesPage,
  actionRuleVersions,
  actionUnits,
  addActionRule,
  reviseActionRule,
  type RuleTerms,
} from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import type { Store } from '../../store/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { communityMeant, officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, day, id, properName, points } from '../http/wire.ts';
import { withExamples } from '../http/openapi-bodies.ts';
import { faulty } from '../http/field-codes.ts';

const actionClass = z.enum(actionClasses);
const cap = points
  .nullable()
  .optional()
  .meta({ description: 'Points that a resident may earn by the rule in that time; if it is left out there is no cap.' });
const terms = z.strictObject({
  name: properName(60),
  per: z.enum(actionUnits),
  points: points.meta({ description: 'For one hour or one event; for a commendation, the maximum.' }),
  cap_day: cap,
  cap_month: cap,
  cap_year: cap,
  valid_from: day.meta({ description: 'The first day of the deeds that it covers.' }),
  valid_until: day
    .nullable()
    .optional()
    .meta({ description: 'The last day of the deeds that it covers; if it is left out there is no end.' }),
});
const inOrder = ({ valid_from: from, valid_until: until }: z.output<typeof terms>) => !until || from <= until;
const order = { path: ['valid_until'], error: faulty('before_valid_from') };

const ofVersion = codecOf(
  'actionRule',
  ['id', 'ruleVersion', 'communityId', 'name', 'points', 'capDay', 'capMonth', 'capYear', 'validFrom', 'validUntil', 'setAt', 'setBy'],
  { class: actionClass, per: z.enum(actionUnits) },
);
const version = z.strictObject(ofVersion.shape).meta({ id: 'ActionRuleVersion' });
const { present } = ofVersion;
const rule = z
  .strictObject({
    id: id('rul'),
    community_id: communityId,
    class: actionClass,
    versions: z.array(version).meta({ description: 'Newest first.' }),
  })
  .meta({ id: 'ActionRule' });

const hourly = { name: '楼道清洁', per: 'hour', points: 10, cap_day: 40, valid_from: '2026-12-01' } as const;

const tags = ['action rules'];
const params = z.strictObject({ id: id('rul') });
const adding = {
  tags,
  operationId: 'addActionRule',
  summary: 'Add an action rule',
  description: 'For an officer who lays down what a kind of deed earns, per time or hour, within which caps, and from which day on.',
  body: withExamples(
    terms
      .extend({ class: actionClass, community_id: communityId.optional().meta({ description: "Default: the officer's own." }) })
      .refine(inOrder, order),
    { hourly: { ...hourly, class: 'volunteer' } },
  ),
  response: { 201: version },
};
const revising = {
  tags,
  operationId: 'changeActionRule',
  summary: 'Change an action rule from a day on',
  description: 'Adds a version; grants made under the earlier ones keep them.',
  params,
  body: withExamples(terms.refine(inOrder, order), { hourly }),
  response: { 201: version },
};
const listing = {
  tags,
  operationId: 'listActionRules',
  summary: "The action rules of the caller's own community, or of another",
  description: 'Each with the version for deeds of today, or with its newest version if none is in force.',
  querystring: pageQuery(id('rul')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(version) },
};
const reading = {
  tags,
  operationId: 'getActionRule',
  summary: 'An action rule with all its versions',
  description: 'For an officer who looks how a rule has changed, and which version a deed fell under.',
  params,
  response: { 200: rule },
};

export const actionRules =
  ({ store, submit, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/action-rules', { schema: adding, config: writes('rules:write') }, async (request, reply) => {
      const { class: of, community_id: named, ...rest } = request.body;
      const issuer = communityMeant(request, named, '/community_id');
      const input = { by: officerOf(request), communityId: issuer, class: of, terms: termsOf(rest) };
      const made = await submit(request, reply, addActionRule, input);
      created(reply, `/v1/action-rules/${made.id}`);
      return presentMade(store, made);
    });

    app.post('/v1/action-rules/:id/versions', { schema: revising, config: writes('rules:write') }, async (request, reply) => {
      const input = { by: officerOf(request), id: request.params.id, terms: termsOf(request.body) };
      const made = await submit(request, reply, reviseActionRule, input);
      created(reply, `/v1/action-rules/${made.id}`);
      return presentMade(store, made);
    });

    app.get('/v1/action-rules', { schema: listing, config: requires('rules:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const rows = await actionRulesPage(store, named ?? officeOf(request), dayOf(clock()), { limit, after: cursor });
      return page(rows, limit, (row) => row.id, present);
    });

    app.get('/v1/action-rules/:id', { schema: reading, config: requires('rules:read') }, async ({ params: { id: ruleId } }) => {
      const versions = await actionRuleVersions(store, ruleId);
      const [newest] = versions;
      if (!newest) throw new Problem('action_rule_not_found', { details: { action_rule_id: ruleId } });
      const { community_id: of, class: its } = present(newest);
      return { id: ruleId, community_id: of, class: its, versions: versions.map(present) };
    });
  };

/** A version never changes, so that a replay reads the same again. */
async function presentMade(store: Store, made: { readonly id: string; readonly rule_version: number }) {
  const versions = await actionRuleVersions(store, made.id);
  return present(versions.find(({ ruleVersion }) => ruleVersion === made.rule_version)!);
}

function termsOf(body: z.output<typeof terms>): RuleTerms {
  return {
    name: body.name,
    per: body.per,
    points: body.points,
    capDay: body.cap_day ?? null,
    capMonth: body.cap_month ?? null,
    capYear: body.cap_year ?? null,
    validFrom: body.valid_from,
    validUntil: body.valid_until ?? null,
  };
}
