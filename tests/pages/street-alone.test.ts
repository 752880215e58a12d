/** The street sets what an officer grants alone, and the page of the community goes by it. */
import { expect, it } from 'vitest';
import { desk, expectAccessible } from './support/browser.ts';
import { officerAt as atConsole, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { officerAt } from './support/street.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();
const { each, proposeIt } = zh.street.policies;
const { grant: granting, preview } = zh.community;

it('the policy of what is granted alone is proposed and approved by clicking, and told to an officer before anything is sent', async () => {
  const value = { points: 50, points_day: 500, points_resident_month: 100 };
  const means = each.grant_alone.means(value, String);
  const { page } = await officerAt(site(), '/policies/grant_alone');
  for (const [name, points] of Object.entries(value)) {
    await page.getByLabel(each.grant_alone.fields[name as keyof typeof value], { exact: true }).fill(String(points));
  }
  await page.getByRole('status').getByText(means).waitFor();
  await page.getByLabel(zh.console.reason).fill('按规定设置');
  await expectAccessible(page);
  await page.getByRole('button', { name: proposeIt }).click();
  const title = zh.console.matters.policy.title(each.grant_alone.name, means);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const other = await officerAt(site(), '/proposals', { nth: 1 });
  await other.page.getByRole('link', { name: title }).click();
  await other.page.getByRole('button', { name: zh.street.proposals.approve }).click();
  await other.page.getByText(zh.street.states.proposal.approved, { exact: true }).waitFor();

  const community = await atConsole(desk, site(), officersOf(site(), 'wanhe')[0]!, '/community#/grant');
  const resident = site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
  await community.page.getByRole('combobox', { name: granting.resident }).waitFor();
  for (const text of [resident.phone, '志愿']) {
    await community.page.keyboard.type(text);
    await community.page.keyboard.press('Enter');
    await community.page.keyboard.press('Tab');
  }
  const hours = community.page.getByRole('spinbutton', { name: granting.hours });
  await hours.fill('2');
  await community.page.getByText(preview.alone).waitFor();
  await hours.fill('3');
  await community.page.getByText(preview.over.grant('50')).waitFor();
  await community.page.getByRole('button', { name: granting.propose }).waitFor();
  expect(await community.page.getByRole('button', { name: granting.submit, exact: true }).count()).toBe(0);
});
