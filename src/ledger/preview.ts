import { readerOf, type View } from '../store/index.ts';
import { loadMore } from './batch.ts';
import { dayOf } from './calendar.ts';
import type { Call, Command, Decision, Facts } from './command.ts';
import { WorkingSet } from './working-set.ts';

/** The client and actor who would submit the command, and the time. */
export type Asking = Pick<Call, 'client' | 'actor' | 'at'>;

/** Stands for the ids and the key, which a preview never gets. */
const NONE = '0'.repeat(32);

/**
 * The decision that a command would get, by its own `load` and `decide` on the books as they stand, and the facts that it was decided by.
 * Writes nothing and needs no key. Commands that are booked before the real submission may change the answer.
 */
export async function preview<I, R>(
  view: View,
  command: Command<I, R>,
  input: I,
  { client, actor, at }: Asking,
): Promise<{ readonly decision: Decision<R>; readonly facts: Facts }> {
  const facts = new WorkingSet();
  const submission = { command: command as Command<unknown, unknown>, input, client, key: NONE, hash: '', actor };
  await loadMore(readerOf(view), facts, [{ submission, id: NONE, at }]);
  return { decision: command.decide(facts, input, { id: NONE, at, day: dayOf(at), client, key: NONE, actor }), facts };
}
