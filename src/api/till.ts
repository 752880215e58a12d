import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isCode } from '../redeem/index.ts';
import { addressOf } from './http/address.ts';
import type { GuessKeys } from './http/guess-guard.ts';
import { merchantOf } from './http/principal.ts';
import { fieldProblem, Problem } from './http/problem.ts';

/** A code as it is scanned or typed: spaces between its groups are left out. */
export const code = z
  .string()
  .max(40)
  .transform((typed) => typed.replaceAll(/[\s-]/g, ''))
  .refine(isCode, 'must be the 18 digits of a code; the check digit tells that one is wrong or two are swapped')
  .meta({ description: 'The 18 digits that the resident shows.', examples: ['771234567890123454'] });

/** The merchant and store that a till acts for: its own store if it is bound to one, otherwise the one it names. */
export function tillOf(
  request: FastifyRequest,
  storeId: string | undefined,
  pointer = '/store_id',
): { merchantId: string; storeId: string } {
  const bound = merchantOf(request);
  if (bound.storeId === undefined && storeId === undefined) throw fieldProblem(pointer, 'is missing: this till is bound to no store');
  if (bound.storeId !== undefined && storeId !== undefined && storeId !== bound.storeId) {
    throw new Problem('store_not_found', { details: { store_id: storeId } });
  }
  return { merchantId: bound.merchantId, storeId: (bound.storeId ?? storeId)! };
}

/** Whether a refusal says that a secret was wrong: it is counted as a guess. */
export function isGuess(refused: string): boolean {
  return refused === 'code_unknown' || refused === 'pin_wrong';
}

/** By whom a wrong code is counted. */
export function guesserOf(request: FastifyRequest): GuessKeys {
  return { client: request.principal.clientId, address: addressOf(request) };
}
