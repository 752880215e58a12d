/** A person's name as a stranger may see it: 陈小明 becomes 陈**. */
export function maskedName(name: string): string {
  return `${String.fromCodePoint(name.codePointAt(0) ?? 0x2a)}**`;
}

/** A phone number as its owner would recognise it: 138****5678. */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
