import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, phone, shoot, tablet } from './support/browser.ts';
import { answered, cashierAt, redemptionsOf } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const scan = (page: Page, what: string) => page.getByRole('button', { name: `扫码:${what}` }).click();

async function redeem(page: Page, amount: string): Promise<void> {
  await page.getByRole('textbox', { name: '订单金额' }).fill(amount);
  await page.getByRole('button', { name: '核销', exact: true }).click();
}

describe('practice', () => {
  it('has a code for every case, is marked as such on every screen, and leaves nothing anywhere', async () => {
    const { page, context } = await cashierAt(browser(), site(), { ...tablet, viewport: { width: 1_180, height: 820 } });
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('link', { name: '练习模式' }).click();
    await page.getByText('练习,不记账').waitFor();
    const asked: string[] = [];
    context.on('request', (request) => {
      if (/\/v1\/(vouchers|redemptions|redemption|reconciliations)/.test(request.url())) asked.push(request.url());
    });

    await scan(page, '10 元代金券,正常');
    await answered(page, '可以核销,立减 10 元');
    await redeem(page, '56.8');
    await page.getByText('实收 46.80 元').waitFor();
    await shoot(page, 'counter-practice-tablet');
    await expectAccessible(page);

    for (const [what, answer] of [
      ['已使用的券码', '券码已使用,请居民刷新券码'],
      ['已过期的券', '该券已过期'],
      ['其他商户的券', '该券仅限指定商户使用'],
    ] as const) {
      await scan(page, what);
      await answered(page, answer);
    }
    await scan(page, '纸质券,需要密码');
    await answered(page, '可以核销,立减 10 元');
    await page.getByRole('textbox', { name: '纸质券密码' }).fill('246810');
    await redeem(page, '20');
    await page.getByText('实收 10.00 元').waitFor();

    await scan(page, '核销后收不到答复');
    await answered(page, '可以核销,立减 10 元');
    await redeem(page, '30');
    await answered(page, '结果未知,请先不要优惠');
    await page.getByText('实收 20.00 元').waitFor();

    for (const name of ['核销记录', '日结对账']) {
      await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name }).click();
      await page.getByText('练习,不记账').waitFor();
      await page
        .getByText(/3 笔|30\.00/)
        .first()
        .waitFor();
    }
    expect(asked).toEqual([]);
    expect(await redemptionsOf(site())).toEqual([]);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBeLessThanOrEqual(1);
    await page.getByRole('link', { name: '退出练习' }).click();
    await page.getByText('今日 0 笔,0 元').waitFor();
  });

  it('shows on a phone what happens without a network', async () => {
    const { page } = await cashierAt(browser(), site(), phone);
    await page.goto(`${site().url}/counter#/practice`);
    await page.getByText('练习,不记账').waitFor();
    await page.getByLabel('模拟断网').check();
    await scan(page, '10 元代金券,正常');
    await answered(page, '网络不通,查不到这张券');
    await page.getByRole('textbox', { name: '优惠金额' }).fill('10');
    await page.getByRole('textbox', { name: '订单金额' }).fill('30');
    await page.getByRole('button', { name: '离线核销' }).click();
    await answered(page, '已离线登记,立减 10 元');
    await shoot(page, 'counter-practice-phone');
    await expectAccessible(page);
    await page.getByLabel('模拟断网').uncheck();
    await page.getByText('实收 20.00 元').waitFor();
    await answered(page, '已核销,立减 10 元');
  });
});
