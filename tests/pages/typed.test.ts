/** What people type, paste, scan and compose is read as they mean it, on every page. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, personAt, phone, shoot } from './support/browser.ts';
import { answered, call, cashierAt, fateOf, shown } from './support/counter.ts';
import { officerAt, officersOf } from './support/officers.ts';
import { codeSent } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const wide = (digits: string) => digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const inThrees = (digits: string) => digits.replaceAll(/(\d{3})(?=\d)/g, '$1 ');

const code = (page: Page) => page.getByRole('textbox', { name: zh.counter.code });
const amount = (page: Page) => page.getByRole('textbox', { name: zh.counter.amount });
const orderNo = (page: Page) => page.getByRole('textbox', { name: zh.counter.orderNo });
const redeem = (page: Page) => page.getByRole('button', { name: zh.counter.redeem, exact: true });

/** Replaces what a field holds by a text, as a paste does: all at once, without keys. */
async function paste(page: Page, field: ReturnType<typeof code>, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** An input method composes a text in the field that has the focus, and Enter takes it: the key comes first, and then the text. */
async function compose(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await page.keyboard.press('Enter');
  await session.send('Input.insertText', { text });
}

describe('at a till', () => {
  it('half a code is completed where it stands: the form stays, and says how many digits are missing', async () => {
    const { page } = await cashierAt(site(), desk);
    const voucher = await shown(site());
    await amount(page).fill('56.8');
    await code(page).pressSequentially(voucher.code.slice(0, 9));
    await page.keyboard.press('Enter');
    await page.getByText(zh.counter.codeMissing(9), { exact: true }).waitFor();
    await shoot(page, 'counter-half-a-code');
    expect(await amount(page).inputValue()).toBe('56.8');
    expect(await page.locator('.answer').getByText(zh.counter.noDiscount).count()).toBe(0);
    await code(page).pressSequentially(voucher.code.slice(9));
    await answered(page, zh.counter.good('10'));
    expect(await page.getByText(zh.counter.codeMissing(9)).count()).toBe(0);
    await page.keyboard.press('Escape');
    await paste(page, code(page), `${voucher.code}12`);
    await page.getByText(zh.counter.codeLong(2), { exact: true }).waitFor();
  });

  it.each<[string, (digits: string) => string]>([
    ['in full width and groups', (digits) => wide(inThrees(digits))],
    ['between marks of direction', (digits) => `\u202A${digits}\u202C\u00A0`],
    ['with dashes', (digits) => digits.replaceAll(/(\d{6})(?=\d)/g, '$1–')],
  ])('a code is pasted %s', async (_how, written) => {
    const { page } = await cashierAt(site(), desk);
    const voucher = await shown(site());
    await paste(page, code(page), written(voucher.code));
    await answered(page, zh.counter.good('10'));
    await paste(page, amount(page), '￥１,234．50元');
    await redeem(page).click();
    await page.getByText(zh.counter.paid('1,224.50')).waitFor();
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });

  it('a scanner behind an input method is read, and the Enter of the method sends nothing', async () => {
    const { page } = await cashierAt(site(), desk);
    const [first, second, third] = [await shown(site()), await shown(site()), await shown(site())];
    await code(page).focus();
    await compose(page, wide(first.code.slice(0, 9)));
    expect(await code(page).inputValue()).toBe(first.code.slice(0, 9));
    expect(await page.getByText(zh.counter.codeMissing(9)).count()).toBe(0);
    await compose(page, wide(first.code.slice(9)));
    await answered(page, zh.counter.good('10'));

    // Full-width digits behind what stands in the field of the amount.
    await page.keyboard.press('Escape');
    await amount(page).fill('20');
    await amount(page).press('End');
    for (const digit of wide(second.code)) await page.keyboard.insertText(digit);
    await answered(page, zh.counter.good('10'));
    expect(await amount(page).inputValue()).toBe('20');

    // And from a key of a full-width digit on, wherever the focus is.
    await page.keyboard.press('Escape');
    const scan = page.getByRole('button', { name: zh.counter.scan });
    await scan.focus();
    const [key, ...rest] = wide(third.code);
    await scan.evaluate(
      (button, digit) => button.dispatchEvent(new KeyboardEvent('keydown', { key: digit, bubbles: true, cancelable: true })),
      key,
    );
    expect(await code(page).inputValue()).toBe('7');
    for (const digit of rest) await page.keyboard.insertText(digit);
    await answered(page, zh.counter.good('10'));
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])('an Enter that belongs to the input method (%j) does nothing', async (more) => {
    const { page } = await cashierAt(site(), desk);
    await code(page).pressSequentially('7712345');
    const press = (keys: { readonly isComposing?: boolean; readonly keyCode?: number }) =>
      code(page).evaluate(
        (field, json) =>
          field.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...(JSON.parse(json) as object) }),
          ),
        JSON.stringify(keys),
      );
    expect(await press(more)).toBe(false);
    expect(await page.getByText(zh.counter.codeMissing(11)).count()).toBe(0);
    await press({ keyCode: 13 });
    await page.getByText(zh.counter.codeMissing(11)).waitFor();
  });

  it('the PIN of a paper may be spaced and in full width, and an order number that is too long is not cut', async () => {
    const { page } = await cashierAt(site(), desk);
    const { voucherId, resident } = await shown(site());
    const officer = site().cast.officers.find(({ community_id: of }) => of === resident.community_id)!;
    const paper = (await call(site(), officer, 'POST', `/v1/vouchers/${voucherId}/papers`, {})).body as { code: string; pin: string };
    await paste(page, code(page), paper.code);
    await answered(page, zh.counter.good('10'));
    await paste(page, page.getByRole('textbox', { name: zh.counter.pin }), wide(inThrees(paper.pin)));
    await paste(page, amount(page), '30');
    await paste(page, orderNo(page), '2'.repeat(65));
    await redeem(page).click();
    await page.getByText(zh.counter.orderNoLong(64)).waitFor();
    expect((await orderNo(page).inputValue()).length).toBe(65);
    await paste(page, orderNo(page), 'A\u200B-1');
    await redeem(page).click();
    await page.getByText(zh.counter.orderNoMangled).waitFor();
    await paste(page, orderNo(page), '2.02612E+17');
    await redeem(page).click();
    await page.getByText(zh.counter.orderNoMangled).waitFor();
    await paste(page, orderNo(page), 'A-1');
    await redeem(page).click();
    await page.getByText(zh.counter.paid('20.00')).waitFor();
  });
});

it('a resident signs in with a phone and a code as another app shows them', async () => {
  const { page } = await personAt(phone, site().url);
  const { phone: number } = site().cast.residents[0]!;
  await paste(page, page.getByRole('textbox', { name: zh.shared.phone }), `\u202A+86 ${wide(inThrees(number))}\u202C`);
  await page.getByRole('button', { name: zh.shared.sendCode }).click();
  await page.getByRole('button', { name: saying(zh.shared.sendCodeAgain(DIGITS), 'whole') }).waitFor();
  await paste(page, page.getByRole('textbox', { name: zh.shared.code }), ` ${wide(inThrees(await codeSent(site(), number)))} `);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: zh.resident.myPoints, level: 1 }).waitFor();
});

const wanhe = () => officersOf(site(), 'wanhe')[0]!;

describe('at a desk', () => {
  it('a resident is registered with a pasted phone, and found by it and by the name, whatever an input method makes of both', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents/register');
    const words = zh.community.people.desk;
    await page.getByLabel(words.name).fill('阿依古丽·买买提');
    await paste(page, page.getByLabel(words.phone), '00８６ 137－0000–４３２１');
    await page.getByLabel(zh.community.people.consent.paperNumber).fill('2026-0001');
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await page.getByRole('log').getByRole('link', { name: '阿依古丽·买买提' }).click();
    await page.getByRole('heading', { level: 1, name: '阿依古丽·买买提' }).waitFor();

    await page.goto(`${site().url}/community#/grant`);
    const field = page.getByRole('combobox', { name: zh.community.grant.resident });
    await field.focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: '阿依古丽•买', selectionStart: 6, selectionEnd: 6 });
    await page.keyboard.press('Enter');
    await session.send('Input.insertText', { text: '阿依古丽•买' });
    // The Enter of the input method has chosen nobody.
    await page.locator('.ant-select-item-option-active', { hasText: '阿依古丽·买买提' }).waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(wide('13700004321'));
    await page.locator('.ant-select-item-option-active', { hasText: '137****4321' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#grant_quantity').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('２');
    await page.keyboard.press('Tab');
    expect(await page.locator('#grant_quantity').inputValue()).toBe('2');
  });

  it('a name that nobody sees is refused at its field, and so is one that the community has', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/merchants');
    await page.getByRole('button', { name: zh.community.merchants.register }).click();
    const dialog = page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: zh.community.merchants.register });
    await paste(page, dialog.getByLabel(zh.community.merchants.name), '\u3164\u200B');
    await send.click();
    await dialog.getByText('含有看不见的字符，请手动重新输入，不要粘贴').waitFor();
    await paste(page, dialog.getByLabel(zh.community.merchants.name), '长长的名字'.repeat(13));
    expect((await dialog.getByLabel(zh.community.merchants.name).inputValue()).length).toBe(65);
    await page.locator('.ant-form-item-explain-error').waitFor();
    await paste(page, dialog.getByLabel(zh.community.merchants.name), '万 和陶艺坊');
    await send.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(`${site().url}/community#/merchants`);
    await page.getByRole('button', { name: zh.community.merchants.register }).click();
    await paste(page, dialog.getByLabel(zh.community.merchants.name), '万和　陶艺坊');
    await send.click();
    await dialog.locator('.ant-form-item-explain-error', { hasText: '本社区已有同名商户' }).waitFor();
  });

  it('an amount is read with its signs, and a reference that a spreadsheet has mangled is refused with what to do', async () => {
    const { page } = await officerAt(desk, site(), officersOf(site(), null)[0]!, '/street#/limits/wanhe');
    await page.getByRole('button', { name: zh.street.limits.contribute }).first().click();
    const dialog = page.getByRole('dialog');
    const reference = dialog.getByLabel(zh.street.limits.bankReference);
    await paste(page, dialog.getByLabel(zh.street.limits.yuanTyped), '￥１,234。５元');
    await paste(page, reference, '2.02612E+17');
    const send = dialog.getByRole('button', { name: zh.street.limits.contribute });
    await send.click();
    await dialog.getByText('已被表格软件缩写成科学计数法', { exact: false }).first().waitFor();
    await shoot(page, 'street-mangled-reference');
    await paste(page, reference, "'20261201000000002");
    await send.click();
    await dialog.getByText('开头的撇号是表格软件的文本标记', { exact: false }).first().waitFor();
    await paste(page, reference, '20261201000000002');
    await send.click();
    await page.getByRole('row', { name: `${zh.street.limits.kinds.contribution} 1,234.50 20261201000000002` }).waitFor();
  });
});
