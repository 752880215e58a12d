import { readerOf, type View } from '../store/index.ts';
import { applied, loadMore } from './batch.ts';
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

/**
 * A trial of commands as if they were submitted one after another, each on the books that those before it leave. Nothing is written, and it
 * needs no keys. Commands that are booked before the real submission may change the answers.
 */
export type Trial<I, R> = {
  /** The facts as the last one left them. */
  readonly facts: Facts;
  /** Decides some more, in order; the n-th command of the trial, counted from 1, makes things whose ids are that number. */
  decide(inputs: readonly I[]): Promise<readonly Decision<R>[]>;
};

/** Begins a trial of commands of one kind, by this client and actor, as of `at`. */
export function trialOf<I, R>(view: View, command: Command<I, R>, { client, actor, at }: Asking): Trial<I, R> {
  const facts = new WorkingSet();
  facts.trace();
  const reader = readerOf(view);
  let count = 0;
  return {
    facts,
    async decide(inputs) {
      const asked = inputs.map((input) => {
        const id = (++count).toString(16).padStart(NONE.length, '0');
        return { submission: { command, input, client, key: id, hash: '', actor }, id, at };
      });
      await loadMore(reader, facts, asked);
      const decisions: Decision<R>[] = [];
      for (const each of asked) {
        // An earlier one may have made a row that leads to further facts.
        await loadMore(reader, facts, [each]);
        const call = { id: each.id, at, day: dayOf(at), client, key: each.id, actor };
        const decision = command.decide(facts, each.submission.input, call);
        if (!isRefusal(decision)) applied(facts, decision, call);
        decisions.push(decision);
      }
      return decisions;
    },
  };
}
