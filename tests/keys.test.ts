import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KeysError, openKeys } from '../src/keys.ts';
import { program } from './support/program.ts';
import { openScheme, type Scheme, seededChance } from './support/scheme.ts';

type Given = Parameters<typeof openKeys>[0]['keys'];

function open({ url, store, engine, chance }: Scheme, given: Given = {}) {
  return openKeys({ databaseUrl: url, keys: given }, store, engine, chance);
}

function keyFileOf({ file }: Scheme): string {
  return join(dirname(file), 'keys.json');
}

const bytes = (fill: number) => new Uint8Array(32).fill(fill);

describe('the keys', () => {
  test('are made on the first start, for their owner only, and are the same ever after', async () => {
    const scheme = await openScheme();
    const first = await open(scheme);
    expect(statSync(keyFileOf(scheme)).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(scheme.file)).filter((name) => name.startsWith('keys'))).toEqual(['keys.json']);
    const sealed = first.secrets.seal('13800001111');
    const second = await open(scheme);
    expect(second.secrets.open(sealed)).toBe('13800001111');
    expect(second.secrets.hash('phone', '13800001111')).toBe(first.secrets.hash('phone', '13800001111'));
    expect(second.signing.publicJwk).toEqual(first.signing.publicJwk);
  });

  test('given by the environment leave no file', async () => {
    const scheme = await openScheme();
    const { signing } = await open(await openScheme());
    const signingKey = JSON.stringify(signing.privateKey.export({ format: 'jwk' }));
    const keys = await open(scheme, { signingKey, hashKey: bytes(1), sealKey: bytes(2) });
    expect(keys.signing.kid).toBe(signing.kid);
    expect(existsSync(keyFileOf(scheme))).toBe(false);
  });

  test.each([
    ['HASH_KEY', { hashKey: bytes(1) }],
    ['SEAL_KEY', { sealKey: bytes(2) }],
    ['HASH_KEY, SEAL_KEY', { hashKey: bytes(1), sealKey: bytes(2) }],
  ] satisfies [string, Given][])('are refused where the database was founded with others: %s', async (names, given) => {
    const scheme = await openScheme();
    await open(scheme);
    await expect(open(scheme, given)).rejects.toThrow(
      new KeysError(`This database was founded with other keys (${names}): restore ${keyFileOf(scheme)} or the environment.`),
    );
  });

  test('of another database are refused, all three', async () => {
    const [scheme, other] = [await openScheme(), await openScheme()];
    await open(scheme);
    await open({ ...other, chance: seededChance('other keys') });
    copyFileSync(keyFileOf(other), keyFileOf(scheme));
    await expect(open(scheme)).rejects.toThrow('other keys (SIGNING_KEY, HASH_KEY, SEAL_KEY)');
  });

  test('that were lost are not made anew', async () => {
    const scheme = await openScheme();
    await open(scheme);
    rmSync(keyFileOf(scheme));
    await expect(open(scheme)).rejects.toThrow(`${keyFileOf(scheme)} is missing, and this database was founded with its keys: restore it.`);
    expect(existsSync(keyFileOf(scheme))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('that others can read are refused', async () => {
    const scheme = await openScheme();
    await open(scheme);
    chmodSync(keyFileOf(scheme), 0o640);
    await expect(open(scheme)).rejects.toThrow('can be read by others');
  });

  test.each(['', 'no json', '{"hash_key":"YWJj"}'])('of a file that is broken are refused: %j', async (text) => {
    const scheme = await openScheme();
    await open(scheme);
    writeFileSync(keyFileOf(scheme), text);
    await expect(open(scheme)).rejects.toThrow('does not hold signing_key, hash_key and seal_key');
  });

  test('that are wrong stop the start, in one sentence that gives no key away', async () => {
    const scheme = await openScheme();
    await open(scheme);
    await scheme.close();
    const { promise, resolve } = Promise.withResolvers<{ code: unknown; stderr: string }>();
    const env = { ...process.env, DATABASE_URL: scheme.url, HASH_KEY: Buffer.from(bytes(1)).toString('base64'), PORT: '0' };
    execFile(process.execPath, [program('main')], { env }, (error, _stdout, stderr) => resolve({ code: error?.code, stderr }));
    const { code, stderr } = await promise;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^callmi: This database was founded with other keys \(HASH_KEY\): [^\n]+\n$/);
    const kept = JSON.parse(readFileSync(keyFileOf(scheme), 'utf8')) as { hash_key: string };
    expect(stderr).not.toContain(kept.hash_key);
  });
});
