import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, personAt, phone, shoot } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const SCRIPT_MAX_BYTES = 130 * 1_024;

/** Signs in as people do: a phone number, and the code that comes to it. */
async function signInAs(page: Page, { phone: number }: { readonly phone: string }): Promise<void> {
  await page.getByRole('textbox', { name: '手机号' }).fill(number);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await expect.poll(() => site().codeFor(number)).toBeDefined();
  await page.getByRole('textbox', { name: '验证码' }).fill(site().codeFor(number)!);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { level: 1, name: '我的积分' }).waitFor();
}

const textOf = async (path: string) => (await fetch(site().url + path)).text();
const packed = (script: string) => gzipSync(script, { level: 9 }).length;

describe('the first load of the residents’ page', () => {
  it('brings at most 130 KB of script, zipped: the entry and all that it imports', async () => {
    const html = await textOf('/');
    const entries = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    expect(entries.length).toBeGreaterThan(1);
    const scripts = await Promise.all(entries.map(textOf));
    // What they import statically is among them.
    for (const script of scripts) {
      for (const [, name] of script.matchAll(/from"\.\/([^"]+)"/g)) expect(entries).toContain(`/assets/${name}`);
    }
    expect(scripts.reduce((sum, script) => sum + packed(script), 0)).toBeLessThanOrEqual(SCRIPT_MAX_BYTES);
  });

  it('brings no more than that to whoever signs in and sees their points', async () => {
    const { page } = await personAt(browser(), { ...phone, serviceWorkers: 'block' }, 'about:blank');
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

  it('opens without a network with what was seen last, says so, shows no code, and catches up by itself', async () => {
    const { page, context } = await personAt(browser(), phone, site().url);
    await signInAs(page, site().cast.residents[1]!);
    const points = await page.locator('.big').textContent();
    await page.getByRole('link', { name: '代金券', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '代金券' }).waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.evaluate(async () => navigator.serviceWorker.ready);

    await context.setOffline(true);
    await page.goto(`${site().url}/`);
    await page.getByText(/^离线,显示的是 \d\d:\d\d 的内容/).waitFor();
    expect(await page.locator('.big').textContent()).toBe(points);
    await shoot(page, 'resident-offline');
    await expectAccessible(page);
    await page.evaluate(() => (location.hash = '#/vouchers/vch_00000000000000000000000000000000/code'));
    await page.getByRole('alert').getByText('没有网络时不能出示券码').waitFor();
    await shoot(page, 'resident-offline-code');
    await page.evaluate(() => (location.hash = '#/'));

    await context.setOffline(false);
    await page.getByText(/^离线/).waitFor({ state: 'detached' });
  });

  it('forgets on this phone what it showed when its resident signs out', async () => {
    const { page } = await personAt(browser(), phone, site().url);
    await signInAs(page, site().cast.residents[2]!);
    const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('resident:')));
    await expect.poll(kept).not.toEqual([]);
    await page.getByRole('link', { name: '我的', exact: true }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '获取验证码' }).waitFor();
    expect(await kept()).toEqual([]);
  });
});

type Manifest = { readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[] };
