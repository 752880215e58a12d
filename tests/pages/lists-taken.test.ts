/** The list of residents, taken out by an officer of a community, and seen by the street office, which empties a text that names somebody. */
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { textsNaming } from '../../src/communities/index.ts';
import { desk, expectAccessible, phone as onPhone, shoot } from './support/browser.ts';
import { officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { accessFor, officerAt as streetAt } from './support/street.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();
const { taking } = zh.community.people;
const { listsTaken } = zh.console;
const { personal } = zh.street;

const BYTE_ORDER_MARK = '\uFEFF';
const PAGE = 20;

const wanhe = () => officersOf(site(), 'wanhe')[0]!;
const someone = () => site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
const taken = (page: Page) => page.getByRole('table', { name: listsTaken.title }).locator('tbody').getByRole('row');

/** Takes the list as the form stands, and reads the file. */
async function take(page: Page): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: taking.submit }).click();
  const file: Download = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** The same by the API. */
async function takeByApi(communityId: string, nth: number, reason: string): Promise<void> {
  const answered = await fetch(`${site().url}/v1/list-exports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await accessFor(site(), officersOf(site(), communityId)[0]!)}`,
      'idempotency-key': `list-${nth}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ what: 'residents', reason }),
  });
  expect(answered.status).toBe(200);
}

it('an officer takes the list masked, and in full only with a reason, and sees who took it', async () => {
  const { page } = await officerAt(desk, site(), wanhe(), '/community#/residents');
  await page.getByRole('link', { name: taking.title }).click();
  await page.getByText(listsTaken.none).waitFor();
  await page.getByText(taking.kept).waitFor();
  await expectAccessible(page);
  const { name, phone } = someone();
  const masked = await take(page);
  expect(masked.name).toBe(taking.fileNames.masked(site().today()));
  expect(masked.text.slice(0, 4)).toBe(`${BYTE_ORDER_MARK}id,`);
  expect(masked.text).toContain(`,${phone.slice(0, 3)}****${phone.slice(-4)},`);
  expect(masked.text).not.toContain(name);
  expect(masked.text).not.toContain(phone);
  await taken(page).getByText(listsTaken.masked, { exact: true }).waitFor();
  expect(await taken(page).innerText()).toContain(wanhe().name);

  await page.getByText(taking.hows.full, { exact: true }).click();
  await page.getByRole('button', { name: taking.submit }).click();
  await page.locator('.ant-form-item', { hasText: taking.reason }).getByText(zh.console.required).waitFor();
  await shoot(page, 'community-taking-wrong');
  await page.getByLabel(taking.reason).fill('重阳节登门慰问');
  await expectAccessible(page);
  const full = await take(page);
  expect(full.name).toBe(taking.fileNames.full(site().today()));
  expect(full.text).toContain(`${name},${phone},`);
  await taken(page).nth(1).waitFor();
  expect(await taken(page).first().innerText()).toContain(listsTaken.full('重阳节登门慰问'));
  expect(await taken(page).count()).toBe(2);
  // The next list is masked again, unless it is asked for.
  expect(await page.getByRole('radio', { name: taking.hows.masked }).isChecked()).toBe(true);
  await shoot(page, 'community-taking');
  const narrow = await officerAt(onPhone, site(), wanhe(), '/community#/residents/taking');
  await taken(narrow.page).first().waitFor();
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await shoot(narrow.page, 'community-taking-phone');
});

it('whose answer was lost takes the same list again, and it is noted once', async () => {
  const { page } = await officerAt(desk, site(), officersOf(site(), 'chuangjing')[0]!, '/community#/residents/taking');
  await page.getByText(listsTaken.none).waitFor();
  await page.route(
    '**/v1/list-exports',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: taking.submit }).click();
  await page.getByText(zh.shared.unknownOutcome).waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: zh.shared.retry }).click();
  await coming;
  await taken(page).first().waitFor();
  expect(await taken(page).count()).toBe(1);
});

it('the street office sees the lists of all communities, a page at a time, and empties a text by the line that found it', async () => {
  await takeByApi('wanhe', 0, '清明节前核对');
  for (let nth = 0; nth < PAGE; nth++) await takeByApi('gexiang', nth, nth === PAGE - 1 ? '上门看望欧阳某某' : '核对');
  const { page } = await streetAt(site(), '/personal');
  const latest = taken(page).first();
  await latest.getByText(listsTaken.full('上门看望欧阳某某')).waitFor();
  expect(await latest.innerText()).toContain('葛巷社区');
  expect(await latest.innerText()).toContain(officersOf(site(), 'gexiang')[0]!.name);
  expect(await taken(page).count()).toBe(PAGE);
  await page.getByRole('button', { name: zh.shared.more }).click();
  await taken(page).filter({ hasText: '万和社区' }).filter({ hasText: '清明节前核对' }).waitFor();

  const found = await Array.fromAsync(textsNaming(site().service.store, '欧阳某某'));
  expect(found).toHaveLength(1);
  const [{ table, key, column }] = found as [(typeof found)[0]];
  await page.getByLabel(personal.line).fill(`${table}  ${key}`);
  await page.getByRole('button', { name: personal.check }).click();
  await page.getByText(personal.lineWrong).waitFor();
  expect(await page.getByRole('button', { name: personal.clear, exact: true }).count()).toBe(0);
  await page.getByLabel(personal.line).fill(`${table}  ${key}  ${column}\nfind: 1 texts\n`);
  await page.getByRole('button', { name: personal.check }).click();
  const about = page.getByRole('region', { name: personal.willClear });
  await about.getByText(key, { exact: true }).waitFor();
  await expectAccessible(page);
  await page.getByText(personal.clearQuestion).waitFor();
  await shoot(page, 'street-personal-clear', false);
  await about.getByRole('button', { name: personal.clear, exact: true }).click();
  await page.getByText(personal.cleared(table, column)).waitFor();
  await taken(page).getByText(listsTaken.full(listsTaken.emptied)).waitFor();
  expect(await Array.fromAsync(textsNaming(site().service.store, '欧阳某某'))).toEqual([]);

  // A text that is not there is refused in words.
  await page.getByLabel(personal.line).fill(`${table}  exp_${'0'.repeat(32)}  ${column}`);
  await page.getByRole('button', { name: personal.check }).click();
  await page.getByRole('button', { name: personal.clear, exact: true }).click();
  await page.getByText(saying(zh.shared.requestId(ANY))).waitFor();
  const narrow = await streetAt(site(), '/personal', { view: onPhone });
  await taken(narrow.page).first().waitFor();
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await shoot(narrow.page, 'street-personal-phone');
});
