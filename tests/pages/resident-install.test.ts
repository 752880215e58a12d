import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { personAt, phone } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();

const SCRIPT_MAX_BYTES = 130 * 1_024;

/** Signs in as people do: a phone number, and the code that comes to it. */
async function signInAs(page: Page, { phone: number }: { readonly phone: string }): Promise<void> {
  await page.getByRole('textbox', { name: zh.shared.phone }).fill(number);
  await page.getByRole('button', { name: zh.shared.sendCode }).click();
  await expect.poll(() => site().codeFor(number)).toBeDefined();
  await page.getByRole('textbox', { name: zh.shared.code }).fill(site().codeFor(number)!);
  await page.getByRole('button', { name: zh.shared.signIn }).click();
  await page.getByRole('heading', { level: 1, name: zh.resident.myPoints }).waitFor();
}

const textOf = async (path: string) => (await fetch(site().url + path)).text();
const packed = (script: string) => gzipSync(script, { level: 9 }).length;

describe('the first load of the residents’ page', () => {
  it('brings at most 130 KB of script, zipped: the entry and all that it imports', async () => {
    const html = await textOf('/');
    const entries = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    expect(entries.length).toBeGreaterThan(1);
    const scripts = await Promise.all(entries.map(textOf));
    // Their static imports are among them.
    for (const script of scripts) {
      for (const [, name] of script.matchAll(/from"\.\/([^"]+)"/g)) expect(entries).toContain(`/assets/${name}`);
    }
    expect(scripts.reduce((sum, script) => sum + packed(script), 0)).toBeLessThanOrEqual(SCRIPT_MAX_BYTES);
  });

  it('brings no more than that to whoever signs in and sees their points', async () => {
    const { page } = await personAt({ ...phone, serviceWorkers: 'block' }, 'about:blank');
    const loaded: string[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') loaded.push(new URL(response.url()).pathname);
    });
    await page.goto(site().url);
    await signInAs(page, site().cast.residents[0]!);
    const scripts = await Promise.all([...new Set(loaded)].map(textOf));
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.reduce((sum, script) => sum + packed(script), 0)).toBeLessThanOrEqual(SCRIPT_MAX_BYTES);
  });
});

describe('the residents’ page', () => {
  it('can be installed: its manifest names pictures that are there, as large as it says', async () => {
    const manifest = JSON.parse(await textOf('/resident.webmanifest')) as Manifest;
    expect(manifest).toMatchObject({ name: 'CALL Me(米)', start_url: '/', scope: '/', display: 'standalone' });
    expect(await textOf('/')).toContain('<link rel="manifest" href="/resident.webmanifest"');
    const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
    expect(pictures.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512']);
    for (const { src, sizes } of pictures) {
      const picture = Buffer.from(await (await fetch(site().url + src)).arrayBuffer());
      // The head of a PNG has its width and height.
      expect(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`).toBe(sizes);
    }
  });
});

type Manifest = { readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[] };
