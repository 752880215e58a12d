/** Residents who leave at the counter, and who live in a household of another community. */
import { describe, expect, it } from 'vitest';
import { eraseDue } from '../../src/redeem/index.ts';
import { desk, expectAccessible, phone as onPhone, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();
const words = zh.community.people;
const { residents, proposals } = zh.community;

const WEEK_MS = 7 * 86_400_000;

const wanhe = () => officersOf(site(), 'wanhe')[0]!;
const second = () => officersOf(site(), 'wanhe')[1]!;
const gexiang = () => officersOf(site(), 'gexiang')[0]!;

let registered = 0;

/** Somebody whom an officer of the community has registered. */
async function somebody(name: string, officer = wanhe()): Promise<string> {
  const api = await apiOf(site(), officer);
  const body = { name, phone: String(19_700_007_000 + registered++), consent: { how: 'counter' } };
  return (await api<{ id: string }>('/v1/residents', { method: 'POST', body })).id;
}

/** Two officers grant somebody 100 points. */
async function grantTo(residentId: string): Promise<void> {
  const api = await apiOf(site(), wanhe());
  const { items: rules } = await api<{ items: { id: string; name: string }[] }>('/v1/action-rules');
  const rule = rules.find(({ name }) => name.includes('志愿'))!;
  const body = { action_rule_id: rule.id, resident_id: residentId, quantity: 5, occurred_on: site().today(), description: '清洗河道' };
  await api('/v1/grants', { method: 'POST', body });
}

/** An officer issues a voucher to somebody, for some of their points. */
async function issueTo(residentId: string): Promise<void> {
  const api = await apiOf(site(), wanhe());
  const { items: offers } = await api<{ items: { id: string; points: number | null }[] }>('/v1/offers');
  const offer = offers.find(({ points }) => points !== null && points <= 100)!;
  await api(`/v1/residents/${residentId}/vouchers`, { method: 'POST', body: { offer_id: offer.id } });
}

/** The job that erases those whose week is over. */
async function erase(): Promise<void> {
  const { store, engine, clock } = site().service;
  await eraseDue({ view: store, engine, clock, keepErased: () => undefined });
}

describe('a resident who asks at the counter to be erased', () => {
  it('is proposed by keys alone, approved by a second officer, kept on request, and erased after a week', async () => {
    const id = await somebody('闻人去');
    await grantTo(id);
    await issueTo(id);
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    const propose = async (reason: string) => {
      await page.getByRole('button', { name: residents.leave }).focus();
      await page.keyboard.press('Enter');
      // The cursor is in the field already.
      await page.getByRole('dialog').getByLabel(zh.console.reason).and(page.locator(':focus')).waitFor();
      await page.keyboard.type(reason);
      await page.getByRole('dialog').getByText(words.leaving.tellLoss('100')).waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(residents.leaveDone).first().waitFor();
    };
    await propose('本人到窗口申请，已核身份证');
    // It waits, and is not proposed twice.
    const waits = page.getByRole('alert').filter({ hasText: words.proposed.waits });
    await waits.getByText(wanhe().name).waitFor();
    await waits.getByText(words.proposed.notTwice).waitFor();
    expect(await page.getByRole('button', { name: residents.leave }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: words.resident.changePhone }).isDisabled()).toBe(false);
    await expectAccessible(page);
    await shoot(page, 'community-leaving-proposed');

    const other = await officerAt(desk, site(), second(), '/community#/proposals');
    const approve = async (reason: RegExp) => {
      const row = other.page.getByRole('row', { name: reason });
      await row.getByRole('link', { name: zh.console.matters.erasure.leaves('闻人去') }).waitFor();
      await row.getByText(words.leaving.loses('100')).waitFor();
      await row.getByRole('button', { name: proposals.approve, exact: true }).click();
      await other.page.getByText(proposals.approved, { exact: true }).first().waitFor();
      await row.waitFor({ state: 'hidden' });
    };
    await other.page.getByText(words.leaving.loses('100')).waitFor();
    await expectAccessible(other.page);
    await shoot(other.page, 'community-leaving-to-approve');
    await waits.getByRole('link', { name: zh.console.matters.erasure.called }).click();
    await page.getByText(words.leaving.loses('100')).waitFor();
    await page.goBack();
    await approve(/已核身份证/);

    await page.reload();
    const leaves = page.getByText(saying(words.leaving.leaves(ANY, '100'), 'whole'));
    await leaves.waitFor();
    expect(await leaves.innerText()).toContain(site().today(7));
    expect(await page.getByRole('button', { name: residents.leave }).count()).toBe(0);
    await expectAccessible(page);
    await shoot(page, 'community-leaving');
    await page.getByRole('button', { name: words.leaving.stay }).click();
    await page.getByText(words.leaving.stayQuestion('闻人去')).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-leaving-stay', false);
    await page.getByRole('button', { name: zh.shared.confirm, exact: true }).click();
    await leaves.waitFor({ state: 'hidden' });

    await propose('还是要注销，本人在场');
    await other.page.reload();
    await approve(/本人在场/);
    site().pass(WEEK_MS);
    await erase();
    // The officer's session has ended meanwhile.
    const { page: later } = await officerAt({ ...desk, fastMs: WEEK_MS }, site(), wanhe(), `/community#/residents/${id}`);
    await later.getByText(saying(words.leaving.left(ANY), 'whole')).waitFor();
    await later.getByRole('heading', { level: 1, name: zh.community.standing.ended }).waitFor();
    for (const name of [residents.leave, words.resident.correct, words.household.found, words.consent.record, zh.community.vouchers.issue])
      expect(await later.getByRole('button', { name, exact: true }).count()).toBe(0);
    expect(await later.getByText('闻人去').count()).toBe(0);
    await expectAccessible(later);
    await shoot(later, 'community-left');
  });
});

describe('a number that is to be changed', () => {
  it('is proposed once, and again after it was withdrawn', async () => {
    const id = await somebody('公冶换');
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    const change = page.getByRole('button', { name: words.resident.changePhone });
    await change.click();
    await page.getByRole('dialog').getByLabel(words.resident.newPhone).fill('19700007991');
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('手机丢失，已看身份证');
    await page.getByRole('dialog').getByRole('button', { name: words.resident.changePhone }).click();
    const waits = page.getByRole('alert').filter({ hasText: words.proposed.waits });
    await waits.getByText(words.proposed.notTwice).waitFor();
    expect(await change.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: residents.leave }).isDisabled()).toBe(false);
    // A colleague sees it too.
    const other = await officerAt(desk, site(), second(), `/community#/residents/${id}`);
    await other.page.getByRole('alert').getByText(wanhe().name).waitFor();
    expect(await other.page.getByRole('button', { name: words.resident.changePhone }).isDisabled()).toBe(true);

    await waits.getByRole('link', { name: zh.console.matters.phone.called }).click();
    await page.getByRole('button', { name: proposals.withdraw, exact: true }).click();
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('号码写错了');
    await page.getByRole('dialog').getByRole('button', { name: proposals.withdraw, exact: true }).click();
    await page.getByText(proposals.statuses.declined, { exact: true }).waitFor();
    await goTo(page, `/residents/${id}`);
    await change.waitFor();
    await expect.poll(() => change.isDisabled()).toBe(false);
    await waits.waitFor({ state: 'hidden' });
  });

  it('says why no change is found for a number: another number, or more than 72 hours ago', async () => {
    const { page } = await officerAt(desk, site(), gexiang(), '/community#/residents/stop-change');
    await page.getByLabel(words.stop.oldPhone).fill('19700007992');
    await page.getByRole('button', { name: words.stop.look }).click();
    await page.getByText('没有可停止的换号：请核对号码；换号已超过 72 小时的，不能再停止').waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-stop-change-none');
  });
});

describe('a household of another community', () => {
  it('says who serves it, and leads to nobody whose page is not to be read here', async () => {
    const [head, member] = [await somebody('闾丘父', gexiang()), await somebody('闾丘子', gexiang())];
    const [theirs, ours] = [await apiOf(site(), gexiang()), await apiOf(site(), wanhe())];
    const founding = { method: 'POST', body: { resident_id: head, reason: '户口簿' } };
    const { id } = await theirs<{ id: string }>('/v1/households', founding);
    await theirs(`/v1/households/${id}/members`, { method: 'POST', body: { resident_id: member, reason: '户口簿' } });
    await ours(`/v1/residents/${member}/moves`, { method: 'POST', body: { how: 'counter', reason: '已看租房合同' } });
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${member}`);
    await page.getByText(words.household.servedBy('葛巷社区')).waitFor();
    const table = page.getByRole('table', { name: words.household.title, exact: true });
    await table.getByRole('link', { name: '闾丘子' }).waitFor();
    await table.getByRole('cell', { name: /^闾.* 葛巷社区/ }).waitFor();
    expect(await table.getByRole('link').count()).toBe(1);
    await expectAccessible(page);
    // And the other way round: the member who has moved is no longer read where the household is served.
    const far = await officerAt(desk, site(), gexiang(), `/community#/residents/${head}`);
    await far.page.getByRole('button', { name: words.household.add }).waitFor();
    const members = far.page.getByRole('table', { name: words.household.title, exact: true });
    expect(await members.getByRole('link').allInnerTexts()).toEqual(['闾丘父']);
  });
});

describe('a name of forty characters', () => {
  it('leaves room for the other columns on a phone', async () => {
    const id = await somebody('阿卜杜热合曼江买买提明热合木图拉阿不都克里木吐尔逊'.padEnd(40, '尔'));
    const { page } = await officerAt(onPhone, site(), wanhe(), '/community#/residents');
    const link = page.getByRole('link', { name: /^阿卜杜热合曼江/ });
    await link.waitFor();
    expect((await link.boundingBox())!.width).toBeLessThan(180);
    await expectAccessible(page);
    await goTo(page, `/residents/${id}`);
    await page.getByRole('heading', { level: 1, name: /^阿卜杜热合曼江/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await shoot(page, 'community-long-name');
    await page.getByRole('button', { name: words.resident.correct }).click();
    const title = page.getByRole('dialog').getByText(/^更正 阿卜杜热合曼江/);
    const right = await title.evaluate((each) => {
      const text = document.createRange();
      text.selectNodeContents(each);
      return text.getBoundingClientRect().right;
    });
    const cross = await page.getByRole('dialog').locator('.ant-modal-close').boundingBox();
    expect(right).toBeLessThanOrEqual(cross!.x);
  });
});
