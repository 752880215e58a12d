import { describe, expect, it } from 'vitest';
import { browserOfFile, desk, expectAccessible, shoot } from './support/browser.ts';
import { officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const officer = (community: string) => officersOf(site(), community)[0]!;

describe('what communities owe each other', () => {
  it('leads from an amount to the redemptions of a day, and on to the deed; going back leads up again', async () => {
    const { page } = await officerAt(browser(), desk, site(), officer('zhumiao'), '/community#/positions/day/2026-10-25/2026-11-24');
    const table = page.getByRole('table', { name: '社区往来' });
    await table.waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-positions-days');
    await table.locator('td:nth-child(4) a').first().click();
    await page.getByRole('heading', { level: 1, name: /朱庙社区积分在.*的核销/ }).waitFor();
    await page.getByRole('link', { name: '查看对应行为' }).first().click();
    await page.getByRole('heading', { level: 1, name: '核销对应的行为' }).waitFor();
    const deeds = page.getByRole('table', { name: '核销对应的行为' });
    await deeds
      .getByRole('cell', { name: /志愿服务|社区议事|文明创建|表彰/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-deeds');
    await page.goBack();
    await page.goBack();
    await table.waitFor();
  });

  it('is confirmed by whoever pays and whoever receives, and booked with the bank’s reference', async () => {
    const [payer, receiver] = [
      await officerAt(browser(), desk, site(), officer('zhumiao'), '/community'),
      await officerAt(browser(), desk, site(), officer('wanhe'), '/community'),
    ];
    await payer.page.getByRole('link', { name: '应付万和社区 27.60 元' }).click();
    await receiver.page.getByRole('link', { name: '应收朱庙社区 27.60 元' }).click();
    await payer.page.getByRole('heading', { level: 1, name: /第 \d+ 期清算/ }).waitFor();
    await expectAccessible(payer.page);
    await shoot(payer.page, 'community-run');
    for (const { page } of [payer, receiver]) {
      const line = page.getByRole('row', { name: /朱庙社区 万和社区/ });
      await line.getByRole('button', { name: '确认款项' }).click();
      await page.getByRole('tooltip').getByRole('button', { name: '确定' }).click();
      await line
        .getByText(/已确认/)
        .first()
        .waitFor();
    }
    await payer.page.reload();
    await payer.page.getByRole('button', { name: '登记已付款' }).click();
    await payer.page.getByRole('dialog').getByLabel('银行流水号').fill('ICBC-20261125-1');
    await payer.page.getByRole('dialog').getByRole('button', { name: '登记已付款' }).click();
    await payer.page
      .getByRole('row', { name: /朱庙社区 万和社区/ })
      .getByText(/ICBC-20261125-1/)
      .waitFor();
  });

  it('is disputed and the dispute taken back; the statement is a page to print', async () => {
    const { page, context } = await officerAt(browser(), desk, site(), officer('wanhe'), '/community#/settlements');
    await page
      .getByRole('link', { name: /第 \d+ 期清算/ })
      .first()
      .click();
    const line = page.getByRole('table', { name: '各社区往来与异议' }).getByRole('row').nth(1);
    await line.getByRole('button', { name: '提出异议' }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('一笔核销金额不对');
    await page.getByRole('dialog').getByRole('button', { name: '提出异议' }).click();
    await line.getByText('一笔核销金额不对').waitFor();
    await line.getByRole('button', { name: '撤回异议' }).click();
    await page.getByRole('dialog').getByLabel('说明').fill('核对无误');
    await page.getByRole('dialog').getByRole('button', { name: '撤回异议' }).click();
    await line.getByText(/已处理:核对无误/).waitFor();
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: '结算单(可打印)' }).click();
    const statement = await opened;
    await statement.getByRole('heading', { name: /社区往来结算单/ }).waitFor();
    expect(await statement.getByText('万和社区').count()).toBeGreaterThan(0);
  });
});
