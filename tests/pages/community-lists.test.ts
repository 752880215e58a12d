import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { workbookOf } from '../support/workbook.ts';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();
const words = zh.community.batch;

const officer = () => officersOf(site(), 'wanhe')[0]!;
const foreigner = () => site().cast.residents.find(({ community_id: of }) => of !== 'wanhe')!;

/** Forty people of the community, as they stand on a paper list. */
const people = Array.from({ length: 40 }, (_, n) => ({
  name: `居民${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'一二三四'[Math.floor(n / 10)]}`,
  phone: String(19_700_001_000 + n),
}));

beforeAll(async () => {
  const api = await apiOf(site(), officer());
  for (const body of people) await api('/v1/residents', { method: 'POST', body: { ...body, consent: { how: 'counter' } } });
});

type Grant = { readonly description: string; readonly points: number; readonly occurred_on: string; readonly external_reference: string };

/** The grants that say this. */
async function grantsOf(description: string): Promise<Grant[]> {
  const api = await apiOf(site(), officer());
  const { items } = await api<{ items: readonly Grant[] }>('/v1/grants?limit=100');
  return items.filter((each) => each.description === description);
}

/** An officer at the list, with the rule of so many points an hour chosen, and the bodies that go to the grants. */
async function atTheList() {
  const person = await officerAt(desk, site(), officer(), '/community#/grant/batch');
  const { page } = person;
  const sent: { items: Record<string, unknown>[] }[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/grant-batches')) sent.push(request.postDataJSON() as never);
  });
  await page.getByRole('combobox', { name: zh.community.grant.rule }).click();
  await page.keyboard.type('志愿');
  await page.locator('.ant-select-item-option-active', { hasText: '志愿服务' }).waitFor();
  await page.keyboard.press('Enter');
  return { ...person, sent };
}

const list = (page: Page) => page.getByRole('textbox', { name: words.lines });
const check = (page: Page) => page.getByRole('button', { name: words.check }).click();
const rowOf = (page: Page, phone: string) => page.getByRole('row', { name: phone });
const sum = (page: Page, lines: number, points: string) => page.getByText(words.sum(lines, points), { exact: true }).waitFor();

async function grant(page: Page, lines: number, points: string): Promise<void> {
  await page.getByRole('button', { name: words.submit(lines) }).click();
  await page.getByText(words.done(lines, points, 0)).waitFor();
}

async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });
}

describe('a list of forty people', () => {
  it('is pasted out of a sheet, checked against the register, and granted once', async () => {
    const { page, sent } = await atTheList();
    const day = site().today(-1).replaceAll('-', '/');
    const lines = people.map(({ name, phone }, n) => [n + 1, name, phone, '1小时', day, '打扫楼道，帮助老人'].join('\t'));
    await list(page).fill(['万和社区志愿服务名单', '序号\t姓名\t手机号\t时长\t日期\t事由', ...lines, '合计\t\t\t40小时'].join('\n'));
    expect(sent).toEqual([]);
    await check(page);
    await sum(page, 40, '800');
    await page.getByText(words.sumYuan('80.00')).waitFor();
    await page.getByText(saying(words.availableAfter(ANY))).waitFor();
    const first = rowOf(page, people[0]!.phone);
    const cells = await first.getByRole('cell').allInnerTexts();
    expect(cells.map((cell) => cell.trim())).toEqual([
      '3',
      people[0]!.name,
      people[0]!.phone,
      people[0]!.name,
      '1 小时',
      site().today(-1),
      '打扫楼道，帮助老人',
      expect.stringMatching(/^自动 list-/),
      '20',
      words.ready,
    ]);
    await page.getByText(words.excludedLine(1, words.excludedAs.title, '万和社区志愿服务名单')).waitFor();
    await page.getByText(words.excludedLine(43, words.excludedAs.totals, '合计 40小时')).waitFor();
    await page.getByText(words.passedOver(['序号'])).waitFor();
    await page.getByText(words.alone).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-list-checked');
    expect(sent).toEqual([]);

    await grant(page, 40, '800');
    expect(sent.flatMap(({ items }) => items)).toHaveLength(40);
    expect(await grantsOf('打扫楼道，帮助老人')).toHaveLength(40);
    expect(await page.getByRole('button', { name: saying(words.submit(ANY)) }).count()).toBe(0);
    await shoot(page, 'community-list-done');

    await check(page);
    await page.getByText(words.notGranted(40)).waitFor();
    expect(await page.getByRole('button', { name: saying(words.submit(ANY)) }).count()).toBe(0);
    expect(await grantsOf('打扫楼道，帮助老人')).toHaveLength(40);
  });

  it('is a CSV file in GB18030, whose cells have quotes and commas', async () => {
    const { page } = await atTheList();
    await choose(page, '名单.csv', readFileSync(join(import.meta.dirname, '../fixtures/cases/list-headings-gb18030.csv')));
    await page.waitForFunction((text) => document.querySelector('textarea')?.value.includes(text), '阿依古丽');
    await check(page);
    await page.getByText(words.faults.fraction(1.5)).waitFor();
    await page.getByText(words.excludedLine(5, words.excludedAs.totals, '合计 4.5')).waitFor();
    expect(await page.getByText(words.faults.nobody, { exact: true }).count()).toBe(2);
  });

  it('is a workbook with phones as numbers, days as a sheet counts them, and a merged cell', async () => {
    const { page } = await atTheList();
    const serial = (Date.parse(site().today(-2)) - Date.UTC(1899, 11, 30)) / 86_400_000;
    const rows = people.map(({ name, phone }, n) => [{ serial }, n === 0 ? '植树' : null, Number(phone), name, 2]);
    await choose(
      page,
      '名单.xlsx',
      workbookOf([['活动日期', '活动内容', '联系电话', '姓名', '时长（小时）'], ...rows], { merged: ['B2:B41'] }),
    );
    await page.waitForFunction((text) => document.querySelector('textarea')?.value.includes(text), people[39]!.phone);
    await check(page);
    await sum(page, 40, '1,600');
    await grant(page, 40, '1,600');
    const made = await grantsOf('植树');
    expect(made).toHaveLength(40);
    expect(new Set(made.map(({ occurred_on: day }) => day))).toEqual(new Set([site().today(-2)]));
    await page.getByRole('link', { name: words.toGrants }).click();
    await page.getByRole('heading', { level: 1, name: zh.community.grants.title }).waitFor();
  });
});

describe('the check', () => {
  it('marks a name that is not the registered one, and grants it only where an officer says so', async () => {
    const { page } = await atTheList();
    const { phone, name } = foreigner();
    await list(page).fill(
      `姓名\t手机号\n${people[0]!.name}\t${people[1]!.phone}\n${people[2]!.name}\t${people[2]!.phone}\n${name}\t${phone}\n别人\t${phone}`,
    );
    await check(page);
    await rowOf(page, people[1]!.phone).getByText(words.nameDiffers, { exact: true }).waitFor();
    const masked = page.getByRole('row').filter({ hasText: phone });
    await masked.first().getByText(words.otherCommunity).waitFor();
    await masked.first().getByText(`${name[0]}**`).waitFor();
    await sum(page, 2, '40');
    await shoot(page, 'community-list-names');
    await page.getByRole('checkbox', { name: words.alsoDiffering(2) }).check();
    // The last line is the deed of the one above it.
    await sum(page, 3, '60');
    await page.getByText(words.repeated(4)).waitFor();
  });

  it('counts the lines of one person together against a cap, and names what stops each line', async () => {
    const { page } = await atTheList();
    const [one] = people;
    const rows = [
      [one!.phone, '5', '', '上午'],
      [one!.phone, '3', '', '下午'],
      [one!.phone, '3', '', '晚上'],
      [one!.phone, '5', '', '上午'],
      ['1.97E+10', '1', '', ''],
      [people[4]!.phone, '2次', '', ''],
      [people[4]!.phone, '1', '11月2日', ''],
      ['19799999999', '1', '', ''],
    ];
    await list(page).fill(['手机号,时长,日期,事由', ...rows.map((cells) => cells.join(','))].join('\n'));
    await check(page);
    await page.getByText(words.repeated(2)).waitFor();
    await page.getByText(words.overCap('当日', '0')).waitFor();
    await page.getByText(words.faults.mangled('1.97E+10')).waitFor();
    await page.getByText(words.faults.unit.hour).waitFor();
    await page.getByText(words.faults.not_a_day('11月2日')).waitFor();
    await page.getByText(words.faults.nobody, { exact: true }).waitFor();
    await sum(page, 2, '160');
  });

  it('says what is wrong with a file that is no list, and with a quotation mark that is not closed', async () => {
    const { page } = await atTheList();
    await choose(page, '名单.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await page.getByText(words.unreadable.old_workbook()).waitFor();
    await list(page).fill(`手机号,事由\n${people[0]!.phone},"清扫`);
    await check(page);
    await page.getByText(words.unreadable.open_quote(2)).waitFor();
  });

  it('has to be made again when the list, the rule or the day is changed', async () => {
    const { page, sent } = await atTheList();
    await list(page).fill(`${people[5]!.phone},1`);
    await check(page);
    await sum(page, 1, '20');
    await list(page).fill(`${people[5]!.phone},2`);
    await page.getByRole('button', { name: words.submit(1) }).waitFor({ state: 'hidden' });
    expect(sent).toEqual([]);
  });
});
