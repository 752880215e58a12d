import { visible } from './characters.ts';

/** Signs between the digits of a code or a number, which only group them, or which a scanner sends: spaces, hyphens, dashes, controls. */
const grouping = /[\s\p{Cc}\p{Pd}\u2212]+/gu;

/**
 * A text of digits as it was meant: full-width digits as digits, without grouping signs, the line break of a scanner, and characters that nobody
 * sees.
 */
export function digitsOf(typed: string): string {
  return visible(typed).replaceAll(grouping, '');
}

/** A text of exactly so many digits; undefined if it has fewer, more, or anything else. */
export function exactly(many: number, typed: string): string | undefined {
  const digits = digitsOf(typed);
  return digits.length === many && /^\d+$/.test(digits) ? digits : undefined;
}

/** A whole number, with or without a minus and commas between thousands (`1,000`); undefined if the text is none. */
export function wholeOf(typed: string): number | undefined {
  const plain = visible(typed)
    .replaceAll(/\s/g, '')
    .replace(/^[\p{Pd}\u2212]/u, '-');
  if (!/^-?(?:\d{1,3}(?:,\d{3})+|\d+)$/.test(plain)) return undefined;
  const whole = Number(plain.replaceAll(',', ''));
  return Number.isSafeInteger(whole) ? whole + 0 : undefined;
}

/** The eleven digits of a mobile number, with or without `+86`, `0086` or `86`; undefined if the text is none. */
export function phoneOf(typed: string): string | undefined {
  const digits = digitsOf(typed).replaceAll(/[().[\]\u00B7\u2022\u2027\u30FB]/g, '');
  return /^(?:\+86|0086|86)?(1[3-9]\d{9})$/.exec(digits)?.[1];
}

/**
 * An amount in yuan, as fen. Signs of the currency, grouping commas (`1,234.50`), spaces and the full stop of a Chinese input method are
 * read as they are meant. Undefined if the text is no amount of at most two decimals.
 */
export function amountOf(typed: string): number | undefined {
  const plain = visible(typed)
    .replaceAll(/\s/g, '')
    .replaceAll('\u3002', '.')
    .replace(/^[\p{Pd}\u2212]/u, '-')
    .replace(/^(-?)(?:\u00A5|rmb|cny|\u4EBA\u6C11\u5E01)/i, '$1')
    .replace(/(?:[\u5143\u5706\u5757]\u6574?|rmb|cny)$/i, '');
  const parts = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?$/.exec(plain);
  if (!parts) return undefined;
  const [, sign, yuan, decimals = ''] = parts;
  const fen = Number(yuan!.replaceAll(',', '')) * 100 + Number(decimals.padEnd(2, '0'));
  if (!Number.isSafeInteger(fen)) return undefined;
  return sign === '-' ? 0 - fen : fen;
}
