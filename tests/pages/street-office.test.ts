import { eq } from 'drizzle-orm';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, personAt } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { accessAnswer, callAs, officerAt, officerOf, streetOfficer } from './support/street.ts';
import { DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const at = async (section: string, nth = 0) => (await officerAt(site(), section, { nth })).page;

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
  await proposed.getByText(zh.street.proposals.own).waitFor();
  await second.goto(proposed.url());
  await second.getByRole('button', { name: zh.street.proposals.approve }).click();
  await second.getByText(zh.street.states.proposal.approved, { exact: true }).waitFor();
}

describe('two officers of the street', () => {
  it('appoint a third, give a login whose password is shown once, and a credential that works', async () => {
    const [first, second] = [await at('/people'), await at('/proposals', 1)];
    await first.getByRole('button', { name: zh.street.people.appoint }).click();
    await first.getByRole('dialog').getByRole('checkbox', { name: zh.street.people.personNone }).check();
    await fillIn(first, zh.street.people.propose, { [zh.street.people.name]: '赵新', [zh.console.reason]: '新到任' });
    await first
      .getByRole('heading', { level: 1, name: zh.console.matters.officer.title('赵新', zh.console.matters.officer.street) })
      .waitFor();
    await approve(second, first);

    await first.goto(`${site().url}/street#/people`);
    await first.reload();
    const row = first.getByRole('row', { name: /赵新/ });
    await row.getByRole('button', { name: zh.street.people.login }).click();
    await fillIn(first, zh.street.people.propose, { [zh.street.people.loginName]: 'zhao.xin', [zh.console.reason]: '新到任' });
    await first.getByRole('heading', { level: 1, name: saying(zh.console.matters.login.called) }).waitFor();
    await first.getByText('赵新').first().waitFor();
    await approve(second, first);
    const shown = second.getByRole('status').filter({ hasText: zh.street.proposals.passwordOnce });
    const password = (await shown.locator('code').innerText()).trim();
    await expectAccessible(second);
    await second.reload();
    await second.getByText(zh.street.states.proposal.approved).waitFor();
    expect(await second.getByText(password).count()).toBe(0);

    const { page: newcomer } = await personAt(desk, `${site().url}/street`);
    await newcomer.getByLabel(zh.shared.login).fill('zhao.xin');
    await newcomer.getByLabel(zh.shared.password, { exact: true }).fill(password);
    await newcomer.getByRole('button', { name: zh.shared.signIn }).click();
    await newcomer.getByLabel(zh.shared.currentPassword).fill(password);
    await newcomer.getByLabel(zh.shared.newPassword).fill('long-enough-2026');
    await newcomer.getByLabel(zh.shared.newPasswordAgain).fill('long-enough-2026');
    await newcomer.getByRole('button', { name: zh.shared.save }).click();
    await newcomer.getByRole('heading', { level: 1, name: zh.street.overview.title }).waitFor();

    await first.goto(`${site().url}/street#/people`);
    await row.getByRole('button', { name: zh.street.people.credential }).click();
    await fillIn(first, zh.street.people.propose, { [zh.street.people.credentialName]: '办公室电脑', [zh.console.reason]: '新到任' });
    await approve(second, first);
    const parts = await second.getByRole('status').filter({ hasText: zh.street.proposals.secretOnce }).locator('code').allInnerTexts();
    const [id, secret] = parts.map((text) => text.trim());
    expect((await accessAnswer(site(), { client_id: id!, client_secret: secret! })).status).toBe(200);
  });

  it('have a community succeeded by another; one renames it alone, and books what came in for a fund', async () => {
    const [first, second] = [await at('/people'), await at('/proposals', 1)];
    const row = first.getByRole('row', { name: /cangnan/ });
    await row.getByRole('button', { name: zh.street.people.rename }).click();
    await fillIn(first, zh.street.people.rename, { [zh.street.people.name]: '仓南新社区' });
    await first.getByRole('cell', { name: '仓南新社区' }).waitFor();
    await first.getByRole('dialog').waitFor({ state: 'hidden' });

    await row.getByRole('button', { name: zh.street.people.succeed }).click();
    await first.getByRole('dialog').getByRole('button', { name: zh.street.people.propose }).click();
    await first.getByRole('dialog').getByText(zh.console.required).nth(2).waitFor();
    await choose(first, zh.street.people.successor, '万和社区');
    const fromDay = site().today(400);
    await fillIn(first, zh.street.people.propose, { [zh.street.people.fromDay]: fromDay, [zh.console.reason]: '撤并' });
    await first.getByRole('heading', { level: 1, name: zh.console.matters.successor.title('仓南新社区', '万和社区') }).waitFor();
    await approve(second, first);
    await second.goto(`${site().url}/street#/people`);
    await second
      .getByRole('row', { name: /cangnan/ })
      .getByText(zh.street.people.succeededBy('万和社区', fromDay))
      .waitFor();

    await first.goto(`${site().url}/street#/limits/wanhe`);
    const book = async (yuan: string, reference: string) => {
      await first.getByRole('dialog').waitFor({ state: 'hidden' });
      await first.getByRole('button', { name: zh.street.limits.contribute }).first().click();
      await fillIn(first, zh.street.limits.contribute, { [zh.street.limits.yuanTyped]: yuan, [zh.street.limits.bankReference]: reference });
    };
    await book('5000.505', 'GZ-2026-1');
    await first.getByText(zh.street.limits.noAmount).waitFor();
    await fillIn(first, zh.street.limits.contribute, { [zh.street.limits.yuanTyped]: '5000.50' });
    await first.getByRole('row', { name: `${zh.street.limits.kinds.contribution} 5,000.50 GZ-2026-1` }).waitFor();
    // The same line of the bank's is not booked twice.
    await book('5000.50', 'GZ-2026-1');
    await first
      .getByRole('dialog')
      .locator('.ant-form-item', { hasText: zh.street.limits.bankReference })
      .locator('.ant-form-item-explain-error')
      .waitFor();
  });

  it('adjust what was settled: to another merchant, borne by two communities', async () => {
    const { store } = site().service;
    const { entry } = store.tables;
    const [wrong] = await store.read.select().from(entry).where(eq(entry.kind, 'redemption')).orderBy(entry.id).limit(1);
    const merchant = site().cast.tills.find(({ community_id: of }) => of === 'wanhe')!.merchant_id;
    const [first, second] = [await at('/ledger/adjustments'), await at('/proposals', 1)];
    await first.getByLabel(zh.street.ledger.wrongId).fill(wrong!.id);
    // The typed text is there after a reload, and so is the part that was not shown yet.
    await first.reload();
    await first.getByText(zh.street.ledger.shouldBeOther).click();
    await first.getByLabel(zh.street.ledger.merchantId).fill(merchant);
    await first.getByRole('button', { name: zh.street.ledger.addShare }).click();
    for (const [n, [name, yuan]] of Object.entries({ 万和社区: '3', 朱庙社区: '2.50' }).entries()) {
      await choose(first, zh.street.ledger.community, name, n);
      await first.getByRole('textbox', { name: zh.street.ledger.units.fen, exact: true }).nth(n).fill(yuan);
    }
    await first.getByLabel(zh.console.reason).fill('记错了商户');
    await first.getByRole('button', { name: zh.street.people.propose }).click();
    await first.getByText(/万和社区 ¥3\.00.*朱庙社区 ¥2\.50/).waitFor();
    await approve(second, first);
    await second.goto(`${site().url}/street#/ledger/adjustments`);
    const row = second.getByRole('row', { name: /记错了商户/ });
    await row.getByRole('link', { name: zh.street.ledger.see }).nth(2).click();
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
    await row.getByRole('button', { name: zh.street.runs.resolve }).click();
    await fillIn(page, zh.street.runs.resolve, { [zh.street.runs.resolution]: '已核对,另行调整' });
    await row.getByText(/已核对,另行调整/).waitFor();

    site().pass(40 * 86_400_000);
    const later = await at(`/runs/${runs[0]!.id}/payments`);
    const line = later.getByRole('row', { name: zh.street.states.payment.escalated }).first();
    await line.waitFor();
    const sides = await line.getByRole('cell').allInnerTexts();
    await line.getByRole('button', { name: zh.street.runs.confirmFor }).click();
    await later
      .getByRole('row', { name: new RegExp(`^${sides[0]} ${sides[1]} `) })
      .getByText(zh.street.states.payment.confirmed, { exact: true })
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
    await page.getByText(zh.shared.noPermission).waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('menuitem', { name: zh.street.sections.ledger }).count()).toBe(0);

    await page.route('**/v1/proposals?*', (route: Route) => route.fulfill({ json: { items: [], next_cursor: null } }));
    await page.goto(`${site().url}/street#/proposals`);
    await page.getByText(zh.street.proposals.noneOpen).waitFor();

    await page.route('**/v1/settlement-runs?*', (route: Route) => route.abort());
    await page.goto(`${site().url}/street#/runs`);
    await page.getByText(zh.shared.noAnswer).first().waitFor();
    await expectAccessible(page);
    await page.unroute('**/v1/settlement-runs?*');
    await page.getByRole('button', { name: zh.shared.retry }).first().click();
    await page
      .getByRole('link', { name: saying(zh.street.runs.numberOf(DIGITS)) })
      .first()
      .waitFor();

    await page.route('**/v1/communities/*/name', (route: Route) => route.fulfill({ status: 500, body: 'Bad gateway' }));
    await page.goto(`${site().url}/street#/people`);
    await page.getByRole('button', { name: zh.street.people.rename }).first().click();
    await fillIn(page, zh.street.people.rename, { [zh.street.people.name]: '新名称' });
    const dialog = page.getByRole('dialog');
    await dialog.getByText(zh.shared.unknownOutcome).waitFor();
    await page.unroute('**/v1/communities/*/name');
    await dialog.getByRole('button', { name: zh.shared.retry }).click();
    await page.getByRole('cell', { name: '新名称' }).waitFor();
  });
});

type Items<T> = { readonly items: readonly T[] };
