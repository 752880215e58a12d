import type { z } from 'zod';
import type { FieldError } from './problem.ts';

/** What zod found in a part of a body that a route parses itself; `base` is the pointer to that part. */
export function fieldErrorsIn({ issues }: z.ZodError, base: string): FieldError[] {
  return issues.flatMap((issue) => {
    const pointer = pointerTo(base, issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerTo(pointer, [key]), detail: 'is not a known field: leave it out' }));
  });
}

function pointerTo(base: string, path: readonly PropertyKey[]): string {
  return base + path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
