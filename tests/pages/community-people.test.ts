import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, personAt, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

const wanhe = () => officersOf(site(), 'wanhe')[0]!;
const resident = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
const till = () => site().cast.tills.find(({ community_id: of }) => of === 'wanhe')!;

describe('an officer at the counter of the community', () => {
  it('registers a resident; a phone that is taken is told at its field', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    const words = zh.community.people.desk;
    await page.getByRole('link', { name: words.title }).click();
    await page.getByLabel(words.name).fill('钱小满');
    await page.getByLabel(words.phone).fill(resident().phone);
    await page.getByLabel(zh.community.people.consent.paperNumber).fill('2026-0001');
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    const field = page.locator('.ant-form-item', { hasText: words.phone });
    await field.locator('.ant-form-item-explain-error').waitFor();
    await page.getByRole('alert').filter({ hasText: zh.community.people.known.taken }).getByRole('link').waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-register-taken');
    await page.getByLabel(words.phone).fill('+86 137-0000 1234');
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await page.getByRole('log').getByRole('link', { name: '钱小满' }).click();
    await page.getByRole('heading', { level: 1, name: '钱小满' }).waitFor();
    expect(page.url()).not.toContain('13700001234');
    await page.getByText('137****1234').waitFor();
  });

  it('prints a paper voucher for somebody without a phone, which a till redeems with its PIN', async () => {
    const { page } = await officerAt({ ...desk, deviceScaleFactor: 3 }, site(), wanhe(), `/community#/residents/${resident().resident_id}`);
    await page.getByRole('button', { name: zh.community.vouchers.issue }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: zh.community.vouchers.offer }).click();
    await page
      .locator('.ant-select-item-option', { hasText: `· ${zh.community.vouchers.costs('100')}` })
      .first()
      .click();
    await dialog.getByRole('button', { name: zh.community.vouchers.issue }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expectAccessible(page);
    await shoot(page, 'community-resident');
    await page.getByRole('link', { name: zh.community.vouchers.print }).first().click();
    await page.getByRole('button', { name: zh.community.paper.make }).click();
    const slip = page.getByRole('article', { name: zh.community.paper.slip });
    await slip.waitFor();
    const pin = await page.locator('.facts code').innerText();
    expect(await slip.innerText()).not.toContain(pin.trim());
    await page.getByRole('checkbox', { name: zh.community.paper.printPin }).check();
    await slip.getByText(pin.trim()).waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await shoot(page, 'community-paper');
    const codes = await codesOn(await slip.screenshot());
    await page.emulateMedia({ media: 'screen' });

    const code = (await slip.locator('.digits').innerText()).replaceAll(/\D/g, '');
    expect(new Set(codes)).toEqual(new Set([code]));
    expect(codes).toHaveLength(2);
    const api = await apiOf(site(), till());
    const body = { code, pin: pin.trim(), store_id: till().store_id, order_no: 'A-1', order_amount_fen: 5_000 };
    await expect(api('/v1/redemptions', { method: 'POST', body: { ...body, pin: undefined } })).rejects.toThrow('pin_required');
    const redeemed = await api<{ status: string }>('/v1/redemptions', { method: 'POST', body });
    expect(redeemed.status).toBe('succeeded');
    await goTo(page, `/residents/${resident().resident_id}`);
    await page.reload();
    await page.getByRole('cell', { name: till().store }).first().waitFor();
  });

  it('makes a login for a counter, whose password is shown once and changed at the first sign-in', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/merchants');
    await page.getByRole('link', { name: till().merchant }).click();
    await page.getByRole('heading', { level: 1, name: till().merchant }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-merchant');
    await page.getByRole('tab', { name: zh.community.merchants.logins }).click();
    await page.getByRole('button', { name: zh.community.logins.create }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.community.logins.person).fill('小周');
    await dialog.getByLabel(zh.shared.login).fill('counter.zhou');
    await dialog.getByRole('button', { name: zh.community.logins.create }).click();
    const shown = page.getByRole('status').filter({ hasText: zh.community.logins.password });
    const password = (await shown.locator('code').last().innerText()).trim();
    await shoot(page, 'community-login-made');
    const answered = await fetch(`${site().url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'counter.zhou', password }),
    });
    expect(((await answered.json()) as { password_temporary: boolean }).password_temporary).toBe(true);
    await page.reload();
    await page.getByRole('tab', { name: zh.community.merchants.logins }).click();
    await page
      .getByRole('row', { name: /counter\.zhou/ })
      .getByText(zh.community.logins.temporary)
      .waitFor();
    expect(await page.getByText(password).count()).toBe(0);
  });

  it('whose own password is temporary sets another one first', async () => {
    const [proposer, approver] = officersOf(site(), null);
    const [api, second] = [await apiOf(site(), proposer!), await apiOf(site(), approver!)];
    const { items: officers } = await api<{ items: { id: string; name: string }[] }>('/v1/officers?community_id=wanhe&limit=100');
    const { name, login } = officersOf(site(), 'wanhe')[1]!;
    const input = { officer_id: officers.find((each) => each.name === name)!.id, name: login };
    const body = { command: 'login', input, reason: '忘记密码' };
    const { id } = await api<{ id: string }>('/v1/proposals', { method: 'POST', body });
    const approved = await second<{ result: { temporary_password: string } }>(`/v1/proposals/${id}/approval`, { method: 'POST' });
    const { page } = await personAt(desk, `${site().url}/community`);
    await page.getByLabel(zh.shared.login).fill(login);
    await page.getByLabel(zh.shared.password, { exact: true }).fill(approved.result.temporary_password);
    await page.getByRole('button', { name: zh.shared.signIn }).click();
    await page.getByRole('heading', { name: zh.shared.setPassword }).waitFor();
    await page.getByLabel(zh.shared.currentPassword).fill(approved.result.temporary_password);
    await page.getByLabel(zh.shared.newPassword).fill('long-enough-2026');
    await page.getByLabel(zh.shared.newPasswordAgain).fill('long-enough-2026');
    await page.getByRole('button', { name: zh.shared.save }).click();
    await page.getByRole('heading', { level: 1, name: saying(zh.community.home.title(ANY)) }).waitFor();
    await page
      .getByRole('link', { name: zh.community.home.grantNow })
      .or(page.getByRole('button', { name: zh.community.home.grantNow }))
      .first()
      .waitFor();
  });
});

/** What a camera or a laser reads on a picture. */
async function codesOn(png: Buffer): Promise<string[]> {
  const wasm = readFileSync(join(import.meta.dirname, '../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer } });
  // Two lines that agree, the reader's own measure, may both be wrong.
  const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode', 'Code128'], minLineCount: 8 });
  return found.map(({ text }) => text);
}
