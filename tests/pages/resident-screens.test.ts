import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, phone, shoot } from './support/browser.ts';
import { residentAt, residentWith, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

/** Every screen, by name, and a word that is there once it has loaded. */
function screensOf(voucher: string): Readonly<Record<string, { readonly path: string; readonly word: string | RegExp }>> {
  const cash = site().cast.offers.find(({ merchant_id: merchant }) => merchant === null)!;
  return {
    home: { path: '/', word: /^最近 12 个月得到/ },
    exchange: { path: '/exchange', word: /^所有商户都能用/ },
    shops: { path: '/exchange/shops', word: /良睦路 42 号/ },
    take: { path: `/exchange/${cash.offer_id}`, word: '确认,用 100 积分兑换' },
    vouchers: { path: '/vouchers', word: '出示券码' },
    voucher: { path: `/vouchers/${voucher}`, word: '取消这张代金券' },
    cancel: { path: `/vouchers/${voucher}/cancel`, word: '确认取消' },
    code: { path: `/vouchers/${voucher}/code`, word: /秒后自动更新/ },
    me: { path: '/me', word: /^\d{3}\*{4}\d{4}$/ },
    statement: { path: '/me/statement', word: '兑换代金券' },
    sessions: { path: '/me/sessions', word: '这部设备' },
  };
}

async function goTo(page: Page, { path, word }: { path: string; word: string | RegExp }): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), path);
  await page.getByText(word).first().waitFor();
}

/** How far it can be scrolled sideways: the page, or a sheet above it. */
async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('dialog')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
}

describe('every screen', () => {
  it('fits a phone, is in order for who cannot see it, and fits with letters of twice the size', async () => {
    const resident = await residentWith(site(), 100);
    const screens = screensOf(await taken(site(), resident));
    const { page } = await residentAt(browser(), site(), resident);
    for (const [name, screen] of Object.entries(screens)) {
      await goTo(page, screen);
      await shoot(page, `resident-${name}`, false);
      await expectAccessible(page);
      expect(await page.getByRole('heading', { level: 1, includeHidden: true }).count(), name).toBe(1);
      expect(await sideways(page), name).toBe(0);
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    for (const [name, screen] of Object.entries(screens)) {
      await goTo(page, screen);
      await shoot(page, `resident-${name}-large`, false);
      expect(await sideways(page), `${name}, large`).toBe(0);
    }
  });

  it('speaks English to who wants that', async () => {
    const resident = await residentWith(site(), 100);
    const { page } = await residentAt(browser(), site(), resident, '/', { ...phone, locale: 'en-GB' });
    await page.getByRole('heading', { name: 'My points', level: 1 }).waitFor();
    await page.getByText(/^In the last 12 months/).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await shoot(page, 'resident-english', false);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '我的', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '我的', exact: true }).waitFor();
  });
});

describe('the statement', () => {
  it('says in plain words what was granted by whom, and what it was for', async () => {
    const resident = await residentWith(site(), 100);
    const { page } = await residentAt(browser(), site(), resident, '/me/statement');
    const grant = page.getByRole('listitem').filter({ hasText: '发放积分' }).first();
    await grant.getByText(new RegExp(`^${resident.community} 发放,\\d{4}-\\d\\d-\\d\\d 到期$`)).waitFor();
    expect(await grant.innerText()).toMatch(/\+\d+/);
  });
});

describe('what there is to exchange', () => {
  it('can be narrowed to a community, and ordered by how near it is', async () => {
    const resident = await residentWith(site(), 100);
    const options = { ...phone, geolocation: { latitude: 30.29, longitude: 120.03 }, permissions: ['geolocation'] };
    const { page } = await residentAt(browser(), site(), resident, '/exchange', options);
    const all = page.locator('.cards > li');
    await all.first().waitFor();
    const before = await all.count();
    await page.getByRole('combobox', { name: '社区' }).selectOption({ label: resident.community });
    await expect.poll(() => all.count()).toBeLessThan(before);
    const shown = await all.allInnerTexts();
    expect(shown.filter((text) => !text.includes(resident.community) && !text.includes('所有商户都能用'))).toEqual([]);

    await page.getByRole('combobox', { name: '社区' }).selectOption('');
    await page.getByRole('link', { name: '哪里能用' }).click();
    await page.getByRole('button', { name: '附近优先' }).click();
    await page.getByText(/^已按距离排序/).waitFor();
    await page
      .getByText(/约 .+(米|公里)/)
      .first()
      .waitFor();
    await shoot(page, 'resident-near', false);
    const metres = (await all.allInnerTexts()).map((text) => {
      const [, far, unit] = /约 ([\d.]+) (米|公里)/.exec(text) ?? [];
      return Number(far ?? Infinity) * (unit === '公里' ? 1_000 : 1);
    });
    expect(metres).toEqual(metres.toSorted((a, b) => a - b));
  });
});
