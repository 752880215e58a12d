/** One-time codes for other purposes than signing in: their rows and hashes, and how they are sent once the answer is out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askCodes, type CodeAsked, type CodeTyped, isGood, type Secrets, signInCodes } from '../../access/index.ts';
import type { Refusal } from '../../ledger/index.ts';
import { doneOf, isDecided } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import type { CodePurpose } from '../http/given.ts';
import { onWire } from '../http/names.ts';
import { Problem, problemOf } from '../http/problem.ts';
import { time } from '../http/wire.ts';
import { newSignInCode } from './sign-in-tries.ts';
import { slotFor } from './triers.ts';

/** A code that is sent to a phone for one purpose. */
type Sent = {
  readonly purpose: Exclude<CodePurpose, 'sign-in'>;
  readonly phone: string;
  /** The person who asks, where anybody may ask for any phone: so strangers do not spoil the code of another. */
  readonly asker?: string;
  /** The rest of what the code is good for alone: the other number, the change, the community. */
  readonly bound: string;
};

/** The answer to whoever asked for codes. */
export const codesAsked = z
  .strictObject({ expires_at: time, resend_at: time.meta({ description: 'The time from which other codes may be requested.' }) })
  .meta({ id: 'CodesSent' });

/** A code as a command replaces the one before by it. */
export function codeAsked(secrets: Secrets, sent: Sent, code: string): CodeAsked {
  const { purpose, phone, asker } = sent;
  return { ...codeTyped(secrets, sent, code), slot: slotFor(secrets, 'asked', purpose, phone), known: asker === undefined };
}

/** A code as a command compares it. */
export function codeTyped(secrets: Secrets, { purpose, phone, asker = '', bound }: Sent, code: string): CodeTyped {
  const hash = (...texts: readonly string[]) => secrets.hash('phone-code', [purpose, phone, asker, ...texts].join('\n'));
  return { row: hash(), codeHash: hash(bound, code) };
}

/**
 * Throws `phone_code_wrong` if one of the codes cannot be right any more, so that further guesses leave no rows. A request that was decided
 * before passes: it is only answered again.
 */
export async function assertOpen(deps: Deps, request: FastifyRequest, codes: readonly CodeTyped[]): Promise<void> {
  const rows = await signInCodes(
    deps.store,
    codes.map(({ row }) => row),
  );
  if (rows.length === codes.length && rows.every((row) => isGood(row, deps.clock()))) return;
  if (!(await isDecided(deps, request))) throw new Problem('phone_code_wrong');
}

type Drawn = Sent & { readonly code: string };
type ToSend = Pick<Drawn, 'phone' | 'code' | 'purpose'>;

/** Draws codes, and sends them after the answer: its time tells nothing of the phones, and nobody waits for a gateway. */
export function codesOf(deps: Deps) {
  const { secrets, chance, deliverCode } = deps;
  const toSend = new WeakMap<FastifyRequest, readonly ToSend[]>();

  /** Throws `codes_not_deliverable`. */
  function draw(...sent: readonly Sent[]): { readonly drawn: readonly Drawn[]; readonly codes: readonly CodeAsked[] } {
    if (!deliverCode) throw new Problem('codes_not_deliverable');
    const drawn = sent.map((each) => ({ ...each, code: newSignInCode(chance) }));
    return { drawn, codes: drawn.map((each) => codeAsked(secrets, each, each.code)) };
  }

  function sendAfter(request: FastifyRequest, drawn: readonly ToSend[]): void {
    toSend.set(request, drawn);
  }

  return {
    draw,
    sendAfter,

    /**
     * Sends a code under the key of the request, and answers; the same request again sends no other one. `useless` says why nothing could be
     * done with a code: it is thrown, unless the request was decided before. Throws `codes_not_deliverable`.
     */
    async answer(request: FastifyRequest, reply: FastifyReply, sent: Sent, useless: Refusal | undefined) {
      if (useless && !(await isDecided(deps, request))) throw problemOf(useless);
      const { drawn, codes } = draw(sent);
      const outcome = await deps.submitOutcome(request, reply, askCodes, { codes });
      const made = doneOf(outcome).reply;
      if (!outcome.replayed) sendAfter(request, drawn);
      reply.code(202);
      return onWire(made);
    },

    onResponse: async (request: FastifyRequest): Promise<void> => {
      for (const { phone, code, purpose } of toSend.get(request) ?? []) {
        await deliverCode!(phone, code, purpose).catch((error: unknown) => {
          request.log.error({ err: error }, 'a code could not be delivered');
        });
      }
    },
  };
}
