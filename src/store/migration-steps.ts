/**
 * Steps of migrations that SQL alone cannot do. A migration names one where it belongs, by a statement that is a comment alone:
 * `-- step: fold-references`. It runs in the migration's own transaction, on either engine.
 */
import { type FoldedAlike, foldReferences } from './fold-references.ts';
import { fillNameKeys } from './name-keys.ts';
import { fillProposalResidents } from './proposal-residents.ts';
import { fillSearchKeys } from './search-keys.ts';
import type { Step } from './step.ts';

/** Called with what a step found and left as it was. */
export type Tell = (found: FoldedAlike) => void;

export type MigrationOptions = {
  /** Called with what a migration found and left as it was, if there was anything to migrate. */
  readonly tellMigration?: Tell | undefined;
};

const steps: Readonly<Record<string, (tell: Tell) => Step>> = {
  'fold-references': foldReferences,
  'fill-name-keys': fillNameKeys,
  'fill-proposal-residents': fillProposalResidents,
  'fill-search-keys': fillSearchKeys,
};

/** The step that a statement of a migration names, or undefined if it is a statement of SQL. Throws if there is no such step. */
export function stepIn(statement: string): ((tell: Tell) => Step) | undefined {
  const name = /^-- step: (\S+)$/.exec(statement.trim())?.[1];
  if (name === undefined) return undefined;
  const step = steps[name];
  if (!step) throw new Error(`a migration names the step ${name}, which is not there`);
  return step;
}
