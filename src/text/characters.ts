/**
 * Characters that a reader does not see: those that Unicode calls format characters (U+200B, direction marks, the byte order mark) or tells
 * a screen to ignore, fillers that are letters or signs by their category and blank on the screen, and the stand-in for an object that was pasted
 with a text.
 */
const unseen = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}\uFFFC\u2800\u{1D159}\u{13441}\u{13442}`;
const hidden = new RegExp(`[${unseen}]`, 'gu');

/** Signs by which an emoji is drawn, and which are seen with it: the selector of its form, and the joiner of two. */
const selected = /([\p{Extended_Pictographic}\d#*])[\uFE0E\uFE0F]/gu;
const joined = /(\p{Extended_Pictographic}\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})/gu;

/** Marks that separate the parts of a name, as different input methods write them: 阿依古丽·买买提. */
const separators = /[\u00B7\u2022\u2027\u2219\u22C5\u25CF\u2E31\u30FB\uA78F\uFF0E\uFF65.]/g;
const dashes = /[\p{Pd}\u2212]/gu;
const apostrophes = /[\u2018\u2019\u02BC]/g;

/** The characters of a text that a reader does not see, each once, by their numbers: `U+200B`. */
export function hiddenIn(text: string): string[] {
  const found = new Set(text.replaceAll(selected, '$1').replaceAll(joined, '$1').match(hidden));
  return [...found].map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
}

/** Whether a text contains characters that a reader does not see. */
export function hasHidden(text: string): boolean {
  return hiddenIn(text).length > 0;
}

/** A text without the characters that a reader does not see, in the form that Unicode calls NFKC: full-width digits become digits. */
export function visible(text: string): string {
  // Nearly every text from a till: nothing is hidden in it, and it is in that form.
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  return nfkc(text.replaceAll(hidden, '')).replaceAll(hidden, '');
}

/** More marks on one letter than anybody writes; Unicode's Stream-Safe Text Format has the same number. */
const longRun = /\p{M}{31}/u;

/**
 * A text in the form that Unicode calls NFKC. One with a longer run of marks stays as it is: putting them in order takes a time that grows
 * with the square of their number.
 */
function nfkc(text: string): string {
  return longRun.test(text) ? text : text.normalize('NFKC');
}

/** A text without the characters that a reader does not see, and otherwise as it was written; blanks and line breaks are one space. */
export function plainText(text: string): string {
  return text.replaceAll(hidden, '').replaceAll(/\s+/g, ' ').trim();
}

/** A name of a person as it is shown: one separator for all (`阿依古丽·买买提`), and no blanks between Chinese characters (`张 三`). */
export function plainName(name: string): string {
  return nfkc(plainText(name))
    .replaceAll(/(?<=\p{L}) ?[\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65] ?(?=\p{L})/gu, '\u00B7')
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** Whether a name has a character that can be seen: a letter, a digit, a sign. */
export function isNamed(name: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name.replaceAll(hidden, ''));
}

/**
 * The form in which names of people, shops and their stores are compared: NFKC, case-folded, without spaces, and with one separator, one
 * dash and one apostrophe for all. Names that differ only in these look alike.
 */
export function sameName(name: string): string {
  return folded(visible(name).replaceAll(separators, '\u00B7').replaceAll(dashes, '-').replaceAll(apostrophes, "'")).replaceAll(/\s+/g, '');
}

/** A text without the difference of upper and lower case. */
export function folded(text: string): string {
  // By way of the small letters first: `ẞ` has capitals only as `ß`.
  return nfkc(text.toLowerCase().toUpperCase().toLowerCase());
}
