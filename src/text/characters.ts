/**
 * Characters that a reader does not see: format characters (Unicode's category Cf: U+200B, direction marks, the byte order mark), and
 * fillers that are letters by their category and blank on the screen.
 */
const hidden = /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;

/** Marks that separate the parts of a name, as different input methods write them: 阿依古丽·买买提. */
const separators = /[\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF0E\uFF65.]/g;

/** Whether a text contains characters that a reader does not see. */
export function hasHidden(text: string): boolean {
  return text.search(hidden) !== -1;
}

/** A text without the characters that a reader does not see, in the form that Unicode calls NFKC: full-width digits become digits. */
export function visible(text: string): string {
  // Nearly every text from a till: nothing is hidden in it, and it is in that form.
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  return text.replaceAll(hidden, '').normalize('NFKC').replaceAll(hidden, '');
}

/** Whether a name has a character that can be seen: a letter, a digit, a sign. */
export function isNamed(name: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name.replaceAll(hidden, ''));
}

/** The form in which names of people are compared: NFKC, case-folded, without spaces, and with one separator for all. */
export function sameName(name: string): string {
  return folded(visible(name).replaceAll(separators, '\u00B7')).replaceAll(/\s+/g, '');
}

/** A text without the difference of upper and lower case. */
export function folded(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFKC');
}
