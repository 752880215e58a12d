import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, phone, shoot } from './support/browser.ts';
import { residentAt, residentWith, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const STALE = /^离线,显示的是 \d\d:\d\d 的内容$/;

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
    const { page, context } = await residentAt(browser(), site(), resident);
    await page.getByText('积分来自哪些社区').waitFor();
    const points = await page.locator('.points-card .big').innerText();
    await page.getByText(/张代金券可以使用$/).waitFor();
    await keptWhole(page);

    await context.setOffline(true);
    await page.reload();
    await page.getByText(STALE).waitFor();
    expect(await page.locator('.points-card .big').innerText()).toBe(points);
    await shoot(page, 'resident-offline', false);
    await expectAccessible(page);
    await page.getByRole('link', { name: '代金券', exact: true }).click();
    await page.getByText(STALE).waitFor();
    await page.locator(`a[href="#/vouchers/${id}"]`).click();
    await page.getByText('有效期至').waitFor();
    await page.getByText('现在没有网络,连上以后才能办理。').waitFor();
    expect(await page.getByRole('button', { name: '取消这张代金券' }).isDisabled()).toBe(true);
    await shoot(page, 'resident-offline-voucher', false);
    await page.getByRole('button', { name: '出示券码' }).click();
    await page.getByRole('alert').getByText('没有网络时不能出示券码').waitFor();
    await shoot(page, 'resident-offline-code', false);

    await context.setOffline(false);
    await page.getByText(/秒后自动更新$/).waitFor();
    await page.goBack();
    await page.getByText('取消这张代金券').waitFor();
    await expect.poll(() => page.getByText(STALE).count()).toBe(0);
  });

  it('a page that is open says so as well, and a code ends with its time', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page, context } = await residentAt(browser(), site(), resident, '/vouchers', { ...phone, clockMoved: true });
    await page.getByText('可以使用', { exact: true }).first().waitFor();
    await page.goto(`${site().url}/#/vouchers/${id}/code`);
    await page.reload();
    await page.getByText(/秒后自动更新$/).waitFor();
    await context.setOffline(true);
    await page.clock.fastForward(53_000);
    await page.getByText(/^还能用 \d+ 秒$/).waitFor();
    await page.clock.fastForward(8_000);
    await page.locator('.digits').waitFor({ state: 'detached' });
    await page
      .getByRole('alert')
      .getByText(/^现在没有网络,不能生成新的券码/)
      .waitFor();
  });
});
