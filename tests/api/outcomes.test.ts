import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemBody, problemOf } from '../../src/api/http/problem.ts';

type Recorded = {
  readonly code: string;
  /** The figures as they were given, and so as a refusal's are stored. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What its caller was then told. */
  readonly answer: { readonly status: number; readonly detail: string; readonly details: Readonly<Record<string, unknown>> };
};

const file = join(import.meta.dirname, '../fixtures/outcomes.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];

/** How a figure may stand in a sentence. */
function toldAs(figure: unknown): string {
  return Array.isArray(figure) ? figure.join(', ') : String(figure);
}

describe('a refusal that was stored before its code stood in the folder that refuses it', () => {
  test.each(recorded)('is told as it was: $code $details', ({ code, details, answer }) => {
    const body = problemBody(problemOf({ refused: code, details }), 'req_1');
    expect(body.status).toBe(answer.status);
    expect(body.details ?? {}).toEqual(answer.details);
    expect(body.detail).not.toMatch(/undefined|null|NaN|\[object/);
    const figures = Object.values(answer.details).map(toldAs);
    for (const figure of figures.filter((each) => answer.detail.includes(each))) expect(body.detail).toContain(figure);
  });
});
