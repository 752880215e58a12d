import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { workbookOf } from '../support/workbook.ts';
import { desk, expectAccessible, phone as onPhone, personAt, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();
const words = zh.community.people;

const wanhe = () => officersOf(site(), 'wanhe')[0]!;
const resident = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;

/** Forty people of a paper list, of whom nobody has a name or a phone of the demo. */
const people = Array.from({ length: 40 }, (_, n) => ({
  name: `欧阳${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'一二三四'[Math.floor(n / 10)]}`,
  phone: String(19_700_002_000 + n),
}));

/** Somebody at the keyboard, who counts every key; a Chinese character counts as one. */
function handsOn(page: Page) {
  const counted = { keys: 0, clicks: 0 };
  return {
    counted,
    async type(text: string) {
      counted.keys += text.length;
      await page.keyboard.type(text);
    },
    async press(key: 'Enter' | 'Tab') {
      counted.keys++;
      await page.keyboard.press(key);
    },
    async click(name: string) {
      counted.clicks++;
      await page.getByRole('link', { name }).click();
    },
  };
}

/** The name is empty, and has the cursor: the next person can be typed. */
async function nextIsWanted(page: Page, registered: number): Promise<void> {
  await page.getByRole('heading', { name: words.desk.justNow(registered) }).waitFor();
  const name = page.getByLabel(words.desk.name, { exact: true });
  await expect
    .poll(async () => [await name.inputValue(), await name.evaluate((each) => each === document.activeElement)])
    .toEqual(['', true]);
}

type Shown = { readonly name: string; readonly consents: readonly { readonly how: string; readonly paper_number: string | null }[] };

/** The resident who has a phone, as their page shows them. */
async function registeredWith(phone: string): Promise<Shown> {
  const api = await apiOf(site(), wanhe());
  const { id } = await api<{ id: string }>('/v1/residents/lookup', { method: 'POST', body: { phone } });
  return api<Shown>(`/v1/residents/${id}`);
}

describe('an officer with a paper list', () => {
  it('registers forty people by typing alone, in under ten minutes', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    const hands = handsOn(page);
    const began = performance.now();
    await hands.click(words.desk.title);
    const name = page.getByLabel(words.desk.name, { exact: true });
    await expect.poll(() => name.evaluate((each) => each === document.activeElement)).toBe(true);
    for (const [n, person] of people.entries()) {
      await hands.type(person.name);
      await hands.press('Tab');
      await hands.type(person.phone);
      if (n === 0) {
        await hands.press('Tab');
        await hands.type('2026-0098');
      }
      await hands.press('Enter');
      await nextIsWanted(page, n + 1);
    }
    expect(performance.now() - began).toBeLessThan(10 * 60_000);
    // A person: the name of four characters, Tab, eleven digits and Enter; once, the number of the first sheet.
    expect(hands.counted).toEqual({ clicks: 1, keys: 40 * (4 + 1 + 11 + 1) + 1 + '2026-0098'.length });
    await expectAccessible(page);
    await shoot(page, 'community-register-forty');
    const [first, last] = [await registeredWith(people[0]!.phone), await registeredWith(people[39]!.phone)];
    expect([first.name, last.name]).toEqual([people[0]!.name, people[39]!.name]);
    expect(first.consents).toMatchObject([{ how: 'paper', paper_number: '2026-0098' }]);
    expect(last.consents).toMatchObject([{ how: 'paper', paper_number: '2026-0137' }]);
  }, 300_000);

  it('is told at the fields what is wrong, opens whoever has the phone, and says in words that a namesake is somebody else', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents/register');
    await page.getByRole('radio', { name: words.consent.hows.counter }).check();
    await page.getByRole('button', { name: words.desk.submit, exact: true }).click();
    await page.locator('.ant-form-item', { hasText: words.desk.phone }).locator('.ant-form-item-explain-error').waitFor();
    await page.getByLabel(words.desk.name, { exact: true }).fill(resident().name);
    await page.getByLabel(words.desk.phone).fill(resident().phone);
    await page.keyboard.press('Enter');
    const taken = page.getByRole('alert').filter({ hasText: words.known.taken });
    await taken.getByRole('link', { name: resident().name }).waitFor();
    await page.getByLabel(words.desk.phone).fill('19700002900');
    await page.getByLabel(words.consent.under14).check();
    await page.getByLabel(words.consent.guardian).fill('欧阳父');
    await page.keyboard.press('Enter');
    const asked = page.getByRole('alert').filter({ hasText: words.namesakes.title });
    await asked.getByText(resident().phone.replace(/^(...)....(....)$/, '$1****$2')).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-register-namesake');
    await page.getByLabel(words.namesakes.other).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('是他的孙子，同名，已看户口簿');
    await page.keyboard.press('Enter');
    await nextIsWanted(page, 1);
    expect(await page.getByLabel(words.consent.under14).isChecked()).toBe(false);
    expect(await page.getByRole('radio', { name: words.consent.hows.counter }).isChecked()).toBe(true);
    expect((await registeredWith('19700002900')).consents).toMatchObject([{ how: 'counter', paper_number: null, guardian: '欧阳父' }]);
  });
});

/** Chooses a file for the list. */
async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

const rowOf = (page: Page, line: number) =>
  page.getByRole('row').filter({ has: page.getByRole('cell', { name: String(line), exact: true }) });

describe('an officer with a list in a file', () => {
  it('tries it, registers whom it can, and keeps the other lines to be corrected', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    await page.getByRole('link', { name: words.file.title }).click();
    await expectAccessible(page);
    const csv = [
      '姓名,手机号,纸质同意书编号,备注',
      '司徒一,19700003001,K-1,',
      '司徒二,19700003002,K-2,',
      `司徒三,${resident().phone},K-3,`,
      '司徒四,19700003001,K-4,',
      '司徒五,1970000,K-5,=1+1',
      `${resident().name},19700003006,K-6,`,
      '',
    ].join('\n');
    await choose(page, '名单.csv', Buffer.from(csv));
    await page.getByText(words.file.counted(words.file.results.would_register, 2)).waitFor();
    await page.getByText(words.file.counted(words.file.results.faulty, 1)).waitFor();
    await rowOf(page, 4).getByText(words.file.results.phone_taken).waitFor();
    await rowOf(page, 5).getByText(words.file.earlier(2)).waitFor();
    await rowOf(page, 6).getByText(words.file.fields['phone']!).waitFor();
    await rowOf(page, 7).getByText(words.file.results.same_person_question).waitFor();
    expect(await page.getByText('19700003001').count()).toBe(0);
    await page.getByText(words.file.onlyAttention).click();
    await rowOf(page, 2).waitFor({ state: 'hidden' });
    await rowOf(page, 4).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-list-tried');
    await page.getByRole('button', { name: words.file.submit(2) }).click();
    await page.getByText(words.file.done(2)).waitFor();
    expect(await registeredWith('19700003002')).toMatchObject({ name: '司徒二', consents: [{ how: 'paper', paper_number: 'K-2' }] });
    await expectAccessible(page);
    await shoot(page, 'community-list-done');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: words.file.download }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['\uFEFF姓名', '司徒三', '司徒四', '司徒五', resident().name]);
    expect(lines[3]).toContain('司徒五,1970000,K-5,"\'=1+1",6,');
  });

  it('takes a workbook, of people who consented at the counter', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents/list');
    await page.getByRole('radio', { name: words.consent.hows.counter }).check();
    const workbook = workbookOf([
      ['姓名', '手机号'],
      ['上官一', '19700003101'],
    ]);
    await choose(page, '名单.xlsx', Buffer.from(workbook));
    await page.getByRole('button', { name: words.file.submit(1) }).click();
    await page.getByText(words.file.done(1)).waitFor();
    expect((await registeredWith('19700003101')).consents).toMatchObject([{ how: 'counter' }]);
  });

  it('need not choose it again where the session had ended', async () => {
    const { page, context } = await officerAt(desk, site(), wanhe(), '/community#/residents/list');
    await page.getByText(words.file.choose).waitFor();
    await context.clearCookies();
    await choose(page, '名单.csv', Buffer.from('姓名,手机号,纸质同意书编号\n上官二,19700003102,K-9\n'));
    await page.getByRole('dialog').getByLabel(zh.shared.login).fill(wanhe().login);
    await page.getByRole('dialog').getByLabel(zh.shared.password).fill(wanhe().password);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: words.file.try }).click();
    await page.getByRole('button', { name: words.file.submit(1) }).click();
    await page.getByText(words.file.done(1)).waitFor();
  });

  it('is told why a file is no list, and what to do with one that is too long', async () => {
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents/list');
    const many = Array.from({ length: 2_001 }, (_, n) => `张${n},${19_800_000_000 + n}`);
    await choose(page, '名单.csv', Buffer.from(['姓名,手机号', ...many].join('\n')));
    await page.getByText(words.file.tooLong).waitFor();
    await page.getByRole('button', { name: words.file.another }).click();
    await choose(page, '名单.csv', Buffer.from('名称,号码\n甲,乙\n'));
    await page.getByText(words.file.faultOf('1', words.file.fields['name']!, ''), { exact: false }).waitFor();
    await page.getByRole('button', { name: words.file.another }).click();
    await page.getByText(words.file.choose).waitFor();
  });
});

type Sent = { readonly path: string; readonly body: unknown };

/** Sends as anybody may who is not signed in. */
async function sent({ path, body }: Sent): Promise<void> {
  const response = await fetch(site().url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Registers somebody as they do it on their own phone. */
async function registerOneself(name: string, phone: string): Promise<void> {
  await sent({ path: '/v1/registrations/codes', body: { phone } });
  await expect.poll(() => site().codeFor(phone)).toMatch(/^\d{6}$/);
  const notice = (await (await fetch(`${site().url}/v1/privacy-notice`)).json()) as { version: number };
  const consent = { notice_version: notice.version, aged_14: true };
  await sent({ path: '/v1/registrations', body: { name, phone, code: site().codeFor(phone), community_id: 'wanhe', consent } });
}

/** Residents sign in one after another with one device. */
async function signInWithOneDevice(phones: readonly string[]): Promise<void> {
  const { context } = await personAt(onPhone, 'about:blank');
  for (const number of phones) {
    await context.request.post(`${site().url}/v1/sign-in-codes`, { data: { phone: number } });
    await expect.poll(() => site().codeFor(number)).toMatch(/^\d{6}$/);
    const signedIn = await context.request.post(`${site().url}/v1/sessions`, { data: { phone: number, code: site().codeFor(number) } });
    expect(signedIn.ok()).toBe(true);
  }
}

describe('an officer sees at once what waits', () => {
  it('who registered on their own phone is confirmed, or declined with a reason; a namesake is asked about, and answered in words', async () => {
    await registerOneself('诸葛一', '19700003201');
    await registerOneself('诸葛二', '19700003202');
    await registerOneself(resident().name, '19700003203');
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    await page.getByText(words.waiting.some('3', '0')).waitFor();
    await page.getByRole('menuitem', { name: `${zh.community.sections.residents} ${zh.console.waits('3')}` }).waitFor();
    await goTo(page, '/');
    await page.getByText(words.waiting.some('3', '0')).waitFor();
    await expectAccessible(page);
    const held = await officerAt(onPhone, site(), wanhe(), '/community');
    await held.page.getByRole('button', { name: `${zh.console.menu} ${zh.console.waits('3')}` }).waitFor();
    await expectAccessible(held.page);
    await shoot(held.page, 'community-waits-phone', false);
    await page.getByRole('link', { name: words.waiting.go }).click();
    const row = (phone: string) => page.getByRole('table', { name: words.waiting.registrations }).getByRole('row', { name: phone });
    await row('197****3202').waitFor();
    await expectAccessible(page);
    const dialog = page.getByRole('dialog');

    await row('197****3202').getByRole('button', { name: words.waiting.decline }).click();
    await dialog.getByLabel(zh.console.reason).fill('不住在本社区');
    await dialog.getByRole('button', { name: words.waiting.decline }).click();
    await row('197****3202').waitFor({ state: 'hidden' });

    await row('197****3203').getByRole('button', { name: words.waiting.confirm }).click();
    await dialog.getByRole('button', { name: words.waiting.confirm }).click();
    await dialog.getByLabel(words.namesakes.other).fill('姐妹同名，已看证件');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: words.waiting.confirm }).click();
    await row('197****3203').waitFor({ state: 'hidden' });
    expect(await registeredWith('19700003203')).toMatchObject({ status: 'active' });
  });

  it('two who sign in with one device are asked about, and answered in words', async () => {
    const api = await apiOf(site(), wanhe());
    const body = { name: '诸葛三', phone: '19700003301', consent: { how: 'counter' } };
    const { id } = await api<{ id: string }>('/v1/residents', { method: 'POST', body });
    await signInWithOneDevice([resident().phone, body.phone]);
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents/waiting');
    await page.getByText(words.waiting.whys.device).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-waiting');
    await page.getByRole('button', { name: words.waiting.answer }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: words.waiting.isSame, exact: true }).check();
    await dialog.getByLabel(words.waiting.words, { exact: true }).fill('本人承认登记了两次');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: words.waiting.answer }).click();
    await page.getByText(words.waiting.noQuestions).waitFor();
    await goTo(page, `/residents/${id}`);
    const said = page.getByRole('alert').filter({ hasText: words.resident.samePerson });
    await said.getByRole('link', { name: resident().name }).waitFor();
  });
});
