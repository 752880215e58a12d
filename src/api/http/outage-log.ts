import type { FastifyRequest } from 'fastify';
import { messageOf } from '../../store/index.ts';

/** The pause in the log after a line of one reason. */
const PAUSE_MS = 10_000;

/** Logs that requests could not be carried out just now, with the reason: the problem's code, and what is behind it. */
export type TellOutage = (request: FastifyRequest, code: string, cause: unknown) => void;

/**
 * An overload or a full disk turns away thousands of requests for one reason. It is logged at once, and then every ten seconds with the number
 * of requests since: a short line, since a stack would say where we found out, and not why. `clock` is in epoch milliseconds.
 */
export function outageLog(clock: () => number): TellOutage {
  /** By reason: when it was logged, and how often it has come since. */
  const said = new Map<string, { readonly at: number; since: number }>();
  return (request, code, cause) => {
    const reason = reasonOf(cause);
    const key = `${code} ${reason}`;
    const now = clock();
    const last = said.get(key);
    // The clock may be set back.
    if (last && Math.abs(now - last.at) < PAUSE_MS) return void last.since++;
    for (const [other, { at }] of said) if (Math.abs(now - at) >= PAUSE_MS) said.delete(other);
    said.set(key, { at: now, since: 0 });
    request.log.warn({ code, ...(reason !== '' && { reason }), ...(last && { since: last.since }) }, 'could not be carried out just now');
  };
}

/** The messages of an error and of its causes. The message of a failed query holds the query's parameters, and is left out. */
function reasonOf(cause: unknown): string {
  const said: string[] = [];
  for (let next = cause; next !== undefined; next = next instanceof Error ? next.cause : undefined) {
    if (typeof next === 'string') said.push(next);
    else if (next instanceof Error && !('params' in next)) said.push(messageOf(next));
  }
  return [...new Set(said)].join(': ');
}
