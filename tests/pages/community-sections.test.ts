import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, phone, shoot, throughout } from './support/browser.ts';
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
  { place: '/residents/register', title: zh.community.people.desk.title, name: 'residents-register' },
  { place: '/residents/list', title: zh.community.people.file.title, name: 'residents-list' },
  { place: '/residents/waiting', title: zh.community.people.waiting.title, name: 'residents-waiting' },
  { place: '/residents/stop-change', title: zh.community.people.stop.title, name: 'residents-stop-change' },
  { place: '/merchants', title: zh.community.merchants.title, name: 'merchants' },
  { place: '/rules', title: zh.community.rules.title, name: 'rules' },
  { place: '/proposals', title: zh.community.proposals.title, name: 'proposals' },
  { place: '/limits', title: zh.community.limits.title, name: 'limits' },
  { place: '/positions', title: zh.community.positions.title, name: 'positions' },
  { place: '/settlements', title: zh.community.runs.title, name: 'settlements' },
  { place: '/account', title: zh.console.account.title, name: 'account' },
];

type Section = (typeof sections)[number];

/** Goes to a section, and waits until nothing loads any more. */
async function openSection(page: Page, { place, title }: Section): Promise<void> {
  await goTo(page, place);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await expect.poll(() => page.getByRole('status', { name: zh.shared.loading }).count()).toBe(0);
}

describe('at a desk, the community console', () => {
  const officer = throughout(() => officerAt(desk, site(), officersOf(site(), 'wanhe')[0]!, '/community'));

  it.each(sections)('shows its section $name, accessible to everybody', async (section) => {
    const { page } = officer();
    await openSection(page, section);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await expectAccessible(page);
    await shoot(page, `community-${section.name}`);
  });
});

describe('on a phone, the community console', () => {
  const officer = throughout(() => officerAt(phone, site(), officersOf(site(), 'wanhe')[0]!, '/community'));

  it.each(sections.slice(0, 2))('fits in its section $name', async (section) => {
    const { page } = officer();
    await openSection(page, section);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
    await shoot(page, `community-${section.name}-phone`);
  });

  it('has a menu, which closes once it has been chosen from', async () => {
    const { page } = officer();
    await page.getByRole('button', { name: zh.console.menu }).click();
    await shoot(page, 'community-menu-phone', false);
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: zh.community.sections.residents }).click();
    await page.getByRole('heading', { level: 1, name: zh.community.sections.residents }).waitFor();
    await page.getByRole('menuitem', { name: zh.community.sections.residents }).waitFor({ state: 'hidden' });
  });
});

describe('the community console', () => {
  it('is there in English', async () => {
    const { page } = await officerAt(desk, site(), officersOf(site(), 'wanhe')[0]!, '/community#/grant');
    await page.getByRole('button', { name: zh.shared.language }).click();
    await page.getByRole('heading', { level: 1, name: en.community.grant.title }).waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toContain(en.community.sections.settlements);
  });
});
