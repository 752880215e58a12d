/** The three keys of every scheme under test, but of those whose tests are about `keys.json`: only a SQLite database has a place beside it. */
import { generateKeyPairSync } from 'node:crypto';
import type { Config } from '../../src/config.ts';

export const testKeys = {
  signingKey: JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
  hashKey: new Uint8Array(32).fill(1),
  sealKey: new Uint8Array(32).fill(2),
} satisfies Config['keys'];

/** The same, as a process of its own takes them. */
export const keysInEnvironment: Readonly<Record<string, string>> = {
  SIGNING_KEY: testKeys.signingKey,
  HASH_KEY: Buffer.from(testKeys.hashKey).toString('base64'),
  SEAL_KEY: Buffer.from(testKeys.sealKey).toString('base64'),
};
