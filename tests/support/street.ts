/** People who sign in from addresses of their own: at home, and strangers elsewhere. */
import { expect } from 'vitest';
import { openApi } from './api.ts';
import { openOffices, type Offices } from './offices.ts';
import { type Browser, browserOf, counterLogin, officerLogin, PASSWORD } from './people.ts';

export const HOME = '198.51.100.7';
export const STRANGERS = '203.0.113.9';
export const RIGHT = { login: 'wang.yi', password: PASSWORD };

export type Street = Pick<Offices, 'world'> & { readonly api: Offices['api']; readonly at: (address: string) => Browser };

/** The offices behind a proxy, so that each browser has an address; an officer and two behind a counter have logins. */
export async function openStreet(): Promise<Street> {
  const { world } = await openOffices();
  const api = await openApi(world, { trustProxy: ['127.0.0.1', '::1', '::ffff:127.0.0.1'] });
  await officerLogin(world, world.gexiang.id);
  for (const name of ['zhang.san', 'li.si']) await counterLogin(world, name);
  return { world, api, at: (address) => browserOf(api, { 'x-forwarded-for': address }) };
}

export async function times(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n++) await work(n);
}

/** A browser that has signed in before. */
export async function knownAt({ at }: Street, address: string, body: object = RIGHT): Promise<Browser> {
  const browser = at(address);
  expect((await browser.signIn(body)).status).toBe(201);
  return browser;
}
