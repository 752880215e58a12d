/** What an officer grants alone, and what a second officer approves: chosen before anything is sent. */
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const DAY_MS = 86_400_000;

const site = siteOfFile();
const { batch, grant: granting, preview, proposals } = zh.community;
const { ownPerson } = zh.console;

const officers = () => officersOf(site(), 'wanhe');

/** Forty people of the community, as they stand on a paper list. */
const people = Array.from({ length: 40 }, (_, n) => ({
  name: `居民${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'一二三四'[Math.floor(n / 10)]}`,
  phone: String(19_700_001_000 + n),
}));
const ids = new Map<string, string>();

/** The street sets what an officer grants alone: a grant of 100 points, and 1,000 points a day, which is one list of forty. */
beforeAll(async () => {
  const [first, second] = await Promise.all(officersOf(site(), null).map((officer) => apiOf(site(), officer)));
  const input = { name: 'grant_alone', value: { points: 100, points_day: 1_000, points_resident_month: 600 } };
  const body = { command: 'policy', input, reason: '按规定设置' };
  const { id } = await first!<{ id: string }>('/v1/proposals', { method: 'POST', body });
  await second!(`/v1/proposals/${id}/approval`, { method: 'POST' });
  const api = await apiOf(site(), officers()[0]!);
  for (const each of people) {
    const registering = { method: 'POST', body: { ...each, consent: { how: 'counter' } } };
    ids.set(each.phone, (await api<{ id: string }>('/v1/residents', registering)).id);
  }
});

/** Clicks, and counts. */
function clicksCounted() {
  let count = 0;
  return {
    count: () => count,
    async click(button: Locator) {
      count += 1;
      await button.click();
    },
  };
}

/** An officer at the list, who pastes forty people of one activity and has them checked; `good` of them may be granted. */
async function checked(description: string, good = 40) {
  const { page } = await officerAt(desk, site(), officers()[0]!, '/community#/grant/batch');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/v1\/(grant-batches|proposals)$/.test(request.url())) sent.push(new URL(request.url()).pathname);
  });
  const clicks = clicksCounted();
  await clicks.click(page.getByRole('combobox', { name: granting.rule }));
  await page.keyboard.type('志愿');
  await page.locator('.ant-select-item-option-active', { hasText: '志愿服务' }).waitFor();
  await page.keyboard.press('Enter');
  const lines = people.map(({ name, phone }) => [name, phone, '1小时', site().today(-1), description].join('\t'));
  await clicks.click(page.getByRole('textbox', { name: batch.lines }));
  await page.keyboard.insertText(['姓名\t手机号\t时长\t日期\t事由', ...lines].join('\n'));
  await clicks.click(page.getByRole('button', { name: batch.check }));
  await page.getByText(batch.sum(good, String(good * 20)), { exact: true }).waitFor();
  expect(sent).toEqual([]);
  return { page, sent, clicks };
}

describe('a list of forty people of one activity', () => {
  it('goes alone where one officer may grant it, by four clicks', async () => {
    const { page, sent, clicks } = await checked('清洗河道');
    await page.getByText(batch.alone).waitFor();
    await clicks.click(page.getByRole('button', { name: batch.submit(40) }));
    await page.getByText(batch.done(40, '800', 0)).waitFor();
    expect(new Set(sent)).toEqual(new Set(['/v1/grant-batches']));
    expect(clicks.count()).toBe(4);
  });

  it('is proposed where it comes to more, approved by an officer who has checked it, and shows what became of each row', async () => {
    const { page, sent, clicks } = await checked('楼道清扫');
    await page.getByText(batch.because.officer_day).waitFor();
    expect(await page.getByRole('button', { name: batch.submit(40) }).count()).toBe(0);
    await clicks.click(page.getByRole('textbox', { name: batch.reason }));
    await page.keyboard.type('十一月活动');
    await expectAccessible(page);
    await shoot(page, 'community-list-two');
    await clicks.click(page.getByRole('button', { name: batch.propose(40) }));
    await page.getByText(batch.proposed(40, '800')).waitFor();
    expect(sent).toEqual(['/v1/proposals']);
    expect(clicks.count()).toBe(5);

    // Somebody of the list is suspended before it is approved.
    const api = await apiOf(site(), officers()[0]!);
    const body = { status: 'suspended', reason: '核实中' };
    await api(`/v1/residents/${ids.get(people[7]!.phone)!}/status`, { method: 'PUT', body });

    const second = await officerAt(desk, site(), officers()[1]!, '/community#/proposals');
    await second.page
      .getByRole('row', { name: /十一月活动/ })
      .getByRole('link', { name: proposals.openList })
      .click();
    await second.page.getByText(zh.console.matters.grant_list.sum('40', '40', '800')).waitFor();
    await second.page.getByRole('heading', { name: proposals.list.largest(20) }).waitFor();
    await second.page.getByRole('button', { name: proposals.list.showAll(40) }).click();
    await second.page
      .getByRole('table', { name: proposals.list.rows(40) })
      .getByRole('link', { name: people[39]!.name })
      .waitFor();
    const approve = second.page.getByRole('button', { name: proposals.approve, exact: true });
    expect(await approve.isDisabled()).toBe(true);
    await expectAccessible(second.page);
    await shoot(second.page, 'community-list-approval');
    await second.page.getByRole('checkbox', { name: proposals.list.checked }).check();
    await approve.click();
    await second.page.getByText(proposals.list.done(39, 1)).waitFor();
    const row = second.page.getByRole('row', { name: people[7]!.name });
    await row.getByText(proposals.list.statuses.refused).waitFor();
    await second.page.getByRole('row', { name: people[8]!.name }).getByText(proposals.list.statuses.granted).waitFor();
    await expectAccessible(second.page);
    await shoot(second.page, 'community-list-outcomes');

    await page.getByRole('link', { name: batch.toProposals }).click();
    await page.getByRole('link', { name: proposals.list.toOutcomes }).click();
    await page.getByText(proposals.list.done(39, 1)).waitFor();
  });

  it('is shown again where something has changed since the check, and nothing is sent', async () => {
    const { page, sent } = await checked('植树', 39);
    const api = await apiOf(site(), officers()[0]!);
    const body = { status: 'suspended', reason: '核实中' };
    await api(`/v1/residents/${ids.get(people[9]!.phone)!}/status`, { method: 'PUT', body });
    await page.getByRole('textbox', { name: batch.reason }).fill('十二月活动');
    await page.getByRole('button', { name: batch.propose(39) }).click();
    await page.getByText(batch.changed).waitFor();
    await page.getByRole('button', { name: batch.propose(38) }).waitFor();
    expect(sent).toEqual([]);
  });
});

it('a list of more than 500 rows is said to go in parts, before anything of it is sent', async () => {
  const { page } = await officerAt(desk, site(), officers()[0]!, '/community#/grant/batch');
  await page.getByRole('combobox', { name: granting.rule }).click();
  await page.keyboard.type('志愿');
  await page.locator('.ant-select-item-option-active', { hasText: '志愿服务' }).waitFor();
  await page.keyboard.press('Enter');
  const lines = Array.from({ length: 501 }, (_, n) => `没有这个号码${n}`);
  await page.getByRole('textbox', { name: batch.lines }).fill(['姓名', ...lines, people[0]!.name].join('\n'));
  await page.getByRole('button', { name: batch.check }).click();
  await page.getByText(batch.parts(502, 500, 2)).waitFor();
  await page.getByText(batch.part(1, 2, 1, 500)).waitFor();
  await page.getByRole('button', { name: batch.nextPart }).click();
  await page.getByText(batch.part(2, 2, 501, 502)).waitFor();
  await page.getByText(batch.sum(1, '20'), { exact: true }).waitFor();
});

it('a grant of more than one officer grants alone is said to take two, and is proposed with a reason', async () => {
  const { page } = await officerAt(desk, site(), officers()[1]!, '/community#/grant');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/v1\/(grants|proposals)$/.test(request.url())) sent.push(new URL(request.url()).pathname);
  });
  await page.getByRole('combobox', { name: granting.resident }).waitFor();
  for (const text of [people[20]!.phone, '志愿']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  const hours = page.getByRole('spinbutton', { name: granting.hours });
  await hours.fill('1');
  await page.getByText(preview.alone).waitFor();
  await page.getByRole('button', { name: granting.submit, exact: true }).waitFor();
  await hours.fill('6');
  await page.getByText(preview.over.grant('100')).waitFor();
  const propose = page.getByRole('button', { name: granting.propose });
  await propose.click();
  await page.getByText(zh.console.required).waitFor();
  expect(sent).toEqual([]);
  await page.getByRole('textbox', { name: granting.reason }).fill('连续六小时值守');
  await expectAccessible(page);
  await shoot(page, 'community-grant-two');
  await propose.click();
  await page
    .getByRole('log')
    .getByText(saying(granting.proposed(ANY)))
    .waitFor();
  expect(sent).toEqual(['/v1/proposals']);
  const second = await officerAt(desk, site(), officers()[0]!, '/community#/proposals');
  const line = second.page.getByRole('row', { name: /连续六小时值守/ });
  await line.getByRole('button', { name: proposals.approve, exact: true }).click();
  await line.waitFor({ state: 'hidden' });
  const api = await apiOf(site(), officers()[0]!);
  const { items } = await api<{ items: { points: number }[] }>(`/v1/grants?resident_id=${ids.get(people[20]!.phone)!}`);
  expect(items.map(({ points }) => points)).toContain(120);
});

it('a new number without the old one is told with its resident, the masked number and the 72 hours, and approved', async () => {
  const api = await apiOf(site(), officers()[0]!);
  const { name, phone } = people[30]!;
  const input = { resident_id: ids.get(phone)!, phone: '19700009999' };
  await api('/v1/proposals', { method: 'POST', body: { command: 'phone', input, reason: '原号码已停机，当面核对' } });
  const { page } = await officerAt(desk, site(), officers()[1]!, '/community#/proposals');
  const { called, happens, to } = zh.console.matters.phone;
  const line = page.getByRole('row', { name: /原号码已停机/ });
  await line.getByText(called, { exact: true }).waitFor();
  await line.getByRole('link', { name: to(name, '197****9999') }).waitFor();
  await line.getByText(happens).waitFor();
  expect(happens).toContain('72 小时');
  await line.getByRole('button', { name: proposals.approve, exact: true }).click();
  await line.waitFor({ state: 'hidden' });
});

describe('an officer is told at the top which resident they are said to be', () => {
  it('where nobody has stated it: that the street office has to', async () => {
    const { page } = await officerAt(desk, site(), officers()[0]!, '/community#/grants');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText(ownPerson.unstated).count()).toBe(0);
    await page.route('**/v1/officers/me/person', (route) =>
      route.fulfill({ json: { person_stated: false, person_until: null, resident_id: null } }),
    );
    await page.reload();
    await page.getByText(ownPerson.unstated).waitFor();
    await expectAccessible(page);
  });

  it('where it runs out within thirty days: and confirms it for a year with one click', async () => {
    const { person_until: until } = await (await apiOf(site(), officers()[0]!))<{ person_until: string }>('/v1/officers/me/person');
    const ahead = Date.parse(until) - site().now() - 10 * DAY_MS;
    site().pass(ahead);
    const { page } = await officerAt({ ...desk, fastMs: ahead }, site(), officers()[0]!, '/community#/grants');
    const told = page.getByText(saying(ownPerson.ending(ownPerson.none, ANY)));
    await told.waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-own-person');
    await page.getByRole('button', { name: ownPerson.confirm }).click();
    await told.waitFor({ state: 'hidden' });
    const now = await (await apiOf(site(), officers()[0]!))<{ person_until: string }>('/v1/officers/me/person');
    expect(Date.parse(now.person_until) - site().now()).toBeGreaterThan(364 * DAY_MS);
  });
});
