/** How texts that people type, paste, scan or export are read, before anything is judged: for the API and the pages alike. */
export { amountOf, digitsOf, exactly, phoneOf, wholeOf } from './digits.ts';
export { hasHidden, hiddenIn, isNamed, plainName, plainText, sameName, visible } from './characters.ts';
export {
  foldedReference,
  type Mangled,
  mangledBy,
  mangledCell,
  mangledOrderNo,
  mayBeRounded,
  roundingsOf,
  unquoted,
} from './references.ts';
export { textIn } from './decode.ts';
export { HOUSEHOLD_CHARACTERS, HOUSEHOLD_CODE_LENGTH, householdCodeOf } from './household-code.ts';
export { headingOf, isTotals, type Place, placesOf } from './headings.ts';
export { bookFenOf, bookHeadings, bookKindOf, bookNumberOf } from './till-book.ts';
export { BYTE_ORDER_MARK, csvFile, csvLines } from './csv.ts';
