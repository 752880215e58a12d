import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, phone, shoot } from './support/browser.ts';
import { goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, en, saying, zh } from './support/words.ts';

const site = siteOfFile();

const sections = [
  { place: '/', title: saying(zh.community.home.title(ANY)), name: 'home' },
  { place: '/grant', title: zh.community.grant.title, name: 'grant' },
  { place: '/grant/batch', title: zh.community.batch.title, name: 'batch' },
  { place: '/grants', title: zh.community.grants.title, name: 'grants' },
  { place: '/residents', title: zh.community.sections.residents, name: 'residents' },
  { place: '/merchants', title: zh.community.merchants.title, name: 'merchants' },
  { place: '/rules', title: zh.community.rules.title, name: 'rules' },
  { place: '/proposals', title: zh.community.proposals.title, name: 'proposals' },
  { place: '/limits', title: zh.community.limits.title, name: 'limits' },
  { place: '/positions', title: zh.community.positions.title, name: 'positions' },
  { place: '/settlements', title: zh.community.runs.title, name: 'settlements' },
  { place: '/account', title: zh.console.account.title, name: 'account' },
];

describe('the community console', () => {
  it('shows every section at a desk, accessible to everybody', async () => {
    const { page } = await officerAt(desk, site(), officersOf(site(), 'wanhe')[0]!, '/community');
    for (const { place, title, name } of sections) {
      await goTo(page, place);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: zh.shared.loading }).count()).toBe(0);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      await expectAccessible(page);
      await shoot(page, `community-${name}`);
    }
  });

  it('fits a phone', async () => {
    const { page } = await officerAt(phone, site(), officersOf(site(), 'wanhe')[0]!, '/community');
    for (const { place, title, name } of [sections[0]!, sections[1]!]) {
      await goTo(page, place);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: zh.shared.loading }).count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await expectAccessible(page);
      await shoot(page, `community-${name}-phone`);
    }
    await page.getByRole('button', { name: zh.console.menu }).click();
    await shoot(page, 'community-menu-phone', false);
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: zh.community.sections.residents }).click();
    await page.getByRole('heading', { level: 1, name: zh.community.sections.residents }).waitFor();
    await page.getByRole('menuitem', { name: zh.community.sections.residents }).waitFor({ state: 'hidden' });
  });

  it('is there in English', async () => {
    const { page } = await officerAt(desk, site(), officersOf(site(), 'wanhe')[0]!, '/community#/grant');
    await page.getByRole('button', { name: zh.shared.language }).click();
    await page.getByRole('heading', { level: 1, name: en.community.grant.title }).waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toContain(en.community.sections.settlements);
  });
});
