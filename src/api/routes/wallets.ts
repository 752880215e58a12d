import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { statementPage, walletOfResident } from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { ownResident } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { keyOfMovement, movement, presentMovement, presentWallet, statementKey, wallet } from './wallet-wire.ts';
import { id } from '../http/wire.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const holding = { tags, summary: "A resident's points, by issuer and expiry", params, response: { 200: wallet } };
const telling = {
  tags,
  summary: "Every movement of a resident's wallet, newest first",
  params,
  querystring: pageQuery(statementKey),
  response: { 200: pageOf(movement) },
};

/** Wallets as an officer sees those of residents of their own community. */
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
