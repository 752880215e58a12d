/** The certification cases as the table of docs/tills.md tells them. */
import type { Certification, Sent, Step } from './cases.ts';
import { requestsOf } from './cases.ts';

export const header = ['No.', 'Case', 'Steps, and the answers', 'The till shows', 'The till'] as const;

export function rowOf(each: Certification): string[] {
  const shows = requestsOf(each).flatMap(({ expect: { show }, lost }) => (show === undefined || lost ? [] : [show]));
  return [String(each.number), each.title, each.steps.map(stepTold).join('; '), [...new Set(shows)].join(' → '), each.till];
}

function stepTold(step: Step): string {
  if ('arrange' in step) return `\`${step.arrange}\`${step.as === undefined ? '' : ` as \`${step.as}\``}`;
  if ('wait' in step) return `wait ${spanOf(step.wait)}`;
  if (!('expect' in step)) return `\`${step.send}\` is lost`;
  const many = step.times === undefined ? '' : `${step.times} times `;
  return `${many}\`${step.send.replaceAll(/\{\{|\}\}/g, (braces) => braces[0]!)}\`${step.lost ? ', answer lost:' : ''} ${outcomeOf(step)}`;
}

/** The status, and the codes and states in the answer. */
function outcomeOf({ expect: { status, code, replayed, body = {} } }: Sent): string {
  const told = Object.entries(body).flatMap(([pointer, value]) =>
    /\/(code|status)$/.test(pointer) && typeof value === 'string' ? [value] : [],
  );
  const words = [...(code === undefined ? [] : [code]), ...told].filter((word, n, all) => word !== 'refused' || n === all.length - 1);
  return [status, ...words.map((word) => `\`${word}\``), ...(replayed ? ['again'] : [])].join(' ');
}

const spans = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

function spanOf(seconds: number): string {
  const [unit, name] = spans.find(([each]) => seconds % each === 0)!;
  const count = seconds / unit;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
