import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../deps.ts';
import type { RouteTable } from '../route-table.ts';
import { health } from './health.ts';
import { inspections } from './inspections.ts';
import { ledger } from './ledger.ts';
import { residentSelf } from './me.ts';
import { offers } from './offers.ts';
import { problems } from './problems.ts';
import { publicDocuments } from './public-documents.ts';
import { reconciliations } from './reconciliations.ts';
import { redemptionBatches } from './redemption-batches.ts';
import { redemptions } from './redemptions.ts';
import { token } from './token.ts';
import { vouchers } from './vouchers.ts';

/** All routes, by resource. */
export function routes(deps: Deps, table: RouteTable): FastifyPluginAsyncZod[] {
  return [
    token(deps),
    inspections(deps),
    redemptions(deps),
    redemptionBatches(deps),
    reconciliations(deps),
    residentSelf(deps),
    vouchers(deps),
    offers(deps),
    ledger(deps),
    problems(),
    publicDocuments(deps, table),
    health(deps),
  ];
}
