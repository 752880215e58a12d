import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, personAt, phone, shoot } from './support/browser.ts';
import { codeSent, cookieOf, residentAt, residentWith, type Resident, vouchersOf } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const MINUTE = 60_000;

/** Has a code sent, and answers what the page says of it. */
async function askCode(page: Page, number: string): Promise<string> {
  await page.getByRole('textbox', { name: zh.shared.phone }).fill(number);
  await page.getByRole('button', { name: zh.shared.sendCode }).click();
  await page.getByRole('button', { name: saying(zh.shared.sendCodeAgain(DIGITS), 'whole') }).waitFor();
  return page.locator('.field').last().locator('.note').innerText();
}

/** Tries a code, and answers why it is no good. */
async function tryCode(page: Page, code: string): Promise<string> {
  await page.getByRole('textbox', { name: zh.shared.code }).fill(code);
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: /./ });
  await alert.waitFor();
  return alert.innerText();
}

async function endSession(resident: Resident): Promise<void> {
  const headers = { cookie: `callmi_session=${await cookieOf(site(), resident)}`, origin: site().url };
  const session = (await (await fetch(`${site().url}/v1/session`, { headers })).json()) as { id: string };
  const body = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{}' };
  expect((await fetch(`${site().url}/v1/sessions/${session.id}/revocation`, body)).ok).toBe(true);
}

describe('a resident', () => {
  it('signs in by phone and code, and hears the same as somebody whom nobody knows', async () => {
    const resident = site().cast.residents[0]!;
    const stranger = await personAt(phone, site().url);
    const unknown = [await askCode(stranger.page, '13900000000'), await tryCode(stranger.page, '123456')];

    const { page } = await personAt(phone, site().url);
    const asked = await askCode(page, resident.phone);
    const code = await codeSent(site(), resident.phone);
    const known = [asked, await tryCode(page, code === '123456' ? '654321' : '123456')];
    expect(known).toEqual(unknown);
    await shoot(page, 'resident-sign-in-wrong');
    await expectAccessible(page);

    await page.getByRole('textbox', { name: zh.shared.code }).fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: zh.resident.myPoints, level: 1 }).waitFor();
    await page.reload();
    await page.getByText(zh.resident.lots).waitFor();
  });

  it('whose session has ended loses nothing: signs in above the sheet, and goes on', async () => {
    const resident = await residentWith(site(), 200, site().cast.residents.slice(0, 1));
    const before = await vouchersOf(site(), resident);
    const { page } = await residentAt(site(), resident, '/exchange');
    await page.getByRole('link', { name: /10 元代金券/ }).click();
    const sheet = page.getByRole('dialog', { name: zh.resident.takeTitle('10 元代金券') });
    await sheet.getByRole('button', { name: zh.resident.more }).click();
    await endSession(resident);
    await sheet.getByRole('button', { name: zh.resident.takeConfirm('200') }).click();
    const again = page.getByRole('dialog', { name: zh.shared.signInAgain });
    await again.waitFor();
    // Behind it, and so out of reach.
    expect(await page.locator('dialog.sheet').getByText(zh.resident.takesOff('20')).count()).toBe(1);
    await shoot(page, 'resident-lost', false);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await again.waitFor();

    site().pass(MINUTE);
    const old = site().codeFor(resident.phone);
    await askCode(page, resident.phone);
    await expect.poll(() => site().codeFor(resident.phone)).not.toBe(old);
    await page.getByRole('textbox', { name: zh.shared.code }).fill(site().codeFor(resident.phone)!);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    await sheet.getByText(zh.resident.takesOff('20')).waitFor();
    expect(await page.getByText('未登录').count()).toBe(0);
    await shoot(page, 'resident-back-again', false);
    await sheet.getByRole('button', { name: zh.resident.takeConfirm('200') }).click();
    await page.getByText(zh.resident.takenText('10 元代金券', '20')).waitFor();
    expect(await vouchersOf(site(), resident)).toHaveLength(before.length + 1);
  });

  it('who signs out leaves nothing behind on the phone that opens anything', async () => {
    const resident = site().cast.residents.at(-1)!;
    const { page, context } = await residentAt(site(), resident);
    const left = () => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    await page.getByText(zh.resident.lots).waitFor();
    expect((await left()).filter((key) => key.includes(resident.resident_id))).not.toEqual([]);
    await page.getByRole('link', { name: zh.resident.mine, exact: true }).click();
    await page.getByText(/^\d{3}\*{4}\d{4}$/).waitFor();
    await page.getByRole('button', { name: zh.shared.signOut }).click();
    await page.getByRole('button', { name: zh.shared.signIn }).waitFor();
    await expect.poll(left).toEqual([]);
    const kept = await page.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
      return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.filter((path) => path.startsWith('/v1/'))).toEqual([]);
    // The mark that somebody signed in here before opens nothing.
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['callmi_devices']);
    const signed = await fetch(`${site().url}/v1/session`, { headers: { cookie: `callmi_session=${await cookieOf(site(), resident)}` } });
    expect(signed.status).toBe(401);
  });
});
