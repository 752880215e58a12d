import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faulty, fieldErrorSaid } from '../../src/api/http/field-codes.ts';
import { speakPlainly } from '../../src/api/http/issue-texts.ts';
import { fieldProblem } from '../../src/api/http/problem.ts';
import { fieldError } from '../../web/shared/text/zh-fields.ts';

speakPlainly();

/** What the API says of a value that does not fit. */
function saidOf(schema: z.ZodType, value: unknown) {
  return fieldErrorSaid('/x', schema.safeParse(value).error!.issues[0]!.message);
}

describe('what the API says of a field', () => {
  it.each([
    [z.string(), undefined, '请填写此项'],
    [z.string().min(1), '', '至少 1 个字符'],
    [z.string().max(3), 'four', '最多 3 个字符'],
    [z.int().min(1), 0, '不能小于 1'],
    [z.int().max(500), 501, '不能大于 500'],
    [z.int(), 'one', '请输入数字'],
    [z.int(), 1.5, '请输入整数'],
    [z.array(z.string()).max(2), ['a', 'b', 'c'], '最多 2 项'],
    [z.enum(['till', 'machine']), 'person', '请选择列出的一项'],
    [z.string().regex(/^\d{6}$/, faulty('not_digits', { digits: 6 })), '7', '请输入 6 位数字'],
    [z.int().multipleOf(50, faulty('not_a_multiple', { of: 50 })), 70, '须为 50 的倍数'],
  ])('is said in Chinese', (schema, value, sentence) => {
    expect(fieldError(saidOf(schema, value))).toBe(sentence);
  });

  it('is said in Chinese even if nobody has thought of it', () => {
    expect(fieldError(saidOf(z.string().regex(/x/, 'must rhyme'), 'y'))).toBe('此项填写有误，请检查');
    expect(fieldError({ pointer: '/x', detail: 'must rhyme', code: 'must_rhyme' as 'not_valid' })).toBe('此项填写有误，请检查');
  });
});

/** Nothing here runs: the type check holds that each line with a mark does not compile, and that the mark is needed. */
const wrong = () => [
  // @ts-expect-error: no code
  faulty('too_shor', { at_least: 1 }),
  // @ts-expect-error: without its figure
  faulty('too_short'),
  // @ts-expect-error: with another's figure
  faulty('too_short', { at_most: 1 }),
  // @ts-expect-error: a code without figures
  faulty('not_a_day', { at_most: 1 }),
  // @ts-expect-error: what has no code is said by no route
  fieldProblem('/x', 'not_valid'),
  // @ts-expect-error: without its figure
  fieldProblem('/x', 'not_digits'),
];

it('a field error with wrong figures does not compile', () => {
  expect(wrong).toBeTypeOf('function');
});
