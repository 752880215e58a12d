/** Residents in front of their page, and the tills that they stand at. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Person, personAt, phone } from './browser.ts';
import type { Cast, Site } from './site.ts';

export type Resident = Cast['residents'][number];
export type Till = Cast['tills'][number];

type Reply = { readonly status: number; readonly body: Record<string, any> };

/** A client of the API by its credentials. */
export type Client = {
  readonly token: string;
  get(path: string): Promise<Reply>;
  post(path: string, body: object): Promise<Reply>;
};

let keys = 0;

export async function clientOf({ url }: Site, { client_id, client_secret }: { client_id: string; client_secret: string }): Promise<Client> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const { access_token: token } = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body })).json()) as { access_token: string };
  const ask = async (path: string, init: { method?: string; body?: string; headers?: Record<string, string> }): Promise<Reply> => {
    const response = await fetch(url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as Record<string, any> };
  };
  return {
    token,
    get: (path) => ask(path, {}),
    post: (path, sent) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `test-${++keys}` },
        body: JSON.stringify(sent),
      }),
  };
}

/** A resident on a phone, signed in, at a screen of the page. */
export async function residentAt(
  browser: Browser,
  site: Site,
  resident: Resident,
  screen = '/',
  options: BrowserContextOptions = phone,
): Promise<Person> {
  const { token } = await clientOf(site, resident);
  const person = await personAt(browser, options, 'about:blank');
  await person.context.setExtraHTTPHeaders({ authorization: `Bearer ${token}` });
  const session = { id: `ses_${'0'.repeat(32)}`, kind: 'resident', person_name: resident.name, resident_id: resident.resident_id };
  await person.context.route('**/v1/session', (route) => route.fulfill({ json: session }));
  await person.page.goto(`${site.url}/#${screen}`);
  return person;
}
