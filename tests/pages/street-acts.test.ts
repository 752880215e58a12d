import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { closeDayOver } from '../../src/redeem/index.ts';
import { personAt, desk, expectAccessible, shoot } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { accessAnswer, accessFor, callAs, officerAt, officerOf, signIn, streetOfficer } from './support/street.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const DAY_MS = 86_400_000;
const { rate } = zh.street.policies.each;
const MEANS = rate.means({ points: 200, fen: 1_000 }, (community) => community);
const RATE = zh.console.matters.policy.title(rate.name, MEANS);

// A day later than the demo ends, so that there is a day to be settled.
const site = siteOfFile(DAY_MS);

describe('an officer of the street', () => {
  it('settles a run step by step: opened, closed, confirmed and paid by the communities', async () => {
    await closeDayOver({ ...site().service, view: site().service.store });
    const { page } = await officerAt(site(), '/runs');
    await page.getByRole('button', { name: zh.street.runs.open }).click();
    const opening = page.getByRole('dialog', { name: zh.street.runs.openTitle });
    await opening.getByLabel(zh.street.runs.through).fill('2020-01-01');
    await opening.getByRole('button', { name: zh.street.runs.open }).click();
    await opening.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    await opening.getByLabel(zh.street.runs.through).fill(site().today(-1));
    await opening.getByRole('button', { name: zh.street.runs.open }).dblclick();
    await page.getByRole('heading', { level: 1, name: saying(zh.street.runs.titleOf(DIGITS)) }).waitFor();
    await page.getByText(zh.street.runs.waitsForClose).waitFor();

    await page.getByRole('button', { name: zh.street.runs.close, exact: true }).click();
    const closing = page.getByRole('dialog');
    await closing.getByText(zh.street.runs.closeFreezes[1]!).waitFor();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await shoot(page, 'street-run-close', false);
    await closing.getByRole('button', { name: zh.street.runs.closeNow }).click();
    await page.getByRole('heading', { name: zh.street.runs.sums }).waitFor();
    const runId = /runs\/(run_[0-9a-f]+)/.exec(page.url())![1]!;
    const run = await street('GET', `/v1/settlement-runs/${runId}`);
    await page.getByText(zh.street.runs.confirmationsMissing(run['unconfirmed'])).waitFor();
    await shoot(page, 'street-run-closed');

    const { items: payments } = (await street('GET', `/v1/settlement-runs/${runId}/payments`)) as { items: Payment[] };
    for (const { id, debtor, creditor } of payments) {
      for (const { community_id: of } of [debtor, creditor]) await by(of, `/v1/settlement-payments/${id}/confirmation`, {});
    }
    await page.reload();
    await page.getByText(saying(zh.street.runs.paymentsMissing(DIGITS))).waitFor();
    for (const [n, { id, debtor, creditor }] of payments.entries()) {
      await by(debtor.community_id, `/v1/settlement-payments/${id}/made`, { bank_reference: `付${n}` });
      await by(creditor.community_id, `/v1/settlement-payments/${id}/received`, { bank_reference: `收${n}` });
    }
    await page.reload();
    const rows = page.getByRole('table', { name: zh.street.runs.tabs.payments }).getByRole('row');
    await rows
      .filter({ hasText: zh.street.states.payment.settled })
      .nth(payments.length - 1)
      .waitFor();
    for (const tab of [zh.street.runs.tabs.payouts, zh.street.runs.tabs.positions, zh.street.runs.tabs.statements]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel', { name: tab }).getByRole('table').first().waitFor();
    }
    await shoot(page, 'street-run-statements');
    await paysMerchants(runId);
    await page.reload();
    await page.getByText(zh.street.runs.nothingLeft).waitFor();
    for (const missing of [saying(zh.street.runs.paymentsMissing(DIGITS)), zh.street.runs.notBooked]) {
      expect(await page.getByText(missing).count()).toBe(0);
    }
    const file = await page
      .context()
      .request.get(
        (await page.getByRole('link', { name: zh.street.runs.payoutFileOf('万和社区') }).getAttribute('href'))!.replace(/^/, site().url),
      );
    expect(file.headers()['content-type']).toContain('text/csv');
    await page.goBack();
    expect(await page.getByRole('tab', { name: zh.street.runs.tabs.positions }).getAttribute('aria-selected')).toBe('true');
  });

  it('proposes a policy, keeps what was typed, and another officer approves it', async () => {
    const { page } = await officerAt(site(), '/policies/rate');
    await page.getByLabel(rate.fields.points, { exact: true }).fill('200');
    await page.getByText(MEANS).waitFor();
    await page.reload();
    expect(await page.getByLabel(rate.fields.points, { exact: true }).inputValue()).toBe('200');
    await page.getByRole('button', { name: zh.street.policies.proposeIt }).click();
    await page.getByText(zh.console.required).waitFor();
    await page.getByLabel(zh.console.reason).fill('试行新标准');
    await page.getByRole('button', { name: zh.street.policies.proposeIt }).dblclick();
    await page.getByRole('heading', { level: 1, name: RATE }).waitFor();
    await page.getByText(zh.street.proposals.own).waitFor();
    expect(await page.getByRole('button', { name: zh.street.proposals.approve }).count()).toBe(0);
    await shoot(page, 'street-proposal');
    const { items: open } = await street('GET', '/v1/proposals?status=open');
    expect(open).toHaveLength(1);

    const other = await officerAt(site(), '/proposals', { nth: 1 });
    await other.page.getByRole('link', { name: RATE }).click();
    await other.page.getByRole('button', { name: zh.street.proposals.approve }).click();
    await other.page.getByText(zh.street.states.proposal.approved, { exact: true }).waitFor();
    await other.page.goto(`${site().url}/street#/policies`);
    await other.page.getByRole('row', { name: rate.name }).getByText(MEANS).waitFor();
    // The tab of the first officer does not know of it yet: what it still offers is refused, and says why.
    await page.getByRole('button', { name: zh.street.proposals.withdraw }).click();
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('不再需要');
    await page.getByRole('dialog').getByRole('button', { name: zh.street.proposals.withdraw }).click();
    await page
      .getByRole('dialog')
      .getByText(saying(zh.shared.requestId(ANY)))
      .waitFor();
  });

  it('sets the calendar as the notice of the holidays has it, and hears of a day that stands there twice', async () => {
    const { calendar } = zh.street.policies.each;
    const { page } = await officerAt(site(), '/policies/calendar');
    const off = page.getByLabel(calendar.fields.off, { exact: true });
    const on = page.getByLabel(calendar.fields.on, { exact: true });
    await off.fill('2027年1月1日\n2027年2月15日、2027年2月16日、1月1日');
    await on.fill('2027-02-20、2027-02-16');
    await page.getByLabel(zh.console.reason).fill('国务院办公厅通知');
    const submit = page.getByRole('button', { name: zh.street.policies.proposeIt });
    await submit.click();
    await page.getByText(zh.street.policies.daysWrong.unreadable('1月1日')).waitFor();
    await off.fill('2027年1月1日\n2027年2月15日、2027年2月16日');
    await submit.click();
    await page.getByText(zh.street.policies.daysWrong.twice('2027-02-16')).first().waitFor();
    await shoot(page, 'street-calendar');
    await on.fill('2027-02-20');
    const value = { off: ['2027-01-01', '2027-02-15', '2027-02-16'], on: ['2027-02-20'] };
    const means = calendar.means(value, String);
    await page.getByRole('status').getByText(means).waitFor();
    await submit.click();
    await page.getByRole('heading', { level: 1, name: zh.console.matters.policy.title(calendar.name, means) }).waitFor();
    const { items } = await street('GET', '/v1/proposals?status=open');
    expect(items.map(({ input }: { input: object }) => input)).toContainEqual({ name: 'calendar', value, effective_from: null });
  });

  it('makes a client whose secret works, rotates and revokes it', async () => {
    const { page } = await officerAt(site(), '/clients/new');
    await page.getByText(zh.street.clients.kinds.machine).click();
    await page.getByLabel(zh.street.clients.name).fill('街道大屏');
    const keys: string[] = [];
    await page.route('**/v1/clients', async (route) => {
      keys.push(route.request().headers()['idempotency-key']!);
      // The first answer is lost: nobody knows whether it was done.
      if (keys.length === 1) {
        await route.fetch();
        return route.abort();
      }
      return route.continue();
    });
    await page.getByRole('button', { name: zh.street.clients.create }).click();
    await page.getByText(zh.shared.unknownOutcome).waitFor();
    await page.getByRole('button', { name: zh.shared.retry }).click();
    const [id, secret] = await secretShown(page);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
    await shoot(page, 'street-client-secret');
    expect((await accessAnswer(site(), { client_id: id, client_secret: secret })).status).toBe(200);

    await page.getByRole('link', { name: zh.street.clients.all }).click();
    expect(await page.getByText(secret).count()).toBe(0);
    const row = page.getByRole('row', { name: /街道大屏/ });
    await row.getByRole('button', { name: zh.street.clients.rotate }).click();
    await page.getByRole('dialog').getByRole('button', { name: zh.street.clients.rotateNow }).click();
    const [, next] = await secretShown(page);
    expect(next).not.toBe(secret);
    expect((await accessAnswer(site(), { client_id: id, client_secret: next })).status).toBe(200);
    await row.getByRole('button', { name: zh.street.clients.revoke }).click();
    await page.getByRole('dialog').getByText(zh.street.clients.revokeHint).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: zh.street.clients.revokeNow }).click();
    await row.getByText(zh.street.clients.statuses.revoked).waitFor();
    expect((await accessAnswer(site(), { client_id: id, client_secret: next })).status).toBe(401);
  });

  it('states which resident an officer is, found by the phone, and a second officer approves it', async () => {
    const { people } = zh.street;
    const { page } = await officerAt(site(), '/people');
    const officer = officerOf(site(), 'wanhe');
    const resident = site().cast.residents.find(({ community_id: of }) => of === 'wanhe')!;
    await page.getByLabel(people.office).click();
    await page.locator('.ant-select-item-option', { hasText: officer.community }).click();
    const row = page.getByRole('row', { name: officer.name });
    await row.getByText(saying(people.personUntil(people.personNone, ANY))).waitFor();
    await row.getByRole('button', { name: people.personState }).click();
    const dialog = page.getByRole('dialog', { name: people.personTitle(officer.name) });
    await dialog.getByLabel(zh.console.reason).fill('本人说明');
    await dialog.getByRole('button', { name: people.propose }).click();
    await dialog.getByText(people.personAsked).waitFor();
    await dialog.getByRole('combobox').click();
    await page.keyboard.type(resident.phone);
    await page.locator('.ant-select-item-option-active', { hasText: resident.name }).waitFor();
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: people.propose }).click();
    await page.getByRole('heading', { level: 1, name: zh.console.matters.officer_person.called }).waitFor();
    await page.getByRole('main').getByText(resident.name).waitFor();
    const other = await officerAt(site(), page.url().split('#')[1], { nth: 1 });
    await other.page.getByRole('button', { name: zh.street.proposals.approve }).click();
    await other.page.getByText(zh.street.states.proposal.approved, { exact: true }).waitFor();
    const { items } = await street('GET', '/v1/officers?community_id=wanhe&limit=100');
    const stated = items.find(({ name }: { name: string }) => name === officer.name);
    expect(stated.resident_id).toBe(resident.resident_id);
    await other.page.goto(`${site().url}/street#/people`);
    await other.page.getByLabel(people.office).click();
    await other.page.locator('.ant-select-item-option', { hasText: officer.community }).click();
    await other.page
      .getByRole('row', { name: officer.name })
      .getByText(saying(people.personUntil(resident.name, ANY)))
      .waitFor();
  });

  it('signs in again where the session has ended, and nothing typed is lost', async () => {
    const { page, context } = await officerAt(site(), '/ledger/adjustments');
    await page.getByLabel(zh.console.reason).fill('记错了商户');
    await page.getByLabel(zh.street.ledger.wrongId).fill(`ent_${'0'.repeat(32)}`);
    await context.clearCookies();
    await page.getByRole('button', { name: zh.street.ledger.propose }).click();
    const again = page.getByRole('dialog', { name: zh.shared.signInAgain });
    await again.waitFor();
    await signIn(page, streetOfficer(site()));
    await again.waitFor({ state: 'detached' });
    expect(await page.getByLabel(zh.console.reason).inputValue()).toBe('记错了商户');
    await page.getByRole('button', { name: zh.street.ledger.propose }).click();
    await page.getByRole('heading', { level: 1, name: zh.console.matters.adjustment.called }).waitFor();
  });

  it('is nobody else: an officer of a community is told so', async () => {
    const { page } = await personAt(desk, `${site().url}/street`);
    await signIn(page, officerOf(site(), 'wanhe'));
    await page.getByText(zh.shared.wrongPlace).waitFor();
  });
});

type Payout = { readonly id: string; readonly community_id: string; readonly fen: number };
type Payment = {
  readonly id: string;
  readonly debtor: { readonly community_id: string };
  readonly creditor: { readonly community_id: string };
};

async function street(method: string, path: string): Promise<Record<string, any>> {
  return (await callAs(site(), streetOfficer(site()), method, path)).body;
}

async function by(communityId: string, path: string, body: object): Promise<void> {
  const { status } = await callAs(site(), officerOf(site(), communityId), 'POST', path, body);
  expect(status).toBe(200);
}

/** Every community books what its bank says: that all its merchants are paid. */
async function paysMerchants(runId: string): Promise<void> {
  const { items } = await street('GET', `/v1/settlement-runs/${runId}/payouts?state=due&limit=100`);
  for (const [communityId, payouts] of Map.groupBy(items as Payout[], ({ community_id: of }) => of)) {
    const lines = payouts.map(({ id, fen }, n) => `${id},${fen},paid,商${n}`);
    const csv = ['payout_id,amount_fen,result,bank_reference', ...lines, ''].join('\n');
    const answered = await fetch(`${site().url}/v1/settlement-runs/${runId}/payout-results`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await accessFor(site(), officerOf(site(), communityId))}`,
        'idempotency-key': crypto.randomUUID(),
        'content-type': 'text/csv',
        'x-content-sha256': createHash('sha256').update(csv).digest('hex'),
      },
      body: csv,
    });
    expect(answered.status, await answered.text()).toBe(200);
  }
}

/** The id and the secret that stand on the screen, this once. */
async function secretShown(page: Awaited<ReturnType<typeof officerAt>>['page']): Promise<[id: string, secret: string]> {
  const shown = page.getByRole('status').filter({ hasText: /只显示这一次/ });
  await shown.waitFor();
  const [id, secret] = await shown.locator('code').allTextContents();
  return [id!.trim(), secret!.trim()];
}
