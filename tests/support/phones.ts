/** Numbers of residents, as they are changed over HTTP: codes that were sent, and people who sign in with a number. */
import { expect, vi } from 'vitest';
import type { CodePurpose } from '../../src/api/index.ts';
import type { Api } from './api.ts';
import type { Answer, Caller } from './counter.ts';
import type { Offices } from './offices.ts';
import { type Browser, browserOf, codeFor } from './people.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A number that nobody has. */
export const NEW_PHONE = '13900007777';

/** Somebody who signed in with a number just now, in a browser of their own. */
export async function signedInWith({ api }: Pick<Offices, 'api'>, phone: string): Promise<Browser> {
  const browser = browserOf(api);
  const answer = await browser.signIn({ phone, code: await codeFor(api, phone) });
  expect(answer.status, answer.text).toBe(201);
  return browser;
}

/** The codes that a request has sent, by their purpose: they are sent after the answer. */
export async function codesSent({ delivered }: Pick<Api, 'delivered'>, ask: () => Promise<Answer>, count = 1) {
  const before = delivered.length;
  const answer = await ask();
  expect(answer.status, answer.text).toBe(202);
  await vi.waitFor(() => expect(delivered.length).toBe(before + count), { timeout: 60_000 });
  return Object.fromEntries(delivered.slice(before).map(({ purpose, code }) => [purpose, code])) as Record<CodePurpose, string>;
}

/** The codes that a browser's owner gets to change the number. */
export function pairOfCodes({ api }: Pick<Offices, 'api'>, browser: Browser, phone: string) {
  return codesSent(api, () => browser.post('/v1/me/phone-codes', { phone }), 2);
}

/** A code that is not this one. */
export function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** Two officers of the home community give the resident another number; the answer to the second. */
export async function replaced({ gexiang, colleague, world }: Offices, phone = NEW_PHONE, residentId = world.residentId): Promise<Answer> {
  const input = { resident_id: residentId, phone };
  const proposed = await gexiang.post('/v1/proposals', { command: 'phone', input, reason: '旧手机丢失，本人持身份证到场' });
  expect(proposed.status, proposed.text).toBe(201);
  return colleague.post(`/v1/proposals/${proposed.body['id']}/approval`, {});
}

/** Somebody with the old number at the counter of an officer: finds the change, and has a code sent. */
export async function stopCode({ api }: Pick<Offices, 'api'>, officer: Caller, phone: string): Promise<{ id: string; code: string }> {
  const found = await officer.post('/v1/phone-changes/lookup', { phone });
  expect(found.status, found.text).toBe(200);
  const { id } = found.body as { id: string };
  const { 'stop-change': code } = await codesSent(api, () => officer.post(`/v1/phone-changes/${id}/codes`, {}));
  return { id, code };
}
