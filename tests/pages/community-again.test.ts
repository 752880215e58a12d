/** What an officer does about the rows of a list that were refused, and about pages that do not come. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();
const { batch, grant: granting, proposals } = zh.community;

const first = () => officersOf(site(), 'wanhe')[0]!;
const second = () => officersOf(site(), 'wanhe')[1]!;

const people = ['钟离甲', '钟离乙', '钟离丙'].map((name, n) => ({ name, phone: String(19_700_008_000 + n) }));
const ids: string[] = [];

beforeAll(async () => {
  const api = await apiOf(site(), first());
  for (const each of people) {
    const body = { ...each, consent: { how: 'counter' } };
    ids.push((await api<{ id: string }>('/v1/residents', { method: 'POST', body })).id);
  }
});

async function set(residentId: string, status: 'active' | 'suspended'): Promise<void> {
  const api = await apiOf(site(), first());
  await api(`/v1/residents/${residentId}/status`, { method: 'PUT', body: { status, reason: '核实身份' } });
}

/** Pastes lines of names, and has them checked. */
async function check(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('combobox', { name: granting.rule }).click();
  await page.keyboard.type('志愿');
  await page.locator('.ant-select-item-option-active', { hasText: '志愿服务' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: batch.lines }).fill(['姓名', ...names].join('\n'));
  await page.getByRole('button', { name: batch.check }).click();
}

const rowsOf = (page: Page) => page.getByRole('table', { name: batch.table }).locator('tbody').getByRole('row');

describe('lines of a list that were not sent', () => {
  it('are checked again by one click, and only they: the refused ones, and those that nobody was found for', async () => {
    const { page } = await officerAt(desk, site(), first(), '/community#/grant/batch');
    await check(page, [...people.map(({ name }) => name), '钟离丁']);
    // Suspended in the very moment in which the list is sent.
    await page.route('**/v1/grant-batches', async (route) => {
      await set(ids[1]!, 'suspended');
      await route.continue();
    });
    await page.getByRole('button', { name: batch.submit(3) }).click();
    await page.getByText(batch.done(2, '40', 1)).waitFor();
    await page.unroute('**/v1/grant-batches');
    await set(ids[1]!, 'active');
    const api = await apiOf(site(), first());
    await api('/v1/residents', { method: 'POST', body: { name: '钟离丁', phone: '19700008009', consent: { how: 'counter' } } });
    await shoot(page, 'community-list-again');
    await page.getByRole('button', { name: batch.retry(2) }).click();
    await page.getByText(batch.sum(2, '40'), { exact: true }).waitFor();
    expect(await rowsOf(page).count()).toBe(2);
    await page.getByRole('button', { name: batch.submit(2) }).click();
    await page.getByText(batch.done(2, '40', 0)).waitFor();
    expect(await page.getByRole('button', { name: batch.retry(2) }).count()).toBe(0);
    await expectAccessible(page);
  });
});

describe('rows of an approved list that were refused', () => {
  it('are proposed anew with a reason, and nothing else of the list', async () => {
    const [one, two] = [await apiOf(site(), first()), await apiOf(site(), second())];
    const { items: rules } = await one<{ items: { id: string; name: string }[] }>('/v1/action-rules');
    const rule = rules.find(({ name }) => name.includes('志愿'))!;
    const rows = ids.map((id) => ({
      action_rule_id: rule.id,
      resident_id: id,
      quantity: 1,
      occurred_on: site().today(-2),
      description: '清扫楼道',
      external_reference: `again-${id}`,
    }));
    const proposing = { method: 'POST', body: { command: 'grant_list', input: { rows }, reason: '十一月活动' } };
    const { id, input } = await one<{ id: string; input: { hash: string; points: number } }>('/v1/proposals', proposing);
    await set(ids[2]!, 'suspended');
    const acknowledged = { hash: input.hash, points: input.points };
    const approved = await two<{ result: { grant_list_id: string } }>(`/v1/proposals/${id}/approval`, {
      method: 'POST',
      body: { acknowledged },
    });
    const { page } = await officerAt(desk, site(), first(), `/community#/proposals/lists/${approved.result.grant_list_id}`);
    await page.getByText(proposals.list.done(2, 1)).waitFor();
    await set(ids[2]!, 'active');
    await page.getByRole('button', { name: proposals.list.again(1) }).click();
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('已恢复使用');
    await expectAccessible(page);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: proposals.list.again(1) })
      .click();
    await page.getByText(zh.console.matters.grant_list.sum('1', '1', '20')).waitFor();
    await page.getByRole('link', { name: people[2]!.name }).waitFor();
    // The proposer sees whose turn it is; the second officer has it in the menu.
    await page.getByRole('heading', { name: proposals.otherTurn }).waitFor();
    const other = await officerAt(desk, site(), second(), '/community');
    await other.page.getByRole('menuitem', { name: `${zh.community.sections.proposals} ${zh.console.waits('1')}` }).waitFor();
  });
});

describe('somebody who registers, and hears nothing', () => {
  it('sends the very same again by Enter, and is registered once', async () => {
    const { page } = await officerAt(desk, site(), first(), '/community#/residents/register');
    const words = zh.community.people.desk;
    await page.getByRole('radio', { name: zh.community.people.consent.hows.counter }).check();
    await page.getByLabel(words.name, { exact: true }).fill('钟离戊');
    await page.getByLabel(words.phone).fill('19700008010');
    const keys: (string | undefined)[] = [];
    await page.route('**/v1/residents', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      // It arrives, and its answer is lost.
      const response = await route.fetch();
      await (keys.length === 1 ? route.abort() : route.fulfill({ response }));
    });
    await page.keyboard.press('Enter');
    await page.getByText(zh.shared.unknownOutcome).waitFor();
    await page.getByRole('button', { name: zh.shared.retry }).and(page.locator(':focus')).waitFor();
    expect(await page.getByLabel(words.phone).inputValue()).toBe('19700008010');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.justNow(1) }).waitFor();
    expect(keys).toEqual([keys[0], keys[0]]);
  });
});

describe('a page that does not come', () => {
  it('because it cannot be drawn says what to do, and the other pages are there', async () => {
    const { page, complaints } = await officerAt(desk, site(), first(), '/community#/grants');
    await page.route('**/v1/residents?*', (route) => route.fulfill({ json: { items: [null], next_cursor: null } }));
    await goTo(page, '/residents');
    await page.getByRole('alert').getByText(zh.console.broken.title).waitFor();
    await expectAccessible(page);
    expect(complaints.splice(0).join()).toContain('TypeError');
    await page.getByRole('menuitem', { name: zh.community.sections.rules }).click();
    await page.getByRole('heading', { level: 1, name: zh.community.rules.title }).waitFor();
    await goTo(page, '/residents');
    await page.getByRole('alert').getByText(zh.console.broken.title).waitFor();
    complaints.splice(0);
    await page.unroute('**/v1/residents?*');
    await page.getByRole('button', { name: zh.console.broken.reload }).click();
    await page.getByRole('table', { name: zh.community.residents.title }).waitFor();
  });

  it('because nothing is answered says so after a while, and asks again', async () => {
    const { page } = await officerAt({ ...desk, clockMoved: true }, site(), first(), '/community#/grants');
    let asked = 0;
    await page.route('**/v1/residents?*', async (route) => {
      asked += 1;
      if (asked > 3) await route.continue();
    });
    await goTo(page, '/residents');
    // Asked three times, and then given up.
    for (const times of [1, 2, 3]) {
      await expect.poll(() => asked).toBe(times);
      await page.clock.fastForward(21_000);
    }
    const failed = page.getByRole('alert').filter({ hasText: zh.shared.noAnswer });
    await failed.getByRole('button', { name: zh.shared.retry }).click();
    await page.getByRole('table', { name: zh.community.residents.title }).waitFor();
  });
});
