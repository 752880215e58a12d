import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogue, type Code } from '../../src/api/catalogue.ts';
import { isCode, newCode } from '../../src/redeem/codes.ts';
import { checkDigit, codeBehind, codeIn, isCode as isCodeHere } from '../../web/counter/code.ts';
import { linesOfBook } from '../../web/counter/practice/book.ts';
import { cases, codeOf, refusals } from '../../web/counter/practice/cast.ts';
import { type Entry, forwardedAfter, settled, stepOf, withVoid } from '../../web/counter/queue/entry.ts';

describe('codes', () => {
  it('are the same here as at the API, and so are wrong ones', () => {
    for (let n = 0; n < 200; n++) {
      const code = newCode(randomBytes);
      expect(isCodeHere(code)).toBe(true);
      expect(checkDigit(code.slice(0, -1))).toBe(code.at(-1));
      const at = 2 + (n % 16);
      const wrong = code.slice(0, at) + ((Number(code[at]) + 1 + (n % 9)) % 10) + code.slice(at + 1);
      expect(isCodeHere(wrong)).toBe(isCode(wrong));
    }
  });

  it('are found behind what stands in another field, and in groups', () => {
    const code = newCode(randomBytes);
    expect(codeBehind(`56.8${code}`)).toEqual({ before: '56.8', code });
    expect(codeBehind('56.8')).toBeUndefined();
    expect(codeIn(code.replaceAll(/(.{6})/g, '$1 '))).toBe(code);
    expect(codeIn('https://example.com')).toBeUndefined();
  });

  it('of practice are codes, and its refusals are told in the words of the API', () => {
    expect(cases.map(codeOf).every(isCode)).toBe(true);
    for (const [code, message] of Object.entries(refusals)) {
      expect(catalogue[code as Code].cashierMessage, code).toBe(message);
    }
  });
});

it('a book is read in practice as the API reads it: Chinese headings, yuan, GB18030, without its totals', () => {
  expect(
    linesOfBook(
      Buffer.from(
        'c0e0d0cd3bc7ebc7f3bac53bbdf0b6ee0abacbcffa3b522d313b31302e30300ab3b7cffa3b522d313b31302e30300abacfbcc63b3b302e30300a',
        'hex',
      ),
    ),
  ).toEqual([
    { pointer: 'line/2', kind: 'redemption', request_no: 'R-1', fen: 1_000 },
    { pointer: 'line/3', kind: 'reversal', request_no: 'R-1', fen: -1_000 },
  ]);
});

const entry: Entry = {
  requestNo: 'a',
  counter: 'mer_1 sto_1',
  order: { code: '1', store_id: 'sto_1', order_no: '1', order_amount_fen: 3_000 },
  seen: { title: null, residentName: null, faceFen: 1_000 },
  startedAt: 1_000_000,
  presentedAt: null,
  given: 'unsaid',
  void: null,
  outcome: null,
};
const SECOND = 1_000;
const refused = { status: 'refused', code: 'code_expired', message: '', detail: '' } as const;

describe('an attempt whose outcome is not known', () => {
  it('is left alone while its answer may still come, then asked after, and voided when nobody has said anything for two minutes', () => {
    expect(stepOf(entry, entry.startedAt + 3 * SECOND)).toBe('rest');
    expect(stepOf(entry, entry.startedAt + 4 * SECOND)).toBe('ask');
    expect(stepOf(entry, entry.startedAt + 119 * SECOND)).toBe('ask');
    expect(stepOf(entry, entry.startedAt + 120 * SECOND)).toBe('give_up');
  });

  it('is never voided by itself once the discount was handed out', () => {
    expect(stepOf({ ...entry, given: 'given' }, entry.startedAt + 86_400 * SECOND)).toBe('ask');
  });

  it('is voided when the cashier says so, whatever came out meanwhile', () => {
    const advised = withVoid(entry, 'k', 'why');
    expect(stepOf(advised, entry.startedAt)).toBe('void');
    expect(settled(advised, refused).outcome).toBeNull();
    expect(settled(advised, { status: 'voided', undone: true }, true).outcome).toEqual({ status: 'voided', undone: true });
    expect(withVoid({ ...entry, outcome: refused }, 'k', 'why').outcome).toBe(refused);
  });

  it('is forwarded with the time it was shown, under a number of its own, if the discount was given and the code ran out meanwhile', () => {
    const next = forwardedAfter({ ...entry, given: 'given' }, refused, 'b')!;
    expect(next).toMatchObject({ requestNo: 'b', presentedAt: new Date(entry.startedAt).toISOString() });
    expect(stepOf(next, entry.startedAt)).toBe('forward');
    expect(forwardedAfter(entry, refused, 'b')).toBeUndefined();
    expect(forwardedAfter({ ...entry, given: 'given' }, { ...refused, code: 'voucher_expired' }, 'b')).toBeUndefined();
  });
});
