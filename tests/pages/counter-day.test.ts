import { readFileSync } from 'node:fs';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, desk, expectAccessible, personAt, phone, shoot, tablet } from './support/browser.ts';
import { answered, cashierAt, fateOf, newLogin, ownLogin, shown, type Shown, signIn, wedge } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

async function redeem(page: Page, voucher: Pick<Shown, 'code'>): Promise<void> {
  await wedge(page, voucher.code);
  await answered(page, '可以核销,立减 10 元');
  await page.getByRole('textbox', { name: '订单金额' }).fill('30');
  await page.getByRole('button', { name: '核销', exact: true }).click();
  await answered(page, '已核销,立减 10 元');
}

const tab = (page: Page, name: string, tabs = '页面') => page.getByRole('navigation', { name: tabs }).getByRole('link', { name });

describe('the day at a counter', () => {
  it('is listed with its total, and a redemption is undone with a reason', async () => {
    const { page } = await cashierAt(browser(), site(), phone);
    const voucher = await shown(site());
    await redeem(page, voucher);
    await tab(page, '核销记录').click();
    await page.getByText('有效 1 笔,共').waitFor();
    await shoot(page, 'counter-today-phone');
    await expectAccessible(page);
    await page
      .getByRole('main')
      .getByRole('link', { name: /10 元代金券/ })
      .click();
    await page.getByRole('button', { name: '撤销核销' }).click();
    await page.getByText('请填写原因').waitFor();
    await page.getByRole('button', { name: '顾客退货' }).click();
    await shoot(page, 'counter-undo-phone');
    await expectAccessible(page);
    await page.getByRole('button', { name: '撤销核销' }).click();
    await page.getByText('已撤销').first().waitFor();
    expect(await fateOf(site(), voucher)).toEqual(['reversed']);
    await page.goBack();
    await page.getByText('另撤销 1 笔,10 元').waitFor();
  });

  it('cannot undo what is past its time, and says until when it could', async () => {
    const { page } = await cashierAt(browser(), site(), desk);
    await page.route('**/v1/redemptions?store_id=*', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll(/"reversible_until":"[^"]+"/g, '"reversible_until":"2000-01-01T00:00:00Z"');
      await route.fulfill({ response, body: text });
    });
    await redeem(page, await shown(site()));
    await page
      .getByRole('link', { name: /已核销/ })
      .first()
      .click();
    await page.getByText(/已超过可撤销时间/).waitFor();
    expect(await page.getByRole('button', { name: '撤销核销' }).isDisabled()).toBe(true);
  });

  it('is closed with its totals and its file, which agrees with itself, and differs from a book that lacks a line', async () => {
    const { page } = await cashierAt(browser(), site(), tablet);
    const voucher = await shown(site());
    await redeem(page, voucher);
    await tab(page, '日结对账').click();
    await page.getByRole('row', { name: /应收合计/ }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载当日明细' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^核销明细-\d{4}-\d\d-\d\d\.csv$/);
    const csv = readFileSync(await download.path(), 'utf8');
    const lines = csv.trim().split('\r\n');
    const choose = async (text: string) =>
      page.getByLabel('选择 CSV 文件').setInputFiles({ name: 'till.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose(csv);
    await page.getByText(`账目一致,${lines.length - 1} 笔全部相符`).waitFor();
    await choose(lines.filter((line) => !line.includes(voucher.voucherId)).join('\r\n'));
    await page.getByRole('heading', { name: '系统有、贵方没有(1 笔)' }).waitFor();
    await page.getByText('账中缺少该核销').waitFor();
    await shoot(page, 'counter-closing-tablet');
    await expectAccessible(page);
    await choose('what,ever\r\n1,2');
    await page.getByRole('alert').getByRole('heading').waitFor();
  });
});

describe('who stands behind the counter', () => {
  it('sets a password of their own first, and chooses the store once where the login is of a whole merchant', async () => {
    const till = site().cast.tills[0]!;
    const { page } = await personAt(browser(), phone, `${site().url}/counter`);
    const login = await newLogin(site(), till, false);
    await page.getByRole('textbox', { name: '用户名' }).fill(login.login);
    await page.getByLabel('密码').fill(login.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor();
    await shoot(page, 'counter-first-password-phone');
    await expectAccessible(page);
    await page.getByLabel('当前密码').fill(login.password);
    await page.getByLabel('新密码').fill('a-long-password');
    await page.getByLabel('再输入一次').fill('another-password');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('两次输入的不一样').waitFor();
    await page.getByLabel('再输入一次').fill('a-long-password');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '本机在哪家门店使用?' }).waitFor();
    await shoot(page, 'counter-store-phone');
    await expectAccessible(page);
    await page.getByRole('button', { name: till.store }).click();
    const voucher = await shown(site());
    await redeem(page, voucher);
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
    await page.reload();
    await page.getByRole('textbox', { name: '券码' }).waitFor();
  });

  it('adds an authenticator app, and signs in with its code; the page speaks English where that is chosen', async () => {
    const till = site().cast.tills[0]!;
    const login = await ownLogin(site(), till);
    const { page } = await personAt(browser(), phone, 'about:blank');
    await signIn(page, site().url, login);
    await page.goto(`${site().url}/counter#/staff`);
    await page.getByText('开启动态验证码').click();
    await page.getByRole('button', { name: '开始设置' }).click();
    const secret = await page.locator('.secret').textContent();
    const code = () => new TOTP({ secret: secret! }).generate({ timestamp: site().now() });
    await shoot(page, 'counter-totp-phone');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: '动态验证码' }).fill(code());
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('动态验证码已开启').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Login' }).waitFor();
    await tab(page, 'Till', 'Screens').click();
    await page.getByText('Scan a code').waitFor();
    await shoot(page, 'counter-english-phone');
    await expectAccessible(page);
    await tab(page, 'Me', 'Screens').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('textbox', { name: 'Login' }).fill(login.login);
    await page.getByLabel('Password').fill(login.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('textbox', { name: 'One-time code' }).waitFor();
  });

  it('signs out; what another counter has left on the device is said and not touched', async () => {
    const till = site().cast.tills[0]!;
    const { page, context } = await cashierAt(browser(), site(), desk);
    await context.setOffline(true);
    await page.getByRole('textbox', { name: '券码' }).fill((await shown(site())).code);
    await page.getByRole('textbox', { name: '优惠金额' }).fill('10');
    await page.getByRole('textbox', { name: '订单金额' }).fill('30');
    await context.route('**/v1/redemption-batches', (route) => route.abort());
    await page.getByRole('button', { name: '离线核销' }).click();
    await answered(page, /已离线登记/);
    await context.setOffline(false);
    await tab(page, '我的').click();
    await shoot(page, 'counter-staff-desk');
    await expectAccessible(page);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('textbox', { name: '用户名' }).waitFor();
    await signIn(page, site().url, await ownLogin(site(), till, false));
    await page.reload();
    await page.getByRole('button', { name: till.store }).click();
    await page.getByText('本机还有其他门店的 1 笔待确认').waitFor();
  });
});
