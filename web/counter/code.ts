/** The digits that present a voucher, as they are typed or scanned at a counter. */
import { CODE_DIGITS, isCode } from '../../src/redeem/code-digits.ts';
import { digitsOf } from '../../src/text/index.ts';

export { checkDigit, isCode } from '../../src/redeem/code-digits.ts';

/** Whether as many digits are there as a code has. */
export function isWhole(digits: string): boolean {
  return digits.length >= CODE_DIGITS;
}

/** How many digits a code lacks; negative: how many it has too many. Undefined if there is anything but digits. */
export function missingIn(digits: string): number | undefined {
  return /^\d+$/.test(digits) ? CODE_DIGITS - digits.length : undefined;
}

/** A code that a scanner typed behind what stands in another field: the field's own text, and the code. */
export function codeBehind(typed: string): { readonly before: string; readonly code: string } | undefined {
  const code = digitsOf(typed.slice(-CODE_DIGITS));
  return isCode(code) ? { before: typed.slice(0, -CODE_DIGITS), code } : undefined;
}

/** The code in what a camera has read, if one is there. */
export function codeIn(read: string): string | undefined {
  const digits = digitsOf(read);
  return isCode(digits) ? digits : undefined;
}

/** In groups, as the resident's phone shows it. */
export function grouped(code: string): string {
  return code.replaceAll(/(\d{6})(?=\d)/g, '$1 ');
}
