/**
 * Steps of migrations that SQL alone cannot do. A migration names one where it belongs, by a statement that is a comment alone:
 * `-- step: fill-name-keys`. It runs in the migration's own transaction, on either engine.
 */
import { fillNameKeys } from './name-keys.ts';
import type { Step } from './step.ts';

const steps: Readonly<Record<string, () => Step>> = { 'fill-name-keys': fillNameKeys };

/** The step that a statement of a migration names, or undefined if it is a statement of SQL. Throws if there is no such step. */
export function stepIn(statement: string): (() => Step) | undefined {
  const name = /^-- step: (\S+)$/.exec(statement.trim())?.[1];
  if (name === undefined) return undefined;
  const step = steps[name];
  if (!step) throw new Error(`a migration names the step ${name}, which is not there`);
  return step;
}
