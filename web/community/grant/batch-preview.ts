/** Asks which way a checked list goes, before anything of it is sent. */
import { answer, api } from '../../api/client.ts';
import type { Line } from './batch-check.ts';
import { type Judged, judgedLines, linesAsked, type ListPreview } from './batch-judged.ts';

/** The judgement of every line; `whole` is the preview of those that would be sent, and undefined if none would. */
export type Previewed = { readonly judged: readonly Judged[]; readonly ready: readonly Judged[]; readonly whole: ListPreview | undefined };

function ask(lines: readonly Line[]): Promise<ListPreview> {
  return answer(api.POST('/v1/grant-list-previews', { body: { rows: lines.map(({ item }) => ({ ...item! })) } }));
}

/** Previews the lines, and then those that are good by themselves: the way is that of what is sent. Throws what the API answers. */
export async function previewed(lines: readonly Line[], differing: boolean): Promise<Previewed> {
  const asked = linesAsked(lines, differing);
  const all = asked.length === 0 ? undefined : await ask(asked);
  const judged = judgedLines(lines, differing, all?.rows ?? []);
  const ready = judged.filter(({ judgement }) => judgement.state === 'ready');
  if (!all || ready.length === 0) return { judged, ready, whole: undefined };
  const whole = ready.length === asked.length ? all : await ask(ready.map(({ line }) => line));
  return { judged, ready, whole };
}

/** Whether the preview is still as it was shown: the same lines go, the same way, for the same points. */
export function isSame(shown: Previewed, now: Previewed): boolean {
  const said = ({ judged, whole }: Previewed) =>
    JSON.stringify([judged.map(({ points, judgement }) => [points, judgement.state]), whole?.second_officer, whole?.refusal?.code]);
  return said(shown) === said(now);
}
