/** One-time codes for other purposes than signing in: their rows and hashes, and how they are sent once the answer is out. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CodeAsked, type CodeTyped, isGood, type Secrets, signInCodes } from '../../access/index.ts';
import { requestByNumber } from '../../ledger/index.ts';
import { requestKey } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import type { CodePurpose } from '../http/given.ts';
import { Problem } from '../http/problem.ts';
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

/** Whether the request was decided before, so that it is only answered again, whatever has changed since. */
export async function isDecided({ store }: Deps, request: FastifyRequest): Promise<boolean> {
  return (await requestByNumber(store, request.principal.clientId, requestKey(request))) !== undefined;
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

/** Draws codes, and sends them after the answer: its time tells nothing of the phones, and nobody waits for a gateway. */
export function codesOf({ secrets, chance, deliverCode }: Deps) {
  const toSend = new WeakMap<FastifyRequest, readonly Drawn[]>();

  return {
    /** Throws `codes_not_deliverable`. */
    draw(...sent: readonly Sent[]): { readonly drawn: readonly Drawn[]; readonly codes: readonly CodeAsked[] } {
      if (!deliverCode) throw new Problem('codes_not_deliverable');
      const drawn = sent.map((each) => ({ ...each, code: newSignInCode(chance) }));
      return { drawn, codes: drawn.map((each) => codeAsked(secrets, each, each.code)) };
    },

    sendAfter(request: FastifyRequest, drawn: readonly Drawn[]): void {
      toSend.set(request, drawn);
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
