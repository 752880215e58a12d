/** Residents register themselves, change their number, leave, and sign in after years. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, personAt, phone, shoot } from './support/browser.ts';
import { call } from './support/counter.ts';
import { apiOf, officersOf } from './support/officers.ts';
import { codeSent, expectReadable, pointsOf, residentAt, residentWith, taken } from './support/resident.ts';
import { type Site, siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

const DAY = 86_400_000;
const { people } = zh;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** Has a code sent by the form that is on the screen, and types it. */
async function typeCode(page: Page, at: Site, number: string): Promise<void> {
  const before = at.codeFor(number);
  await field(page, zh.shared.phone).fill(number);
  await button(page, zh.shared.sendCode).click();
  await expect.poll(() => at.codeFor(number)).not.toBe(before);
  // The cursor is in the field of the code already.
  await field(page, zh.shared.code).and(page.locator(':focus')).waitFor();
  await field(page, zh.shared.code).fill(at.codeFor(number)!);
}

/** Goes from the screen to sign in on to the last step of registering. */
async function registerUntilPhone(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: zh.resident.registerHere }).click();
  await page.getByRole('checkbox', { name: people.aged14 }).check();
  await button(page, people.agree).click();
  await field(page, people.name).fill(name);
  await page.getByRole('combobox', { name: zh.resident.community }).selectOption({ label: '葛巷社区' });
  await button(page, people.next).click();
}

/** The id of the resident who is signed in on a page. */
async function idOn(page: Page): Promise<string> {
  const answer = await page.request.get(`${site().url}/v1/session`);
  return ((await answer.json()) as { resident_id: string }).resident_id;
}

describe('registering oneself', () => {
  it('needs the notice, an age, a name and a community, each on a screen that says what is missing', async () => {
    const { page } = await personAt(phone, site().url);
    await page.getByRole('link', { name: zh.resident.registerHere }).click();
    await page.getByText(/怎样撤回同意和注销/).waitFor();
    await button(page, people.agree).click();
    await page.getByText(people.tickAge).waitFor();
    await expectReadable(page, 'register-notice');
    await page.getByRole('checkbox', { name: people.aged14 }).check();
    await button(page, people.agree).click();
    await heading(page, people.whoTitle).waitFor();
    await button(page, people.next).click();
    await page.getByText(people.nameMissing).waitFor();
    await page.getByText(people.communityMissing).waitFor();
    await expectReadable(page, 'register-who');
    await field(page, people.name).fill('陈小明');
    await page.getByRole('combobox', { name: zh.resident.community }).selectOption({ label: '葛巷社区' });
    await button(page, people.next).click();
    await heading(page, people.phoneTitle).waitFor();
    await expectReadable(page, 'register-phone');
    await field(page, zh.shared.phone).fill('1391111');
    await button(page, zh.shared.sendCode).click();
    await page.getByText(zh.shared.phoneWrong).waitFor();
    await field(page, zh.shared.phone).and(page.locator(':focus')).waitFor();
    // The phone took the page away while its owner looked elsewhere.
    await page.reload();
    await heading(page, people.phoneTitle).waitFor();
    expect(await field(page, zh.shared.phone).inputValue()).toBe('1391111');
    // The phone's own way back leads a step back, and what was typed is still there.
    await page.goBack();
    await heading(page, people.whoTitle).waitFor();
    expect(await field(page, people.name).inputValue()).toBe('陈小明');
    await page.goBack();
    await page.goBack();
    await button(page, zh.shared.signIn).waitFor();
  });

  it('signs in, says that the community must confirm it, and spends once it has', async () => {
    const { page } = await personAt(phone, site().url);
    await registerUntilPhone(page, '陈小明');
    await typeCode(page, site(), '13911112222');
    await button(page, people.registerDone).click();
    const waiting = page.getByText(zh.resident.unconfirmed('葛巷社区')).first();
    await waiting.waitFor();
    await expectReadable(page, 'unconfirmed-home');
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('陈小明');
    await page.goto(`${site().url}/#/me/household`);
    await button(page, people.found).click();
    await page.getByText(/自助登记尚未经社区确认/).waitFor();
    const id = await idOn(page);
    const gexiang = await apiOf(site(), officersOf(site(), 'gexiang')[0]!);
    const { items: rules } = await gexiang<{ items: { id: string; name: string }[] }>('/v1/action-rules');
    const rule = rules.find(({ name }) => name.includes('志愿'))!;
    const deed = { action_rule_id: rule.id, resident_id: id, quantity: 5, occurred_on: site().today(), description: '社区清洁' };
    await gexiang('/v1/grants', { method: 'POST', body: deed });

    // The wallet of a moment ago is kept, and would be shown first.
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.getByRole('link', { name: zh.resident.exchange, exact: true }).click();
    await page.getByText(saying(zh.resident.have('100'))).waitFor();
    await waiting.waitFor();
    await page.getByRole('link', { name: /10 元代金券/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText(zh.resident.unconfirmed('葛巷社区')).waitFor();
    const take = sheet.getByRole('button', { name: zh.resident.takeConfirm('100') });
    expect(await take.isDisabled()).toBe(true);
    await shoot(page, 'resident-unconfirmed-take', false);
    await expectAccessible(page);

    await gexiang(`/v1/registrations/${id}/confirmation`, { method: 'POST', body: {} });
    // The page asks by itself, and says nothing more.
    await sheet.getByText(zh.resident.unconfirmed('葛巷社区')).waitFor({ state: 'detached' });
    await take.click();
    await page.getByText(zh.resident.takenText('10 元代金券', '10')).waitFor();
    await page.getByRole('button', { name: zh.resident.showNow }).click();
    await page.locator('.digits').waitFor();
  });

  it('with a number that is registered leads to signing in', async () => {
    const { page } = await personAt(phone, site().url);
    await registerUntilPhone(page, '陈大明');
    await typeCode(page, site(), site().cast.residents.at(-1)!.phone);
    await button(page, people.registerDone).click();
    await button(page, people.toSignIn).click();
    await button(page, zh.shared.signIn).waitFor();
  });
});

describe('leaving', () => {
  it('first takes away what is held; then says what is lost and when, takes a code, and is withdrawn', async () => {
    const resident = await residentWith(site(), 200, site().cast.residents.slice(0, 3));
    await taken(site(), resident);
    const open = (await call(site(), resident, 'GET', '/v1/me/vouchers?limit=100')).body as { items: { status: string; points: number }[] };
    const bound = open.items.filter(({ status }) => status === 'issued').reduce((sum, { points }) => sum + points, 0);
    const lost = people.leaveLoses(((await pointsOf(site(), resident)) + bound).toLocaleString('en-US'));
    const { page } = await residentAt(site(), resident, '/me');
    await page.getByRole('link', { name: zh.resident.ownData }).click();
    const readable = page.waitForEvent('download');
    await button(page, people.takeData).click();
    const shown = await readable;
    expect(shown.suggestedFilename()).toMatch(/^我的个人信息-[\d-]{10}\.html$/);
    const text = readFileSync(await shown.path(), 'utf8');
    for (const told of ['我的登记', resident.name, '登记时间', '我的代金券', '<td>10 元</td>', '待使用']) expect(text).toContain(told);
    expect(text).not.toMatch(/registered_at|face_fen/);
    const download = page.waitForEvent('download');
    await button(page, people.takeDataToProcess).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^我的个人信息-[\d-]{10}\.json$/);
    const data = JSON.parse(readFileSync(await file.path(), 'utf8')) as { resident_id: string; tables: { table: string }[] };
    expect(data.resident_id).toBe(resident.resident_id);
    expect(data.tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['resident', 'voucher']));
    await page.getByText(people.readNotice).click();
    await page.getByText(/怎样撤回同意和注销/).waitFor();
    await expectReadable(page, 'own-data');

    await page.getByRole('link', { name: people.leave }).click();
    await page.getByText(lost, { exact: true }).waitFor();
    const before = site().codeFor(resident.phone);
    await button(page, people.leaveCode).click();
    await expect.poll(() => site().codeFor(resident.phone)).not.toBe(before);
    await button(page, people.leaveForGood).click();
    await page.getByText(zh.shared.codeWrong).waitFor();
    await expectReadable(page, 'leave');
    await field(page, zh.shared.code).fill(site().codeFor(resident.phone)!);
    await button(page, people.leaveForGood).click();
    await page.getByText(saying(people.leavingAt(ANY), 'whole')).waitFor();
    await page.getByText(saying(site().today(7))).waitFor();
    await expectReadable(page, 'leaving');
    await button(page, people.stay).click();
    await page.getByText(lost, { exact: true }).waitFor();
    const { body } = await call(site(), resident, 'GET', '/v1/me/erasure');
    expect(body).toEqual({ erasure: null });
  });
});

describe('a change of number', () => {
  it('takes a code of each number on one screen, and then the new one signs in', async () => {
    const resident = site().cast.residents.at(-2)!;
    const { page } = await residentAt(site(), resident, '/me');
    await page.getByRole('link', { name: people.changePhone }).click();
    await field(page, people.newPhone).fill(resident.phone);
    await button(page, people.sendBoth).click();
    await page.getByText('不能与原来相同').waitFor();
    await field(page, people.newPhone).fill('13922223333');
    await button(page, people.sendBoth).click();
    await page.getByText(people.sentToNew('13922223333')).waitFor();
    const sent = await codeSent(site(), '13922223333');
    await field(page, people.codeOfNew).fill(sent);
    await button(page, people.changePhoneConfirm).click();
    await page.getByText(people.bothCodes).waitFor();
    await expectReadable(page, 'change-phone');
    const old = site().codeFor(resident.phone)!;
    await field(page, people.codeOfOld).fill(old === '123456' ? '654321' : '123456');
    await button(page, people.changePhoneConfirm).click();
    await page.getByText(/^验证码不对或已失效/).waitFor();
    await field(page, people.codeOfOld).fill(old);
    await button(page, people.changePhoneConfirm).click();
    await page.getByText(people.phoneChangedTo('139****3333')).waitFor();
    await expectReadable(page, 'phone-changed');
    await button(page, people.done).click();
    await page.getByText('139****3333').waitFor();

    const next = await personAt(phone, site().url);
    await typeCode(next.page, site(), '13922223333');
    await button(next.page, zh.shared.signIn).click();
    await heading(next.page, zh.resident.myPoints).waitFor();
    expect(await idOn(next.page)).toBe(resident.resident_id);
  });

  it('at a counter closes spending, and says until when on every screen, at the code and where vouchers are taken', async () => {
    const resident = await residentWith(site(), 200, [...site().cast.residents.slice(0, 3), ...site().cast.residents.slice(-2)]);
    const voucher = await taken(site(), resident);
    const officers = officersOf(site(), resident.community_id);
    const [first, second] = [await apiOf(site(), officers[0]!), await apiOf(site(), officers[1]!)];
    const input = { resident_id: resident.resident_id, phone: '13933334444' };
    const { id } = await first<{ id: string }>('/v1/proposals', { method: 'POST', body: { command: 'phone', input, reason: '手机丢失' } });
    await second(`/v1/proposals/${id}/approval`, { method: 'POST', body: {} });

    const { page } = await personAt(phone, site().url);
    await typeCode(page, site(), '13933334444');
    await button(page, zh.shared.signIn).click();
    const closed = page.getByText(saying(zh.resident.closedUntil(ANY), 'whole')).first();
    await closed.waitFor();
    expect(await closed.innerText()).toContain(site().today(3));
    await page.getByRole('link', { name: zh.resident.exchange, exact: true }).click();
    await page.getByRole('link', { name: /10 元代金券/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText(saying(zh.resident.closedUntil(ANY), 'whole')).waitFor();
    expect(await sheet.getByRole('button', { name: zh.resident.takeConfirm('100') }).isDisabled()).toBe(true);
    await expectReadable(page, 'closed-take');
    await page.goto(`${site().url}/#/vouchers/${voucher}/code`);
    await page.getByRole('heading', { name: zh.resident.codeBarred }).waitFor();
    expect(await page.locator('.digits').count()).toBe(0);
    await expectReadable(page, 'closed-code');
  });
});

// Last, for it lets half a year pass.
describe('a number that was silent for half a year', () => {
  it('asks for the registered name as well, keeps the code, and says that a name is wrong', async () => {
    const resident = site().cast.residents[2]!;
    const silent = 181 * DAY;
    site().pass(silent);
    const { page } = await personAt({ ...phone, fastMs: silent }, site().url);
    await typeCode(page, site(), resident.phone);
    await button(page, zh.shared.signIn).click();
    await page.getByText(zh.resident.nameStep).waitFor();
    await button(page, zh.shared.signIn).click();
    await page.getByText(zh.resident.nameMissing).waitFor();
    await expectReadable(page, 'name-step');
    await field(page, zh.resident.registeredName).fill('别的人');
    await button(page, zh.shared.signIn).click();
    await page.getByText(zh.resident.nameWrong).waitFor();
    await field(page, zh.resident.registeredName).fill(` ${resident.name} `);
    await page.keyboard.press('Enter');
    await heading(page, zh.resident.myPoints).waitFor();
  });
});
