import { folded, visible } from './characters.ts';

/**
 * The form in which references are compared: those of a bank, of a community's deeds, and a till's order numbers. NFKC, case-folded,
 * without characters that nobody sees; dashes are hyphens, and blanks are one space. A reference is kept and shown as it was sent.
 */
export function foldedReference(reference: string): string {
  return folded(visible(reference))
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * How a spreadsheet has spoilt a reference: `shortened` to powers of ten (`2.02612E+17`), `covered` by a column that is too narrow (`####`),
 * a `formula` (`="2026"`), an `error` of a formula (`#REF!`), or `quoted` by the apostrophe that makes it a text.
 */
export type Mangled = 'shortened' | 'covered' | 'formula' | 'error' | 'quoted';

const signs: readonly (readonly [Mangled, RegExp])[] = [
  ['shortened', /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/i],
  ['covered', /^#+$/],
  ['error', /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/i],
  ['formula', /^=/],
  ['quoted', /^'/],
];

/** How a spreadsheet has spoilt a reference; undefined if it has not. */
export function mangledBy(reference: string): Mangled | undefined {
  const plain = visible(reference).trim();
  return signs.find(([, sign]) => sign.test(plain))?.[0];
}

/** The cell of a spreadsheet without the apostrophe that makes it a text: the apostrophe is not part of the reference. */
export function unquoted(cell: string): string {
  return /^['\u2019]/.test(cell) ? cell.slice(1) : cell;
}

/** So many digits of a number does a spreadsheet keep; it shows zeros for the rest. */
const DIGITS_KEPT = 15;

/** Whether a number may have been rounded to 15 digits by a spreadsheet: it is longer, and ends in zeros from there on. */
export function mayBeRounded(number: string): boolean {
  return new RegExp(`^\\d{${DIGITS_KEPT}}0+$`).test(number);
}

/** The numbers that a spreadsheet may make of a number, by cutting it off or by rounding it up; none if it keeps all of its digits. */
export function roundingsOf(number: string): readonly string[] {
  if (!/^\d{16,}$/.test(number)) return [];
  const kept = number.slice(0, DIGITS_KEPT);
  const up = String(BigInt(kept) + 1n).padStart(DIGITS_KEPT, '0');
  const zeros = '0'.repeat(number.length - DIGITS_KEPT);
  return [kept, up].map((digits) => digits + zeros).filter((each) => each !== number && each.length === number.length);
}
