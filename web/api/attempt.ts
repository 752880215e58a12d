/** A write from a form: one request key an attempt, kept until its outcome is known. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, NoAnswer } from './client.ts';

/** A fresh request key. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** `params` of a write: `api.POST('/v1/grants', { ...keyed(key), body })`. */
export function keyed(key: string): { params: { header: { 'Idempotency-Key': string } } } {
  return { params: { header: { 'Idempotency-Key': key } } };
}

/** The same of a write whose path has parts: `keyedAt(key, { id })`. */
export function keyedAt<P>(key: string, path: P): { params: { header: { 'Idempotency-Key': string }; path: P } } {
  return { params: { header: { 'Idempotency-Key': key }, path } };
}

export type AttemptState<R> =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  /** Nobody knows whether it was done: only sending the very same again tells. The form must not change meanwhile. */
  | { readonly state: 'unknown'; readonly error: ApiProblem | NoAnswer }
  /** It was not done, and `problem` says why. The next input is sent as a new attempt, with a new key. */
  | { readonly state: 'refused'; readonly problem: ApiProblem }
  | { readonly state: 'done'; readonly reply: R };

export type Attempt<I, R> = {
  readonly now: AttemptState<R>;
  /** Sends; while one is on its way, or its outcome is unknown, the input is left aside and the first one is sent again with its key. */
  readonly send: (input: I) => Promise<R | undefined>;
  /** Forgets the last outcome, for the next attempt. Not while an outcome is unknown. */
  readonly reset: () => void;
};

/**
 * An attempt at a write. A double click sends once; after a refusal the next attempt has a new key; after silence or a 5xx the same input
 * goes out with the same key, so that it is done once however often it is sent.
 */
export function useAttempt<I, R>(write: (input: I, key: string) => Promise<R>): Attempt<I, R> {
  const [now, setNow] = useState<AttemptState<R>>({ state: 'idle' });
  const pending = useRef<{ readonly key: string; readonly input: I; unknown: boolean } | undefined>(undefined);
  const busy = useRef(false);
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });

  const send = useCallback(async (input: I): Promise<R | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    const attempt = (pending.current ??= { key: newKey(), input, unknown: false });
    setNow({ state: 'sending' });
    try {
      const reply = await latest.current(attempt.input, attempt.key);
      pending.current = undefined;
      setNow({ state: 'done', reply });
      return reply;
    } catch (error) {
      // Without a session, or too soon, nothing was decided: what was unknown before is so still.
      const undecided = error instanceof ApiProblem && attempt.unknown && [401, 429].includes(error.status);
      if (error instanceof NoAnswer || (error instanceof ApiProblem && (error.outcomeUnknown || undecided))) {
        attempt.unknown = true;
        setNow({ state: 'unknown', error });
      } else {
        if (!(error instanceof ApiProblem)) throw error;
        pending.current = undefined;
        setNow(error.signedOut ? { state: 'idle' } : { state: 'refused', problem: error });
      }
      return undefined;
    } finally {
      busy.current = false;
    }
  }, []);

  const reset = useCallback(() => {
    if (!busy.current && pending.current === undefined) setNow({ state: 'idle' });
  }, []);

  return { now, send, reset };
}
