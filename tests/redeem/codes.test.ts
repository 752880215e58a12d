import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isCode, newCode } from '../../src/redeem/index.ts';

describe('a code', () => {
  it('is 18 digits after 77, and its own check digit fits', () => {
    for (let n = 0; n < 1_000; n++) {
      const code = newCode(randomBytes);
      expect(code).toMatch(/^77\d{16}$/);
      expect(isCode(code)).toBe(true);
    }
  });

  it('tells every single wrong digit and every swap of neighbours', () => {
    const code = newCode(() => Buffer.from('0123456789abcdef', 'hex'));
    for (let place = 2; place < 18; place++) {
      for (let digit = 0; digit < 10; digit++) {
        const wrong = code.slice(0, place) + digit + code.slice(place + 1);
        expect(isCode(wrong)).toBe(wrong === code);
      }
      const swapped = code.slice(0, place - 1) + code[place] + code[place - 1] + code.slice(place + 1);
      expect(isCode(swapped)).toBe(swapped === code);
    }
  });

  it('is nothing else', () => {
    expect(['', '77', '7'.repeat(19), '12'.repeat(9), `７７${'0'.repeat(16)}`].filter(isCode)).toEqual([]);
  });
});
