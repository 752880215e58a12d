/** How often strangers may have one-time codes sent, whatever the codes are for. */
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

/**
 * Counts a stranger's request for a phone, and returns when the next one passes here (epoch milliseconds). Throws
 * `code_asked_too_often`, or `too_many_guesses` for all phones together.
 */
export function countAsked({ guards, clock }: Pick<Deps, 'guards' | 'clock'>, phoneHash: string, address: string): number {
  const [client, now] = [`${phoneHash} ${address}`, clock()];
  const asked = [guards.asks, guards.asksOfHour, guards.asksOfDay];
  const waitMs = () => Math.max(...asked.map((guard) => guard.waitMs({ client }, now)));
  const tooEarlyMs = waitMs();
  if (tooEarlyMs > 0) throw new Problem('code_asked_too_often', { details: { retry_after_seconds: Math.ceil(tooEarlyMs / 1_000) } });
  for (const guard of asked) guard.check({ address }, now);
  for (const guard of asked) guard.miss({ client, address }, now);
  return now + waitMs();
}
