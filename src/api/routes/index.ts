import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../deps.ts';
import type { RouteTable } from '../route-table.ts';
import { health } from './health.ts';
import { ledger } from './ledger.ts';
import { problems } from './problems.ts';
import { publicDocuments } from './public-documents.ts';
import { token } from './token.ts';

/** All routes, by resource. */
export function routes(deps: Deps, table: RouteTable): FastifyPluginAsyncZod[] {
  return [token(deps), ledger(deps), problems(), publicDocuments(deps, table), health(deps)];
}
