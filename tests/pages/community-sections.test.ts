import { describe, expect, it } from 'vitest';
import { browserOfFile, desk, expectAccessible, phone, shoot } from './support/browser.ts';
import { goTo, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

const sections = [
  { place: '/', title: /今日/, name: 'home' },
  { place: '/grant', title: '发积分', name: 'grant' },
  { place: '/grant/batch', title: '批量发放', name: 'batch' },
  { place: '/grants', title: '发放记录', name: 'grants' },
  { place: '/residents', title: '居民', name: 'residents' },
  { place: '/merchants', title: '商户', name: 'merchants' },
  { place: '/rules', title: '积分规则', name: 'rules' },
  { place: '/proposals', title: '提案', name: 'proposals' },
  { place: '/limits', title: '积分额度', name: 'limits' },
  { place: '/positions', title: '社区往来', name: 'positions' },
  { place: '/settlements', title: '清算', name: 'settlements' },
  { place: '/account', title: '我的账号', name: 'account' },
];

describe('the community console', () => {
  it('shows every section at a desk, accessible to everybody', async () => {
    const { page } = await officerAt(browser(), desk, site(), officersOf(site(), 'wanhe')[0]!, '/community');
    for (const { place, title, name } of sections) {
      await goTo(page, place);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: '正在加载…' }).count()).toBe(0);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      await expectAccessible(page);
      await shoot(page, `community-${name}`);
    }
  });

  it('fits a phone', async () => {
    const { page } = await officerAt(browser(), phone, site(), officersOf(site(), 'wanhe')[0]!, '/community');
    for (const { place, title, name } of [sections[0]!, sections[1]!]) {
      await goTo(page, place);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: '正在加载…' }).count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await expectAccessible(page);
      await shoot(page, `community-${name}-phone`);
    }
    await page.getByRole('button', { name: '菜单' }).click();
    await shoot(page, 'community-menu-phone', false);
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: '居民' }).click();
    await page.getByRole('heading', { level: 1, name: '居民' }).waitFor();
    await page.getByRole('menuitem', { name: '居民' }).waitFor({ state: 'hidden' });
  });

  it('is there in English', async () => {
    const { page } = await officerAt(browser(), desk, site(), officersOf(site(), 'wanhe')[0]!, '/community#/grant');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Grant points' }).waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toContain('Settlement');
  });
});
