import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashPassword, isPassword, randomPassword } from '../../src/access/index.ts';

const nonce = new Uint8Array(16).fill(1);

it('a password is kept as argon2id at the cost that OWASP recommends, and only it is let in', async () => {
  const hashed = await hashPassword('correct horse', nonce);
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$AQEBAQEBAQEBAQEBAQEBAQ\$[A-Za-z0-9+/]{43}$/);
  expect(await isPassword('correct horse', hashed)).toBe(true);
  for (const other of ['correct hors', 'Correct horse', '', ' correct horse']) expect(await isPassword(other, hashed), other).toBe(false);
});

it('the hash is that of other implementations', async () => {
  // Made by the reference implementation (`argon2 somesalt -id -t 2 -k 65536 -p 1`), whose salt has 8 bytes.
  const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword('password', known)).toBe(true);
  expect(await isPassword('passwort', known)).toBe(false);
});

it('the same letters are the same password, however a keyboard composes them', async () => {
  const hashed = await hashPassword('caf\u00e9 12345', nonce);
  expect(await isPassword('cafe\u0301 12345', hashed)).toBe(true);
});

it('what is drawn is 16 of 32 letters and figures, each as often as another', () => {
  const drawn = Array.from({ length: 2_000 }, () => randomPassword(randomBytes));
  for (const password of drawn) expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(new Set(drawn).size).toBe(drawn.length);
  const counts = Map.groupBy(drawn.join('').replaceAll('-', ''), (letter) => letter);
  expect(counts.size).toBe(32);
  for (const [letter, found] of counts) expect(Math.abs(found.length - 1_000), letter).toBeLessThan(200);
});
