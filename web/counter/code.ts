/** The digits that present a voucher, as the API knows them (`src/redeem/codes.ts`; a test holds the two equal). */
import { ungrouped } from '../shared/format.ts';

const DIGITS = 18;

/** Whether a text is a code: its check digit finds a wrong digit, or two that were swapped. */
export function isCode(text: string): boolean {
  return /^77\d{16}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1);
}

/** ISO/IEC 7064 MOD 11,10. */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Whether as many digits are there as a code has. */
export function isWhole(digits: string): boolean {
  return digits.length >= DIGITS;
}

/** A code that a scanner typed behind what stands in another field: the field's own text, and the code. */
export function codeBehind(typed: string): { readonly before: string; readonly code: string } | undefined {
  const code = typed.slice(-DIGITS);
  return isCode(code) ? { before: typed.slice(0, -DIGITS), code } : undefined;
}

/** The code in what a camera has read, if one is there. */
export function codeIn(read: string): string | undefined {
  const digits = ungrouped(read);
  return isCode(digits) ? digits : undefined;
}

/** In groups, as the resident's phone shows it. */
export function grouped(code: string): string {
  return code.replaceAll(/(\d{6})(?=\d)/g, '$1 ');
}
