import type { Locator, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot } from './support/browser.ts';
import { call } from './support/counter.ts';
import { readCode } from './support/read-code.ts';
import { cookieOf, pointsOf, residentAt, residentWith, taken, voucherOf, vouchersOf } from './support/resident.ts';
import { type Site, siteOfFile } from './support/site.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

/** The digits on the screen, once they are there. */
async function digitsOn(page: Page): Promise<string> {
  return (await page.locator('.digits').innerText()).replaceAll(/\D/g, '');
}

/** So quickly that the page has not had time to show that it heard the first click. */
async function clickTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}

/** The server does it, and its answer is lost. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch();
  await route.abort();
}

let orders = 0;

/** The first till redeems a code, without a page; answers the redemption's id. */
async function redeemed(at: Site, code: string): Promise<string> {
  const till = at.cast.tills[0]!;
  const order = { code, store_id: till.store_id, order_no: `resident-${++orders}`, order_amount_fen: 5_000 };
  const { status, body } = await call(at, till, 'POST', '/v1/redemptions', order);
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { id: string }).id;
}

describe('a resident with points', () => {
  it('takes a voucher, once however often it is clicked, and is led to its code', async () => {
    const resident = await residentWith(site(), 200);
    const before = await vouchersOf(site(), resident);
    const { page } = await residentAt(site(), resident, '/exchange');
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.getByRole('link', { name: /10 元代金券/ }).click();
    const sheet = page.getByRole('dialog', { name: zh.resident.takeTitle('10 元代金券') });
    await sheet.getByRole('button', { name: zh.resident.more }).click();
    await sheet.getByText(zh.resident.takesOff('20')).waitFor();
    await clickTwice(sheet.getByRole('button', { name: zh.resident.takeConfirm('200') }));
    await page.getByText(zh.resident.takenText('10 元代金券', '20')).waitFor();
    await shoot(page, 'resident-taken', false);
    await expectAccessible(page);
    expect(sent).toHaveLength(1);
    expect(await vouchersOf(site(), resident)).toHaveLength(before.length + 1);
    await page.getByRole('button', { name: zh.resident.showNow }).click();
    await page.locator('.digits').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: zh.resident.exchange, level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('whose answer is lost is told so, also after going back, and has one voucher after another try', async () => {
    const resident = await residentWith(site(), 100);
    const before = await vouchersOf(site(), resident);
    const { page } = await residentAt(site(), resident, '/exchange');
    await page.route((url) => url.pathname === '/v1/me/vouchers', loseAnswer, { times: 1 });
    const offer = page.getByRole('link', { name: /10 元代金券/ });
    await offer.click();
    await page.getByRole('button', { name: zh.resident.takeConfirm('100') }).click();
    await page.getByText(saying(zh.shared.unknownOutcome, 'start')).waitFor();
    await shoot(page, 'resident-unknown', false);
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await offer.click();
    await page.getByRole('dialog').getByRole('button', { name: zh.shared.retry }).click();
    await page.getByText(zh.resident.takenText('10 元代金券', '10')).waitFor();
    expect(await vouchersOf(site(), resident)).toHaveLength(before.length + 1);
  });

  it('cancels one, for a reason, and has the points again; Escape and the back button do not', async () => {
    const resident = await residentWith(site(), 100);
    const before = await pointsOf(site(), resident);
    const id = await taken(site(), resident);
    const { page } = await residentAt(site(), resident, '/vouchers');
    await page.locator(`a[href="#/vouchers/${id}"]`).click();
    const open = page.getByRole('button', { name: zh.resident.cancelVoucher });
    const sheet = page.getByRole('dialog', { name: zh.resident.cancelTitle });
    await open.press('Enter');
    await expect.poll(() => sheet.getByRole('heading').evaluate((heading) => heading === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await open.evaluate((button) => button === document.activeElement)).toBe(true);
    await open.click();
    await sheet.waitFor();
    await page.goBack();
    await sheet.waitFor({ state: 'detached' });
    expect((await voucherOf(site(), resident, id)).status).toBe('issued');

    await open.click();
    await sheet.getByRole('radio', { name: zh.resident.cancelReasons.mistake }).check();
    await clickTwice(sheet.getByRole('button', { name: zh.resident.cancelConfirm }));
    await page.getByText(zh.resident.cancelled('100')).waitFor();
    await shoot(page, 'resident-cancelled', false);
    await sheet.getByRole('button', { name: zh.resident.done }).click();
    await page.getByText(zh.resident.status.cancelled, { exact: true }).waitFor();
    expect(await open.count()).toBe(0);
    expect((await voucherOf(site(), resident, id)).status).toBe('cancelled');
    expect(await pointsOf(site(), resident)).toBe(before);
  });
});

describe('a code', () => {
  it('can be read as QR and as bars, and says by itself that it was redeemed, and that this was undone', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page } = await residentAt(site(), resident, `/vouchers/${id}/code`);
    const code = await digitsOn(page);
    expect(code).toMatch(/^\d{18}$/);
    expect(await readCode(page.getByRole('img', { name: zh.resident.codeQr }))).toEqual([{ format: 'QRCode', text: code }]);
    expect(await readCode(page.getByRole('img', { name: zh.resident.codeBars }))).toEqual([{ format: 'Code128', text: code }]);

    const redemption = await redeemed(site(), code);
    await page.getByRole('alert').getByText(zh.resident.redeemedOff('10')).waitFor();
    await shoot(page, 'resident-redeemed', false);
    await expectAccessible(page);

    const till = site().cast.tills[0]!;
    const undone = await call(site(), till, 'POST', `/v1/redemptions/${redemption}/reversals`, { reason: '顾客退货' });
    expect(undone.status, JSON.stringify(undone.body)).toBe(201);
    await page.getByText(zh.resident.undone).waitFor();
    const next = await digitsOn(page);
    expect(next).not.toBe(code);
    await shoot(page, 'resident-undone');
    await redeemed(site(), next);
    await page.getByText(zh.resident.redeemedOff('10')).waitFor();
    await page.getByRole('link', { name: zh.resident.backToVouchers }).click();
    await page
      .getByText(saying(zh.resident.redeemedAt(ANY, ANY)))
      .first()
      .waitFor();
  });

  it('is renewed before it ends', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page } = await residentAt(site(), resident, '/', { ...phone, clockMoved: true });
    await page.goto(`${site().url}/#/vouchers/${id}/code`);
    await page.reload();
    const first = await digitsOn(page);
    await page.getByText(saying(zh.resident.codeRefreshes(DIGITS), 'whole')).waitFor();
    await page.clock.fastForward(55_000);
    await expect.poll(() => digitsOn(page)).not.toBe(first);
  });

  it('says that it hears nothing, and hears again by itself', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    // As many streams as one may have: the page's own is refused, and a browser gives up after a refusal.
    const leave = new AbortController();
    const headers = { cookie: `callmi_session=${await cookieOf(site(), resident)}` };
    const hear = () => fetch(`${site().url}/v1/me/vouchers/${id}/events`, { headers, signal: leave.signal });
    // The stream of a page that was closed just now may still count. Those that nothing refers to any more are ended with their answers.
    const streams: Response[] = [];
    const heard = async () => {
      const answer = await hear();
      if (answer.ok) streams.push(answer);
      return streams.length;
    };
    await expect.poll(heard).toBe(4);

    const { page } = await residentAt(site(), resident, `/vouchers/${id}/code`);
    await page.getByText(zh.resident.reconnecting).waitFor();
    await shoot(page, 'resident-reconnecting');
    const code = await digitsOn(page);
    leave.abort();
    expect(streams).toHaveLength(4);
    await page.getByText(zh.resident.reconnecting).waitFor({ state: 'detached' });
    await redeemed(site(), code);
    await page.getByText(zh.resident.redeemedOff('10')).waitFor();
  });
});
