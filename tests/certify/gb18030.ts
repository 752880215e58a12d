/** GB18030, which Node reads and does not write: only the signs of two bytes, which all usual Chinese characters have. */

const [LEAD, TRAIL] = [
  [0x81, 0xfe],
  [0x40, 0xfe],
] as const;

let pairs: ReadonlyMap<string, readonly number[]> | undefined;

function pairsOf(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030');
  const made = new Map<string, readonly number[]>();
  for (let lead = LEAD[0]; lead <= LEAD[1]; lead++) {
    for (let trail = TRAIL[0]; trail <= TRAIL[1]; trail++) made.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return made;
}

/** Throws if a sign has no two bytes. */
export function encoded(text: string): Buffer<ArrayBuffer> {
  pairs ??= pairsOf();
  const known = pairs;
  return Buffer.from(
    Array.from(text).flatMap((sign) => {
      if (sign <= '\u007f') return [sign.codePointAt(0)!];
      const bytes = known.get(sign);
      if (!bytes) throw new Error(`${sign} has no two bytes in GB18030`);
      return [...bytes];
    }),
  );
}
