/**
 * Steps of migrations that SQL alone cannot do. A migration names one where it belongs, by a statement that is a comment alone:
 * `-- step: fill-name-keys`. It runs in the migration's own transaction, on either engine.
 */
import { fillNameKeys } from './name-keys.ts';

/** A statement with `?` for each value. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** The rows of its answer: arrays in the order of its columns, with values as the driver gives them. */
export type Rows = readonly (readonly unknown[])[];

/** A step yields statements and is given their rows. So it is written once, for a driver that waits and for one that does not. */
export type Step = Generator<Statement, void, Rows>;

const steps: Readonly<Record<string, () => Step>> = { 'fill-name-keys': fillNameKeys };

/** The step that a statement of a migration names, or undefined if it is a statement of SQL. Throws if there is no such step. */
export function stepIn(statement: string): (() => Step) | undefined {
  const name = /^-- step: (\S+)$/.exec(statement.trim())?.[1];
  if (name === undefined) return undefined;
  const step = steps[name];
  if (!step) throw new Error(`a migration names the step ${name}, which is not there`);
  return step;
}
