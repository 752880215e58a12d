import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();
const words = zh.community.people;

const wanhe = () => officersOf(site(), 'wanhe')[0]!;
const second = () => officersOf(site(), 'wanhe')[1]!;
const gexiang = () => officersOf(site(), 'gexiang')[0]!;

let registered = 0;

/** Somebody whom an officer of the community has registered. */
async function somebody(name: string, officer = wanhe()): Promise<{ readonly id: string; readonly phone: string }> {
  const api = await apiOf(site(), officer);
  const phone = String(19_700_005_000 + registered++);
  const { id } = await api<{ id: string }>('/v1/residents', { method: 'POST', body: { name, phone, consent: { how: 'counter' } } });
  return { id, phone };
}

const dialog = (page: Page) => page.getByRole('dialog');

/** Gives the reason, and sends the dialog by its button. */
async function withReason(page: Page, reason: string, button: string): Promise<void> {
  await dialog(page).getByLabel(zh.console.reason).fill(reason);
  await dialog(page).getByRole('button', { name: button, exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const tableOf = (page: Page, name: string) => page.getByRole('table', { name, exact: true });

describe('the search of residents', () => {
  it('finds by a part of the name, by the last four digits and by the whole phone; the household is one click away', async () => {
    const head = await somebody('公孙大娘');
    const child = await somebody('公孙小妹');
    const api = await apiOf(site(), wanhe());
    const body = { resident_id: head.id, reason: '户口簿' };
    const { id } = await api<{ id: string }>('/v1/households', { method: 'POST', body });
    await api(`/v1/households/${id}/members`, { method: 'POST', body: { resident_id: child.id, reason: '户口簿' } });
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    const field = page.getByLabel(words.find.label);
    const found = tableOf(page, words.find.found);

    await field.fill('孙大');
    await found.getByRole('link', { name: '公孙大娘' }).waitFor();
    expect(await found.getByRole('link').count()).toBe(1);
    await field.fill('500');
    await page.getByText(words.find.incomplete).waitFor();
    await field.fill(child.phone.slice(-4));
    await found.getByRole('link', { name: '公孙小妹' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: words.find.household }).click();
    const home = tableOf(page, words.find.householdOf('公孙小妹'));
    await home.getByRole('link', { name: '公孙大娘' }).waitFor();
    expect(await home.getByRole('link').count()).toBe(2);
    await expectAccessible(page);
    await shoot(page, 'community-search-household');
    await page.getByRole('button', { name: words.find.back }).click();
    await field.fill(`+86 ${head.phone}`);
    await page.getByRole('status').getByRole('link', { name: '公孙大娘' }).click();
    await heading(page, '公孙大娘');
    expect(page.url()).not.toContain(head.phone);
    // Going back finds the same people, and what was typed.
    await page.goBack();
    await page.getByRole('status').getByRole('link', { name: '公孙大娘' }).waitFor();
    expect(await field.inputValue()).toBe(`+86 ${head.phone}`);
  });
});

describe("a resident's page", () => {
  it('corrects the name with a reason, and keeps the one before', async () => {
    const { id } = await somebody('公孙错');
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    await page.getByRole('button', { name: words.resident.correct }).click();
    await dialog(page).getByLabel(words.resident.newName).fill('公孙对');
    await expectAccessible(page);
    await withReason(page, '身份证上是“对”', words.resident.correct);
    await heading(page, '公孙对');
    await tableOf(page, words.changes.title).getByText(words.changes.formerName('公孙错')).waitFor();
    // Opened once more, it is the name as it is now, with the cursor in it.
    await page.getByRole('button', { name: words.resident.correct }).click();
    const name = dialog(page).getByLabel(words.resident.newName);
    await name.and(page.locator(':focus')).waitFor();
    expect(await name.inputValue()).toBe('公孙对');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await expectAccessible(page);
    await shoot(page, 'community-resident-corrected');
  });

  it('founds a household, adds a member, makes another the head, takes one out, and ends it', async () => {
    const { id } = await somebody('尉迟父');
    const mother = await somebody('尉迟母');
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    await page.getByRole('button', { name: words.household.found }).click();
    await withReason(page, '户口簿', words.household.found);
    const table = tableOf(page, words.household.title);
    const row = (name: string) => table.getByRole('row', { name });
    await row('尉迟父').getByText(words.household.head, { exact: true }).waitFor();

    await page.getByRole('button', { name: words.household.add }).click();
    await dialog(page).getByRole('combobox', { name: words.household.member }).click();
    await page.keyboard.type(mother.phone);
    await page.locator('.ant-select-item-option-active', { hasText: '尉迟母' }).waitFor();
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await withReason(page, '结婚证', words.household.add);
    await row('尉迟母').getByText('结婚证').waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-household');

    await row('尉迟母').getByRole('button', { name: words.household.makeHead }).click();
    await withReason(page, '尉迟父外出务工', words.household.makeHead);
    await row('尉迟母').getByText(words.household.head, { exact: true }).waitFor();
    await goTo(page, `/residents/${mother.id}`);
    await heading(page, '尉迟母');
    await row('尉迟父').getByRole('button', { name: words.household.remove }).click();
    await withReason(page, '已搬走', words.household.remove);
    await row('尉迟父').getByRole('button').first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: words.household.end }).click();
    await withReason(page, '不再同住', words.household.end);
    await page.getByText(words.household.none).waitFor();
  });

  it('lets the community that a member moved to take them out of a household of the former one, and nothing else', async () => {
    const [head, moved] = [await somebody('闻人父', gexiang()), await somebody('闻人子', gexiang())];
    const former = await apiOf(site(), gexiang());
    const { id } = await former<{ id: string }>('/v1/households', { method: 'POST', body: { resident_id: head.id, reason: '户口簿' } });
    await former(`/v1/households/${id}/members`, { method: 'POST', body: { resident_id: moved.id, reason: '户口簿' } });
    const here = await apiOf(site(), wanhe());
    await here(`/v1/residents/${moved.id}/moves`, { method: 'POST', body: { how: 'counter', reason: '租房合同' } });
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${moved.id}`);
    const row = tableOf(page, words.household.title).getByRole('row', { name: '闻人子' });
    await row.getByRole('button', { name: words.household.remove }).waitFor();
    for (const name of [words.household.makeHead, words.household.add, words.household.end]) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    await row.getByRole('button', { name: words.household.remove }).click();
    await withReason(page, '已搬到万和', words.household.remove);
    await page.getByRole('button', { name: words.household.found }).waitFor();
  });

  it('shows the consents, and records one, but each version of the notice once', async () => {
    const { resident_id: id } = site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    await page.getByRole('heading', { name: words.consent.title }).waitFor();
    await page.getByRole('button', { name: words.consent.record }).click();
    await dialog(page).getByLabel(words.consent.paperNumber).fill('2026-7001');
    await expectAccessible(page);
    await dialog(page).getByRole('button', { name: words.consent.record }).click();
    // The notice is consented to once.
    await dialog(page).getByText('同意书已登记').waitFor();
  });
});

describe('a number that somebody no longer has', () => {
  it('is changed at a counter by two officers, and stopped at any counter by whoever has the old one', async () => {
    const { id, phone } = await somebody('令狐失');
    const { page } = await officerAt(desk, site(), wanhe(), `/community#/residents/${id}`);
    await page.getByRole('button', { name: words.resident.changePhone }).click();
    await dialog(page).getByText(words.resident.changePhoneHint).waitFor();
    await dialog(page).getByLabel(words.resident.newPhone).fill('19700006001');
    await expectAccessible(page);
    await withReason(page, '手机丢失，已看身份证', words.resident.changePhone);

    const other = await officerAt(desk, site(), second(), '/community#/proposals');
    const row = other.page.getByRole('row', { name: zh.console.matters.phone.to('令狐失', '197****6001') });
    await row.waitFor();
    await expectAccessible(other.page);
    await shoot(other.page, 'community-phone-proposed');
    await row.getByRole('button', { name: zh.community.proposals.approve }).click();
    await row.waitFor({ state: 'hidden' });

    await page.reload();
    await page.getByText('197****6001').first().waitFor();
    await page.getByText(words.resident.closedUntil('').slice(0, 4)).waitFor();
    await tableOf(page, words.changes.title).getByText(words.changes.phoneHow.counter).waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-phone-changed');

    const far = await officerAt(desk, site(), gexiang(), '/community#/residents');
    await far.page.getByRole('link', { name: words.stop.title }).click();
    await far.page.getByLabel(words.stop.oldPhone).fill(phone);
    await far.page.getByRole('button', { name: words.stop.look }).click();
    await far.page.getByRole('button', { name: words.stop.sendCode }).click();
    await far.page.getByText(words.stop.sent).waitFor();
    await expect.poll(() => site().codeFor(phone)).toMatch(/^\d{6}$/);
    await expectAccessible(far.page);
    await shoot(far.page, 'community-stop-change');
    await far.page.getByLabel(zh.shared.code).fill(site().codeFor(phone)!);
    await far.page.getByRole('button', { name: words.stop.stop }).click();
    await far.page.getByRole('button', { name: words.stop.stop }).waitFor({ state: 'hidden' });
    await far.page.getByText(words.stop.stopped).first().waitFor();
    expect(far.page.url()).not.toContain(phone);
    await page.reload();
    await page.getByText(words.resident.spends).waitFor();
  });
});

describe('a resident of another community', () => {
  it('is taken in by the code on their phone, or at the counter with a reason', async () => {
    const [one, other] = [await somebody('百里一', gexiang()), await somebody('百里二', gexiang())];
    const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
    await page.getByLabel(words.find.label).fill(one.phone);
    await page.getByText(words.known.elsewhere).waitFor();
    expect(await page.getByText('百里一').count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: words.move.byCode }).click();
    await dialog(page).getByRole('button', { name: words.move.sendCode }).click();
    await dialog(page).getByText(words.move.sent).waitFor();
    await expect.poll(() => site().codeFor(one.phone)).toMatch(/^\d{6}$/);
    await dialog(page).getByLabel(zh.shared.code).fill(site().codeFor(one.phone)!);
    await expectAccessible(page);
    await shoot(page, 'community-move-here');
    await dialog(page).getByRole('button', { name: words.move.byCode }).click();
    await heading(page, '百里一');
    await tableOf(page, words.changes.title).getByText(words.changes.moveHow.code).waitFor();

    // So it goes also where somebody would be registered who is already.
    await goTo(page, '/residents/register');
    await page.getByLabel(words.desk.name, { exact: true }).fill('百里二');
    await page.getByLabel(words.desk.phone).fill(other.phone);
    await page.getByRole('radio', { name: words.consent.hows.counter }).check();
    await page.getByRole('button', { name: words.desk.submit, exact: true }).click();
    await page.getByRole('button', { name: words.move.atCounter }).click();
    await withReason(page, '已看租房合同', words.move.atCounter);
    await heading(page, '百里二');
    await tableOf(page, words.changes.title).getByText('已看租房合同').waitFor();
  });
});
