import { expect, it } from 'vitest';
import { deviceOf } from '../../src/api/routes/sign-in.ts';
import { passwordsOf } from '../../src/api/passwords.ts';
import { secretsOf } from '../../src/access/index.ts';
import { freshPassword } from '../support/people.ts';

const chance = (bytes: number) => new Uint8Array(bytes).fill(5);
const secrets = secretsOf({ hashKey: new Uint8Array(32), sealKey: new Uint8Array(32) }, chance);

it('few passwords are compared at once, some wait, and further ones are turned away', async () => {
  const passwords = passwordsOf({ chance, secrets });
  const { passwordHash } = await freshPassword('right');
  const tries = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.compare('right', passwordHash)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(42);
  const [turnedAway] = tries.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(turnedAway!.reason).toMatchObject({ code: 'unavailable' });
  expect(await passwords.compare('right', passwordHash), 'afterwards').toBe(true);
});

it('the passwords of strangers wait for all others, and eight of one address at most', async () => {
  const done: string[] = [];
  // A nonce is drawn when the hash of somebody known begins: so many were through by then.
  const throughBefore: number[] = [];
  const passwords = passwordsOf({ chance: (bytes) => (throughBefore.push(done.length), chance(bytes)), secrets });
  const { passwordHash } = await freshPassword('right');
  const through = async (who: string, work: Promise<unknown>) => {
    await work;
    done.push(who);
  };
  const stranger = (who: string, address: string) => through(who, passwords.compare('right', passwordHash, address));
  const known = () => through('known', passwords.hash('right'));
  const strangers = Array.from({ length: 12 }, () => stranger('stranger', '203.0.113.9'));
  const results = await Promise.allSettled([...strangers, stranger('another stranger', '192.0.2.1'), known(), known()]);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  // Only the first two had begun before anybody else came. Two run at once, so their ends may change places.
  expect(Math.max(...throughBefore)).toBeLessThanOrEqual(2);
  expect(done.slice(-2)).toContain('another stranger');
});

it('without a hash to compare with nothing is right', async () => {
  expect(await passwordsOf({ chance, secrets }).compare('', undefined)).toBe(false);
});

it('a device is told by browser and system, and by nothing that the caller makes up', () => {
  const agents = {
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1':
      'Safari, iOS',
    'Mozilla/5.0 (Linux; Android 16; PJF110) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36 MicroMessenger/8.0.60': 'WeChat, Android',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0': 'Edge, macOS',
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0': 'Firefox, Linux',
    'curl/8.1': 'unknown',
  };
  for (const [agent, device] of Object.entries(agents)) expect(deviceOf({ headers: { 'user-agent': agent } })).toBe(device);
  expect(deviceOf({ headers: {} })).toBe('unknown');
});
