import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ConfigError, configVariables, readConfig } from '../src/config.ts';
import { expectTable } from './support/documents.ts';
import { program } from './support/program.ts';

describe('the settings', () => {
  test('are those that docs/operating.md lists', () => {
    const rows = configVariables().map(({ name, fallback, description }) => [`\`${name}\``, `\`${fallback}\``, description]);
    expectTable('operating.md', ['Variable', 'Default', 'Meaning'], rows);
  });

  test('have defaults, and an empty variable counts as none', () => {
    expect(readConfig({})).toEqual(readConfig({ PORT: '', LOG_LEVEL: '', SIGNING_KEY: '' }));
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8080',
      databaseUrl: 'file:./data/callmi.db',
      logLevel: 'info',
      trustProxy: false,
    });
  });

  test('are taken as they are given', () => {
    const signingKey = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
    const key = Buffer.alloc(32, 7).toString('base64');
    const env = { HOST: '::1', PORT: '0', SIGNING_KEY: signingKey, HASH_KEY: key, SEAL_KEY: key, TRUST_PROXY: '10.0.0.0/8,fd00::/64' };
    const config = readConfig(env);
    expect(config).toMatchObject({ publicUrl: 'http://[::1]:0', keys: { signingKey }, trustProxy: ['10.0.0.0/8', 'fd00::/64'] });
    expect(Buffer.from(config.keys.hashKey!)).toEqual(Buffer.alloc(32, 7));
    expect(readConfig({ PUBLIC_URL: 'https://mi.example/' }).publicUrl).toBe('https://mi.example');
  });

  test.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535 (got "http").'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535 (got "65536").'],
    [{ HOST: 'a b' }, 'HOST must be a host name or an address (got "a b").'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL must be an http or https address without a query (got "ftp://x").'],
    [
      { DATABASE_URL: 'mysql://root:secret@db' },
      'DATABASE_URL must start with file: and name a file, or with postgres: and name a database.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent (got "loud").'],
    [{ SIGNING_KEY: '{"kty":"OKP"}' }, 'SIGNING_KEY must be an Ed25519 private key as JWK in JSON.'],
    [{ HASH_KEY: 'c2hvcnQ=' }, 'HASH_KEY must be 32 bytes in base64.'],
    [{ SEAL_KEY: 'not base64' }, 'SEAL_KEY must be 32 bytes in base64.'],
    [{ RATE_LIMIT_PER_MINUTE_CLIENT: '0' }, 'RATE_LIMIT_PER_MINUTE_CLIENT must be a whole number from 1 to 100000000 (got "0").'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY must be off, or addresses and networks separated by commas (got "10.0.0.0/33").'],
    [{ TRUST_PROXY: '::1/129' }, 'TRUST_PROXY must be off, or addresses and networks separated by commas (got "::1/129").'],
    [{ TRUST_PROXY: 'yes', PORT: 'x' }, 'PORT must be a whole number from 0 to 65535 (got "x").'],
  ])('that cannot be are told in one sentence that names the variable: %o', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new ConfigError(sentence));
  });

  test('that cannot be stop the start, with that sentence and no stack', async () => {
    const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string; stderr: string }>();
    const env = { ...process.env, PORT: 'http' };
    execFile(process.execPath, [program('main')], { env }, (error, stdout, stderr) => resolve({ code: error?.code, stdout, stderr }));
    expect(await promise).toEqual({ code: 1, stdout: '', stderr: 'callmi: PORT must be a whole number from 0 to 65535 (got "http").\n' });
  });
});
