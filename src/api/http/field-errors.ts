import type { z } from 'zod';
import { type FieldError, fieldError, fieldErrorSaid } from './field-codes.ts';

/** The faults that are told of one item of a list, and in one answer: enough to correct by, and a bound of its size. */
const FAULTS_OF_AN_ITEM = 5;
export const FAULTS_OF_AN_ANSWER = 100;

/** The characters of a name in a pointer; a name that a caller makes up may have any length. */
const NAME_MAX = 64;

/** The faults that zod found in a part of a request, at most five of one item of a list; `base` is the pointer to that part. */
export function fieldErrorsIn({ issues }: z.core.$ZodError, base: string, atMost: number = FAULTS_OF_AN_ANSWER): FieldError[] {
  const faults: FieldError[] = [];
  const toldOf = new Map<string, number>();
  for (const issue of issues) {
    const item = itemOf(issue.path);
    const room = Math.min(atMost - faults.length, item === '' ? atMost : FAULTS_OF_AN_ITEM - (toldOf.get(item) ?? 0));
    const told = faultsOf(issue, pointerTo(base, issue.path), room);
    faults.push(...told);
    toldOf.set(item, (toldOf.get(item) ?? 0) + told.length);
    if (faults.length >= atMost) break;
  }
  return faults;
}

function faultsOf(issue: z.core.$ZodIssue, pointer: string, atMost: number): FieldError[] {
  if (atMost <= 0) return [];
  if (issue.code !== 'unrecognized_keys') return [fieldErrorSaid(pointer, issue.message)];
  return issue.keys.slice(0, atMost).map((key) => fieldError(pointerTo(pointer, [key]), 'unknown_field'));
}

/** The item of a list that a path leads into; '' if it leads into none. */
function itemOf(path: readonly PropertyKey[]): string {
  return path.slice(0, path.findLastIndex((part) => typeof part === 'number') + 1).join('/');
}

/** The faults of one answer, gathered item by item. */
export type Faults = {
  /** The faults of an item as far as the answer still has room for them, and remembers them. */
  of(error: z.core.$ZodError, pointer: string): readonly FieldError[];
  readonly all: readonly FieldError[];
  /** Whether no further fault will be told. */
  readonly full: boolean;
};

export function newFaults(): Faults {
  const all: FieldError[] = [];
  return {
    of(error, pointer) {
      const told = fieldErrorsIn(error, pointer, Math.min(FAULTS_OF_AN_ITEM, FAULTS_OF_AN_ANSWER - all.length));
      all.push(...told);
      return told;
    },
    all,
    get full() {
      return all.length >= FAULTS_OF_AN_ANSWER;
    },
  };
}

export function pointerTo(base: string, path: readonly PropertyKey[]): string {
  const below = path.map((part) => String(part)).map((name) => (name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name));
  return [...(base === '' ? [''] : [base]), ...below.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
