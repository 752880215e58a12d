/** How far this device's clock is from that of the service, which tells its time with every answer. */

/** An answer that took longer tells the time too roughly. */
const TELLING_MS = 10_000;
const HALF_A_SECOND = 500;

/** People are told of a difference beyond this. */
const BEARABLE_MS = 60_000;
const MINUTE_MS = 60_000;

/** Milliseconds to add to this device's time to have the service's: undefined while no answer has told. */
export type Offset = () => number | undefined;

let offset: number | undefined;
const listeners = new Set<() => void>();

export const offsetMs: Offset = () => offset;

/** By how many minutes this device's clock is ahead of the service's (below zero: behind it); 0 up to a minute. */
export function minutesAhead(): number {
  return offset === undefined || Math.abs(offset) <= BEARABLE_MS ? 0 : 0 - Math.round(offset / MINUTE_MS);
}

/** Hears that `minutesAhead` may be another. Gives the function that stops listening. */
export function onOffset(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Learns from an answer's Date header, which has whole seconds, and from this device's times of asking and hearing (epoch milliseconds). */
export function learn(date: string | null, askedAt: number, heardAt: number): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told) || heardAt < askedAt || heardAt - askedAt > TELLING_MS) return;
  offset = told + HALF_A_SECOND - (askedAt + heardAt) / 2;
  for (const tell of listeners) tell();
}

/** After so long without an answer nobody waits any more. A write may take longer: a list of many rows does. */
const SILENT_MS = { read: 20_000, write: 60_000 };

/** `fetch`, which learns the service's time by the way, and gives up on a service that does not answer. */
export async function timedFetch(request: Request): Promise<Response> {
  const askedAt = Date.now();
  const ending = new AbortController();
  const end = () => ending.abort();
  if (request.signal.aborted) end();
  request.signal.addEventListener('abort', end);
  const timer = setTimeout(end, SILENT_MS[request.method === 'GET' ? 'read' : 'write']);
  const response = await fetch(request, { signal: ending.signal }).finally(() => clearTimeout(timer));
  learn(response.headers.get('date'), askedAt, Date.now());
  return response;
}
