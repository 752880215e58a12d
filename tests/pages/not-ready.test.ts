import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import { expectAccessible } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { officerAt } from './support/street.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();
const { why } = zh.console.notReady;

/** Lets the service say that it is not ready, for this reason. */
async function saying(page: Page, code: string): Promise<void> {
  await page.unroute('**/readyz');
  const body = JSON.stringify({ code, status: 503, detail: '', title: '', cashier_message: '' });
  await page.route('**/readyz', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body }));
}

it('the street office’s console says in words why the service does not work, and nothing while it does', async () => {
  const { page } = await officerAt(site());
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(zh.console.notReady.title).count()).toBe(0);
  for (const [code, sentence] of Object.entries(why)) {
    expect(Object.keys(catalogue)).toContain(code);
    await saying(page, code);
    await page.reload();
    await page.getByText(sentence).waitFor();
  }
  await expectAccessible(page);
  await page.unroute('**/readyz');
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(zh.console.notReady.title).count()).toBe(0);
});
