/** A person with names, numbers and texts that occur nowhere else, each as long as it may be; and every form in which they might stand somewhere. */

/** It stands in every name and text of the person. */
export const MARK = '爨龘靐';
/** The same of characters that take four bytes of UTF-8, and two units of UTF-16. */
const FAR_MARK = '𪚥𠔻';

const NAME_MAX = 40;
const TEXT_MAX = 200;

function longest(max: number, filler: string): string {
  const marks = MARK + FAR_MARK;
  return marks + filler.repeat(max - marks.length);
}

export const NAME = longest(NAME_MAX, '齉');
export const FORMER_NAME = longest(NAME_MAX, '齾');
export const CREDENTIAL_NAME = longest(60, '齉');
export const TEXT = longest(TEXT_MAX, '爩');

/** The person's numbers, one after another. */
export const FIRST = '19876543210';
export const FORMER = '19887654321';
export const NUMBER = '19912345678';
/** The numbers of those who bear the same marks: a child, one of a file, and one who was declined. */
export const CHILDS = '19923456789';
export const LISTED = '19934567891';
export const DECLINED = '19945678912';

export const NUMBERS: readonly string[] = [FIRST, FORMER, NUMBER, CHILDS, LISTED, DECLINED];

function escaped(sought: string): string {
  return Array.from({ length: sought.length }, (_, n) => `\\u${sought.charCodeAt(n).toString(16).padStart(4, '0')}`).join('');
}

const forms = [MARK, FAR_MARK, ...NUMBERS].flatMap((sought) => [
  Buffer.from(sought, 'utf8'),
  Buffer.from(sought, 'utf16le'),
  Buffer.from(sought, 'utf16le').swap16(),
  Buffer.from(escaped(sought), 'utf8'),
  Buffer.from(
    escaped(sought).replaceAll(/[a-f]/g, (digit) => digit.toUpperCase()),
    'utf8',
  ),
  Buffer.from(encodeURIComponent(sought), 'utf8'),
  Buffer.from(Buffer.from(sought, 'utf8').toString('hex'), 'utf8'),
]);

/** Whether bytes hold a mark or a number of the person in any form. */
export function holds(bytes: Buffer | string): boolean {
  const searched = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  return forms.some((form) => searched.includes(form));
}
