import { rmSync, writeFileSync } from 'node:fs';
import encodeQR from 'qr';
import { afterAll, describe, it } from 'vitest';
import { cameraPicture, expectAccessible, phone, shoot } from './support/browser.ts';
import { answered, cashierAt, shown } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const WIDTH = 320;
const HEIGHT = 240;
const MODULE = 6;

afterAll(() => rmSync(cameraPicture, { force: true }));

const site = siteOfFile();

/** Puts a QR code before the camera, or a grey wall. */
function holdUp(code: string | undefined): void {
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(200);
  const rows = code === undefined ? [] : encodeQR(code, 'raw', { border: 2 });
  const left = Math.floor((WIDTH - rows.length * MODULE) / 2);
  const top = Math.floor((HEIGHT - rows.length * MODULE) / 2);
  for (const [y, row] of rows.entries()) {
    for (const [x, dark] of row.entries()) {
      for (let line = 0; line < MODULE; line++) {
        const from = (top + y * MODULE + line) * WIDTH + left + x * MODULE;
        luma.fill(dark ? 16 : 235, from, from + MODULE);
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  writeFileSync(cameraPicture, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
}

describe('a camera', () => {
  it('reads a code without the help of the browser, in script', async () => {
    const { page } = await cashierAt(site(), phone);
    holdUp((await shown(site())).code);
    await page.getByRole('button', { name: zh.counter.scan }).click();
    await answered(page, zh.counter.good('10'));
    await page.getByRole('region', { name: zh.counter.camera }).waitFor({ state: 'detached' });
  });

  it('shows its picture until a code is in it, and is closed by Escape', async () => {
    const { page } = await cashierAt(site(), phone);
    holdUp(undefined);
    await page.getByRole('button', { name: zh.counter.scan }).click();
    await page.getByText(zh.counter.cameraHint).waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await shoot(page, 'counter-camera-phone');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: zh.counter.camera }).waitFor({ state: 'detached' });
  });

  it('reads by the browser where it can, Code 128 too', async () => {
    const { page } = await cashierAt(site(), phone);
    const { code } = await shown(site());
    holdUp(undefined);
    await page.evaluate((digits) => {
      class Detector {
        static getSupportedFormats = async () => ['qr_code', 'code_128', 'ean_13'];
        readonly #formats: string[];
        constructor({ formats }: { formats: string[] }) {
          this.#formats = formats;
        }
        detect = async () => (this.#formats.join(' ') === 'qr_code code_128' ? [{ rawValue: 'no code' }, { rawValue: digits }] : []);
      }
      Object.assign(globalThis, { BarcodeDetector: Detector });
    }, code);
    await page.getByRole('button', { name: zh.counter.scan }).click();
    await answered(page, zh.counter.good('10'));
  });

  it('that is not allowed is said to be so, and the code is typed', async () => {
    const { page } = await cashierAt(site(), phone);
    // As a browser answers where somebody has refused; one without a screen asks nobody.
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('Permission denied', 'NotAllowedError');
      };
    });
    await page.getByRole('button', { name: zh.counter.scan }).click();
    await page.getByText(zh.counter.cameraRefused).waitFor();
    await page.getByRole('button', { name: zh.shared.close }).click();
    await page.getByRole('textbox', { name: zh.counter.code }).fill((await shown(site())).code);
    await answered(page, zh.counter.good('10'));
  });
});
