import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actionRuleNames, grantListById, previewGrantList, residentsNamed, rowsOfGrantList } from '../../communities/index.ts';
import { hexOf, idOf } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { communityOf, officerOf, requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { count, id } from '../http/wire.ts';
import { assertSees, officerName, officerNames, residentNameFor } from '../office.ts';
import { LIST_LIMIT_BYTES, LIST_ROWS_MAX, listedDeeds, listedOf, presentDeed, proposedDeed } from './grant-wire.ts';
import { limit, presentLimit } from './limits.ts';
import { presentRefusal, refusal } from './redemption-wire.ts';

const tags = ['grants'];

const list = codecOf('grantList', ['id', 'communityId', 'approvedAt', 'approvedBy', 'proposedBy'], {
  points: 'The points that two officers approved.',
  granted: 'The rows that were granted; 0 until it is done.',
  refused: 'The rows that were refused; 0 until it is done.',
  doneAt: 'When each row had its outcome.',
});
const row = proposedDeed.extend({
  number: count.meta({ description: 'From 1 on.' }),
  resident_name: z
    .string()
    .nullable()
    .meta({ description: 'Masked if the resident belongs to another community; null: there is no such resident.' }),
  action_rule_name: z.string(),
  worth: count.meta({ description: 'The points that were approved.' }),
  status: z.enum(['waiting', 'granted', 'refused']),
  grant_id: id('grt').nullable(),
  refusal: refusal.nullable(),
});
const reading = {
  tags,
  operationId: 'getGrantList',
  summary: 'An approved list of grants, with the outcome of each row',
  description: `For officers who follow a list after its approval. Its id has the digits of its proposal. It has at most ${LIST_ROWS_MAX} rows, each granted by itself: a refused row does not stop the others, and is final.`,
  params: z.strictObject({ id: id('gls') }),
  response: {
    200: z
      .strictObject({
        ...list.shape,
        proposal_id: id('pro'),
        hash: z.string().meta({ description: 'SHA-256 (hex) of the rows as they were approved.' }),
        proposed_by_name: officerName,
        approved_by_name: officerName,
        rows: z.array(row),
      })
      .meta({ id: 'GrantList' }),
  },
};
const previewing = {
  tags,
  operationId: 'previewGrantList',
  summary: 'Preview a list of grants, and which way it goes',
  description: `For an officer who has a list before them: each of up to ${LIST_ROWS_MAX} rows with its points and what is wrong with it, as if all rows before it were granted; and whether one officer may grant the list, or must propose it. It writes nothing and needs no key. The result holds only at this moment, and it may be sent again at any time.`,
  body: z.strictObject({ rows: listedDeeds }),
  response: {
    200: z
      .strictObject({
        rows: z.array(
          z.strictObject({
            points: count.nullable().meta({ description: 'Null: the rule does not determine it.' }),
            refusal: refusal.nullable().meta({ description: 'The refusal that the row would get; null: it would be granted.' }),
          }),
        ),
        points: count.meta({ description: 'The sum of the rows that would be granted.' }),
        people: count.meta({ description: 'The residents who would get points.' }),
        second_officer: z.boolean().meta({ description: 'Whether it must be proposed, for a second officer to approve.' }),
        because: z.enum(['commendation', 'officer_unstated', 'grant', 'officer_day', 'resident_month']).nullable().meta({
          description:
            'Why it takes a second officer: a commendation is in it, or one grant, the day of the officer, or the month of a resident comes to more than the policy `grant_alone` allows; null: it does not.',
        }),
        refusal: refusal.nullable().meta({ description: 'The refusal that the proposal would get because of who proposes it.' }),
        limit: limit.meta({ description: "The community's limit, without this list." }),
      })
      .meta({ id: 'GrantListPreview' }),
  },
};

export const grantLists =
  ({ store, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/grant-lists/:id', { schema: reading, config: requires('grants:read') }, async (request) => {
      const found = await grantListById(store, request.params.id);
      if (!found) throw new Problem('grant_list_not_found', { details: { grant_list_id: request.params.id } });
      assertSees(request, found.communityId);
      const rows = await rowsOfGrantList(store, found);
      const residents = await residentsNamed(
        store,
        rows.map(({ deed }) => deed.residentId),
      );
      const ruleName = await actionRuleNames(
        store,
        rows.map(({ deed }) => deed.ruleId),
      );
      const nameOf = await officerNames(request, store, [found.proposedBy, found.approvedBy]);
      return {
        ...list.present(found),
        proposal_id: idOf('pro', hexOf(found.id)),
        hash: found.listHash,
        proposed_by_name: nameOf(found.proposedBy),
        approved_by_name: nameOf(found.approvedBy),
        rows: rows.map(({ number, deed, worth, outcome }) => {
          const resident = residents.get(deed.residentId);
          return {
            ...presentDeed(deed),
            number,
            resident_name: resident ? residentNameFor(request, resident) : null,
            action_rule_name: ruleName.get(deed.ruleId)!,
            worth,
            status: outcome === null ? ('waiting' as const) : 'grantId' in outcome ? ('granted' as const) : ('refused' as const),
            grant_id: outcome && 'grantId' in outcome ? outcome.grantId : null,
            refusal: outcome && 'refused' in outcome ? presentRefusal(outcome, request.id) : null,
          };
        }),
      };
    });

    app.post(
      '/v1/grant-list-previews',
      { schema: previewing, config: requires('grants:read'), bodyLimit: LIST_LIMIT_BYTES },
      async (request) => {
        const by = { id: officerOf(request).id, communityId: communityOf(request) };
        const asking = { client: request.principal.clientId, actor: by.id, at: clock() };
        const found = await previewGrantList(store, by, request.body.rows.map(listedOf), asking);
        const shown = (refused: (typeof found)['refusal']) => refused && presentRefusal(refused, request.id);
        return {
          rows: found.rows.map(({ points, refusal: refused }) => ({ points, refusal: shown(refused) })),
          points: found.points,
          people: found.people,
          second_officer: found.beyond !== null,
          because: found.beyond,
          refusal: shown(found.refusal),
          limit: presentLimit(by.communityId, found.limit),
        };
      },
    );
  };
