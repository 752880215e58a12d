import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot } from './support/browser.ts';
import { residentAt, residentWith, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, DIGITS, en, saying, zh } from './support/words.ts';

const site = siteOfFile();

/** Every screen, by name, and a word that is there once it has loaded. */
function screensOf(voucher: string): Readonly<Record<string, { readonly path: string; readonly word: string | RegExp }>> {
  const cash = site().cast.offers.find(({ merchant_id: merchant }) => merchant === null)!;
  return {
    home: { path: '/', word: saying(zh.resident.yearSummary(ANY, ANY), 'start') },
    exchange: { path: '/exchange', word: saying(zh.resident.cashAnywhere, 'start') },
    shops: { path: '/exchange/shops', word: /良睦路 42 号/ },
    take: { path: `/exchange/${cash.offer_id}`, word: zh.resident.takeConfirm('100') },
    vouchers: { path: '/vouchers', word: zh.resident.showCode },
    voucher: { path: `/vouchers/${voucher}`, word: zh.resident.cancelVoucher },
    cancel: { path: `/vouchers/${voucher}/cancel`, word: zh.resident.cancelConfirm },
    code: { path: `/vouchers/${voucher}/code`, word: saying(zh.resident.codeRefreshes(DIGITS)) },
    me: { path: '/me', word: /^\d{3}\*{4}\d{4}$/ },
    statement: { path: '/me/statement', word: zh.resident.kinds['voucher_issue']! },
    sessions: { path: '/me/sessions', word: zh.resident.thisDevice },
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
    const { page } = await residentAt(site(), resident);
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
    const { page } = await residentAt(site(), resident, '/', { ...phone, locale: 'en-GB' });
    await page.getByRole('heading', { name: en.resident.myPoints, level: 1 }).waitFor();
    await page.getByText(saying(en.resident.yearSummary(ANY, ANY), 'start')).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await shoot(page, 'resident-english', false);
    await expectAccessible(page);
    await page.getByRole('link', { name: en.resident.mine, exact: true }).click();
    await page.getByRole('button', { name: en.shared.language }).click();
    await page.getByRole('heading', { name: zh.resident.mine, exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: zh.resident.mine, exact: true }).waitFor();
  });
});

describe('the statement', () => {
  it('says in plain words what was granted by whom, and what it was for', async () => {
    const resident = await residentWith(site(), 100);
    const { page } = await residentAt(site(), resident, '/me/statement');
    const grant = page.getByRole('listitem').filter({ hasText: zh.resident.kinds['grant']! }).first();
    await grant.getByText(saying(zh.resident.grantedBy(resident.community, ANY), 'whole')).waitFor();
    expect(await grant.innerText()).toMatch(/\+\d+/);
  });
});

describe('what there is to exchange', () => {
  it('can be narrowed to a community, and ordered by how near it is', async () => {
    const resident = await residentWith(site(), 100);
    const options = { ...phone, geolocation: { latitude: 30.29, longitude: 120.03 }, permissions: ['geolocation'] };
    const { page } = await residentAt(site(), resident, '/exchange', options);
    const all = page.locator('.cards > li');
    await all.first().waitFor();
    const before = await all.count();
    await page.getByRole('combobox', { name: zh.resident.community }).selectOption({ label: resident.community });
    await expect.poll(() => all.count()).toBeLessThan(before);
    const shown = await all.allInnerTexts();
    expect(shown.filter((text) => !text.includes(resident.community) && !text.includes(zh.resident.cashAnywhere))).toEqual([]);

    await page.getByRole('combobox', { name: zh.resident.community }).selectOption('');
    await page.getByRole('link', { name: zh.resident.shopsTab }).click();
    await page.getByRole('button', { name: zh.resident.near }).click();
    await page.getByText(saying(zh.resident.nearOn, 'start')).waitFor();
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
