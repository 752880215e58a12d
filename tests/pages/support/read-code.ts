/** Reads what a camera would see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = join(import.meta.dirname, '../../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

/** What a picture on the screen says, and in which kind of code. */
export async function readCode(picture: Locator): Promise<{ format: string; text: string }[]> {
  const found = await readBarcodes(await picture.screenshot());
  return found.map(({ format, text }) => ({ format, text }));
}
