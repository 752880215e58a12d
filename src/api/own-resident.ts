import type { FastifyRequest } from 'fastify';
import { actsFor } from '../access/index.ts';
import { residentById } from '../communities/index.ts';
import type { Row } from '../store/index.ts';
import type { Deps } from './deps.ts';
import { officerOf } from './principal.ts';
import { Problem } from './problem.ts';

/** A resident of the officer's own community. Throws `resident_not_found` or `foreign_community`. */
export async function ownResident({ store }: Pick<Deps, 'store'>, request: FastifyRequest, residentId: string): Promise<Row<'resident'>> {
  const by = officerOf(request);
  const resident = await residentById(store, residentId);
  if (!resident) throw new Problem('resident_not_found', { details: { resident_id: residentId } });
  if (!actsFor(by, resident.communityId)) throw new Problem('foreign_community', { details: { community_id: resident.communityId } });
  return resident;
}
