/** The requests of a till to redeem a voucher, and the limit on its guesses at codes and PINs. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Outcome, requestByNumber } from '../ledger/index.ts';
import { codeByHash, countWrongPin, isCode, type RedeemInput, type RedemptionReply } from '../redeem/index.ts';
import { digitsOf } from '../text/index.ts';
import type { Given } from './http/given.ts';
import { merchantOf } from './http/principal.ts';
import { fieldProblem, Problem } from './http/problem.ts';
import { faulty } from './http/field-codes.ts';
import { comparedBy } from './http/same-input.ts';
import { digits, PASTED_MAX, READ_AS } from './http/wire.ts';
import { type Lane, laneOf, type Lanes, type Miss } from './lanes.ts';

/** A code as it is scanned or typed. */
export const code = comparedBy(z.string().max(PASTED_MAX).overwrite(digitsOf), digitsOf)
  .refine(isCode, faulty('not_a_code'))
  .meta({
    description: 'The 18 digits that the resident shows; spaces and hyphens between them are left out.',
    examples: ['771234567890123450'],
    [READ_AS]: '^77\\d{16}$',
  });

export const pin = digits(6, '246810').meta({ description: 'The PIN of a paper voucher, which is good only with it.' });

/** The keyed hash of a PIN together with its code: the PIN alone would have the same hash on every paper. */
export function pinHashOf({ secrets }: Pick<Given, 'secrets'>, of: string, typed: string): string {
  return secrets.hash('pin', `${of}\n${typed}`);
}

/** The merchant and store that a till acts for: its own store if it is bound to one, otherwise the one it names. */
export function tillOf(
  request: FastifyRequest,
  storeId: string | undefined,
  pointer = '/store_id',
): { merchantId: string; storeId: string } {
  const bound = merchantOf(request);
  if (bound.storeId === undefined && storeId === undefined) throw fieldProblem(pointer, 'store_missing');
  if (bound.storeId !== undefined && storeId !== undefined && storeId !== bound.storeId) {
    throw new Problem('store_not_found', { details: { store_id: storeId } });
  }
  return { merchantId: bound.merchantId, storeId: (bound.storeId ?? storeId)! };
}

/** An attempt to redeem, sent online or forwarded in a batch, with its request number. */
export type Attempt = {
  readonly key: string;
  readonly input: RedeemInput;
  readonly submit: () => Promise<Outcome<RedemptionReply>>;
};

/**
 * Carries out an attempt. A wrong code or PIN is counted once against its lane; a wrong PIN also against its paper. Throws `Unavailable`, and
 * `too_many_guesses` if it does not pass in its lane.
 */
export type Redeeming = (request: FastifyRequest, attempt: Attempt) => Promise<Outcome<RedemptionReply>>;

export function redeemingOf({ store, engine, clock }: Pick<Given, 'store' | 'engine' | 'clock'>, lanes: Lanes): Redeeming {
  const inTurn = turns();

  /** Throws `too_many_guesses` if the attempt does not pass. An attempt that was decided before is only answered again. */
  async function pass({ principal: { clientId } }: FastifyRequest, lane: Lane, { key, input: { codeHash } }: Attempt): Promise<void> {
    const now = clock();
    if (lanes.isOpen(lane, now)) return;
    if (await requestByNumber(store, clientId, key)) return;
    lanes.look(lane, now);
    const shown = await codeByHash(store, codeHash);
    if (shown?.pinHash === null) return;
    if (!shown) lanes.miss(lane, 'code', now);
    throw lanes.turnedAway(lane, now);
  }

  async function submitted({ principal: { clientId, actor } }: FastifyRequest, { key, input, submit }: Attempt) {
    const outcome = await submit();
    if ('refused' in outcome && outcome.refused === 'pin_wrong') {
      const attempt = createHash('sha256').update(`${clientId}\n${key}`).digest('hex').slice(0, 32);
      await engine.bySystem(countWrongPin, { codeHash: input.codeHash }, `count-wrong-pin:${attempt}`, { actor });
    }
    return outcome;
  }

  return async (request, attempt) => {
    const { codeHash, pinHash, terminalId } = attempt.input;
    const lane = laneOf(request, terminalId);
    await pass(request, lane, attempt);
    // Each PIN that is tried with a code is counted before the next one is decided.
    const outcome = await (pinHash == null ? submitted(request, attempt) : inTurn(codeHash, () => submitted(request, attempt)));
    // A wrong code that is sent again with its key is not a new guess.
    const missed = 'refused' in outcome && !outcome.replayed ? wrong[outcome.refused] : undefined;
    if (missed !== undefined) lanes.miss(lane, missed, clock());
    return outcome;
  };
}

/** The refusals which mean that a secret was wrong. */
const wrong: Readonly<Record<string, Miss>> = { code_unknown: 'code', pin_wrong: 'pin' };

/** Runs work with the same name one after another, in its order of arrival. */
function turns() {
  const latest = new Map<string, Promise<unknown>>();
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const turn = (latest.get(name) ?? Promise.resolve()).then(work);
    const over = turn.catch(() => {});
    latest.set(name, over);
    return turn.finally(() => {
      if (latest.get(name) === over) latest.delete(name);
    });
  };
}
