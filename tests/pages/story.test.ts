/** The demo's story, with everybody in front of their own page: a deed, a voucher, ten yuan off in another community, and who owes them. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, shoot, tablet } from './support/browser.ts';
import { answered, cashierAt, wedge } from './support/counter.ts';
import { officerAt, officersOf } from './support/officers.ts';
import { pointsOf, residentAt } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { officerAt as streetOfficerAt } from './support/street.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

/** Types into a field that finds, and takes what it finds. */
async function pick(page: Page, name: string, typed: string, found: string): Promise<void> {
  await page.getByRole('combobox', { name }).fill(typed);
  await page.locator('.ant-select-item-option-active', { hasText: found }).waitFor();
  await page.keyboard.press('Enter');
}

/** What a cell of the street's matrix says of points granted by one community and spent in another. */
async function flow(page: Page, issuer: string, acquirer: string): Promise<number> {
  const matrix = page.getByRole('table').first();
  await matrix.getByRole('row', { name: new RegExp(`^${issuer}`) }).waitFor();
  const heads = await matrix.getByRole('columnheader').allInnerTexts();
  const row = matrix.getByRole('row', { name: new RegExp(`^${issuer}`) });
  const text = await row
    .locator('th, td')
    .nth(heads.findIndex((head) => head.includes(acquirer)))
    .innerText();
  return Number(text.replaceAll(/\D/g, ''));
}

it('from a deed in Gexiang to ten yuan off in Wanhe, and back', async () => {
  const { cast } = site();
  const xiaoge = cast.residents.find(({ community_id: of }) => of === 'gexiang')!;
  const till = cast.tills.find(({ merchant }) => merchant === '万和超市')!;
  const before = await pointsOf(site(), xiaoge);
  const street = await streetOfficerAt(site(), '/flows');
  const owedBefore = await flow(street.page, '葛巷社区', '万和社区');

  const officer = await officerAt(desk, site(), officersOf(site(), 'gexiang')[0]!, '/community#/grant');
  await pick(officer.page, zh.community.grant.resident, xiaoge.phone, xiaoge.name.slice(0, 1));
  await pick(officer.page, zh.community.grant.rule, '志愿', '志愿服务');
  await officer.page.getByRole('spinbutton', { name: zh.community.grant.hours }).fill('6');
  await officer.page.getByText(zh.community.preview.points('120'), { exact: true }).waitFor();
  await officer.page.getByRole('button', { name: zh.community.grant.submit, exact: true }).click();
  await officer.page
    .getByRole('log')
    .getByText(saying(zh.community.grant.granted(ANY, '120')))
    .waitFor();

  const resident = await residentAt(site(), xiaoge, '/', phone);
  await resident.page
    .getByText((before + 120).toLocaleString('en-US'), { exact: true })
    .first()
    .waitFor();
  await resident.page.getByRole('button', { name: zh.resident.usePoints }).click();
  await resident.page.getByRole('link', { name: /10 元代金券/ }).click();
  await resident.page.getByRole('button', { name: zh.resident.takeConfirm('100') }).click();
  await resident.page.getByRole('button', { name: zh.resident.showNow }).click();
  await resident.page.locator('.digits').waitFor();
  await shoot(resident.page, 'story-code', false);
  const code = (await resident.page.locator('.digits').innerText()).replaceAll(/\D/g, '');

  const cashier = await cashierAt(site(), tablet, till);
  await wedge(cashier.page, code);
  await answered(cashier.page, zh.counter.good('10'));
  await cashier.page.locator('.answer').getByText('葛**').waitFor();
  await cashier.page.getByRole('textbox', { name: zh.counter.amount }).fill('56.80');
  await cashier.page.getByRole('button', { name: zh.counter.redeem, exact: true }).click();
  await answered(cashier.page, zh.counter.done('10'));
  await cashier.page.getByText(zh.counter.paid('46.80')).waitFor();
  await shoot(cashier.page, 'story-counter', false);
  await resident.page.getByText(zh.resident.redeemedOff('10')).waitFor();
  await resident.page.getByText(till.store).first().waitFor();
  await shoot(resident.page, 'story-redeemed', false);

  await street.page.reload();
  await expect.poll(() => flow(street.page, '葛巷社区', '万和社区')).toBe(owedBefore + 100);

  // The goods come back: the cashier undoes it, and the voucher is good again.
  await cashier.page.getByRole('link', { name: zh.counter.today }).click();
  await cashier.page
    .getByRole('link', { name: /葛\*\*/ })
    .first()
    .click();
  await cashier.page.getByRole('button', { name: zh.counter.undoReasons[0]! }).click();
  await cashier.page.getByRole('button', { name: zh.counter.undo }).click();
  await cashier.page.getByText(zh.counter.status.reversed).first().waitFor();
  await resident.page.getByText(zh.resident.undone).waitFor();
});
