import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, phone, shoot, throughout } from './support/browser.ts';
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
  { name: 'personal', path: '/personal', heading: zh.street.personal.title },
  { name: 'figures', path: '/figures', heading: zh.street.figures.title },
  { name: 'account', path: '/account', heading: zh.console.account.title },
];

/** Goes to a section, and waits until it stands still. */
async function openSection(page: Page, { path, heading }: (typeof sections)[number]): Promise<void> {
  await page.goto(`${site().url}/street#${path}`);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await settled(page);
}

describe('at a desk, the street office’s console', () => {
  const officer = throughout(() => officerAt(site()));

  it.each(sections)('shows its section $name, which can be read by anybody', async (section) => {
    const { page } = officer();
    await openSection(page, section);
    await shoot(page, `street-${section.name}`);
    await expectAccessible(page);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });
});

describe('on a phone, the street office’s console', () => {
  const officer = throughout(() => officerAt(site(), '/', { view: phone }));

  it.each(sections.slice(0, 2))('fits in its section $name', async (section) => {
    const { page } = officer();
    await openSection(page, section);
    await shoot(page, `street-${section.name}-phone`);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

describe('the street office’s console', () => {
  it('speaks English, too', async () => {
    const { page } = await officerAt(site());
    await page.getByRole('button', { name: zh.shared.language }).click();
    const { policies, flows, audits } = en.street;
    for (const [path, { title: heading }] of Object.entries({ '/policies': policies, '/flows': flows, '/audits': audits })) {
      await page.goto(`${site().url}/street#${path}`);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    }
  });
});

/** Waits until nothing loads any more, and every picture is drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .ant-spin-spinning') === null);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await page.waitForFunction(() => [...document.querySelectorAll('.chart-picture')].every((each) => each.querySelector('canvas')));
}
