import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newCode } from '../../src/redeem/codes.ts';
import { desk, expectAccessible, phone, shoot, tablet } from './support/browser.ts';
import { answered, call, cashierAt, fateOf, redemptionsOf, shown, wedge } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

const amount = (page: Page) => page.getByRole('textbox', { name: zh.counter.amount });
const redeem = (page: Page) => page.getByRole('button', { name: zh.counter.redeem, exact: true });

describe('a cashier with a queue waiting', () => {
  it('redeems a scanned voucher with a few keys, whatever has the focus, and scans the next one', async () => {
    const { page } = await cashierAt(site(), desk);
    const [first, second] = [await shown(site()), await shown(site())];
    await page.getByRole('button', { name: zh.counter.scan }).focus();
    await wedge(page, first.code);
    await answered(page, zh.counter.good('10'));
    await page.getByText(`${first.name[0]}**`).waitFor();
    await page.keyboard.type('56.8');
    await page.keyboard.press('Enter');
    await answered(page, zh.counter.done('10'));
    await page.getByText(zh.counter.paid('46.80')).waitFor();
    expect(await fateOf(site(), first)).toEqual(['succeeded']);
    await expectAccessible(page);
    await shoot(page, 'counter-done-desk');

    // Into the field of the amount, where the focus happens to be.
    await page.keyboard.press('Escape');
    await amount(page).focus();
    await page.keyboard.type('20');
    await wedge(page, second.code);
    await answered(page, zh.counter.good('10'));
    expect(await amount(page).inputValue()).toBe('20');
    await page.keyboard.press('Enter');
    await page.getByText(zh.counter.paid('10.00')).waitFor();
    const [a, b] = await redemptionsOf(site());
    expect(a!.orderNo).not.toBe(b!.orderNo);
  });

  it('types on a phone, is told of a wrong digit at once, and redeems once with two clicks', async () => {
    const { page } = await cashierAt(site(), phone);
    const voucher = await shown(site());
    const code = page.getByRole('textbox', { name: zh.counter.code });
    const wrong = voucher.code.slice(0, 8) + String((Number(voucher.code[8]) + 1) % 10) + voucher.code.slice(9);
    await code.pressSequentially(wrong);
    await answered(page, zh.counter.codeWrong);
    await code.fill('');
    await code.pressSequentially(voucher.code.replaceAll(/(.{6})/g, '$1 '));
    await answered(page, zh.counter.good('10'));
    await shoot(page, 'counter-good-phone');
    await expectAccessible(page);
    await amount(page).fill('9.99');
    await redeem(page).click();
    await page.getByText(zh.counter.amountSmall('10')).waitFor();
    await amount(page).fill('25');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/redemptions')) sent.push(request.url());
    });
    await redeem(page).evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.getByText(zh.counter.paid('15.00')).waitFor();
    expect(sent).toHaveLength(1);
    await shoot(page, 'counter-done-phone');
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });

  it('is told in red what cannot be redeemed, and by whom', async () => {
    const { page } = await cashierAt(site(), tablet);
    const voucher = await shown(site());
    const other = site().cast.tills.find(({ merchant_id: id }) => id !== site().cast.tills[0]!.merchant_id)!;
    await call(site(), other, 'POST', '/v1/redemptions', {
      code: voucher.code,
      store_id: other.store_id,
      order_no: 'a',
      order_amount_fen: 5_000,
    });
    await wedge(page, voucher.code);
    await answered(page, /该券已核销/);
    await shoot(page, 'counter-bad-tablet');
    await expectAccessible(page);
    await wedge(page, newCode(randomBytes));
    await answered(page, /券码无效/);
    await page.getByText(zh.counter.noDiscount).waitFor();
  });

  it('puts two vouchers on one order, and not a third that it is too small for', async () => {
    const { page } = await cashierAt(site(), desk);
    const [a, b, c] = [await shown(site()), await shown(site()), await shown(site())];
    await wedge(page, a.code);
    await answered(page, saying(zh.counter.good(ANY)));
    await amount(page).fill('25');
    await redeem(page).click();
    await page.getByText(zh.counter.paid('15.00')).waitFor();
    await page.getByRole('button', { name: zh.counter.sameOrder }).click();
    await wedge(page, b.code);
    await answered(page, saying(zh.counter.good(ANY)));
    await redeem(page).click();
    await page.getByText(zh.counter.paid('5.00')).waitFor();
    await page.getByRole('button', { name: zh.counter.sameOrder }).click();
    await wedge(page, c.code);
    await answered(page, saying(zh.counter.good(ANY)));
    await redeem(page).click();
    await page.getByText(zh.counter.amountSmall('30')).waitFor();
    expect(await fateOf(site(), c)).toEqual([]);
  });

  it('asks for the PIN of a voucher on paper', async () => {
    const { page } = await cashierAt(site(), desk);
    const { voucherId, resident } = await shown(site());
    const officer = site().cast.officers.find(({ community_id: of }) => of === resident.community_id)!;
    const paper = await call(site(), officer, 'POST', `/v1/vouchers/${voucherId}/papers`, {});
    const { code, pin } = paper.body as { code: string; pin: string };
    await wedge(page, code);
    await answered(page, zh.counter.good('10'));
    await page.getByRole('textbox', { name: zh.counter.pin }).fill(pin === '000000' ? '111111' : '000000');
    await amount(page).fill('30');
    await redeem(page).click();
    await answered(page, /密码错误/);
    await page.getByRole('textbox', { name: zh.counter.pin }).fill(pin);
    await redeem(page).click();
    await page.getByText(zh.counter.paid('20.00')).waitFor();
    expect(await fateOf(site(), { voucherId })).toEqual(['succeeded']);
  });
});
