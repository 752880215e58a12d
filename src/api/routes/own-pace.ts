import type { FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { isDecided } from '../http/commands.ts';
import { residentOf } from '../http/principal.ts';

/**
 * Counts a request of a resident that leaves rows, and tells whether it was decided before and leaves none. Throws the code of the pace, such as
 * `done_too_often`.
 */
export async function countAtPace(
  { store, paces, clock }: Pick<Deps, 'store' | 'paces' | 'clock'>,
  request: FastifyRequest,
  pace: 'vouchers' | 'households' | 'leaving',
): Promise<boolean> {
  const decided = await isDecided({ store }, request);
  if (!decided) paces[pace].take(residentOf(request), clock());
  return decided;
}
