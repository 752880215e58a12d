/** The sums of the lines of a list: caps and the community's limit are used up by the lines above. Pure. */
import type { Schemas } from '../../api/client.ts';
import type { Line } from './batch-check.ts';

type Cap = Schemas['GrantPreview']['caps'][number];

/** The points that a cap leaves this resident after the line. */
export type CapLeft = Pick<Cap, 'per' | 'left'>;

/**
 * `ready` is sent; `name` waits until an officer has said that the name may differ; a line with the same reference as one above would be
 * refused. A line that a cap or the limit stops says how many points they leave for it.
 */
export type Judgement =
  | { readonly state: 'ready' | 'fault' | 'refused' | 'name' }
  | { readonly state: 'repeated'; readonly of: number }
  | ({ readonly state: 'cap' } & CapLeft)
  | { readonly state: 'limit'; readonly left: number };

export type Judged = {
  readonly line: Line;
  readonly points: number | null;
  /** After this line and those above it. */
  readonly caps: readonly CapLeft[];
  readonly judgement: Judgement;
};

export type Sums = {
  readonly judged: readonly Judged[];
  readonly ready: readonly Judged[];
  readonly points: number;
  /** The points that the community may grant after this list; undefined if no line could be previewed. */
  readonly available: number | undefined;
};

/** Judges the lines from above; `differing` says that lines whose name differs are granted too. */
export function sumsOf(lines: readonly Line[], differing: boolean): Sums {
  const used = new Map<string, number>();
  const references = new Map<string, number>();
  const before = lines.find(({ preview }) => preview)?.preview!.limit.effective.available_points;
  let sum = 0;
  const judged = lines.map((line): Judged => {
    const { preview, fault, item } = line;
    if (fault || !preview || !item) return { line, points: null, caps: [], judgement: { state: 'fault' } };
    const points = preview.points ?? 0;
    const keyOf = ({ per }: Pick<Cap, 'per'>) => `${per} ${periodOf(per, item.occurred_on)} ${item.resident_id}`;
    const caps = preview.caps.map(({ per, left }) => ({ per, left: Math.max(0, left - (used.get(keyOf({ per })) ?? 0)) }));
    const judgement = judgementOf(line, { points, caps, limit: before! - sum, above: references.get(item.external_reference), differing });
    if (judgement.state !== 'ready') return { line, points, caps, judgement };
    sum += points;
    references.set(item.external_reference, line.row.line);
    for (const cap of caps) used.set(keyOf(cap), (used.get(keyOf(cap)) ?? 0) + points);
    return { line, points, caps: caps.map((cap) => ({ ...cap, left: cap.left - points })), judgement };
  });
  const available = before === undefined ? undefined : before - sum;
  return { judged, ready: judged.filter(({ judgement }) => judgement.state === 'ready'), points: sum, available };
}

type Left = {
  readonly points: number;
  readonly caps: readonly CapLeft[];
  readonly limit: number;
  /** The line above with the same reference. */
  readonly above: number | undefined;
  readonly differing: boolean;
};

function judgementOf({ preview, name }: Line, { points, caps, limit, above, differing }: Left): Judgement {
  if (preview!.refusal) return { state: 'refused' };
  if (name === 'different' && !differing) return { state: 'name' };
  if (above !== undefined) return { state: 'repeated', of: above };
  const over = caps.find(({ left }) => points > left);
  if (over) return { state: 'cap', ...over };
  return points > limit ? { state: 'limit', left: limit } : { state: 'ready' };
}

const LENGTHS = { day: 10, month: 7, year: 4 } as const;

function periodOf(per: Cap['per'], day: string): string {
  return day.slice(0, LENGTHS[per]);
}
