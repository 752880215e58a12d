/** The lines of a list as the preview of the whole list judges them, in order: what the lines above use up is gone for those below. Pure. */
import type { Schemas } from '../../api/client.ts';
import type { Line } from './batch-check.ts';

export type ListPreview = Schemas['GrantListPreview'];

type Per = Schemas['GrantPreview']['caps'][number]['per'];

/**
 * `ready` is sent; `name` waits until an officer has said that the name may differ; a line with the same reference as one above would be
 * refused. A line that a cap or the limit stops says how many points they leave for it.
 */
export type Judgement =
  | { readonly state: 'ready' | 'fault' | 'name' }
  | { readonly state: 'refused'; readonly refusal: Schemas['Refusal'] }
  | { readonly state: 'repeated'; readonly of: number }
  | { readonly state: 'cap'; readonly per: Per; readonly left: number }
  | { readonly state: 'limit'; readonly left: number };

export type Judged = { readonly line: Line; readonly points: number | null; readonly judgement: Judgement };

/** The lines that are previewed; `differing` says that those whose name differs are among them. */
export function linesAsked(lines: readonly Line[], differing: boolean): Line[] {
  return lines.filter(({ item, name }) => item && (differing || name !== 'different'));
}

/** The judgement of every line; `rows` are the previews of `linesAsked`. */
export function judgedLines(lines: readonly Line[], differing: boolean, rows: ListPreview['rows']): Judged[] {
  const asked = linesAsked(lines, differing);
  return lines.map((line): Judged => {
    if (!line.item) return { line, points: null, judgement: { state: 'fault' } };
    const row = rows[asked.indexOf(line)];
    if (!row) return { line, points: null, judgement: { state: 'name' } };
    return { line, points: row.points, judgement: row.refusal ? judgementOf(row.refusal, asked) : { state: 'ready' } };
  });
}

type Details = {
  readonly row?: number;
  readonly cap?: Per;
  readonly limit?: number;
  readonly used?: number;
  readonly available?: number;
};

function judgementOf(refusal: Schemas['Refusal'], asked: readonly Line[]): Judgement {
  const { row = 0, cap, limit = 0, used = 0, available = 0 } = (refusal.details ?? {}) as Details;
  switch (refusal.code) {
    case 'reference_in_list':
      return { state: 'repeated', of: asked[row - 1]!.row.line };
    case 'cap_exceeded':
      return { state: 'cap', per: cap!, left: Math.max(0, limit - used) };
    case 'exposure_limit_exceeded':
      return { state: 'limit', left: available };
    default:
      return { state: 'refused', refusal };
  }
}
