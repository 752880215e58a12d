/** The form of a voucher's code. The counter imports this file as well, so it imports nothing that a page cannot have. */

/** Outside the ranges of WeChat Pay (10 to 15) and Alipay (25 to 30), so that a till can route the codes that it scans. */
export const PREFIX = '77';
/** The digits of a code: the prefix, random ones, and a check digit. */
export const CODE_DIGITS = 18;

/** Whether a text has a code's form: this detects a mistyped digit and two swapped neighbours without a look-up. */
export function isCode(text: string): boolean {
  return /^77\d{16}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1);
}

/** ISO/IEC 7064 MOD 11,10, which detects every single wrong digit and every swap of neighbours. */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}
