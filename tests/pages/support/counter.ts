/** A cashier at a counter, and residents who hold up their phones to it. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Person, personAt, type View } from './browser.ts';
import type { Cast, Site } from './site.ts';
import { zh } from './words.ts';

type Till = Cast['tills'][number];

/** Signs somebody of a till in, on a device of their own, at the counter. */
export async function cashierAt(site: Site, view: View, till: Till = site.cast.tills[0]!): Promise<Person> {
  const person = await personAt(view, 'about:blank');
  await signIn(person.page, site.url, till);
  await person.page.goto(`${site.url}/counter`);
  await person.page.getByRole('textbox', { name: zh.counter.code }).waitFor();
  return person;
}

/** Signs a browser in without the form. */
export async function signIn(page: Page, url: string, { login, password }: Login): Promise<void> {
  const answer = await page.request.post(`${url}/v1/sessions`, { data: { login, password }, headers: { origin: url } });
  expect(answer.status(), await answer.text()).toBe(201);
}

type Login = Pick<Till, 'login' | 'password'>;

/** An officer of the till's community makes a login for somebody at it. Its password is a temporary one. `store`: bound to the till's. */
export async function newLogin(site: Site, till: Till, store = true): Promise<Login> {
  const officer = site.cast.officers.find(({ community_id: of }) => of === till.community_id)!;
  const login = `cashier-${randomUUID().slice(0, 8)}`;
  const body = { name: login, person_name: '王小丽', merchant_id: till.merchant_id, ...(store && { store_id: till.store_id }) };
  const made = await call(site, officer, 'POST', '/v1/logins', body);
  return { login, password: (made.body as { temporary_password: string }).temporary_password };
}

const PASSWORD = 'a-password-of-ones-own';

/** A login with a password of its own. */
export async function ownLogin(site: Site, till: Till, store = true): Promise<Login> {
  const { login, password } = await newLogin(site, till, store);
  const headers = { 'content-type': 'application/json', origin: site.url };
  const signed = await fetch(`${site.url}/v1/sessions`, { method: 'POST', headers, body: JSON.stringify({ login, password }) });
  const cookie = signed.headers.getSetCookie()[0]!.split(';')[0]!;
  const body = JSON.stringify({ current_password: password, password: PASSWORD });
  const set = await fetch(`${site.url}/v1/session/password`, { method: 'PUT', headers: { ...headers, cookie }, body });
  expect(set.status, await set.text()).toBe(200);
  return { login, password: PASSWORD };
}

type Tokens = Map<string, Promise<string>>;

const tokens = new WeakMap<Site, Tokens>();

/** Asks the API as somebody with credentials. */
export async function call(site: Site, who: { client_id: string; client_secret: string }, method: string, path: string, body?: unknown) {
  const known = tokens.get(site) ?? new Map<string, Promise<string>>();
  tokens.set(site, known);
  const token = known.get(who.client_id) ?? tokenOf(site, who);
  known.set(who.client_id, token);
  const response = await fetch(site.url + path, {
    method,
    headers: {
      authorization: `Bearer ${await token}`,
      ...(method === 'POST' && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

async function tokenOf(
  { url }: Site,
  { client_id: id, client_secret: secret }: { client_id: string; client_secret: string },
): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: form });
  return ((await response.json()) as { access_token: string }).access_token;
}

export type Shown = {
  readonly code: string;
  readonly voucherId: string;
  readonly resident: Cast['residents'][number];
  readonly name: string;
  /** Mints another code. */
  again(): Promise<string>;
};

/** A resident takes a voucher (of an offer, without one of ten yuan) and shows its code. */
export async function shown(site: Site, offerId = site.cast.offers[0]!.offer_id): Promise<Shown> {
  for (const resident of site.cast.residents) {
    const issued = await call(site, resident, 'POST', '/v1/me/vouchers', { offer_id: offerId, quantity: 1 });
    if (issued.status !== 201) continue;
    const { id: voucherId } = issued.body as { id: string };
    const again = async () => {
      const minted = await call(site, resident, 'POST', `/v1/me/vouchers/${voucherId}/codes`, {});
      return (minted.body as { code: string }).code;
    };
    return { code: await again(), voucherId, resident, name: resident.name, again };
  }
  throw new Error('nobody has the points for a voucher');
}

/** How the redemptions of a store's day stand at the API. */
export async function redemptionsOf(site: Site, till: Till = site.cast.tills[0]!) {
  const { body } = await call(site, till, 'GET', `/v1/redemptions?store_id=${till.store_id}&day=${site.today()}&limit=100`);
  return (body as { items: { status: string; redemption: { voucher_id: string; order_no: string; request_no: string } }[] }).items.map(
    ({ status, redemption }) => ({
      status,
      voucherId: redemption.voucher_id,
      orderNo: redemption.order_no,
      requestNo: redemption.request_no,
    }),
  );
}

/** What became of a voucher at the store, in order. */
export async function fateOf(site: Site, { voucherId }: Pick<Shown, 'voucherId'>, till?: Till): Promise<string[]> {
  return (await redemptionsOf(site, till)).filter((each) => each.voucherId === voucherId).map(({ status }) => status);
}

/** Types into the page as a scanner does: digits, and Enter. */
export async function wedge(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

/** Waits for the big answer. */
export async function answered(page: Page, title: RegExp | string): Promise<void> {
  await page.locator('.answer').getByRole('heading', { name: title }).waitFor();
}
