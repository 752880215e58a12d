const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of a file that a spreadsheet, a bank or a till wrote: in the encoding that its byte order mark names; without one in UTF-8, or
 * else in GB18030, of which GBK and GB2312 are parts. Byte order marks are left out, also those inside a file that was put together.
 * Undefined if the bytes are no text.
 */
export function textIn(bytes: Uint8Array): string | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, n) => bytes[n] === byte))?.[0];
  for (const encoding of marked === undefined ? ['utf-8', 'gb18030'] : [marked]) {
    const text = decoded(bytes, encoding);
    if (text !== undefined) return text.includes('\0') ? undefined : text.replaceAll('\uFEFF', '');
  }
  return undefined;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
