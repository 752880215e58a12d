import { folded, visible } from './characters.ts';

/** Words of ASCII with one space between them, as most references are: only their case is folded, which a till's redemption need not wait for. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The form in which references are compared: those of a bank, of a community's deeds, and a till's order numbers. NFKC, case-folded,
 * without characters that nobody sees; dashes are hyphens, and blanks are one space. A reference is kept and shown as it was sent.
 */
export function foldedReference(reference: string): string {
  if (plain.test(reference)) return reference.toLowerCase();
  return folded(visible(reference))
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * How a spreadsheet has mangled a reference: `shortened` to powers of ten (`2.02612E+17`), `covered` by a column that is too narrow (`####`),
 * a `formula` (`="2026"`), an `error` of a formula (`#REF!`), or `quoted` by the apostrophe that makes it a text.
 */
export type Mangled = 'shortened' | 'covered' | 'formula' | 'error' | 'quoted';

const signs: readonly (readonly [Mangled, RegExp])[] = [
  ['shortened', /^[+-]?(?:\d[.,]\d+E\d{1,3}|\d{1,3}[.,]\d*E[+-]\d{1,3}|\dE[+-]\d{2,3})$/i],
  ['covered', /^#+$/],
  ['error', /^(?:#N\/A|#GETTING_DATA|#[\u00A1\u00BF]?[\p{L}\d_/]+[!?]|Err:\d{3})$/iu],
  ['formula', /^=/],
  ['quoted', /^['\u2018\u2019]/],
];

/** How a spreadsheet has mangled a reference; undefined if it has not. */
export function mangledBy(reference: string): Mangled | undefined {
  const seen = visible(reference).trim();
  return signs.find(([, sign]) => sign.test(seen))?.[0];
}

/** The same of a till's order number, which may begin with `=`; only a spreadsheet writes `="1"`. */
export function mangledOrderNo(orderNo: string, how = mangledBy): Mangled | undefined {
  const found = how(orderNo);
  return found === 'formula' && !/^=\s*"/.test(visible(orderNo).trim()) ? undefined : found;
}

/**
 * The same of a cell in a file, which is read `unquoted`: with the apostrophe of a text cell, what follows was typed as it stands. Our own
 * files have it too, before each text that a spreadsheet would take for a formula.
 */
export function mangledCell(cell: string): Mangled | undefined {
  const text = unquoted(cell);
  const how = mangledBy(text);
  return text !== cell && (how === 'formula' || how === 'quoted') ? undefined : how;
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
