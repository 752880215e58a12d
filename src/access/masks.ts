/** A person's name as a stranger may see it: 陈小明 becomes 陈**. */
export function maskedName(name: string): string {
  return `${String.fromCodePoint(name.codePointAt(0) ?? 0x2a)}**`;
}

/** A phone number as its owner would recognise it: 138****5678. */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** The same of a sealed number; '' where it was emptied with the rows of its owner. */
export function maskedSealed({ open }: { readonly open: (sealed: string) => string }, sealed: string): string {
  return sealed === '' ? '' : maskedPhone(open(sealed));
}
