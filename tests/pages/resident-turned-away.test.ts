import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setMerchantStatus } from '../../src/communities/index.ts';
import { SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { expectAccessible, shoot } from './support/browser.ts';
import { call } from './support/counter.ts';
import { residentAt, residentWith, taken } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

/** Answers the next requests for a code as a service does that made one a moment ago. */
async function turnAway(page: Page, times: number, seconds: number): Promise<void> {
  const body = {
    type: '/problems/code_minted_too_often',
    title: 'This voucher got a code a moment ago',
    status: 429,
    detail: 'Ask again.',
    code: 'code_minted_too_often',
    request_id: 'req_1',
    retryable: true,
    action: 'Wait.',
    cashier_message: '请稍等，新的券码马上就好',
    details: { retry_after_seconds: seconds },
  };
  const answer = { status: 429, contentType: 'application/problem+json', body: JSON.stringify(body) };
  await page.route(
    (url) => url.pathname.endsWith('/codes'),
    (route) => route.fulfill(answer),
    { times },
  );
}

describe('a code that was asked for too often', () => {
  it('is waited for without an alarm, and comes by itself', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page } = await residentAt(site(), resident, '/vouchers');
    await turnAway(page, 2, 1);
    await page.locator(`a[href="#/vouchers/${id}/code"]`).click();
    await page.getByRole('status').getByText(zh.resident.codeSoon).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
    await page.locator('.digits').waitFor();
    await page.getByText(zh.resident.codeHow).waitFor();
    expect(await page.getByText(zh.resident.codeSoon).count()).toBe(0);
  });

  it('by the service itself, opened twice in a moment, comes too', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    expect((await call(site(), resident, 'POST', `/v1/me/vouchers/${id}/codes`, {})).status).toBe(201);
    expect((await call(site(), resident, 'POST', `/v1/me/vouchers/${id}/codes`, {})).status).toBe(429);
    const { page } = await residentAt(site(), resident, `/vouchers/${id}/code`);
    await page.locator('.digits').waitFor();
  });

  it('that has to wait for minutes says how long', async () => {
    const resident = await residentWith(site(), 100);
    const id = await taken(site(), resident);
    const { page } = await residentAt(site(), resident, '/vouchers');
    await turnAway(page, 1, 280);
    await page.locator(`a[href="#/vouchers/${id}/code"]`).click();
    await page.getByText(zh.resident.codeLater(5)).waitFor();
    expect(await page.getByText(zh.resident.codeHow).count(), 'there is nothing to show the cashier').toBe(0);
    await shoot(page, 'resident-code-later');
    await expectAccessible(page);
  });
});

describe('a shop that is suspended', () => {
  it('is said so on the voucher, its code and the offer, and the voucher can be returned', async () => {
    const offer = site().cast.offers.find(({ merchant_id: merchant }) => merchant !== null)!;
    const merchant = offer.merchant_id!;
    const resident = await residentWith(site(), offer.points);
    const made = await call(site(), resident, 'POST', '/v1/me/vouchers', { offer_id: offer.offer_id });
    const { id, merchant_name: shop } = made.body as { id: string; merchant_name: string };
    const set = (status: 'active' | 'suspended') => {
      const input = { by: { id: SYSTEM_CLIENT, communityId: null }, id: merchant, status, reason: '核查' };
      return site().service.engine.bySystem(setMerchantStatus, input, `test-${status}`);
    };
    await set('suspended');
    onTestFinished(async () => void (await set('active')));

    const { page } = await residentAt(site(), resident, '/vouchers');
    const card = page.locator('li', { has: page.locator(`a[href="#/vouchers/${id}"]`) });
    await card.getByText(saying(zh.resident.shopSuspended, 'start')).waitFor();
    expect(await card.getByText(zh.resident.showCode).count()).toBe(0);
    await shoot(page, 'resident-shop-suspended');
    await page.locator(`a[href="#/vouchers/${id}"]`).click();
    await page.getByText(zh.resident.shopSuspendedHint(shop)).waitFor();
    expect(await page.getByRole('button', { name: zh.resident.showCode }).count()).toBe(0);
    await page.getByRole('button', { name: zh.resident.cancelVoucher }).waitFor();
    await shoot(page, 'resident-voucher-suspended-shop');
    await expectAccessible(page);

    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await page.goto(`${site().url}/#/vouchers/${id}/code`);
    await page.getByRole('heading', { name: zh.resident.shopSuspendedTitle }).waitFor();
    expect(asked.filter((path) => path.endsWith('/codes'))).toEqual([]);

    await page.goto(`${site().url}/#/exchange/${offer.offer_id}`);
    const sheet = page.getByRole('dialog');
    await sheet.getByText(zh.resident.offerSuspended).waitFor();
    expect(await sheet.getByRole('button', { name: saying(zh.resident.takeConfirm(ANY)) }).isDisabled()).toBe(true);
  });
});
