import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asProposed, declineProposal, proposalById, proposalsPage, proposalStatuses } from '../../communities/index.ts';
import { clientSecret, newSecret } from './client-wire.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { officeOf } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { approvedResult, approveProposal, matterOf, mattersOf, proposalBody, propose } from './matters.ts';
import { proposal, proposalsPresenter } from './proposal-wire.ts';
import { LIST_LIMIT_BYTES } from './grant-wire.ts';
import { faulty } from '../http/field-codes.ts';
import { onWire } from '../http/names.ts';
import { id, reason, rfc3339, time } from '../http/wire.ts';

const tags = ['proposals'];
const params = z.strictObject({ id: id('pro') });
const decided = { id: id('pro'), decided_by: id('off'), decided_at: time };
const proposing = {
  tags,
  operationId: 'propose',
  summary: 'Propose a command that takes two officers',
  description: `An officer of a community proposes ${mattersOf('community')}; an officer of the street office proposes ${mattersOf('street')}. Another officer of the same office approves it.`,
  body: proposalBody,
  response: { 201: proposal },
};
const listing = {
  tags,
  operationId: 'listProposals',
  summary: "The proposals of the caller's own office, newest first",
  description: 'For the second officer: what waits for approval, and what became of earlier proposals.',
  querystring: pageQuery(id('pro')).extend({
    status: z.enum(proposalStatuses).optional(),
    resident_id: id('res')
      .optional()
      .meta({ description: 'Only what concerns this resident; not a list in which they stand beside others.' }),
  }),
  response: { 200: pageOf(proposal) },
};
const reading = {
  tags,
  operationId: 'getProposal',
  summary: 'A proposal',
  description: 'For reading what is proposed before it is approved or declined.',
  params,
  response: { 200: proposal },
};
const acknowledged = z
  .strictObject({
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, faulty('not_hex_digits', { digits: 64 }))
      .meta({ examples: ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'] }),
    points: z.int().min(1),
  })
  .meta({ description: 'For a `grant_list`, which is refused without: the hash and the points that the proposal shows.' });
const approving = {
  tags,
  operationId: 'approveProposal',
  summary: 'Approve a proposal of another officer, and carry it out',
  description:
    'If the command is refused, the proposal stays open. The secret of a credential is shown only here: hand it to the officer to whom it belongs, who rotates it at once.',
  params,
  body: z.strictObject({ reason: reason.optional(), acknowledged: acknowledged.optional() }).nullish(),
  response: {
    200: z.strictObject({ ...decided, status: z.literal('approved'), result: approvedResult, client_secret: clientSecret.optional() }),
  },
};
const declining = {
  tags,
  operationId: 'declineProposal',
  summary: 'Decline a proposal, or withdraw your own',
  description: 'For an officer of the same office, with a reason. A declined proposal stays on record and cannot be approved any more.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: z.strictObject({ ...decided, status: z.literal('declined') }) },
};

export const proposals =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, clock } = deps;

    app.post(
      '/v1/proposals',
      { schema: proposing, config: writes('proposals:write'), bodyLimit: LIST_LIMIT_BYTES },
      async (request, reply) => {
        const { command, input, reason: why } = request.body;
        const asked = { by: officerOf(request), command, input: matterOf({ command }).storedOf(input, deps), reason: why };
        const made = await submit(request, reply, propose, asked);
        created(reply, `/v1/proposals/${made.id}`);
        // A list is stored with more than was sent.
        const row = asProposed((await proposalById(store, made.id))!);
        return (await proposalsPresenter(deps, request, [row], made.proposed_at))(row);
      },
    );

    app.get('/v1/proposals', { schema: listing, config: requires('proposals:read') }, async (request) => {
      const { limit, cursor, status, resident_id: residentId } = request.query;
      const at = clock();
      const rows = await proposalsPage(store, { communityId: officeOf(request), status, residentId, at }, { limit, after: cursor });
      return page(rows, limit, (row) => row.id, await proposalsPresenter(deps, request, rows, at, true));
    });

    app.get('/v1/proposals/:id', { schema: reading, config: requires('proposals:read') }, async (request) => {
      const found = await ownProposal(deps, request, request.params.id);
      return (await proposalsPresenter(deps, request, [found], clock()))(found);
    });
  };

/** Another office gets a 404 for a proposal, as from the commands. */
async function ownProposal({ store }: Deps, request: FastifyRequest, proposalId: string) {
  const found = await proposalById(store, proposalId);
  if (found?.communityId === officeOf(request)) return found;
  throw new Problem('proposal_not_found', { details: { proposal_id: proposalId } });
}

export const proposalDecisions =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { submit } = deps;

    app.post('/v1/proposals/:id/approval', { schema: approving, config: writes('proposals:write') }, async (request, reply) => {
      const by = officerOf(request);
      const proposed = await proposalById(deps.store, request.params.id);
      const drawn = { secret: newSecret(deps), ...(proposed && (await matterOf(proposed).draw(deps))) };
      const { reason: why = null, acknowledged: seen = null } = request.body ?? {};
      const input = { by, id: request.params.id, reason: why, acknowledged: seen, ...drawn };
      const approved = await submit(request, reply, approveProposal, input);
      matterOf(approved).afterwards(approved, deps);
      const { command: _, ...made } = approved;
      return { ...made, decided_by: by.id, decided_at: rfc3339(made.decided_at), ...matterOf(approved).answerOf(approved, deps) };
    });

    app.post('/v1/proposals/:id/decline', { schema: declining, config: writes('proposals:write') }, async (request, reply) => {
      const by = officerOf(request);
      const made = await submit(request, reply, declineProposal, { by, id: request.params.id, reason: request.body.reason });
      return { ...onWire(made), decided_by: by.id };
    });
  };
