import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secrets } from './secrets.ts';

const derive = promisify(argon2);

const HASH_BYTES = 32;
export const NONCE_BYTES = 16;

export type PasswordCost = { readonly memoryKiB: number; readonly passes: number };

/** The cost that OWASP's password storage cheat sheet recommends: some 55 ms on one core. */
const cost: PasswordCost = { memoryKiB: 19_456, passes: 2 };

/** argon2id of a password with a fresh nonce, in the PHC string format. */
export async function hashPassword(password: string, nonce: Uint8Array, { memoryKiB, passes }: PasswordCost = cost): Promise<string> {
  const hash = await derived(password, nonce, { memoryKiB, passes });
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${unpadded(nonce)}$${unpadded(hash)}`;
}

/** Whether this is the password that was hashed; the hashes are compared in constant time. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, memory, passes, nonce = '', hash = ''] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(hashed) ?? [];
  const expected = Buffer.from(hash, 'base64');
  const found = await derived(password, Buffer.from(nonce, 'base64'), { memoryKiB: Number(memory), passes: Number(passes) });
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function derived(password: string, nonce: Uint8Array, { memoryKiB, passes }: PasswordCost): Promise<Buffer> {
  // Another device may send the same letters as other code points.
  const message = Buffer.from(password.normalize('NFC'));
  return derive('argon2id', { message, nonce, memory: memoryKiB, passes, parallelism: 1, tagLength: HASH_BYTES });
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

/** A password as a command takes it: hashed, and itself sealed for the answer and its replays. */
export type FreshPassword = { readonly passwordHash: string; readonly sealedPassword: string };

/** Draws a password. It leaves the process only in an answer, where the reply's seal is opened. */
export async function drawPassword(chance: (bytes: number) => Uint8Array, secrets: Pick<Secrets, 'seal'>): Promise<FreshPassword> {
  const drawn = randomPassword(chance);
  return { passwordHash: await hashPassword(drawn, chance(NONCE_BYTES)), sealedPassword: secrets.seal(drawn) };
}

/** 32 letters and digits that cannot be confused with one another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LETTERS = 4;

/** A password to be read out or copied by hand, of 80 random bits: `k3vd-98mp-…`. */
export function randomPassword(chance: (bytes: number) => Uint8Array): string {
  const letters = Array.from(chance(GROUPS * GROUP_LETTERS), (byte) => LETTERS[byte % LETTERS.length]!);
  return Array.from({ length: GROUPS }, (_, n) => letters.slice(n * GROUP_LETTERS, (n + 1) * GROUP_LETTERS).join('')).join('-');
}
