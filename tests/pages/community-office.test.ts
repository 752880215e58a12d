import { TOTP } from 'otpauth';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { encoded } from '../certify/gb18030.ts';
import { desk, expectAccessible, personAt, phone } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const wanhe = (nth = 0) => officersOf(site(), 'wanhe')[nth]!;
const resident = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
const till = () => site().cast.tills.find(({ community_id: of }) => of === 'wanhe')!;

const at = async (place: string, who = wanhe()) => (await officerAt(desk, site(), who, `/community#${place}`)).page;

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
    await page.getByRole('button', { name: zh.console.account.totpBegin }).click();
    await page.getByRole('img', { name: zh.console.account.totpQr }).waitFor();
    const secret = (await page.locator('.facts code').innerText()).trim();
    const code = (aheadMs = 0) => new TOTP({ secret }).generate({ timestamp: site().now() + aheadMs });
    await page.getByLabel(zh.console.account.totpCode).fill(code() === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: zh.console.account.totpConfirm }).click();
    await page.locator('.ant-form-item-explain-error').waitFor();
    await expectAccessible(page);
    await page.getByLabel(zh.console.account.totpCode).fill(code());
    await page.getByRole('button', { name: zh.console.account.totpConfirm }).click();
    await page.getByText(zh.console.account.totpOn).waitFor();
    expect(await page.getByText(secret).count()).toBe(0);

    await page.getByRole('button', { name: zh.console.account.end }).first().click();
    await page.getByRole('cell', { name: saying(zh.console.account.ended, 'start') }).waitFor();
    await goTo(elsewhere, '/rules');
    await elsewhere.getByRole('dialog', { name: zh.shared.signInAgain }).waitFor();

    const next = await personAt(desk, `${site().url}/community`);
    await next.page.getByLabel(zh.shared.login).fill(officer.login);
    await next.page.getByLabel(zh.shared.password, { exact: true }).fill(officer.password);
    await next.page.getByRole('button', { name: zh.shared.signIn }).click();
    // A code is taken once: the next one is half a minute away, and is taken a little early.
    await next.page.getByLabel(zh.shared.totp).fill(code(30_000));
    await next.page.getByRole('button', { name: zh.shared.signIn }).click();
    await next.page.getByRole('heading', { level: 1, name: saying(zh.community.home.title(ANY)) }).waitFor();
  });

  it('suspends a resident with a reason, and lets them take part again', async () => {
    const page = await at(`/residents/${resident().resident_id}`);
    await fillIn(page, zh.community.residents.set.suspended, { [zh.console.reason]: '本人申请停用' });
    await page.getByText('本人申请停用').waitFor();
    const api = await apiOf(site(), wanhe());
    expect((await api<{ status: string }>(`/v1/residents/${resident().resident_id}`)).status).toBe('suspended');
    await fillIn(page, zh.community.residents.set.active, { [zh.console.reason]: '本人来过' });
    await page.getByText(zh.community.standing.active, { exact: true }).waitFor();
  });

  it('proposes to claw back what is spent in part', async () => {
    const page = await at('/grants');
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: zh.community.grants.clawBack }) })
      .first();
    const who = await row.getByRole('cell').nth(1).innerText();
    await row.getByRole('button', { name: zh.community.grants.clawBack }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.console.reason).fill('登记错了人');
    await dialog.getByRole('button', { name: zh.community.grants.clawBack }).click();
    await page.getByText(zh.community.grants.clawBackDone).waitFor();
    await goTo(page, '/proposals');
    await page
      .getByRole('row', { name: /登记错了人/ })
      .getByText(saying(zh.community.grants.clawBackTitle(who, ANY)))
      .waitFor();
  });

  it('sets where a store is, adds a terminal, and makes a till whose secret is shown once', async () => {
    const page = await at(`/merchants/${till().merchant_id}`);
    const store = page.locator('.ant-card').first();
    await fillIn(page, zh.community.merchants.setPlace, {
      [zh.community.merchants.address]: '万和路 1 号',
      [zh.community.merchants.latitude]: '30.2741',
      [zh.community.merchants.longitude]: '120.1551',
    });
    await store.getByText('万和路 1 号').waitFor();
    await store.getByText('30.2741, 120.1551').waitFor();
    await page.getByRole('button', { name: zh.community.merchants.setPlace }).first().click();
    await page.getByRole('dialog').getByLabel(zh.community.merchants.longitude).fill('');
    await page.getByRole('dialog').getByRole('button', { name: zh.community.merchants.setPlace }).click();
    await page.getByRole('dialog').getByText(zh.community.merchants.placeHalf).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await fillIn(page, zh.community.merchants.addTerminal, { [zh.community.merchants.terminal]: '2 号收银台' });
    await store.getByRole('cell', { name: '2 号收银台' }).waitFor();

    await page.getByRole('tab', { name: zh.community.merchants.tills }).click();
    await fillIn(page, zh.community.tills.create, { [zh.community.tills.name]: '新收银机' });
    const shown = page.getByRole('status').filter({ hasText: zh.community.tills.once });
    const [id, secret] = (await shown.locator('code').allInnerTexts()).map((text) => text.trim());
    await apiOf(site(), { client_id: id!, client_secret: secret! });
    await page.reload();
    await page.getByRole('tab', { name: zh.community.merchants.tills }).click();
    await page.getByRole('row', { name: /新收银机/ }).waitFor();
    expect(await page.getByText(secret!).count()).toBe(0);
  });

  it('gives a rule a new version; the earlier one stands below it', async () => {
    const page = await at('/rules');
    await page.getByRole('link', { name: /志愿/ }).first().click();
    await fillIn(page, zh.community.rules.revise, { [zh.community.rules.points]: '25', [zh.community.rules.caps.cap_day]: '150' });
    const versions = page.getByRole('table', { name: zh.community.rules.versions }).getByRole('row');
    await versions.nth(1).getByRole('cell', { name: '25', exact: true }).waitFor();
    await versions.nth(2).getByRole('cell', { name: '20', exact: true }).waitFor();
  });

  it('takes the file for the bank, and what the bank answers: paid, or failed and carried over', async () => {
    const page = await at('/settlements');
    await page
      .getByRole('link', { name: saying(zh.community.runs.run(DIGITS)) })
      .first()
      .click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: zh.community.payouts.file }).click()]);
    const lines = (await new Response((await file.createReadStream()) as never).text()).trim().split(/\r?\n/);
    const heads = lines[0]!.split(',');
    const due = lines.slice(1).map((line) => Object.fromEntries(line.split(',').map((cell, n) => [heads[n]!, cell])));
    const answers = due.map(({ payout_id: id, amount_fen: fen }, n) =>
      n === 0 ? `${id},${fen},failed,,账号已销户` : `${id},${fen},paid,ICBC-${n},`,
    );
    const upload = async (rows: readonly string[]) => {
      // As a bank's machine writes it.
      const buffer = encoded(['payout_id,amount_fen,result,bank_reference,failure', ...rows, ''].join('\n'));
      await page.getByLabel(zh.community.payouts.answerFile).setInputFiles({ name: '回单.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('button', { name: zh.community.payouts.sendAnswer }).click();
    };
    await upload([`${due[0]!['payout_id']},1,paid,ICBC-0,`]);
    await page.getByText(/银行回单与付款文件不符/).waitFor();
    await page.getByText(zh.community.payouts.wrongLine(2)).waitFor();
    await upload([answers[1]!, `${due[0]!['payout_id']},1,failed,,`]);
    await page.getByText(saying(zh.community.payouts.wrongCell('3', 'failure', ANY))).waitFor();
    await expectAccessible(page);
    await upload(answers);
    await page.getByText(saying(zh.community.payouts.booked(due.length, ANY))).waitFor();
    const failed = page.getByRole('row', { name: /账号已销户/ });
    await failed.getByRole('button', { name: zh.community.payouts.carry }).click();
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('换了账号');
    await page.getByRole('dialog').getByRole('button', { name: zh.community.payouts.carry }).click();
    await failed.getByRole('button', { name: zh.community.payouts.carry }).waitFor({ state: 'detached' });
    await failed.getByText(zh.community.payouts.states.carried).waitFor();
    expect(
      await page
        .getByRole('table', { name: zh.community.payouts.title })
        .getByText(zh.community.payouts.states.due, { exact: true })
        .count(),
    ).toBe(0);
  });

  it('is told what is not for them, what is not there, and what has failed', async () => {
    const street = await officerAt(desk, site(), officersOf(site(), null)[0]!, '/community');
    await street.page.getByText(zh.shared.wrongPlace).waitFor();
    await expectAccessible(street.page);
    await street.page.getByRole('button', { name: zh.shared.signOut }).click();
    await street.page.getByLabel(zh.shared.login).waitFor();

    const { page: counter, context } = await personAt(phone, 'about:blank');
    const post = async (path: string, data: object) =>
      expect((await context.request.post(site().url + path, { data, headers: { origin: site().url } })).ok()).toBe(true);
    await post('/v1/sign-in-codes', { phone: resident().phone });
    await post('/v1/sessions', { phone: resident().phone, code: site().codeFor(resident().phone) });
    await counter.goto(`${site().url}/counter`);
    await counter.getByText(zh.shared.wrongPlace).waitFor();
    await expectAccessible(counter);

    const page = await at('/account');
    await without(page, 'merchants:read');
    await page.goto(`${site().url}/community#/merchants/${till().merchant_id}`);
    await page.reload();
    await page.getByText(zh.shared.noPermission).waitFor();
    expect(await page.getByRole('menuitem', { name: zh.community.sections.merchants }).count()).toBe(0);

    await page.route('**/v1/residents?*', answersWith({ items: [], next_cursor: null }));
    await goTo(page, '/residents');
    await page.getByText(zh.community.residents.none).waitFor();
    await page.unroute('**/v1/residents?*');

    await page.route('**/v1/grants?*', fails);
    await goTo(page, '/grants');
    await page.getByText(/服务暂时没有响应/).waitFor();
    await expectAccessible(page);
    await page.unroute('**/v1/grants?*');
    await page.getByRole('button', { name: zh.shared.retry }).click();
    await page.getByRole('row').nth(1).waitFor();

    await page.route('**/v1/action-rules', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await goTo(page, '/rules');
    await page.getByRole('button', { name: zh.community.rules.add }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.community.rules.name).fill('楼道清扫');
    await dialog.getByLabel(zh.community.rules.points, { exact: true }).fill('10');
    await dialog.getByRole('button', { name: zh.community.rules.add }).click();
    await dialog.getByText(zh.shared.unknownOutcome).waitFor();
    expect(await dialog.getByLabel(zh.community.rules.name).isDisabled()).toBe(true);
    await page.unroute('**/v1/action-rules');
    await dialog.getByRole('button', { name: zh.shared.retry }).click();
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
