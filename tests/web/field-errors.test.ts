import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faulty, fieldErrorSaid } from '../../src/api/http/field-codes.ts';
import { speakPlainly } from '../../src/api/http/issue-texts.ts';
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
