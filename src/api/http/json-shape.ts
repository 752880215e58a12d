/** The shape of JSON before it is parsed, in one pass over its bytes: how deep it is nested, and how many values it may hold. */

/** Levels of lists and objects; no body of the service has more than a handful. */
export const DEPTH_MAX = 32;
/** Values of lists and objects; a thousand grants with every field have less than ten thousand. */
export const VALUES_MAX = 30_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The way in which a JSON body goes beyond what is parsed, or undefined. Texts are skipped; whether it is JSON is not judged. */
export function beyondShape(bytes: Uint8Array): 'too_deep' | 'too_many_values' | undefined {
  let [depth, values, quoted] = [0, 1, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else quoted = byte !== QUOTE;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) values++;
    else if (byte === LIST || byte === OBJECT) depth++;
    else if (byte === LIST_END || byte === OBJECT_END) depth--;
    if (depth > DEPTH_MAX) return 'too_deep';
    if (values > VALUES_MAX) return 'too_many_values';
  }
  return undefined;
}
