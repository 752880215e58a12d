import assert from 'node:assert/strict';
import { readerOf, type View } from '../store/index.ts';
import { loadMore } from './batch.ts';
import { dayOf } from './calendar.ts';
import { type Call, type Command, type Decision, type Facts, isRefusal } from './command.ts';
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

/** Decides some more commands of a trial, in order; the n-th command of the trial, counted from 1, makes things whose ids are that number. */
export type Trial<I, R> = (inputs: readonly I[]) => Promise<readonly Decision<R>[]>;

/**
 * A trial of many commands, which make no entries: each is decided by its own `load` and `decide`, sees the changes of those before it, and
 * nothing is written. Commands that are booked before the real submission may change the answers.
 */
export function trialOf<I, R>(view: View, command: Command<I, R>, { client, actor, at }: Asking): Trial<I, R> {
  const facts = new WorkingSet();
  let count = 0;
  return async (inputs) => {
    const waiting = inputs.map((input) => ({
      submission: { command, input, client, key: NONE, hash: '', actor },
      id: (++count).toString(16).padStart(NONE.length, '0'),
      at,
    }));
    await loadMore(readerOf(view), facts, waiting);
    return waiting.map(({ submission, id }) => {
      const decision = command.decide(facts, submission.input, { id, at, day: dayOf(at), client, key: NONE, actor });
      if (isRefusal(decision)) return decision;
      assert(!decision.entries && !decision.uses, `${command.name} makes more than rows`);
      for (const { table, row } of decision.rows ?? []) facts.put(table, row);
      return decision;
    });
  };
}
