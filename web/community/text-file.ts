import { textIn } from '../../src/text/index.ts';

/** The text of a file, in the encodings that banks and spreadsheets write; what belongs to none is shown as far as it is UTF-8. */
export async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return textIn(bytes) ?? new TextDecoder().decode(bytes);
}
