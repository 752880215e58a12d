/** The number of the next sheet of a pile: counted up where it ends in digits (`2026-0099` → `2026-0100`); '' where it does not. */
export function nextPaperNumber(number: string): string {
  const [, start, digits] = /^(.*?)(\d+)$/.exec(number.trim()) ?? [];
  if (start === undefined || digits === undefined) return '';
  return start + String(BigInt(digits) + 1n).padStart(digits.length, '0');
}
