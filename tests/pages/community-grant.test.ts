import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

const officers = () => officersOf(site(), 'wanhe');
const resident = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;

/** Others, so that the caps of one test are not those of another. */
const neighbour = (n: number) => site().cast.residents.filter(({ community_id: of }) => of !== 'wanhe')[n]!;

type Grants = { readonly items: readonly { readonly id: string; readonly description: string; readonly points: number }[] };

/** An officer at the form, and the request keys of what it sends. */
async function atTheForm() {
  const person = await officerAt(desk, site(), officers()[0]!, '/community#/grant');
  const keys: string[] = [];
  person.page.on('request', (request) => {
    if (request.method() === 'POST' && /\/v1\/(grants|proposals)$/.test(request.url())) keys.push(request.headers()['idempotency-key']!);
  });
  await person.page.getByRole('combobox', { name: zh.community.grant.resident }).waitFor();
  return { ...person, keys };
}

/** Types into a field that finds, and takes what it finds. */
async function pick(page: Page, typed: string, found: string): Promise<void> {
  await page.keyboard.type(typed);
  await page.locator('.ant-select-item-option-active', { hasText: found }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') === 'false');
}

/** Fills the form by the keyboard from the resident on, where the focus is, without a pause: not even for what is found. */
async function fill(page: Page, quantity: string, who = resident()): Promise<void> {
  for (const text of [who.phone, '志愿']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(quantity);
  await page.getByText(zh.community.preview.caps).waitFor();
}

/** A list that has been chosen from is on the screen for longer than anybody waits, as where the machine is busy. */
async function closeListsSlowly(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.MessageChannel = class {
      port1 = { onmessage: () => undefined };
      port2 = { postMessage: () => setTimeout(() => this.port1.onmessage(), 500) };
    } as unknown as typeof MessageChannel;
  });
}

/** Presses Enter in the moment in which a list is drawn, before anything in it can be chosen, and then Tab; tells whether Tab goes on. */
async function enterOnceDrawn(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        new MutationObserver((_changes, observer) => {
          if (!document.querySelector('.ant-select-item-option')) return;
          observer.disconnect();
          const [enter, tab] = Object.entries({ Enter: 13, Tab: 9 }).map(
            ([key, keyCode]) => new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }),
          );
          document.activeElement!.dispatchEvent(enter!);
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.activeElement!.dispatchEvent(tab!))));
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
}

const submit = (page: Page) => page.getByRole('button', { name: zh.community.grant.submit, exact: true });

describe('granting points', () => {
  it('takes the keyboard alone, tells what it comes to while typing, and is ready for the next of the list', async () => {
    const { page, keys } = await atTheForm();
    expect(
      await page.getByRole('combobox', { name: zh.community.grant.resident }).evaluate((field) => field === document.activeElement),
    ).toBe(true);
    await closeListsSlowly(page);
    await fill(page, '2');
    await page.getByText(zh.community.preview.points('40'), { exact: true }).waitFor();
    await page.locator('#grant_resident_list').waitFor({ state: 'hidden' });
    await page.locator('#grant_action_rule_id_list').first().waitFor({ state: 'hidden' });
    await expectAccessible(page);
    await shoot(page, 'community-grant-preview');
    await page.keyboard.press('Enter');
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '40')))
      .waitFor();
    expect(keys).toHaveLength(1);
    await page.waitForFunction(() => document.activeElement?.id === 'grant_resident');
    await page.keyboard.type(resident().name);
    await page.locator('.ant-select-item-option-active', { hasText: resident().name }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('grant_quantity');
    await page.getByText(zh.community.preview.points('20'), { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '20')))
      .waitFor();
    expect(new Set(keys).size).toBe(2);
  });

  it('takes Tab for no choice after Enter, however late its list is', async () => {
    const { page } = await atTheForm();
    await closeListsSlowly(page);
    const goesOn = enterOnceDrawn(page);
    await page.keyboard.type(neighbour(5).phone);
    expect(await goesOn).toBe(true);
  });

  it('says that it would be refused, and sends nothing', async () => {
    const { page, keys } = await atTheForm();
    await fill(page, '900', neighbour(0));
    await page.getByText(zh.community.preview.wouldBeRefused).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('form').getByRole('alert').getByText(/上限/).first().waitFor();
    expect(keys).toEqual([]);
  });

  it('says why it is refused where there was no preview, and tries again under another key', async () => {
    const { page, keys } = await atTheForm();
    await fill(page, '1', neighbour(0));
    await page.route('**/v1/grants/preview', (route) => route.abort());
    await page.getByRole('spinbutton', { name: zh.community.grant.hours }).fill('900');
    await page.keyboard.press('Enter');
    // A form that is being sent takes no other input.
    await page.locator('form').getByRole('alert').getByText(/上限/).first().waitFor();
    await shoot(page, 'community-grant-refused');
    await page.getByRole('spinbutton', { name: zh.community.grant.hours }).fill('1');
    await page.keyboard.press('Enter');
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '20')))
      .waitFor();
    expect(new Set(keys).size).toBe(2);
  });

  it('keeps its key when no answer comes, so that it is granted once', async () => {
    const { page, keys } = await atTheForm();
    await fill(page, '1', neighbour(1));
    await page.getByRole('textbox', { name: zh.community.grant.description }).fill('一次断网');
    let lost = 0;
    await page.route('**/v1/grants', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await submit(page).dblclick();
    await page.getByText(zh.shared.unknownOutcome).waitFor();
    expect(await page.getByRole('spinbutton', { name: zh.community.grant.hours }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: zh.shared.retry }).click();
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '20')))
      .waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    const api = await apiOf(site(), officers()[0]!);
    const { items } = await api<Grants>('/v1/grants');
    expect(items.filter(({ description }) => description === '一次断网')).toHaveLength(1);
  });

  it('loses nothing when the session ends in the middle, in one tab or two', async () => {
    const { page, context } = await atTheForm();
    await fill(page, '3', neighbour(2));
    const other = await context.newPage();
    await other.goto(`${site().url}/community#/grants`);
    await other.getByRole('heading', { name: zh.community.grants.title }).waitFor();
    const { id } = (await (await context.request.get(`${site().url}/v1/session`)).json()) as { id: string };
    const revocation = `${site().url}/v1/sessions/${id}/revocation`;
    expect((await context.request.post(revocation, { data: {}, headers: { origin: site().url } })).status()).toBe(200);
    // A tab in the background draws nothing anew.
    await page.bringToFront();
    await submit(page).click();
    const dialog = page.getByRole('dialog', { name: zh.shared.signInAgain });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByLabel(zh.shared.login).fill(officers()[0]!.login);
    await dialog.getByLabel(zh.shared.password, { exact: true }).fill(officers()[0]!.password);
    await dialog.getByRole('button', { name: zh.shared.signIn }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('spinbutton', { name: zh.community.grant.hours }).inputValue()).toBe('3');
    await submit(page).click();
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '60')))
      .waitFor();
    // The other tab goes on with the same cookie.
    await goTo(other, '/residents');
    await other.getByRole('link', { name: resident().name }).waitFor();
  });

  it('is reversed with a reason; going back closes the dialog and keeps the page', async () => {
    const { page } = await atTheForm();
    await fill(page, '1', neighbour(3));
    await page.keyboard.press('Enter');
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.granted(ANY, '20')))
      .waitFor();
    await page.getByRole('link', { name: zh.community.grant.toGrants }).click();
    const newest = page.getByRole('row').nth(1);
    await newest.getByRole('button', { name: zh.community.grants.reverse }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh.console.reason).fill('重复登记');
    await page.goBack();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { level: 1, name: zh.community.grants.title }).waitFor();
    await newest.getByRole('button', { name: zh.community.grants.reverse }).click();
    expect(await dialog.getByLabel(zh.console.reason).inputValue()).toBe('重复登记');
    await dialog.getByRole('button', { name: zh.community.grants.reverse }).click();
    await newest.getByText(zh.community.grants.reversed).waitFor();
    await newest.getByText('重复登记').waitFor();
  });

  it('goes through a list, line by line, and not twice', async () => {
    const { page } = await atTheForm();
    await page.getByRole('link', { name: zh.community.grant.toBatch }).click();
    await page.getByRole('combobox', { name: zh.community.grant.rule }).click();
    await pick(page, '志愿', '志愿服务');
    await page
      .getByRole('textbox', { name: zh.community.batch.lines })
      .fill(`手机号,数量\n${neighbour(4).phone},2,,清洗河道\n13900000000,1\n${resident().name},x`);
    await page.getByRole('button', { name: zh.community.batch.check }).click();
    await page.getByText(zh.community.batch.faults.nobody).waitFor();
    await page.getByText(zh.community.batch.faults.not_a_quantity('x')).waitFor();
    await page.getByRole('button', { name: zh.community.batch.submit(1) }).click();
    await page.getByRole('cell', { name: zh.community.batch.granted('40') }).waitFor();
    // The same list again: the check says already that it was granted.
    await page.getByRole('button', { name: zh.community.batch.check }).click();
    await page.getByRole('cell', { name: zh.community.batch.refused }).waitFor();
    expect(await page.getByRole('button', { name: zh.community.batch.submit(1) }).count()).toBe(0);
    await shoot(page, 'community-batch-done');
  });

  it('of a commendation is proposed by one officer and approved by another', async () => {
    const { page } = await atTheForm();
    await pick(page, resident().phone, resident().name.slice(0, 1));
    await page.keyboard.press('Tab');
    await pick(page, '见义', '见义勇为');
    await page.getByRole('spinbutton', { name: zh.community.grant.points }).fill('120');
    await page.getByRole('textbox', { name: zh.community.grant.deed }).fill('救起落水儿童');
    await page.getByRole('button', { name: zh.community.grant.propose }).click();
    await page
      .getByRole('log')
      .getByText(saying(zh.community.grant.proposed(ANY)))
      .waitFor();
    expect(await page.getByRole('log').getByRole('heading').allInnerTexts()).toEqual([zh.community.grant.justProposedCount(1)]);
    await goTo(page, '/proposals');
    await page.getByText(zh.community.proposals.otherTurn).first().waitFor();
    expect(await page.getByRole('button', { name: zh.community.proposals.approve, exact: true }).count()).toBe(0);

    const second = await officerAt(desk, site(), officers()[1]!, '/community');
    await second.page.getByRole('main').getByRole('link', { name: zh.community.home.more }).nth(1).click();
    const line = second.page.getByRole('row', { name: /救起落水儿童/ });
    await line.getByText(zh.community.proposals.yourTurn).waitFor();
    await shoot(second.page, 'community-proposal');
    await line.getByRole('button', { name: zh.community.proposals.approve, exact: true }).click();
    await second.page.getByText(zh.community.proposals.noneOpen).waitFor();
    await second.page.getByText(zh.community.proposals.all).click();
    await second.page
      .getByRole('row', { name: /救起落水儿童/ })
      .getByText(zh.community.proposals.statuses.approved)
      .waitFor();
  });
});
