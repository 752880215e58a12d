import { TOTP } from 'otpauth';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, desk, expectAccessible, personAt, phone } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const wanhe = (nth = 0) => officersOf(site(), 'wanhe')[nth]!;
const resident = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
const till = () => site().cast.tills.find(({ community_id: of }) => of === 'wanhe')!;

const at = async (place: string, who = wanhe()) => (await officerAt(browser(), desk, site(), who, `/community#${place}`)).page;

/** Opens the dialog of a button, fills it by the labels, and sends it. */
async function fillIn(page: Page, button: string, typed: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(typed)) await dialog.getByLabel(label, { exact: true }).fill(text);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('an officer of a community', () => {
  it('turns on the second step, which the next sign-in asks for; ends the session on another device', async () => {
    const officer = wanhe(1);
    const elsewhere = await at('/residents', officer);
    const page = await at('/account', officer);
    await page.getByRole('button', { name: '开启两步验证' }).click();
    await page.getByRole('img', { name: '两步验证二维码' }).waitFor();
    const secret = (await page.locator('.facts code').innerText()).trim();
    const code = (aheadMs = 0) => new TOTP({ secret }).generate({ timestamp: site().now() + aheadMs });
    await page.getByLabel('6 位数字').fill(code() === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: '确认开启' }).click();
    await page.locator('.ant-form-item-explain-error').waitFor();
    await expectAccessible(page);
    await page.getByLabel('6 位数字').fill(code());
    await page.getByRole('button', { name: '确认开启' }).click();
    await page.getByText(/^已开启/).waitFor();
    expect(await page.getByText(secret).count()).toBe(0);

    await page.getByRole('button', { name: '退出此设备' }).first().click();
    await page.getByRole('cell', { name: /^已退出/ }).waitFor();
    await goTo(elsewhere, '/rules');
    await elsewhere.getByRole('dialog', { name: '登录已过期,请重新登录' }).waitFor();

    const next = await personAt(browser(), desk, `${site().url}/community`);
    await next.page.getByLabel('用户名').fill(officer.login);
    await next.page.getByLabel('密码', { exact: true }).fill(officer.password);
    await next.page.getByRole('button', { name: '登录' }).click();
    // A code is taken once: the next one is half a minute away, and is taken a little early.
    await next.page.getByLabel('动态验证码').fill(code(30_000));
    await next.page.getByRole('button', { name: '登录' }).click();
    await next.page.getByRole('heading', { level: 1, name: /今日/ }).waitFor();
  });

  it('suspends a resident with a reason, and lets them take part again', async () => {
    const page = await at(`/residents/${resident().resident_id}`);
    await fillIn(page, '停用', { 原因: '本人申请停用' });
    await page.getByText('本人申请停用').waitFor();
    const api = await apiOf(site(), wanhe());
    expect((await api<{ status: string }>(`/v1/residents/${resident().resident_id}`)).status).toBe('suspended');
    await fillIn(page, '恢复', { 原因: '本人来过' });
    await page.getByText('正常', { exact: true }).waitFor();
  });

  it('proposes to claw back what is spent in part', async () => {
    const page = await at('/grants');
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: '申请追回' }) })
      .first();
    const who = await row.getByRole('cell').nth(1).innerText();
    await row.getByRole('button', { name: '申请追回' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('原因').fill('登记错了人');
    await dialog.getByRole('button', { name: '申请追回' }).click();
    await page.getByText('追回申请已提交,等另一名工作人员审批').waitFor();
    await goTo(page, '/proposals');
    await page
      .getByRole('row', { name: /登记错了人/ })
      .getByText(`追回给 ${who}`)
      .waitFor();
  });

  it('sets where a store is, adds a terminal, and makes a till whose secret is shown once', async () => {
    const page = await at(`/merchants/${till().merchant_id}`);
    const store = page.locator('.ant-card').first();
    await fillIn(page, '设置地址', { 地址: '万和路 1 号', 纬度: '30.2741', 经度: '120.1551' });
    await store.getByText('万和路 1 号').waitFor();
    await store.getByText('30.2741, 120.1551').waitFor();
    await page.getByRole('button', { name: '设置地址' }).first().click();
    await page.getByRole('dialog').getByLabel('经度').fill('');
    await page.getByRole('dialog').getByRole('button', { name: '设置地址' }).click();
    await page.getByRole('dialog').getByText('经度和纬度须同时填写').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await fillIn(page, '新增终端', { 终端名称: '2 号收银台' });
    await store.getByRole('cell', { name: '2 号收银台' }).waitFor();

    await page.getByRole('tab', { name: '收银系统' }).click();
    await fillIn(page, '接入收银系统', { 名称: '新收银机' });
    const shown = page.getByRole('status').filter({ hasText: '密钥只显示这一次' });
    const [id, secret] = (await shown.locator('code').allInnerTexts()).map((text) => text.trim());
    await apiOf(site(), { client_id: id!, client_secret: secret! });
    await page.reload();
    await page.getByRole('tab', { name: '收银系统' }).click();
    await page.getByRole('row', { name: /新收银机/ }).waitFor();
    expect(await page.getByText(secret!).count()).toBe(0);
  });

  it('gives a rule a new version; the earlier one stands below it', async () => {
    const page = await at('/rules');
    await page.getByRole('link', { name: /志愿/ }).first().click();
    await fillIn(page, '修改规则', { 积分: '25', 每日上限: '150' });
    const versions = page.getByRole('table', { name: '历次版本' }).getByRole('row');
    await versions.nth(1).getByRole('cell', { name: '25', exact: true }).waitFor();
    await versions.nth(2).getByRole('cell', { name: '20', exact: true }).waitFor();
  });

  it('takes the file for the bank, and what the bank answers: paid, or failed and carried over', async () => {
    const page = await at('/settlements');
    await page
      .getByRole('link', { name: /第 \d+ 期清算/ })
      .first()
      .click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载银行付款文件' }).click()]);
    const lines = (await new Response((await file.createReadStream()) as never).text()).trim().split(/\r?\n/);
    const heads = lines[0]!.split(',');
    const due = lines.slice(1).map((line) => Object.fromEntries(line.split(',').map((cell, n) => [heads[n]!, cell])));
    const answers = due.map(({ payout_id: id, amount_fen: fen }, n) =>
      n === 0 ? `${id},${fen},failed,,账号已销户` : `${id},${fen},paid,ICBC-${n},`,
    );
    const upload = async (rows: readonly string[]) => {
      const text = ['payout_id,amount_fen,result,bank_reference,failure', ...rows, ''].join('\n');
      await page.getByLabel('银行回单文件').setInputFiles({ name: '回单.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: '导入回单' }).click();
    };
    await upload([`${due[0]!['payout_id']},1,paid,ICBC-0,`]);
    await page.getByText('银行回单与付款文件不符').waitFor();
    await page.getByText('回单第 2 行').waitFor();
    await upload([answers[1]!, `${due[0]!['payout_id']},1,failed,,`]);
    await page.getByText(/回单第 3 行的 failure 有误/).waitFor();
    await expectAccessible(page);
    await upload(answers);
    await page.getByText(new RegExp(`已导入:${due.length} 笔有变化`)).waitFor();
    const failed = page.getByRole('row', { name: /账号已销户/ });
    await failed.getByRole('button', { name: '结转下期' }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('换了账号');
    await page.getByRole('dialog').getByRole('button', { name: '结转下期' }).click();
    await page.getByRole('table', { name: '商户付款' }).getByText('结转下期').waitFor();
    expect(await page.getByRole('table', { name: '商户付款' }).getByText('待付', { exact: true }).count()).toBe(0);
  });

  it('is told what is not for them, what is not there, and what has failed', async () => {
    const street = await officerAt(browser(), desk, site(), officersOf(site(), null)[0]!, '/community');
    await street.page.getByText('这个账号不能使用此页面').waitFor();
    await expectAccessible(street.page);
    await street.page.getByRole('button', { name: '退出登录' }).click();
    await street.page.getByLabel('用户名').waitFor();

    const { page: counter, context } = await personAt(browser(), phone, 'about:blank');
    const post = async (path: string, data: object) =>
      expect((await context.request.post(site().url + path, { data, headers: { origin: site().url } })).ok()).toBe(true);
    await post('/v1/sign-in-codes', { phone: resident().phone });
    await post('/v1/sessions', { phone: resident().phone, code: site().codeFor(resident().phone) });
    await counter.goto(`${site().url}/counter`);
    await counter.getByText('这个账号不能使用此页面').waitFor();
    await expectAccessible(counter);

    const page = await at('/account');
    await without(page, 'merchants:read');
    await page.goto(`${site().url}/community#/merchants/${till().merchant_id}`);
    await page.reload();
    await page.getByText('您没有权限查看此页').waitFor();
    expect(await page.getByRole('menuitem', { name: '商户' }).count()).toBe(0);

    await page.route('**/v1/residents?*', answersWith({ items: [], next_cursor: null }));
    await goTo(page, '/residents');
    await page.getByText('还没有登记居民').waitFor();
    await page.unroute('**/v1/residents?*');

    await page.route('**/v1/grants?*', fails);
    await goTo(page, '/grants');
    await page.getByText('服务暂时没有响应,请稍后再试').waitFor();
    await expectAccessible(page);
    await page.unroute('**/v1/grants?*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('row').nth(1).waitFor();

    await page.route('**/v1/action-rules', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await goTo(page, '/rules');
    await page.getByRole('button', { name: '新增规则' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('楼道清扫');
    await dialog.getByLabel('积分', { exact: true }).fill('10');
    await dialog.getByRole('button', { name: '新增规则' }).click();
    await dialog.getByText('还不知道是否成功').waitFor();
    expect(await dialog.getByLabel('名称').isDisabled()).toBe(true);
    await page.unroute('**/v1/action-rules');
    await dialog.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { level: 1, name: '楼道清扫' }).waitFor();
  });
});

/** The session as it would be without a scope. */
async function without(page: Page, scope: string): Promise<void> {
  await page.route('**/v1/session', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { scopes: string[] };
    await route.fulfill({ response, json: { ...session, scopes: session.scopes.filter((each) => each !== scope) } });
  });
}

const answersWith = (json: object) => (route: Route) => route.fulfill({ json });

/** What a proxy says in place of the API. */
const fails = (route: Route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
