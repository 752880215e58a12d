/** What the lines of a list come to together: caps and the community's limit are used up by the lines above. Pure. */
import type { Schemas } from '../../api/client.ts';
import type { Line } from './batch-check.ts';

type Cap = Schemas['GrantPreview']['caps'][number];

/** What is left of a cap for this resident after the line. */
export type CapLeft = Pick<Cap, 'per' | 'left'>;

export type Judged = {
  readonly line: Line;
  readonly points: number | null;
  /** After this line and those above it. */
  readonly caps: readonly CapLeft[];
  /** `ready` is sent; `name` waits until an officer has said that the name may differ. */
  readonly state: 'ready' | 'fault' | 'refused' | 'cap' | 'limit' | 'name';
  /** Of a line that a cap or the limit stops: what they would have left for it. */
  readonly left?: CapLeft | { readonly left: number };
};

export type Sums = {
  readonly judged: readonly Judged[];
  readonly ready: readonly Judged[];
  readonly points: number;
  /** What the community may grant after this list, in points; undefined if no line could be previewed. */
  readonly available: number | undefined;
};

/** Judges the lines from above; `differing` says that lines whose name differs are granted too. */
export function sumsOf(lines: readonly Line[], differing: boolean): Sums {
  const used = new Map<string, number>();
  const before = lines.find(({ preview }) => preview)?.preview!.limit.effective.available_points;
  let sum = 0;
  const judged = lines.map((line): Judged => {
    const { preview, fault } = line;
    if (fault || !preview) return { line, points: null, caps: [], state: 'fault' };
    const points = preview.points ?? 0;
    const keyOf = ({ per }: Pick<Cap, 'per'>) => `${per} ${periodOf(per, line.said.occurred_on)} ${line.item!.resident_id}`;
    const left = preview.caps.map(({ per, left: alone }) => ({ per, left: Math.max(0, alone - (used.get(keyOf({ per })) ?? 0)) }));
    if (preview.refusal) return { line, points, caps: left, state: 'refused' };
    if (line.name === 'different' && !differing) return { line, points, caps: left, state: 'name' };
    const over = left.find((cap) => points > cap.left);
    if (over) return { line, points, caps: left, state: 'cap', left: over };
    if (sum + points > before!) return { line, points, caps: left, state: 'limit', left: { left: before! - sum } };
    sum += points;
    for (const cap of preview.caps) used.set(keyOf(cap), (used.get(keyOf(cap)) ?? 0) + points);
    return { line, points, caps: left.map((cap) => ({ ...cap, left: cap.left - points })), state: 'ready' };
  });
  const available = before === undefined ? undefined : before - sum;
  return { judged, ready: judged.filter(({ state }) => state === 'ready'), points: sum, available };
}

const LENGTHS = { day: 10, month: 7, year: 4 } as const;

function periodOf(per: Cap['per'], day: string): string {
  return day.slice(0, LENGTHS[per]);
}
