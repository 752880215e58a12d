/** What is wrong with a field, in words that say what to send instead. */
import { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** The texts of what has none of its own; undefined leaves it to zod. */
function textOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return `${issue.input === undefined ? 'is missing: send' : 'must be'} ${typeOf(issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be ${listed(issue.values)}`;
  if (issue.code === 'too_small') return within(issue.origin, `at least ${issue.minimum}`, issue.minimum);
  if (issue.code === 'too_big') return within(issue.origin, `at most ${issue.maximum}`, issue.maximum);
  if (issue.code !== 'invalid_union') return undefined;
  return 'options' in issue && Array.isArray(issue.options)
    ? `must be ${listed(issue.options)}`
    : 'fits none of the forms that it may have';
}

function typeOf(expected: string): string {
  return types[expected] ?? expected;
}

function within(origin: string, bound: string, n: number | bigint): string {
  const more = Number(n) === 1 ? '' : 's';
  if (origin === 'string') return `must be ${bound} character${more} long`;
  return origin === 'array' ? `must have ${bound} item${more}` : `must be ${bound}`;
}

function listed(values: readonly unknown[]): string {
  const told = values.map((value) => (typeof value === 'string' ? `\`${value}\`` : String(value)));
  return told.length > 1 ? `one of ${told.join(', ')}` : (told[0] ?? 'nothing');
}

/** From here on zod speaks so, in every schema that does not say it in its own words. */
export function speakPlainly(): void {
  z.config({ localeError: textOf });
}
