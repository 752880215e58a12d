import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { clientById, rotateClient } from '../../access/index.ts';
import { communityById, merchantById, policySchemas, readPolicy, storesWithTerminals } from '../../communities/index.ts';
import type { View } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import type { Deps } from '../deps.ts';
import { merchantOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { id, namedCommunity, namedMerchant, rfc3339, text, time } from '../http/wire.ts';
import { force, newSecret, presentRotated, rotated } from './client-wire.ts';

const STORES_MAX = 500;

const { code_validity, offline_window, reversal_window, redemption_cycles, cut_off } = policySchemas;
/** The policies that a till lives by. */
const lived = z.strictObject({ code_validity, offline_window, reversal_window, redemption_cycles, cut_off });
const names = Object.keys(lived.shape) as (keyof typeof lived.shape)[];

const shown = codecOf('client', ['id', 'name'], { previousSecretUntil: 'Until when the secret before the last rotation is good.' });
const named = z.strictObject({ id: id('sto'), name: z.string() });
const self = z
  .strictObject({
    client: z.strictObject(shown.shape),
    merchant: namedMerchant.extend({ status: z.enum(['active', 'suspended']) }),
    community: namedCommunity.meta({ description: "The merchant's home community." }),
    store: named.nullable().meta({ description: 'The store that the client is bound to; null: any store of the merchant.' }),
    stores: z
      .array(named.extend({ terminals: z.array(z.strictObject({ id: id('ter'), name: z.string() })) }))
      .meta({ description: `Where it may redeem, with the terminals that it may name: at most ${STORES_MAX} stores, newest first.` }),
    policies: lived.meta({ description: 'The policies in force that a till lives by.' }),
    server_time: time,
  })
  .meta({ id: 'Till' });

const tags = ['tills'];
const reading = {
  tags,
  operationId: 'getTill',
  summary: 'The till that asks: its store, terminals and policies, and the time here',
  description: 'Compare `server_time` with the clock of the till: for what is stored while offline it may be 2 minutes off.',
  response: { 200: self },
};
const rotating = {
  tags,
  operationId: 'rotateOwnSecret',
  summary: 'Give the till that asks a new secret; the old one stays good for a day',
  description:
    'Needs the secret beside the token, since a token is soon over and a secret is not. Store the new secret before you use it. If the answer is lost, send the same request with the same key. Within a day of the last rotation another one is refused unless it is forced.',
  body: z.strictObject({
    client_secret: text(128).meta({
      description: 'The newest secret of this till.',
      examples: ['q1bTvJ0m3yD6wXkH8rZ2uC5nA9sE7fLgP4iO-tRWBxM'],
    }),
    force,
  }),
  response: { 200: rotated },
};

/** A till about itself. */
export const tills =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, auth, clock, submit } = deps;

    app.get('/v1/till', { schema: reading, config: requires('redemptions:read') }, async (request) => {
      const { merchantId, storeId } = merchantOf(request);
      const at = clock();
      const [client, merchant, stores, policies] = await Promise.all([
        clientById(store, request.principal.clientId),
        merchantById(store, merchantId),
        storesWithTerminals(store, { merchantId, storeId: storeId ?? null }, STORES_MAX),
        policiesInForce(store, at),
      ]);
      const { id: of, name, status, communityId } = merchant!;
      const own = stores.find((each) => each.id === storeId);
      return {
        client: shown.present(client!),
        merchant: { id: of, name, status: status as 'active' | 'suspended' },
        community: { id: communityId, name: (await communityById(store, communityId))!.name },
        store: own === undefined ? null : { id: own.id, name: own.name },
        stores,
        policies,
        server_time: rfc3339(at),
      };
    });

    app.post('/v1/till/rotation', { schema: rotating, config: writes('redemptions:write') }, async (request, reply) => {
      merchantOf(request);
      const { clientId, session } = request.principal;
      if (session !== undefined) throw new Problem('client_of_people', { details: { client_id: clientId } });
      const { client_secret: secret, force: forced = false } = request.body;
      const by = { ownSecretHash: secrets.hash('client-secret', secret) };
      const made = await submit(request, reply, rotateClient, { by, id: clientId, force: forced, ...newSecret(deps) });
      auth.forget(made.id);
      return presentRotated(made, deps);
    });
  };

async function policiesInForce(view: View, at: number): Promise<z.output<typeof lived>> {
  const values = await Promise.all(names.map(async (name) => [name, await readPolicy(view, name, at)]));
  return Object.fromEntries(values) as z.output<typeof lived>;
}
