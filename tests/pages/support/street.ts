/** The street office in front of its console, and officers of communities over HTTP. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { desk, type Person } from './browser.ts';
import { officerAt as signedInAt } from './officers.ts';
import type { Cast, Site } from './site.ts';
import { zh } from './words.ts';

type Officer = Cast['officers'][number];

export function streetOfficer({ cast }: Site, nth = 0): Officer {
  return cast.officers.filter(({ community_id: id }) => id === null)[nth]!;
}

export function officerOf({ cast }: Site, communityId: string): Officer {
  return cast.officers.find(({ community_id: id }) => id === communityId)!;
}

/** Types the login and the password into whatever form asks for them. */
export async function signIn(page: Page, { login, password }: Officer): Promise<void> {
  await page.getByLabel(zh.shared.login).fill(login);
  await page.getByLabel(zh.shared.password).fill(password);
  await page.getByRole('button', { name: zh.shared.signIn, exact: true }).click();
}

/** An officer of the street who is signed in, with this section open. */
export async function officerAt(
  site: Site,
  section = '/',
  { nth = 0, view = desk }: { nth?: number; view?: BrowserContextOptions } = {},
): Promise<Person> {
  const person = await signedInAt(view, site, streetOfficer(site, nth), `/street#${section}`);
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  return person;
}

type Answered = { readonly status: number; readonly body: Record<string, any> };

/** A call by an access token of an officer's own credential. */
export async function callAs(
  site: Site,
  officer: Pick<Officer, 'client_id' | 'client_secret'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  const headers: Record<string, string> = { authorization: `Bearer ${await accessFor(site, officer)}` };
  if (method !== 'GET') headers['idempotency-key'] = crypto.randomUUID();
  if (body !== undefined && typeof body !== 'string') headers['content-type'] = 'application/json';
  const response = await fetch(site.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

export async function accessFor(site: Site, officer: Pick<Officer, 'client_id' | 'client_secret'>): Promise<string> {
  const { body } = await accessAnswer(site, officer);
  return body['access_token'] as string;
}

/** What the API says to a client that asks for access. */
export async function accessAnswer(
  { url }: Site,
  { client_id, client_secret }: Pick<Officer, 'client_id' | 'client_secret'>,
): Promise<Answered> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}
