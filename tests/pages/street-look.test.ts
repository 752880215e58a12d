import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, phone, shoot } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { officerAt } from './support/street.ts';

const site = siteOfFile();
const browser = browserOfFile();

/** Every section, with what has to be there before it is looked at. */
const sections = [
  { name: 'overview', path: '/', heading: '总览' },
  { name: 'flows', path: '/flows', heading: '社区往来' },
  { name: 'runs', path: '/runs', heading: '清算' },
  { name: 'limits', path: '/limits', heading: '额度与资金池' },
  { name: 'fund', path: '/limits/wanhe', heading: '万和社区资金池' },
  { name: 'policies', path: '/policies', heading: '政策' },
  { name: 'policy', path: '/policies/exposure_limit', heading: '积分额度' },
  { name: 'proposals', path: '/proposals', heading: '提案' },
  { name: 'people', path: '/people', heading: '社区与人员' },
  { name: 'clients', path: '/clients', heading: '接入' },
  { name: 'client-new', path: '/clients/new', heading: '新建凭证' },
  { name: 'ledger', path: '/ledger', heading: '账本' },
  { name: 'accounts', path: '/ledger/accounts/wanhe/payable', heading: '万和社区:应付商户' },
  { name: 'adjustments', path: '/ledger/adjustments', heading: '调整' },
  { name: 'audits', path: '/audits', heading: '审计' },
  { name: 'figures', path: '/figures', heading: '数据' },
  { name: 'account', path: '/account', heading: '我的账号' },
];

describe('the street office’s console', () => {
  it('shows every section, which can be read by anybody', async () => {
    const { page } = await officerAt(browser(), site());
    for (const { name, path, heading } of sections) {
      await page.goto(`${site().url}/street#${path}`);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      await settled(page);
      await shoot(page, `street-${name}`);
      await expectAccessible(page);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }
  });

  it('speaks English, too', async () => {
    const { page } = await officerAt(browser(), site());
    await page.getByRole('button', { name: 'English' }).click();
    for (const [path, heading] of Object.entries({ '/policies': 'Policies', '/flows': 'Flows', '/audits': 'Audits' })) {
      await page.goto(`${site().url}/street#${path}`);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    }
  });

  it('goes on a phone', async () => {
    const { page } = await officerAt(browser(), site(), '/', { view: phone });
    for (const { name, path, heading } of sections.slice(0, 2)) {
      await page.goto(`${site().url}/street#${path}`);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      await settled(page);
      await shoot(page, `street-${name}-phone`);
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });
});

/** Waits until nothing loads any more, and every picture is drawn. */
async function settled(page: Awaited<ReturnType<typeof officerAt>>['page']): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .ant-spin-spinning') === null);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await page.waitForFunction(() => [...document.querySelectorAll('.chart-picture')].every((each) => each.querySelector('canvas')));
}
