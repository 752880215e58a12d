/** Residents in front of their page. */
import { expect, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { expectAccessible, type Person, personAt, phone, shoot, type View } from './browser.ts';
import { call } from './counter.ts';
import type { Cast, Site } from './site.ts';

export type Resident = Cast['residents'][number];

/** A cookie by the id of its resident: a phone may ask for one code a minute. */
type Cookies = Map<string, Promise<string>>;

const cookies = new WeakMap<Site, Cookies>();

/** A resident on a phone, signed in, at a screen of the page. Everybody's browser of a file has the same session of a resident. */
export async function residentAt(site: Site, resident: Resident, screen = '/', options: View = phone): Promise<Person> {
  const value = await cookieOf(site, resident);
  const person = await personAt(options, 'about:blank');
  await person.context.addCookies([{ name: 'callmi_session', value, url: site.url, httpOnly: true, sameSite: 'Strict' }]);
  await person.page.goto(`${site.url}/#${screen}`);
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  return person;
}

/** What a signed-in resident's browser sends along. */
export async function cookieOf(site: Site, resident: Resident): Promise<string> {
  const known = cookies.get(site) ?? new Map<string, Promise<string>>();
  cookies.set(site, known);
  const cookie = known.get(resident.resident_id) ?? signedIn(site, resident);
  known.set(resident.resident_id, cookie);
  return cookie;
}

async function signedIn(site: Site, { phone: number }: Resident): Promise<string> {
  await post(site, '/v1/sign-in-codes', { phone: number });
  const answer = await post(site, '/v1/sessions', { phone: number, code: await codeSent(site, number) });
  return /^callmi_session=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')![1]!;
}

async function post({ url }: Site, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: url, 'user-agent': 'Android Chrome/150' };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok, path).toBe(true);
  return answer;
}

/** The code that was sent to a phone: it is sent once the asker has been answered. */
export async function codeSent(site: Site, number: string): Promise<string> {
  return vi.waitFor(() => site.codeFor(number) ?? expect.fail('no code was sent'), 60_000);
}

/** How far it can be scrolled sideways: the page, or a sheet above it. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('dialog')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
}

/** Expects that what is on the screen is in order for who cannot see it, and fits, also with letters of twice the size. */
export async function expectReadable(page: Page, name: string): Promise<void> {
  await shoot(page, `resident-${name}`);
  await expectAccessible(page);
  expect(await sideways(page), name).toBe(0);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await shoot(page, `resident-${name}-large`);
  expect(await sideways(page), `${name}, with letters of twice the size`).toBe(0);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

/** A resident of the cast who has `points`, and is none of `others`. */
export async function residentWith(site: Site, points: number, others: readonly Resident[] = []): Promise<Resident> {
  for (const resident of site.cast.residents) {
    if (!others.includes(resident) && (await pointsOf(site, resident)) >= points) return resident;
  }
  throw new Error(`nobody has ${points} points`);
}

export async function pointsOf(site: Site, resident: Resident): Promise<number> {
  const { body } = await call(site, resident, 'GET', '/v1/me/wallet');
  return (body as { points: number }).points;
}

/** A voucher of a resident as it is now. */
export async function voucherOf(site: Site, resident: Resident, id: string): Promise<{ status: string }> {
  return (await call(site, resident, 'GET', `/v1/me/vouchers/${id}`)).body;
}

/** The ids of a resident's vouchers. */
export async function vouchersOf(site: Site, resident: Resident): Promise<string[]> {
  const { body } = await call(site, resident, 'GET', '/v1/me/vouchers?limit=100');
  return (body as { items: { id: string }[] }).items.map(({ id }) => id);
}

/** Takes a voucher without the page; answers its id. */
export async function taken(site: Site, resident: Resident, quantity = 1): Promise<string> {
  const cash = site.cast.offers.find(({ merchant_id: merchant }) => merchant === null)!;
  const { status, body } = await call(site, resident, 'POST', '/v1/me/vouchers', { offer_id: cash.offer_id, quantity });
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { id: string }).id;
}
