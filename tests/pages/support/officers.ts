/** Officers in front of their consoles, and the API for what happens beside them. */
import type { Page } from 'playwright-core';
import { type Person, personAt, type View } from './browser.ts';
import type { Cast, Site } from './site.ts';

export type Officer = Cast['officers'][number];

/** The officers of a community, or of the street office (null). */
export function officersOf({ cast }: Site, communityId: string | null): Officer[] {
  return cast.officers.filter((officer) => officer.community_id === communityId);
}

/** An officer who has signed in already, at a page of the console. */
export async function officerAt(view: View, site: Site, officer: Officer, path: string): Promise<Person> {
  const person = await personAt(view, 'about:blank');
  const { login, password } = officer;
  const signedIn = await person.context.request.post(`${site.url}/v1/sessions`, { data: { login, password } });
  if (!signedIn.ok()) throw new Error(await signedIn.text());
  await person.page.goto(site.url + path);
  return person;
}

/** Goes to a place of the console that is open. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, place);
}

type Sent = { readonly method?: string; readonly key?: string; readonly body?: unknown };

/** The API as a client calls it. */
export async function apiOf(site: Site, { client_id, client_secret }: Pick<Officer, 'client_id' | 'client_secret'>) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const { access_token: token } = (await (await fetch(`${site.url}/oauth/token`, { method: 'POST', body })).json()) as {
    access_token: string;
  };
  return async <T>(path: string, { method = 'GET', key = crypto.randomUUID(), body: sent }: Sent = {}): Promise<T> => {
    const response = await fetch(site.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method !== 'GET' && { 'idempotency-key': key, 'content-type': 'application/json' }),
      },
      ...(method !== 'GET' && { body: JSON.stringify(sent ?? {}) }),
    });
    const answered = (await response.json()) as T;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answered)}`);
    return answered;
  };
}
