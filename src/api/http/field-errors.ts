import type { z } from 'zod';
import { type FieldError, fieldError, fieldErrorSaid } from './field-codes.ts';

/** The faults that zod found in a part of a body that a route parses itself; `base` is the pointer to that part. */
export function fieldErrorsIn({ issues }: z.ZodError, base: string): FieldError[] {
  return issues.flatMap((issue) => {
    const pointer = pointerTo(base, issue.path);
    if (issue.code !== 'unrecognized_keys') return [fieldErrorSaid(pointer, issue.message)];
    return issue.keys.map((key) => fieldError(pointerTo(pointer, [key]), 'unknown_field'));
  });
}

function pointerTo(base: string, path: readonly PropertyKey[]): string {
  return base + path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
