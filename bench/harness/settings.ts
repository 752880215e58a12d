import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { pooled } from '../../src/chance.ts';
import { readConfig } from '../../src/config.ts';
import { openService, type Service } from '../../src/service.ts';

/** The keys of a scheme, as the environment gives them. */
export type SchemeKeys = { readonly SIGNING_KEY: string; readonly HASH_KEY: string; readonly SEAL_KEY: string };

export function newKeys(): SchemeKeys {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return {
    SIGNING_KEY: JSON.stringify(jwk),
    HASH_KEY: randomBytes(32).toString('base64'),
    SEAL_KEY: randomBytes(32).toString('base64'),
  };
}

/** All that a rate limit is for. */
const LIMITED = ['CLIENT', 'TILL', 'OFFICER', 'RESIDENT', 'MACHINE', 'ADDRESS'];

/** The environment of a service on a database. Its rate limits are out of reach; everything else is as an operator has it. */
export function settingsOf(databaseUrl: string, keys: SchemeKeys): Record<string, string> {
  return {
    ...keys,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://callmi.bench',
    LOG_LEVEL: 'info',
    ...Object.fromEntries(LIMITED.map((what) => [`RATE_LIMIT_PER_MINUTE_${what}`, '100000000'])),
  };
}

/** Opens a service in this process, to prepare a database. `clock` gives epoch milliseconds. */
export function openWriter(databaseUrl: string, keys: SchemeKeys, clock: () => number = Date.now): Promise<Service> {
  const config = readConfig(settingsOf(databaseUrl, keys));
  return openService(config, { clock, chance: pooled(randomBytes), checkpointInWorker: true });
}
