/** The fault of a field, if its schema has no message of its own. */
import { z } from 'zod';
import { faulty } from './field-codes.ts';

type Issue = z.core.$ZodRawIssue;

/** Undefined leaves it to zod. */
function textOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return faulty(issue.input === undefined ? 'missing' : 'wrong_type', { expected: issue.expected });
  if (issue.code === 'invalid_value') return faulty('not_one_of', { allowed: issue.values });
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum));
  if (issue.code === 'too_big') return tooLarge(issue.origin, Number(issue.maximum));
  if (issue.code !== 'invalid_union') return undefined;
  return 'options' in issue && Array.isArray(issue.options) ? faulty('not_one_of', { allowed: issue.options }) : faulty('no_form_fits');
}

function tooSmall(origin: string, atLeast: number): string {
  return faulty(origin === 'string' ? 'too_short' : origin === 'array' ? 'too_few' : 'too_small', { at_least: atLeast });
}

function tooLarge(origin: string, atMost: number): string {
  return faulty(origin === 'string' ? 'too_long' : origin === 'array' ? 'too_many' : 'too_large', { at_most: atMost });
}

/** From now on zod uses these messages in every schema without a message of its own. */
export function speakPlainly(): void {
  z.config({ localeError: textOf });
}
