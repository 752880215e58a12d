import { expect, it } from 'vitest';
import { PUBLIC_URL } from '../support/api.ts';
import { expectProblem, openOffices, PHONE } from '../support/offices.ts';
import { browserOf, officerLogin, PASSWORD } from '../support/people.ts';

const ELSEWHERE = 'https://elsewhere.example';

type Headers = Readonly<Record<string, string>>;

/** What a page of this service sends, and what pages of others send. */
const ours: readonly Headers[] = [
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:5173' },
  { origin: PUBLIC_URL },
];
const theirs: readonly Headers[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: PUBLIC_URL },
  { 'sec-fetch-site': 'none' },
  { origin: ELSEWHERE },
  { origin: `${PUBLIC_URL}.elsewhere.example` },
  { origin: 'null' },
];

async function open() {
  const offices = await openOffices();
  await officerLogin(offices.world, offices.world.gexiang.id);
  const browser = browserOf(offices.api);
  await browser.signIn({ login: 'wang.yi', password: PASSWORD });
  return { ...offices, browser };
}

it('a write with the cookie of a session comes from a page of the service, or is refused, at every kind of route', async () => {
  const { browser } = await open();
  const writes = [
    ['post', '/v1/proposals'],
    ['put', '/v1/session/password'],
    ['post', '/v1/sessions/ses_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b/revocation'],
  ] as const;
  for (const [method, path] of writes) {
    for (const headers of ours) {
      const { body } = await browser.from({ 'idempotency-key': 'w-1', ...headers }, method, path, {});
      expect(body['code'], JSON.stringify(headers)).not.toBe('cross_site_request');
    }
    for (const headers of [...theirs, {}]) {
      const answer = await browser.from({ 'idempotency-key': 'w-2', ...headers }, method, path, {});
      expectProblem(answer, 'cross_site_request');
    }
  }
});

it('the origin that the request was sent to is a page of the service as well', async () => {
  const { browser } = await open();
  const from = (origin: string) =>
    browser.from({ 'idempotency-key': 'w-3', host: 'callmi.internal:8443', origin }, 'post', '/v1/proposals', {});
  expectProblem(await from('https://callmi.internal:8443'), 'validation_failed');
  expectProblem(await from('https://callmi.internal'), 'cross_site_request');
});

it('reads are answered wherever they come from: no other site can see the answer', async () => {
  const { browser } = await open();
  for (const headers of [...ours, ...theirs, {}]) expect((await browser.from(headers, 'get', '/v1/session')).status).toBe(200);
});

it('a bearer token needs no page, and goes before a cookie', async () => {
  const { browser, till, gexiang } = await open();
  const body = { command: 'login', input: {}, reason: 'x' };
  const asBearer = { authorization: await gexiang.authorize(), origin: ELSEWHERE, 'idempotency-key': 'w-4' };
  expectProblem(await browser.from(asBearer, 'post', '/v1/proposals', body), 'validation_failed');
  expectProblem(await browser.from({ authorization: await till.authorize() }, 'get', '/v1/grants'), 'insufficient_scope');
  expectProblem(await browser.from({ authorization: 'Bearer nonsense' }, 'get', '/v1/session'), 'invalid_token');
});

it('nobody is signed in, or sent a code, from a page of another site; a program may sign in', async () => {
  const { api } = await open();
  const body = { login: 'wang.yi', password: PASSWORD };
  for (const headers of theirs) {
    const browser = browserOf(api);
    expectProblem(await browser.from(headers, 'post', '/v1/sessions', body), 'cross_site_request');
    expect(browser.cookie).toBe('');
    expectProblem(await browser.from(headers, 'post', '/v1/sign-in-codes', { phone: PHONE }), 'cross_site_request');
  }
  expect((await browserOf(api).from({}, 'post', '/v1/sessions', body)).status).toBe(201);
});

it('an access token of a client is no session, also in the cookie', async () => {
  const { browser, gexiang } = await open();
  const cookie = `__Host-callmi_session=${(await gexiang.authorize()).slice('Bearer '.length)}`;
  expectProblem(await browser.from({ cookie }, 'get', '/v1/grants'), 'unauthorized');
  for (const nonsense of ['__Host-callmi_session=', '__Host-callmi_session=nonsense', '__Host-callmi_session=%zz; a', 'other=1']) {
    expectProblem(await browser.from({ cookie: nonsense }, 'get', '/v1/session'), 'unauthorized');
  }
});

it('a cookie without the prefix, which another host of the domain could have set, is no session', async () => {
  const { browser } = await open();
  const other = browser.cookie.replace('__Host-', '');
  expectProblem(await browser.from({ cookie: other }, 'get', '/v1/session'), 'unauthorized');
  expect((await browser.from({ cookie: `callmi_session=theirs; ${browser.cookie}` }, 'get', '/v1/session')).status).toBe(200);
});
