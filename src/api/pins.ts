/** What is done about PINs of codes on paper, so that few can be tried, however they are sent. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SYSTEM_CLIENT } from '../ledger/index.ts';
import { countWrongPin, type RedeemInput } from '../redeem/index.ts';
import type { Given } from './http/given.ts';

export const pin = z
  .string()
  .regex(/^\d{6}$/, 'must be 6 digits')
  .meta({ description: 'Of a code on paper, which is good only with it.' });

/** The keyed hash of a PIN: by itself it would be the same for every paper that has it. */
export function pinHashOf({ secrets }: Pick<Given, 'secrets'>, code: string, typed: string): string {
  return secrets.hash('pin', `${code}\n${typed}`);
}

export type Pins = {
  /** Lets attempts that try a PIN of one code follow one another: each is counted before the next is decided. */
  inTurn<T>(input: RedeemInput, attempt: () => Promise<T>): Promise<T>;
  /** Counts the wrong PIN of an attempt; once, however often it is asked to. Throws `Unavailable`. */
  countWrong(request: FastifyRequest, key: string, input: RedeemInput): Promise<void>;
};

export function pinsOf({ engine }: Pick<Given, 'engine'>): Pins {
  const latest = new Map<string, Promise<unknown>>();
  return {
    async inTurn({ codeHash, pinHash }, attempt) {
      if (pinHash == null) return attempt();
      const turn = (latest.get(codeHash) ?? Promise.resolve()).then(attempt);
      const over = turn.catch(() => {});
      latest.set(codeHash, over);
      return turn.finally(() => {
        if (latest.get(codeHash) === over) latest.delete(codeHash);
      });
    },
    async countWrong({ principal: { clientId, actor } }, attempt, { codeHash }) {
      const digest = createHash('sha256').update(`${clientId}\n${attempt}`).digest('hex').slice(0, 32);
      const key = `count-wrong-pin:${digest}`;
      await engine.submit({ command: countWrongPin, input: { codeHash }, client: SYSTEM_CLIENT, key, hash: '', actor });
    },
  };
}
