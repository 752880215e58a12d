/** How texts that people type, paste, scan or export are read, before anything is judged: for the API and the pages alike. */
export { amountOf, codeDigits, digitsOf, exactly, phoneOf, wholeOf } from './digits.ts';
export { hasHidden, hiddenIn, isNamed, sameName, visible } from './characters.ts';
export { foldedReference, type Mangled, mangledBy, mangledCell, mangledOrderNo, unquoted } from './references.ts';
