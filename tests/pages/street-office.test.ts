import { eq } from 'drizzle-orm';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserOfFile, desk, expectAccessible, personAt } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { accessAnswer, callAs, officerAt, officerOf, streetOfficer } from './support/street.ts';

const site = siteOfFile();
const browser = browserOfFile();

const at = async (section: string, nth = 0) => (await officerAt(browser(), site(), section, { nth })).page;

/** Fills the dialog that is open by its labels, and sends it. */
async function fillIn(page: Page, button: string, typed: Readonly<Record<string, string>>): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(typed)) await dialog.getByLabel(label, { exact: true }).fill(text);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

async function choose(page: Page, field: string, option: string, nth = 0): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).nth(nth).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).last().click();
}

/** The other officer of the street approves what the first one proposed and looks at. */
async function approve(second: Page, proposed: Page): Promise<void> {
  await proposed.getByText('这是您自己的提案').waitFor();
  await second.goto(proposed.url());
  await second.getByRole('button', { name: '批准' }).click();
  await second.getByText('已通过').waitFor();
}

describe('two officers of the street', () => {
  it('appoint a third, give a login whose password is shown once, and a credential that works', async () => {
    const [first, second] = [await at('/people'), await at('/proposals', 1)];
    await first.getByRole('button', { name: '任命' }).click();
    await fillIn(first, '提交提案', { 名称: '赵新', 原因: '新到任' });
    await first.getByRole('heading', { level: 1, name: '任命赵新(街道办)' }).waitFor();
    await approve(second, first);

    await first.goto(`${site().url}/street#/people`);
    await first.reload();
    const row = first.getByRole('row', { name: /赵新/ });
    await row.getByRole('button', { name: '登录账号' }).click();
    await fillIn(first, '提交提案', { 用户名: 'zhao.xin', 原因: '新到任' });
    await first.getByRole('heading', { level: 1, name: /开登录账号/ }).waitFor();
    await first.getByText('赵新').first().waitFor();
    await approve(second, first);
    const shown = second.getByRole('status').filter({ hasText: '临时密码只显示这一次' });
    const password = (await shown.locator('code').innerText()).trim();
    await expectAccessible(second);
    await second.reload();
    await second.getByText('已通过').waitFor();
    expect(await second.getByText(password).count()).toBe(0);

    const { page: newcomer } = await personAt(browser(), desk, `${site().url}/street`);
    await newcomer.getByLabel('用户名').fill('zhao.xin');
    await newcomer.getByLabel('密码', { exact: true }).fill(password);
    await newcomer.getByRole('button', { name: '登录' }).click();
    await newcomer.getByLabel('当前密码').fill(password);
    await newcomer.getByLabel('新密码').fill('long-enough-2026');
    await newcomer.getByLabel('再输入一次').fill('long-enough-2026');
    await newcomer.getByRole('button', { name: '保存' }).click();
    await newcomer.getByRole('heading', { level: 1, name: '总览' }).waitFor();

    await first.goto(`${site().url}/street#/people`);
    await row.getByRole('button', { name: '接口凭证' }).click();
    await fillIn(first, '提交提案', { 凭证名称: '办公室电脑', 原因: '新到任' });
    await approve(second, first);
    const parts = await second.getByRole('status').filter({ hasText: '密钥只显示这一次' }).locator('code').allInnerTexts();
    const [id, secret] = parts.map((text) => text.trim());
    expect((await accessAnswer(site(), { client_id: id!, client_secret: secret! })).status).toBe(200);
  });

  it('have a community succeeded by another; one renames it alone, and books what came in for a fund', async () => {
    const [first, second] = [await at('/people'), await at('/proposals', 1)];
    const row = first.getByRole('row', { name: /cangnan/ });
    await row.getByRole('button', { name: '改名' }).click();
    await fillIn(first, '改名', { 名称: '仓南新社区' });
    await first.getByRole('cell', { name: '仓南新社区' }).waitFor();
    await first.getByRole('dialog').waitFor({ state: 'hidden' });

    await row.getByRole('button', { name: '承继' }).click();
    await first.getByRole('dialog').getByRole('button', { name: '提交提案' }).click();
    await first.getByRole('dialog').getByText('请填写此项').nth(2).waitFor();
    await choose(first, '承继社区', '万和社区');
    const fromDay = site().today(400);
    await fillIn(first, '提交提案', { 生效日: fromDay, 原因: '撤并' });
    await first.getByRole('heading', { level: 1, name: '万和社区承继仓南新社区' }).waitFor();
    await approve(second, first);
    await second.goto(`${site().url}/street#/people`);
    await second
      .getByRole('row', { name: /cangnan/ })
      .getByText(`万和社区(${fromDay} 起)`)
      .waitFor();

    await first.goto(`${site().url}/street#/limits/wanhe`);
    const book = async (yuan: string, reference: string) => {
      await first.getByRole('dialog').waitFor({ state: 'hidden' });
      await first.getByRole('button', { name: '登记缴存' }).first().click();
      await fillIn(first, '登记缴存', { 到账金额: yuan, 银行流水号: reference });
    };
    await book('5000.505', 'GZ-2026-1');
    await first.getByText('请填写金额,例如 5000 或 5000.50').waitFor();
    await fillIn(first, '登记缴存', { 到账金额: '5000.50' });
    await first.getByRole('row', { name: /资金缴存 5,000\.50 GZ-2026-1/ }).waitFor();
    // The same line of the bank's is not booked twice.
    await book('5000.50', 'GZ-2026-1');
    await first.getByRole('dialog').locator('.ant-form-item', { hasText: '银行流水号' }).locator('.ant-form-item-explain-error').waitFor();
  });

  it('adjust what was settled: to another merchant, borne by two communities', async () => {
    const { store } = site().service;
    const { entry } = store.tables;
    const [wrong] = await store.read.select().from(entry).where(eq(entry.kind, 'redemption')).orderBy(entry.id).limit(1);
    const merchant = site().cast.tills.find(({ community_id: of }) => of === 'wanhe')!.merchant_id;
    const [first, second] = [await at('/ledger/adjustments'), await at('/proposals', 1)];
    await first.getByLabel('错误分录的编号').fill(wrong!.id);
    // What was typed is there after a reload, and so is what was not shown yet.
    await first.reload();
    await first.getByText('改记为').click();
    await first.getByLabel('应付的商户编号').fill(merchant);
    await first.getByRole('button', { name: '增加社区' }).click();
    for (const [n, [name, yuan]] of Object.entries({ 万和社区: '3', 朱庙社区: '2.50' }).entries()) {
      await choose(first, '社区', name, n);
      await first.getByRole('textbox', { name: '元', exact: true }).nth(n).fill(yuan);
    }
    await first.getByLabel('原因').fill('记错了商户');
    await first.getByRole('button', { name: '提交提案' }).click();
    await first.getByText('万和社区 ¥3.00, 朱庙社区 ¥2.50').waitFor();
    await approve(second, first);
    await second.goto(`${site().url}/street#/ledger/adjustments`);
    const row = second.getByRole('row', { name: /记错了商户/ });
    await row.getByRole('link', { name: '查看' }).nth(2).click();
    await second.getByText(/payable:wanhe:.*fen/s).waitFor();
  });

  it('resolve a dispute, and confirm for whoever has not confirmed in time', async () => {
    const { items: runs } = (await callAs(site(), streetOfficer(site()), 'GET', '/v1/settlement-runs?limit=1')).body as Items<{
      id: string;
    }>;
    const path = `/v1/settlement-runs/${runs[0]!.id}`;
    const by = officerOf(site(), 'wanhe');
    const { items: positions } = (await callAs(site(), by, 'GET', `${path}/positions`)).body as Items<{ counterparty_id: string }>;
    const disputed = await callAs(site(), by, 'POST', `${path}/positions/${positions[0]!.counterparty_id}/dispute`, { reason: '少记一笔' });
    expect(disputed.status, JSON.stringify(disputed.body)).toBe(200);
    const page = await at(`/runs/${runs[0]!.id}/positions`);
    const row = page.getByRole('row', { name: /少记一笔/ });
    await row.getByRole('button', { name: '处理' }).click();
    await fillIn(page, '处理', { 处理结果: '已核对,另行调整' });
    await row.getByText(/已核对,另行调整/).waitFor();

    site().pass(40 * 86_400_000);
    const later = await at(`/runs/${runs[0]!.id}/payments`);
    const line = later.getByRole('row', { name: /逾期未确认/ }).first();
    await line.waitFor();
    const sides = await line.getByRole('cell').allInnerTexts();
    await line.getByRole('button', { name: '代为确认' }).click();
    await later
      .getByRole('row', { name: new RegExp(`^${sides[0]} ${sides[1]} `) })
      .getByText('待付款', { exact: true })
      .waitFor();
  });

  it('are told what is not for them, what is not there, and what has failed', async () => {
    const page = await at('/account');
    await page.route('**/v1/session', async (route) => {
      const response = await route.fetch();
      const session = (await response.json()) as { scopes: string[] };
      await route.fulfill({ response, json: { ...session, scopes: session.scopes.filter((scope) => scope !== 'ledger:read') } });
    });
    await page.goto(`${site().url}/street#/ledger/adjustments`);
    await page.reload();
    await page.getByText('您没有权限查看此页').waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('menuitem', { name: '账本' }).count()).toBe(0);

    await page.route('**/v1/proposals?*', (route: Route) => route.fulfill({ json: { items: [], next_cursor: null } }));
    await page.goto(`${site().url}/street#/proposals`);
    await page.getByText('没有这样的提案').waitFor();

    await page.route('**/v1/settlement-runs?*', (route: Route) => route.abort());
    await page.goto(`${site().url}/street#/runs`);
    await page.getByText('没有收到答复,请检查网络后重试').first().waitFor();
    await expectAccessible(page);
    await page.unroute('**/v1/settlement-runs?*');
    await page.getByRole('button', { name: '重试' }).first().click();
    await page
      .getByRole('link', { name: /第 \d+ 期/ })
      .first()
      .waitFor();

    await page.route('**/v1/communities/*/name', (route: Route) => route.fulfill({ status: 500, body: 'Bad gateway' }));
    await page.goto(`${site().url}/street#/people`);
    await page.getByRole('button', { name: '改名' }).first().click();
    await fillIn(page, '改名', { 名称: '新名称' });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('还不知道是否成功').waitFor();
    await page.unroute('**/v1/communities/*/name');
    await dialog.getByRole('button', { name: '重试' }).click();
    await page.getByRole('cell', { name: '新名称' }).waitFor();
  });
});

type Items<T> = { readonly items: readonly T[] };
