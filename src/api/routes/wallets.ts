import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Movement, statementPage, type Wallet, walletOfResident } from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day, id, rfc3339, time } from '../http/wire.ts';
import type { Deps } from '../deps.ts';
import { ownResident } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';

export const wallet = z
  .strictObject({
    resident_id: id('res'),
    points: count.meta({ description: 'The points that can be spent.' }),
    lots: z.array(z.strictObject({ community_id: communityId, expires_on: day.meta({ description: 'The last day.' }), points: count })),
  })
  .meta({ id: 'Wallet' });

export function presentWallet(residentId: string, held: Wallet): z.output<typeof wallet> {
  return { resident_id: residentId, ...onWire(held) };
}

const booked = codecOf('entry', ['kind'], {
  effectiveAt: 'The time at which it happened.',
  subject: 'The id of the grant or the voucher that it is about.',
});
export const movement = z
  .strictObject({
    ...booked.shape,
    entry_id: id('ent'),
    at: time.meta({ description: 'The time at which it was booked.' }),
    community_id: communityId.meta({ description: 'The community that granted these points.' }),
    expires_on: day,
    points: count.meta({ description: 'Came in; negative: went out.' }),
    description: z.string().nullable(),
  })
  .meta({ id: 'Movement' });

/** The sort key of a statement's pages: an entry, and a leg in it. */
export const statementKey = z.tuple([id('ent'), z.int()]);

export function keyOfMovement({ entry, seq }: Movement): [string, number] {
  return [entry.id, seq];
}

export function presentMovement(leg: Movement): z.output<typeof movement> {
  const { entry, seq: _, ...moved } = leg;
  return { ...booked.present(entry), entry_id: entry.id, at: rfc3339(entry.recordedAt), ...onWire(moved) };
}

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const holding = {
  tags,
  operationId: 'getWallet',
  summary: "A resident's points, by issuer and expiry",
  description: "For an officer who answers a resident's question about the balance and when points run out.",
  params,
  response: { 200: wallet },
};
const telling = {
  tags,
  operationId: 'listMovements',
  summary: "Every movement of a resident's wallet, newest first",
  description: 'For an officer who explains to a resident how the balance came about.',
  params,
  querystring: pageQuery(statementKey),
  response: { 200: pageOf(movement) },
};

/** An officer's view of the wallets of residents of the officer's own community. */
export const wallets =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock } = deps;
    const config = requires('residents:read');

    app.get('/v1/residents/:id/wallet', { schema: holding, config }, async (request) => {
      const { id: residentId } = await ownResident(deps.store, request, request.params.id);
      return presentWallet(residentId, await walletOfResident(store, residentId, dayOf(clock())));
    });

    app.get('/v1/residents/:id/statement', { schema: telling, config }, async (request) => {
      const { id: residentId } = await ownResident(deps.store, request, request.params.id);
      const { limit, cursor } = request.query;
      return page(await statementPage(store, residentId, { limit, after: cursor }), limit, keyOfMovement, presentMovement);
    });
  };
