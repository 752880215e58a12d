import { readFileSync } from 'node:fs';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, personAt, phone, shoot, tablet } from './support/browser.ts';
import { answered, cashierAt, fateOf, newLogin, ownLogin, shown, type Shown, signIn, wedge } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, en, saying, zh } from './support/words.ts';

const site = siteOfFile();

async function redeem(page: Page, voucher: Pick<Shown, 'code'>): Promise<void> {
  await wedge(page, voucher.code);
  await answered(page, zh.counter.good('10'));
  await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
  await page.getByRole('button', { name: zh.counter.redeem, exact: true }).click();
  await answered(page, zh.counter.done('10'));
}

const tab = (page: Page, name: string, tabs = zh.counter.screens) =>
  page.getByRole('navigation', { name: tabs }).getByRole('link', { name });

describe('the day at a counter', () => {
  it('is listed with its total, and a redemption is undone with a reason', async () => {
    const { page } = await cashierAt(site(), phone);
    const voucher = await shown(site());
    await redeem(page, voucher);
    await tab(page, zh.counter.today).click();
    await page.getByText(zh.counter.total(1)).waitFor();
    await shoot(page, 'counter-today-phone');
    await expectAccessible(page);
    await page
      .getByRole('main')
      .getByRole('link', { name: /10 元代金券/ })
      .click();
    await page.getByRole('button', { name: zh.counter.undo }).click();
    await page.getByText(zh.counter.undoReasonMissing).waitFor();
    await page.getByRole('button', { name: zh.counter.undoReasons[0]! }).click();
    await shoot(page, 'counter-undo-phone');
    await expectAccessible(page);
    await page.getByRole('button', { name: zh.counter.undo }).click();
    await page.getByText(zh.counter.status.reversed).first().waitFor();
    expect(await fateOf(site(), voucher)).toEqual(['reversed']);
    await page.goBack();
    await page.getByText(zh.counter.undoneTotal(1, '10')).waitFor();
  });

  it('cannot undo what is past its time, and says until when it could', async () => {
    const { page } = await cashierAt(site(), desk);
    await page.route('**/v1/redemptions?store_id=*', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll(/"reversible_until":"[^"]+"/g, '"reversible_until":"2000-01-01T00:00:00Z"');
      await route.fulfill({ response, body: text });
    });
    await redeem(page, await shown(site()));
    await page.getByRole('link', { name: zh.counter.status.succeeded }).first().click();
    await page.getByText(saying(zh.counter.tooLate(ANY))).waitFor();
    expect(await page.getByRole('button', { name: zh.counter.undo }).isDisabled()).toBe(true);
  });

  it('is closed with its totals and its file, which agrees with itself, and differs from a book that lacks a line', async () => {
    const { page } = await cashierAt(site(), tablet);
    const voucher = await shown(site());
    await redeem(page, voucher);
    await tab(page, zh.counter.closing).click();
    await page.getByRole('row', { name: zh.counter.netOfStore }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: zh.counter.download }).click()]);
    expect(download.suggestedFilename()).toMatch(zh.counter.fileName(site().today(), false));
    const csv = readFileSync(await download.path(), 'utf8');
    const lines = csv.trim().split('\r\n');
    const choose = async (book: string | Buffer) =>
      page.getByLabel(zh.counter.chooseFile).setInputFiles({ name: 'till.csv', mimeType: 'text/csv', buffer: Buffer.from(book) });
    expect(csv.startsWith('\uFEFFkind,')).toBe(true);
    await choose(csv);
    await page.getByText(zh.counter.agrees(lines.length - 1)).waitFor();
    // A book as shops keep it, in GB18030: 请求号, 金额 (in yuan), 备注.
    const redeemed = lines.map((line) => line.split(',')).filter(([kind]) => kind === 'redemption');
    const cells = lines[0]!.split(',');
    const own = redeemed.map((line) => `${line[cells.indexOf('request_no')]},10.00,\n`).join('');
    const book = Buffer.concat([Buffer.from('c7ebc7f3bac52cbdf0b6ee2cb1b8d7a20a', 'hex'), Buffer.from(own)]);
    await choose(book);
    const reversed = lines.length - 1 - redeemed.length;
    if (reversed === 0) await page.getByText(zh.counter.agrees(redeemed.length)).waitFor();
    else await page.getByRole('heading', { name: zh.counter.listCount(zh.counter.lists.missing_there, reversed) }).waitFor();
    await choose(lines.filter((line) => !line.includes(voucher.voucherId)).join('\r\n'));
    await page.getByRole('heading', { name: zh.counter.listCount(zh.counter.lists.missing_there, 1) }).waitFor();
    await page.getByText(/账中缺少该核销/).waitFor();
    await shoot(page, 'counter-closing-tablet');
    await expectAccessible(page);
    await choose('what,ever\r\n1,2');
    await page.getByRole('alert').getByRole('heading').waitFor();
    // A book that a spreadsheet has mangled says in which line, and what to do.
    await choose('请求号,金额\r\nR-1,10.00\r\n2.02612E+17,10.00\r\n');
    await page.getByText('第 3 行，请求号：已被表格软件缩写成科学计数法', { exact: false }).waitFor();
  });
});

describe('who stands behind the counter', () => {
  it('sets a password of their own first, and chooses the store once where the login is of a whole merchant', async () => {
    const till = site().cast.tills[0]!;
    const { page } = await personAt(phone, `${site().url}/counter`);
    const login = await newLogin(site(), till, false);
    await page.getByRole('textbox', { name: zh.shared.login }).fill(login.login);
    await page.getByLabel(zh.shared.password).fill(login.password);
    await page.getByRole('button', { name: zh.shared.signIn }).click();
    await page.getByRole('heading', { name: zh.shared.setPassword }).waitFor();
    await shoot(page, 'counter-first-password-phone');
    await expectAccessible(page);
    await page.getByLabel(zh.shared.currentPassword).fill(login.password);
    await page.getByLabel(zh.shared.newPassword).fill('a-long-password');
    await page.getByLabel(zh.shared.newPasswordAgain).fill('another-password');
    await page.getByRole('button', { name: zh.shared.save }).click();
    await page.getByText(zh.shared.passwordsDiffer).waitFor();
    await page.getByLabel(zh.shared.newPasswordAgain).fill('a-long-password');
    await page.getByRole('button', { name: zh.shared.save }).click();
    await page.getByRole('heading', { name: zh.counter.chooseStore }).waitFor();
    await shoot(page, 'counter-store-phone');
    await expectAccessible(page);
    await page.getByRole('button', { name: till.store }).click();
    const voucher = await shown(site());
    await redeem(page, voucher);
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
    await page.reload();
    await page.getByRole('textbox', { name: zh.counter.code }).waitFor();
  });

  it('adds an authenticator app, and signs in with its code; the page speaks English where that is chosen', async () => {
    const till = site().cast.tills[0]!;
    const login = await ownLogin(site(), till);
    const { page } = await personAt(phone, 'about:blank');
    await signIn(page, site().url, login);
    await page.goto(`${site().url}/counter#/staff`);
    await page.getByText(zh.counter.totpOff).click();
    await page.getByRole('button', { name: zh.counter.totpSetUp }).click();
    const secret = await page.locator('.secret').textContent();
    const code = () => new TOTP({ secret: secret! }).generate({ timestamp: site().now() });
    await shoot(page, 'counter-totp-phone');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: zh.shared.totp }).fill(code());
    await page.getByRole('button', { name: zh.shared.confirm }).click();
    await page.getByText(zh.counter.totpOn).waitFor();
    await page.getByRole('button', { name: zh.shared.language }).click();
    await page.getByRole('heading', { name: en.counter.account }).waitFor();
    await tab(page, en.counter.till, en.counter.screens).click();
    await page.getByText(en.counter.ready).waitFor();
    await shoot(page, 'counter-english-phone');
    await expectAccessible(page);
    await tab(page, en.counter.staff, en.counter.screens).click();
    await page.getByRole('button', { name: en.shared.signOut }).click();
    await page.getByRole('textbox', { name: en.shared.login }).fill(login.login);
    await page.getByLabel(en.shared.password).fill(login.password);
    await page.getByRole('button', { name: en.shared.signIn }).click();
    await page.getByRole('textbox', { name: en.shared.totp }).waitFor();
  });

  it('signs out; what another counter has left on the device is said and not touched', async () => {
    const till = site().cast.tills[0]!;
    const { page, context } = await cashierAt(site(), desk);
    await context.setOffline(true);
    await page.getByRole('textbox', { name: zh.counter.code }).fill((await shown(site())).code);
    await page.getByRole('textbox', { name: zh.counter.face }).fill('10');
    await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
    await context.route('**/v1/redemption-batches', (route) => route.abort());
    await page.getByRole('button', { name: zh.counter.acceptOffline }).click();
    await answered(page, saying(zh.counter.stored(ANY)));
    await context.setOffline(false);
    await tab(page, zh.counter.staff).click();
    await shoot(page, 'counter-staff-desk');
    await expectAccessible(page);
    await page.getByRole('button', { name: zh.shared.signOut }).click();
    await page.getByRole('textbox', { name: zh.shared.login }).waitFor();
    await signIn(page, site().url, await ownLogin(site(), till, false));
    await page.reload();
    await page.getByRole('button', { name: till.store }).click();
    await page.getByText(zh.counter.elsewhere(1)).waitFor();
  });
});
