/** Sends a checked list the way that its preview says: granted line by line, or proposed as a whole. */
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import type { Item } from './batch-check.ts';

export type Result =
  | { readonly status: 'granted'; readonly points: number }
  | { readonly status: 'refused'; readonly problem: Schemas['ItemProblem'] };

/** A deed, and the number of its line. */
export type Numbered = { readonly line: number; readonly item: Item };

/** A list to be sent; with a reason it is proposed, for a second officer to approve. */
export type Sending = { readonly lines: readonly Numbered[]; readonly reason: string | null };

export type Sent =
  | { readonly kind: 'granted'; readonly granted: number; readonly points: number; readonly refused: number }
  | { readonly kind: 'proposed'; readonly id: string; readonly rows: number; readonly points: number };

type Told = (done: number, some: readonly (readonly [number, Result])[]) => void;

const AT_ONCE = 25;

export async function sendList({ lines, reason }: Sending, key: string, told: Told): Promise<Sent> {
  return reason === null ? grantLines(lines, key, told) : proposeLines(lines, reason, key);
}

/** Sent again with the same key, what was granted is answered again and not granted again. */
async function grantLines(lines: readonly Numbered[], key: string, told: Told): Promise<Sent> {
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
  return { kind: 'granted', granted, points, refused: lines.length - granted };
}

type Proposed = Extract<Sent, { kind: 'proposed' }>;

/** Proposes lines as one list, with a reason. */
export async function proposeLines(lines: readonly Numbered[], reason: string, key: string): Promise<Proposed> {
  const input = { rows: lines.map(({ item }) => ({ ...item })) };
  const made = await answer(api.POST('/v1/proposals', { ...keyed(key), body: { command: 'grant_list', input, reason } }));
  const { count, points } = made.input as Schemas['ProposedGrantList'];
  return { kind: 'proposed', id: made.id, rows: count, points };
}
