/** Grants checked lines, some at a time, so that there is progress to be seen. */
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import type { Item } from './batch-check.ts';

export type Result =
  | { readonly status: 'granted'; readonly points: number }
  | { readonly status: 'refused'; readonly problem: Schemas['ItemProblem'] };

/** A deed, and the number of its line. */
export type Numbered = { readonly line: number; readonly item: Item };

const AT_ONCE = 25;

/** Sent again with the same key, what was granted is answered again and not granted again. */
export async function grantLines(
  lines: readonly Numbered[],
  key: string,
  told: (done: number, some: readonly (readonly [number, Result])[]) => void,
) {
  let [granted, points] = [0, 0];
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    const body = { items: some.map(({ item }) => ({ ...item })) };
    const { items: outcomes } = await answer(api.POST('/v1/grant-batches', { ...keyed(`${key}.${at / AT_ONCE}`), body }));
    const results = outcomes.map(({ grant, problem }, n): readonly [number, Result] => [
      some[n]!.line,
      grant ? { status: 'granted', points: grant.points } : { status: 'refused', problem: problem! },
    ]);
    for (const [, result] of results) {
      if (result.status !== 'granted') continue;
      granted += 1;
      points += result.points;
    }
    told(Math.min(at + AT_ONCE, lines.length), results);
  }
  return { granted, points, refused: lines.length - granted };
}
