/** People who register on their own phone, as a browser does. */
import { vi } from 'vitest';
import type { Api } from './api.ts';
import type { Answer } from './counter.ts';
import type { Browser } from './people.ts';

const FROM_PAGE = { origin: 'https://callmi.example', 'sec-fetch-site': 'same-origin' } as const;

/** The consent that a person gives on their own phone. */
export const agreed = { notice_version: 1, aged_14: true } as const;

/** Has a code to register with sent to a phone, and gives it. */
export async function registrationCode({ http, delivered }: Pick<Api, 'http' | 'delivered'>, phone: string): Promise<string> {
  const before = delivered.length;
  const asked = await http.post('/v1/registrations/codes').send({ phone });
  if (asked.status !== 202) throw new Error(`no code: ${asked.text}`);
  // It is sent after the answer.
  const delivery = () => {
    if (delivered.length === before) throw new Error('no code was delivered');
  };
  await vi.waitFor(delivery, { timeout: 60_000 });
  return delivered.at(-1)!.code;
}

/** Registers somebody with a code that was sent to the phone. */
export async function registerThere(
  api: Pick<Api, 'http' | 'delivered'>,
  browser: Browser,
  { phone, ...told }: { readonly phone: string; readonly name: string; readonly community_id: string },
): Promise<Answer> {
  const code = await registrationCode(api, phone);
  return browser.from(FROM_PAGE, 'post', '/v1/registrations', { phone, ...told, code, consent: agreed });
}
