import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot, tablet } from './support/browser.ts';
import { answered, cashierAt, redemptionsOf } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();

const scan = (page: Page, what: string) => page.getByRole('button', { name: zh.counter.practiceScan(what) }).click();

async function redeem(page: Page, amount: string): Promise<void> {
  await page.getByRole('textbox', { name: zh.counter.amount }).fill(amount);
  await page.getByRole('button', { name: zh.counter.redeem, exact: true }).click();
}

describe('practice', () => {
  it('has a code for every case, is marked as such on every screen, and leaves nothing anywhere', async () => {
    const { page, context } = await cashierAt(site(), { ...tablet, viewport: { width: 1_180, height: 820 } });
    await page.getByRole('link', { name: zh.counter.staff }).click();
    await page.getByRole('link', { name: zh.counter.toPractice }).click();
    await page.getByText(zh.counter.practiceBanner).waitFor();
    const asked: string[] = [];
    context.on('request', (request) => {
      if (/\/v1\/(vouchers|redemptions|redemption|reconciliations)/.test(request.url())) asked.push(request.url());
    });

    await scan(page, zh.counter.practiceCases.cash);
    await answered(page, zh.counter.good('10'));
    await redeem(page, '56.8');
    await page.getByText(zh.counter.paid('46.80')).waitFor();
    await shoot(page, 'counter-practice-tablet');
    await expectAccessible(page);

    for (const [what, answer] of [
      [zh.counter.practiceCases.used, /券码已使用/],
      [zh.counter.practiceCases.expired, /该券已过期/],
      [zh.counter.practiceCases.elsewhere, /该券仅限指定商户使用/],
    ] as const) {
      await scan(page, what);
      await answered(page, answer);
    }
    await scan(page, zh.counter.practiceCases.paper);
    await answered(page, zh.counter.good('10'));
    await page.getByRole('textbox', { name: zh.counter.pin }).fill('246810');
    await redeem(page, '20');
    await page.getByText(zh.counter.paid('10.00')).waitFor();

    await scan(page, zh.counter.practiceCases.lost);
    await answered(page, zh.counter.good('10'));
    await redeem(page, '30');
    await answered(page, zh.counter.unknown);
    await page.getByText(zh.counter.paid('20.00')).waitFor();

    for (const name of [zh.counter.today, zh.counter.closing]) {
      await page.getByRole('navigation', { name: zh.counter.screens }).getByRole('link', { name }).click();
      await page.getByText(zh.counter.practiceBanner).waitFor();
      await page
        .getByText(/3 笔|30\.00/)
        .first()
        .waitFor();
    }
    expect(asked).toEqual([]);
    expect(await redemptionsOf(site())).toEqual([]);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBeLessThanOrEqual(1);
    await page.getByRole('link', { name: zh.counter.leavePractice }).click();
    await page.getByText(zh.counter.headTotals(0, '0')).waitFor();
  });

  it('shows on a phone what happens without a network', async () => {
    const { page } = await cashierAt(site(), phone);
    await page.goto(`${site().url}/counter#/practice`);
    await page.getByText(zh.counter.practiceBanner).waitFor();
    await page.getByLabel(zh.counter.practiceNoNetwork).check();
    await scan(page, zh.counter.practiceCases.cash);
    await answered(page, zh.counter.unreached);
    await page.getByRole('textbox', { name: zh.counter.face }).fill('10');
    await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
    await page.getByRole('button', { name: zh.counter.acceptOffline }).click();
    await answered(page, zh.counter.stored('10'));
    await shoot(page, 'counter-practice-phone');
    await expectAccessible(page);
    await page.getByLabel(zh.counter.practiceNoNetwork).uncheck();
    await page.getByText(zh.counter.paid('20.00')).waitFor();
    await answered(page, zh.counter.done('10'));
  });
});
