/** Grants checked lines, some at a time, so that there is progress to be seen. */
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { type Known, referenceOf } from './batch-lines.ts';
import type { Rule } from './entered.ts';
import type { Picked } from './resident-picker.tsx';

export type Result =
  | { readonly status: 'granted'; readonly points: number }
  | { readonly status: 'refused'; readonly problem: Schemas['ItemProblem'] };

type Batch = { readonly lines: readonly Known[]; readonly key: string; readonly rule: Rule; readonly occurredOn: string };

const AT_ONCE = 25;

/** Sent again with the same key, what was granted is answered again and not granted again. */
export async function grantLines(
  { lines, key, rule, occurredOn }: Batch,
  told: (done: number, some: readonly (readonly [number, Result])[]) => void,
) {
  let granted = 0;
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    const items = await Promise.all(some.map((each) => itemOf(each, rule, occurredOn)));
    const { items: outcomes } = await answer(api.POST('/v1/grant-batches', { ...keyed(`${key}.${at / AT_ONCE}`), body: { items } }));
    const results = outcomes.map(({ grant, problem }, n): readonly [number, Result] => [
      some[n]!.line.number,
      grant ? { status: 'granted', points: grant.points } : { status: 'refused', problem: problem! },
    ]);
    granted += results.filter(([, { status }]) => status === 'granted').length;
    told(Math.min(at + AT_ONCE, lines.length), results);
  }
  return { granted, refused: lines.length - granted };
}

async function itemOf({ line, found }: Known, rule: Rule, day: string) {
  const resident = (found as Picked).value;
  const occurred = line.occurredOn === '' ? day : line.occurredOn;
  const description = line.description === '' ? rule.name : line.description;
  const said = [rule.id, resident, occurred, String(line.quantity), description];
  return {
    action_rule_id: rule.id,
    resident_id: resident,
    quantity: line.quantity,
    occurred_on: occurred,
    description,
    external_reference: line.reference === '' ? await referenceOf(said) : line.reference,
  };
}
