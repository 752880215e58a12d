import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { contribute, fundOf, movementsPage } from '../../clearing/index.ts';
import { communityById } from '../../communities/index.ts';
import type { Row, View } from '../../store/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { assertSees } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day, fen, id, reference, time } from '../http/wire.ts';

const params = z.strictObject({ community_id: communityId });
const bankReference = reference(64).meta({
  description: "The bank's reference of the movement: it counts once for each community, for ever.",
});

const contribution = z
  .strictObject({
    id: id('con'),
    community_id: communityId,
    fen: count,
    bank_reference: z.string(),
    business_day: day,
    booked_at: time,
    entry_id: id('ent'),
  })
  .meta({ id: 'Contribution' });

const fund = z
  .strictObject({
    community_id: communityId,
    fund_fen: count.meta({ description: 'The total contributed so far.' }),
    cost_fen: count.meta({ description: 'The total cost of its points so far.' }),
    open_points: count.meta({ description: 'Points in wallets and vouchers.' }),
    open_fen: count.meta({ description: 'Their value at the rate, rounded up.' }),
    left_fen: count.meta({ description: 'The fund less the amounts spent and promised; negative if no fund pays for them.' }),
    bank_fen: count.meta({ description: 'The balance of its bank account in the books.' }),
  })
  .meta({ id: 'Fund' });

const moved = codecOf('bankMovement', ['entryId', 'bookedAt'], {
  kind: 'Such as `contribution`.',
  fen: 'Positive came in, negative went out.',
  subject: 'The id of the contribution, payment or payout that it belongs to.',
});
const movement = z.strictObject({ ...moved.shape, bank_reference: z.string() }).meta({ id: 'BankMovement' });

const tags = ['funds'];
const reading = {
  tags,
  operationId: 'getFund',
  summary: "A community's fund",
  description: 'For an office that looks how much of the fund is left, and what is owed from it.',
  params,
  response: { 200: fund },
};
const listing = {
  tags,
  operationId: 'listBankMovements',
  summary: "The movements on a community's bank account, newest first",
  description: "For comparing the books with the bank's own statement.",
  params,
  querystring: pageQuery(id('ent')),
  response: { 200: pageOf(movement) },
};
const contributing = {
  tags,
  operationId: 'contributeToFund',
  summary: "Book a contribution to a community's fund",
  description: 'For an officer of the street office, who attests that the money is on the bank account.',
  params,
  body: z.strictObject({ fen, bank_reference: bankReference }),
  response: { 201: contribution },
};

export const funds =
  ({ store, clock, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/funds/:community_id/contributions', { schema: contributing, config: writes('funds:write') }, async (request, reply) => {
      const { fen: amount, bank_reference: sent } = request.body;
      const input = { by: officerOf(request), communityId: request.params.community_id, fen: amount, bankReference: sent };
      const made = await submit(request, reply, contribute, input);
      created(reply, `/v1/funds/${made.community_id}`);
      return onWire(made);
    });

    app.get('/v1/funds/:community_id', { schema: reading, config: requires('funds:read') }, async (request) => {
      const { community_id: of } = request.params;
      await assertMaySee(request, store, of);
      const found = await fundOf(store, of, clock());
      return { community_id: of, ...onWire(found), left_fen: found.fundFen - found.costFen - found.openFen };
    });

    app.get('/v1/funds/:community_id/movements', { schema: listing, config: requires('funds:read') }, async (request) => {
      const { community_id: of } = request.params;
      const { limit, cursor } = request.query;
      await assertMaySee(request, store, of);
      return page(await movementsPage(store, of, { limit, after: cursor }), limit, ({ entryId }) => entryId, presentMovement);
    });
  };

async function assertMaySee(request: FastifyRequest, store: View, of: string): Promise<void> {
  assertSees(request, of);
  if (!(await communityById(store, of))) throw new Problem('community_not_found', { details: { community_id: of } });
}

function presentMovement(row: Row<'bankMovement'>): z.output<typeof movement> {
  return { ...moved.present(row), bank_reference: row.reference };
}
