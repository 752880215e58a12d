/**
 * How a route submits a command to the engine: the Idempotency-Key names the attempt, and a keyed hash of the request shows whether the
 * input is another one. Requests that are stored from before have the hash of the bytes, so that these are compared as well.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { z } from 'zod';
import { type Command, type Done, type Outcome, requestByNumber, SYSTEM_CLIENT, Unavailable } from '../../ledger/index.ts';
import type { Given } from './given.ts';
import type { Metrics } from './metrics.ts';
import type { TellOutage } from './outage-log.ts';
import { Problem, problemOf } from './problem.ts';
import { fieldError } from './field-codes.ts';
import { comparable } from './same-input.ts';

const KEY = /^[A-Za-z0-9._:-]{1,64}$/;

const ONCE_BYTES = 16;
const NOTHING = new Uint8Array();

/** Seconds after which a caller may try again when the engine cannot take a command. */
const RETRY_AFTER_SECONDS = 1;

/** Carries out a command for a request, and returns its outcome; marks the answer if it is a replay. */
export type SubmitOutcome = <I, R>(request: FastifyRequest, reply: FastifyReply, command: Command<I, R>, input: I) => Promise<Outcome<R>>;

/** Like `SubmitOutcome`, but returns the reply. Throws the problem if the command is refused. */
export type Submit = <I, R>(request: FastifyRequest, reply: FastifyReply, command: Command<I, R>, input: I) => Promise<R>;

/**
 * Like `Submit`, for commands at sign-in and in a session: they have no key, may be carried out twice, and leave no request, since strangers send
 * as many as they like. If nobody is signed in yet, the system acts.
 */
export type SubmitOnce = <I, R>(request: FastifyRequest, command: Command<I, R>, input: I) => Promise<R>;

/** One item of a batch: its own key, the input that the caller sent, and the schema that reads it. */
type BatchItem = { readonly key: string; readonly sent: unknown; readonly schema: z.ZodType };

/**
 * Like `Submit`, for one item of a batch. Never throws: an item that could not be decided is refused as `unavailable` or `internal_error`,
 * which is not final.
 */
export type SubmitItem = <I, R>(request: FastifyRequest, item: BatchItem, command: Command<I, R>, input: I) => Promise<Outcome<R>>;

type Deps = Pick<Given, 'engine' | 'secrets' | 'chance'> & { readonly metrics: Metrics; readonly tellOutage: TellOutage };

/** The body that was sent under a key: its bytes and, if it is JSON, the form in which it is compared. */
type Sent = { readonly key: string; readonly compared: string | undefined; readonly bytes: () => Uint8Array; readonly once?: true };

type Submitters = {
  readonly submit: Submit;
  readonly submitOutcome: SubmitOutcome;
  readonly submitOnce: SubmitOnce;
  readonly submitItem: SubmitItem;
};

export function submitOf({ engine, secrets, chance, metrics, tellOutage }: Deps): Submitters {
  async function run<I, R>(request: FastifyRequest, sent: Sent, command: Command<I, R>, input: I): Promise<Outcome<R>> {
    const { key, compared, bytes, once = false } = sent;
    const { clientId: client, actor } = senderOf(request);
    const route = `${request.method} ${request.routeOptions.url} ${JSON.stringify(request.params)}\n`;
    const formerHash = () => secrets.hash('request', Buffer.concat([Buffer.from(route), bytes()]));
    const hash = compared === undefined ? formerHash() : secrets.hash('request', route + compared);
    try {
      const outcome = await engine.submit({ command, input, client, key, hash, formerHash, actor, once });
      metrics.commands.inc({ command: command.name, outcome: outcomeName(outcome) });
      return outcome;
    } catch (error) {
      metrics.commands.inc({ command: command.name, outcome: 'failed' });
      throw error;
    }
  }

  const submitOutcome: SubmitOutcome = async (request, reply, command, input) => {
    const outcome = await run(request, sentIn(request), command, input);
    if (outcome.replayed) reply.header('idempotency-replayed', 'true');
    return outcome;
  };

  return {
    submitOutcome,

    submit: async (request, reply, command, input) => doneOf(await submitOutcome(request, reply, command, input)).reply,

    async submitOnce(request, command, input) {
      const sent = { key: `once-${chance(ONCE_BYTES).toHex()}`, compared: '', bytes: () => NOTHING, once: true } as const;
      return doneOf(await run(request, sent, command, input)).reply;
    },

    async submitItem(request, { key, sent, schema }, command, input) {
      try {
        const bytes = () => Buffer.from(JSON.stringify(sent));
        return await run(request, { key, compared: comparable(sent, schema), bytes }, command, input);
      } catch (error) {
        const refused = error instanceof Unavailable ? 'unavailable' : 'internal_error';
        if (refused === 'unavailable') tellOutage(request, refused, error);
        else request.log.error({ err: error }, 'a batch item failed');
        return { refused, details: {}, replayed: false };
      }
    },
  };
}

/** The outcome of a command that was carried out. Throws the problem if it was refused. */
export function doneOf<R>(outcome: Outcome<R>): Done<R> {
  if ('refused' in outcome) throw problemOf(outcome);
  return outcome;
}

/** A request's key and body. JSON is compared by its meaning, every other body by its bytes. */
function sentIn(request: FastifyRequest): Sent {
  const { sentBody, rawBody, routeOptions } = request;
  const compared = sentBody === undefined ? undefined : comparable(sentBody, routeOptions.schema?.body);
  return { key: requestKey(request), compared, bytes: () => rawBody };
}

function senderOf({ principal }: { readonly principal: FastifyRequest['principal'] | undefined }) {
  return principal ?? { clientId: SYSTEM_CLIENT, actor: SYSTEM_CLIENT };
}

function outcomeName(outcome: Outcome<unknown>): string {
  if (outcome.replayed) return 'replayed';
  return 'refused' in outcome ? outcome.refused : 'succeeded';
}

/** The Idempotency-Key of a write. Throws a problem that names the header. */
export function requestKey({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const key = headers['idempotency-key'];
  const pointer = 'header/Idempotency-Key';
  if (key === undefined) throw new Problem('idempotency_key_missing', { errors: [fieldError(pointer, 'missing')] });
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new Problem('idempotency_key_invalid', { errors: [fieldError(pointer, 'not_a_key', { pattern: KEY.source })] });
}

/** Whether the request was decided before, so that it is only answered again, whatever has changed since. Throws as `requestKey` does. */
export async function isDecided({ store }: Pick<Given, 'store'>, request: FastifyRequest): Promise<boolean> {
  return (await requestByNumber(store, request.principal.clientId, requestKey(request))) !== undefined;
}

/** The number of items of a batch that wait at once: few enough that other requests hardly wait. */
const ITEMS_AT_ONCE = 32;

/**
 * Works through the items of a batch in order, a few at a time. Between them other requests have their turn, also where no item waits for
 * anything.
 */
export async function inTurns<T, R>(items: readonly T[], work: (item: T, n: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += ITEMS_AT_ONCE) {
    if (from > 0) await othersFirst();
    const turn = items.slice(from, from + ITEMS_AT_ONCE);
    done.push(...(await Promise.all(turn.map((item, n) => work(item, from + n)))));
  }
  return done;
}

/** The answer while a request cannot be carried out, with the error or the sentence that says why in the log. */
export function unavailable(cause: unknown): Problem {
  return new Problem('unavailable', { cause, details: { retry_after_seconds: RETRY_AFTER_SECONDS } });
}

/** Makes the answer a 201 with the address of the new thing. */
export function created(reply: FastifyReply, path: string): void {
  reply.code(201).header('location', path);
}
