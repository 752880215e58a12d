/** The word in the place of the name of somebody who was erased. */
const ERASED = '已注销';

/** A person's name as it is shown in full. */
export function shownName(name: string): string {
  return name === '' ? ERASED : name;
}

/** A person's name as a stranger may see it: 陈小明 becomes 陈**. */
export function maskedName(name: string): string {
  if (name === '') return ERASED;
  return `${String.fromCodePoint(name.codePointAt(0) ?? 0x2a)}**`;
}

/** A phone number as its owner would recognise it: 138****5678; nothing of a number that is gone. */
export function maskedPhone(phone: string): string {
  if (phone === '') return '';
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** The same of a sealed number; '' where it was emptied with the rows of its owner. */
export function maskedSealed({ open }: { readonly open: (sealed: string) => string }, sealed: string): string {
  return sealed === '' ? '' : maskedPhone(open(sealed));
}
