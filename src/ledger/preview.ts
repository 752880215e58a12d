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
 * The decisions that commands would get if they were submitted one after another, each on the books that those before it leave, and the facts
 * as the last one leaves them. Writes nothing and needs no keys.
 */
export async function previewInTurn<I, R>(
  view: View,
  command: Command<I, R>,
  inputs: readonly I[],
  { client, actor, at }: Asking,
): Promise<{ readonly decisions: readonly Decision<R>[]; readonly facts: Facts }> {
  const facts = new WorkingSet();
  facts.trace();
  const reader = readerOf(view);
  const asked = inputs.map((input, n) => {
    const id = (n + 1).toString(16).padStart(NONE.length, '0');
    return { submission: { command, input, client, key: id, hash: '', actor }, id, at };
  });
  await loadMore(reader, facts, asked);
  const decisions: Decision<R>[] = [];
  for (const [n, input] of inputs.entries()) {
    // An earlier one may have made a row that leads to further facts.
    await loadMore(reader, facts, [asked[n]!]);
    const call = { id: asked[n]!.id, at, day: dayOf(at), client, key: asked[n]!.id, actor };
    const decision = command.decide(facts, input, call);
    if (!isRefusal(decision)) applied(facts, decision, call);
    decisions.push(decision);
  }
  return { decisions, facts };
}
