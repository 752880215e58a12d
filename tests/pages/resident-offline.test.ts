import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot } from './support/browser.ts';
import { residentAt, residentWith, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const STALE = saying(zh.resident.staleSince(ANY), 'whole');

/** Waits until the page can be opened without a network. */
async function keptWhole(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    }
  });
}

describe('without a network', () => {
  it('the page opens, shows what was seen last and says so, and is up to date again by itself', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page, context } = await residentAt(site(), resident);
    await page.getByText(zh.resident.lots).waitFor();
    const points = await page.locator('.points-card .big').innerText();
    await page.getByText(saying(zh.resident.openVouchers(DIGITS))).waitFor();
    await keptWhole(page);

    await context.setOffline(true);
    await page.reload();
    await page.getByText(STALE).waitFor();
    expect(await page.locator('.points-card .big').innerText()).toBe(points);
    await shoot(page, 'resident-offline', false);
    await expectAccessible(page);
    await page.getByRole('link', { name: zh.resident.vouchers, exact: true }).click();
    await page.getByText(STALE).waitFor();
    await page.locator(`a[href="#/vouchers/${id}"]`).click();
    await page.getByText(zh.resident.takeGoodUntil, { exact: true }).waitFor();
    await page.getByText(zh.resident.offlineNoWrite).waitFor();
    expect(await page.getByRole('button', { name: zh.resident.cancelVoucher }).isDisabled()).toBe(true);
    await shoot(page, 'resident-offline-voucher', false);
    await page.getByRole('button', { name: zh.resident.showCode }).click();
    await page.getByRole('alert').getByText(zh.resident.codeOfflineShort).waitFor();
    await shoot(page, 'resident-offline-code', false);

    await context.setOffline(false);
    await page.getByText(saying(zh.resident.codeRefreshes(DIGITS))).waitFor();
    await page.goBack();
    await page.getByText(zh.resident.cancelVoucher).waitFor();
    await expect.poll(() => page.getByText(STALE).count()).toBe(0);
  });

  it('a page that is open says so as well, and a code ends with its time', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page, context } = await residentAt(site(), resident, '/vouchers', { ...phone, clockMoved: true });
    await page.getByText(zh.resident.open, { exact: true }).first().waitFor();
    await page.goto(`${site().url}/#/vouchers/${id}/code`);
    await page.reload();
    await page.getByText(saying(zh.resident.codeRefreshes(DIGITS))).waitFor();
    await context.setOffline(true);
    await page.clock.fastForward(53_000);
    await page.getByText(saying(zh.resident.codeEnds(DIGITS), 'whole')).waitFor();
    await page.clock.fastForward(8_000);
    await page.locator('.digits').waitFor({ state: 'detached' });
    await page.getByRole('alert').getByText(saying(zh.resident.codeOffline, 'start')).waitFor();
  });
});
