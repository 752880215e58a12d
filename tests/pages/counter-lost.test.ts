import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ANSWER_MS } from '../../web/counter/queue/entry.ts';
import { desk, expectAccessible, phone, shoot } from './support/browser.ts';
import { answered, cashierAt, fateOf, redemptionsOf, shown, type Shown, wedge } from './support/counter.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();

const MINUTE_MS = 60_000;

const redemptions = '**/v1/redemptions';
const pending = (page: Page) => page.getByRole('region', { name: zh.counter.pending });

/** The server does it, and its answer is lost. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch();
  await route.abort();
}

/** Lets the time pass that the counter gives an answer to come. */
const giveUpWaiting = (page: Page) => page.clock.fastForward(ANSWER_MS);

async function redeem(page: Page, voucher: Pick<Shown, 'code'>): Promise<void> {
  await wedge(page, voucher.code);
  await answered(page, zh.counter.good('10'));
  await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
  await page.getByRole('button', { name: zh.counter.redeem, exact: true }).click();
}

describe('an answer that is lost', () => {
  it('is found out by itself: one redemption, and the card turns green', async () => {
    const { page } = await cashierAt(site(), { ...phone, clockMoved: true });
    const voucher = await shown(site());
    await page.route(redemptions, loseAnswer, { times: 1 });
    await redeem(page, voucher);
    await answered(page, zh.counter.unknown);
    await pending(page).getByText(zh.counter.settlingUnsaid).waitFor();
    await shoot(page, 'counter-unknown-phone');
    await expectAccessible(page);
    await giveUpWaiting(page);
    await page.getByText(zh.counter.paid('20.00')).waitFor();
    await pending(page).waitFor({ state: 'detached' });
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });

  it('of a request that never arrived: the very same is sent again', async () => {
    const { page } = await cashierAt(site(), { ...desk, clockMoved: true });
    const voucher = await shown(site());
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/redemptions')) keys.push(request.headers()['idempotency-key']);
    });
    await page.route(redemptions, (route) => route.abort(), { times: 1 });
    await redeem(page, voucher);
    await answered(page, zh.counter.unknown);
    await giveUpWaiting(page);
    await page.getByText(zh.counter.paid('20.00')).waitFor();
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });

  it('is voided where no discount was given, whether or not it had been done', async () => {
    const { page, context } = await cashierAt(site(), desk);
    const voucher = await shown(site());
    await page.route(redemptions, loseAnswer, { times: 1 });
    await redeem(page, voucher);
    await page.locator('.answer').getByRole('button', { name: zh.counter.notGivenVoid }).click();
    await answered(page, zh.counter.voided);
    expect(await fateOf(site(), voucher)).toEqual(['voided']);

    const other = await shown(site());
    await page.route(redemptions, (route) => route.abort(), { times: 1 });
    await redeem(page, other);
    await answered(page, zh.counter.unknown);
    await context.setOffline(true);
    await page.locator('.answer').getByRole('button', { name: zh.counter.notGivenVoid }).click();
    await pending(page).getByText(zh.counter.voiding).waitFor();
    await context.setOffline(false);
    await answered(page, zh.counter.voided);
    expect(await fateOf(site(), other)).toEqual([]);
  });

  it('of which the discount was given is forwarded with the time it was shown, if its code ran out before it arrived', async () => {
    const { page } = await cashierAt(site(), desk);
    const voucher = await shown(site());
    await page.route(redemptions, async (route) => {
      const body = { code: 'code_expired', detail: '', action: '', cashier_message: '券码已过期', request_id: '', status: 409 };
      await route.fulfill({ status: 409, json: body });
    });
    await page.route(redemptions, (route) => route.abort(), { times: 1 });
    const forwarded = page.waitForRequest('**/v1/redemption-batches');
    await redeem(page, voucher);
    await page.locator('.answer').getByRole('button', { name: zh.counter.givenSettle }).click();
    await pending(page).getByText(zh.counter.settlingGiven).waitFor();
    await pending(page).getByText(zh.counter.done('10')).waitFor();
    expect((await forwarded).postDataJSON()).toMatchObject({ items: [{ code: voucher.code, presented_at: expect.any(String) }] });
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });

  it('is settled after a reload, once by two tabs, and says what came of it until somebody has seen it', async () => {
    const { page, context } = await cashierAt(site(), desk);
    const voucher = await shown(site());
    await context.route(redemptions, (route) => route.abort());
    await context.route('**/v1/redemptions?request_no=*', (route) => route.abort());
    await redeem(page, voucher);
    await answered(page, zh.counter.unknown);
    await page.reload();
    await pending(page).getByText(zh.counter.settlingUnsaid).waitFor();
    const second = await context.newPage();
    await second.goto(`${site().url}/counter`);
    await pending(second).getByText(zh.counter.settlingUnsaid).waitFor();
    const sent: string[] = [];
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/redemptions')) sent.push(request.url());
    });
    await context.unroute('**/v1/redemptions?request_no=*');
    await context.unroute(redemptions);
    await pending(page).getByText(zh.counter.done('10')).waitFor();
    await pending(second).getByText(zh.counter.done('10')).waitFor();
    expect(sent).toHaveLength(1);
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
    // The resident had gone without the discount.
    await pending(page).getByRole('button', { name: zh.counter.notGivenVoid }).click();
    await pending(second).getByText(zh.counter.status.voided).waitFor();
    expect(await fateOf(site(), voucher)).toEqual(['voided']);
    await pending(second).getByRole('button', { name: zh.counter.seen }).click();
    await pending(page).waitFor({ state: 'detached' });
  });

  it('is settled by who signs in after the session has ended', async () => {
    const { page, context } = await cashierAt(site(), { ...desk, clockMoved: true });
    const voucher = await shown(site());
    await wedge(page, voucher.code);
    await answered(page, saying(zh.counter.good(ANY)));
    await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
    await context.clearCookies();
    await page.getByRole('button', { name: zh.counter.redeem, exact: true }).click();
    const again = page.getByRole('dialog', { name: zh.shared.signInAgain });
    await again.waitFor();
    await pending(page).getByText(zh.counter.settlingUnsaid).waitFor();
    const { login, password } = site().cast.tills[0]!;
    await again.getByRole('textbox', { name: zh.shared.login }).fill(login);
    await again.getByRole('textbox', { name: zh.shared.password }).fill(password);
    await again.getByRole('button', { name: zh.shared.signIn }).click();
    await giveUpWaiting(page);
    await page.getByText(zh.counter.paid('20.00')).waitFor();
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });
});

describe('a counter without a network', () => {
  it('accepts a voucher at the shop’s risk, keeps it through a reload, and forwards it', async () => {
    const { page, context } = await cashierAt(site(), phone);
    const [good, used] = [await shown(site()), await shown(site())];
    await page.evaluate(async () => navigator.serviceWorker.ready);
    await context.setOffline(true);
    for (const { code } of [good, used]) {
      await page.getByRole('textbox', { name: zh.counter.code }).fill(code);
      await answered(page, zh.counter.unreached);
      await page.getByRole('textbox', { name: zh.counter.face }).fill('10');
      await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
      await page.getByRole('button', { name: zh.counter.acceptOffline }).click();
      await answered(page, zh.counter.stored('10'));
    }
    await page.getByText(zh.counter.noNetwork(2)).waitFor();
    await shoot(page, 'counter-offline-phone');
    await expectAccessible(page);
    // Meanwhile one of them is used at another counter of the merchant's.
    const elsewhere = await cashierAt(site(), desk, site().cast.tills[1]);
    await redeem(elsewhere.page, used);
    await elsewhere.page.getByText(zh.counter.paid('20.00')).waitFor();

    await page.reload();
    await pending(page).getByText(zh.counter.toForward).first().waitFor();
    await context.setOffline(false);
    await pending(page).getByText(zh.counter.done('10')).waitFor();
    await pending(page)
      .getByText(saying(zh.counter.refusedGiven(ANY)))
      .waitFor();
    await shoot(page, 'counter-forwarded-phone');
    expect(await fateOf(site(), good)).toEqual(['succeeded']);
    expect(await fateOf(site(), used)).toEqual([]);
    expect((await redemptionsOf(site())).filter(({ voucherId }) => voucherId === good.voucherId)).toHaveLength(1);
  });

  it.each([
    [10, 'kept open'],
    [-10, 'reloaded before anybody has told it the time'],
  ])('forwards with the right time where the clock of the device is %i minutes ahead, and says so; %s', async (minutes, how) => {
    const { page, context } = await cashierAt(site(), { ...phone, fastMs: minutes * MINUTE_MS });
    await page.getByText(minutes > 0 ? zh.counter.clockAhead(minutes) : zh.counter.clockBehind(0 - minutes)).waitFor();
    await shoot(page, `counter-clock-${minutes > 0 ? 'fast' : 'slow'}-phone`);
    await expectAccessible(page);
    await page.evaluate(async () => navigator.serviceWorker.ready);
    const voucher = await shown(site());
    await context.setOffline(true);
    if (how !== 'kept open') await page.reload();
    await page.getByRole('textbox', { name: zh.counter.code }).fill(voucher.code);
    await answered(page, zh.counter.unreached);
    await page.getByRole('textbox', { name: zh.counter.face }).fill('10');
    await page.getByRole('textbox', { name: zh.counter.amount }).fill('30');
    // A sending that began without the network may be the one that arrives.
    const heard = page.waitForResponse('**/v1/redemption-batches');
    await page.getByRole('button', { name: zh.counter.acceptOffline }).click();
    const acceptedAt = Date.now();
    await answered(page, zh.counter.stored('10'));
    await context.setOffline(false);
    const { items } = (await heard).request().postDataJSON() as { items: { presented_at: string }[] };
    await page.getByText(zh.counter.done('10')).first().waitFor();
    expect(Math.abs(Date.parse(items[0]!.presented_at) - acceptedAt)).toBeLessThan(MINUTE_MS);
    expect(await fateOf(site(), voucher)).toEqual(['succeeded']);
  });
});
