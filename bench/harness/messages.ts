/** Just enough of HTTP/1.1 for requests and answers that say their length: what is cheap to read hides little of what is measured. */

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('content-length: ');
const NOTHING: Buffer = Buffer.alloc(0);
const ZERO = 48;
const NINE = 57;

/** Reads messages out of the chunks of a socket; each is handed over whole. Throws on a head that names no length where `needsLength`. */
export function messageReader(onMessage: (message: Buffer) => void, needsLength: boolean): (chunk: Buffer) => void {
  let held = NOTHING;
  return (chunk) => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let from = 0;
    for (let end = endOf(bytes, from, needsLength); end !== undefined; end = endOf(bytes, from, needsLength)) {
      onMessage(bytes.subarray(from, end));
      from = end;
    }
    held = bytes.subarray(from);
  };
}

/** Where the message that begins at `from` ends; undefined while it is not all there. */
function endOf(bytes: Buffer, from: number, needsLength: boolean): number | undefined {
  if (from === bytes.length) return undefined;
  const headEnd = bytes.indexOf(HEAD_END, from);
  if (headEnd < 0) return undefined;
  const end = headEnd + HEAD_END.length + bodyLength(bytes, from, headEnd, needsLength);
  return end <= bytes.length ? end : undefined;
}

function bodyLength(bytes: Buffer, from: number, headEnd: number, needsLength: boolean): number {
  const at = bytes.indexOf(LENGTH, from);
  if (at < 0 || at > headEnd) {
    if (needsLength) throw new Error(`an answer without a length: ${bytes.toString('latin1', from, headEnd)}`);
    return 0;
  }
  let length = 0;
  for (let n = at + LENGTH.length; bytes[n]! >= ZERO && bytes[n]! <= NINE; n++) length = length * 10 + bytes[n]! - ZERO;
  return length;
}

/** The status of an answer. */
export function statusOf(answer: Buffer): number {
  return (answer[9]! - ZERO) * 100 + (answer[10]! - ZERO) * 10 + answer[11]! - ZERO;
}
