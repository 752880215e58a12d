/** What people do who are guessed at. */
import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { Api } from './api.ts';
import type { Browser } from './people.ts';

const MINUTE = 60_000;
type Clock = { readonly now: number; readonly advance: (ms: number) => void };

function shownBy(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

export const guessed = {
  /** Sets an authenticator app up, two minutes ago: what it shows now, and what it does not. */
  async withApp(browser: Browser, clock: Clock): Promise<{ right: () => string; wrong: () => string }> {
    const begun = await browser.post('/v1/session/totp', {});
    const { secret } = begun.body as { secret: string };
    const confirmed = await browser.put('/v1/session/totp', { code: shownBy(secret, clock.now) });
    expect(confirmed.status, confirmed.text).toBe(200);
    clock.advance(2 * MINUTE);
    return { right: () => shownBy(secret, clock.now), wrong: () => shownBy(secret, clock.now + 10 * MINUTE) };
  },

  /** The codes that a browser asks for and that are delivered, a minute apart. */
  async codesAskedBy({ delivered }: Api, browser: Browser, phone: string, clock: Clock, count: number): Promise<string[]> {
    const before = delivered.length;
    for (let n = 1; n <= count; n++) {
      expect((await browser.askCode(phone)).status).toBe(202);
      await expect.poll(() => delivered.length, { timeout: 60_000 }).toBe(before + n);
      if (n < count) clock.advance(MINUTE);
    }
    return delivered.slice(before).map(({ code }) => code);
  },
};
