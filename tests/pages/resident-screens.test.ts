import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot, throughout } from './support/browser.ts';
import { residentAt, residentWith, sideways, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, DIGITS, en, saying, zh } from './support/words.ts';

const site = siteOfFile();

/** Every screen, by name, and a word that is there once it has loaded. A path may have the id of the resident's voucher, or of an offer. */
const screens: readonly Screen[] = [
  { name: 'home', path: '/', word: saying(zh.resident.yearSummary(ANY, ANY), 'start') },
  { name: 'exchange', path: '/exchange', word: saying(zh.resident.cashAnywhere, 'start') },
  { name: 'shops', path: '/exchange/shops', word: /良睦路 42 号/ },
  { name: 'take', path: '/exchange/OFFER', word: zh.resident.takeConfirm('100') },
  { name: 'vouchers', path: '/vouchers', word: zh.resident.showCode },
  { name: 'voucher', path: '/vouchers/VOUCHER', word: zh.resident.cancelVoucher },
  { name: 'cancel', path: '/vouchers/VOUCHER/cancel', word: zh.resident.cancelConfirm },
  { name: 'code', path: '/vouchers/VOUCHER/code', word: saying(zh.resident.codeRefreshes(DIGITS)) },
  { name: 'me', path: '/me', word: /^\d{3}\*{4}\d{4}$/ },
  { name: 'messages', path: '/me/messages', word: zh.messages.titles.points_received },
  { name: 'statement', path: '/me/statement', word: zh.resident.kinds['voucher_issue']! },
  { name: 'household', path: '/me/household', word: zh.people.householdWhat },
  { name: 'join', path: '/me/household/join', word: zh.people.joinLead },
  { name: 'phone', path: '/me/phone', word: zh.people.withoutOld },
  { name: 'data', path: '/me/data', word: zh.people.takeDataNote },
  { name: 'leave', path: '/me/leave', word: saying(zh.people.leaveLoses(ANY)) },
  { name: 'sessions', path: '/me/sessions', word: zh.resident.thisDevice },
];

type Screen = { readonly name: string; readonly path: string; readonly word: string | RegExp };

async function goTo(page: Page, { path, word }: Screen, voucher: string): Promise<void> {
  const cash = site().cast.offers.find(({ merchant_id: merchant }) => merchant === null)!;
  await page.evaluate((hash) => (location.hash = hash), path.replace('VOUCHER', voucher).replace('OFFER', cash.offer_id));
  await page.getByText(word).first().waitFor();
}

describe('on a phone', () => {
  let voucher = '';
  const person = throughout(async () => {
    const resident = await residentWith(site(), 100);
    voucher = await taken(site(), resident);
    return residentAt(site(), resident);
  });

  it.each(screens)('the screen $name fits, and is in order for who cannot see it', async (screen) => {
    const { page } = person();
    await goTo(page, screen, voucher);
    await shoot(page, `resident-${screen.name}`, false);
    await expectAccessible(page);
    expect(await page.getByRole('heading', { level: 1, includeHidden: true }).count()).toBe(1);
    expect(await sideways(page)).toBe(0);
  });

  it.each(screens)('the screen $name fits with letters of twice the size', async (screen) => {
    const { page } = person();
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await goTo(page, screen, voucher);
    await shoot(page, `resident-${screen.name}-large`, false);
    expect(await sideways(page)).toBe(0);
  });
});

describe('the page', () => {
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

describe('messages', () => {
  it('say in words what happened; a dot says that there are new ones until they were seen', async () => {
    const resident = await residentWith(site(), 100);
    const { page } = await residentAt(site(), resident, '/me');
    const dot = page.getByRole('img', { name: zh.resident.newMessages });
    await dot.waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: zh.resident.messages }).click();
    await page.getByRole('heading', { name: zh.resident.messages, level: 1 }).waitFor();
    const received = page.getByRole('listitem').filter({ hasText: zh.messages.titles.points_received }).first();
    await received.getByText(saying(zh.messages.received(DIGITS, resident.community, ANY), 'whole')).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: zh.resident.messages }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await dot.count()).toBe(0);
    await page.reload();
    await page.getByText(/^\d{3}\*{4}\d{4}$/).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await dot.count()).toBe(0);
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
