import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { officerAt } from './support/street.ts';
import { en, zh } from './support/words.ts';

const site = siteOfFile();

/** Every section, with what has to be there before it is looked at. */
const sections = [
  { name: 'overview', path: '/', heading: zh.street.overview.title },
  { name: 'flows', path: '/flows', heading: zh.street.flows.title },
  { name: 'runs', path: '/runs', heading: zh.street.runs.title },
  { name: 'limits', path: '/limits', heading: zh.street.limits.title },
  { name: 'fund', path: '/limits/wanhe', heading: zh.street.limits.fundOf('万和社区') },
  { name: 'policies', path: '/policies', heading: zh.street.policies.title },
  { name: 'policy', path: '/policies/exposure_limit', heading: zh.street.policies.each.exposure_limit.name },
  { name: 'proposals', path: '/proposals', heading: zh.street.proposals.title },
  { name: 'people', path: '/people', heading: zh.street.people.title },
  { name: 'clients', path: '/clients', heading: zh.street.clients.title },
  { name: 'client-new', path: '/clients/new', heading: zh.street.clients.create },
  { name: 'ledger', path: '/ledger', heading: zh.street.ledger.title },
  {
    name: 'accounts',
    path: '/ledger/accounts/wanhe/payable',
    heading: zh.street.ledger.accountsTitle('万和社区', zh.street.ledger.kinds.payable),
  },
  { name: 'adjustments', path: '/ledger/adjustments', heading: zh.street.ledger.adjustments },
  { name: 'audits', path: '/audits', heading: zh.street.audits.title },
  { name: 'figures', path: '/figures', heading: zh.street.figures.title },
  { name: 'account', path: '/account', heading: zh.console.account.title },
];

describe('the street office’s console', () => {
  it('shows every section, which can be read by anybody', async () => {
    const { page } = await officerAt(site());
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
    const { page } = await officerAt(site());
    await page.getByRole('button', { name: zh.shared.language }).click();
    const { policies, flows, audits } = en.street;
    for (const [path, { title: heading }] of Object.entries({ '/policies': policies, '/flows': flows, '/audits': audits })) {
      await page.goto(`${site().url}/street#${path}`);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    }
  });

  it('goes on a phone', async () => {
    const { page } = await officerAt(site(), '/', { view: phone });
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
