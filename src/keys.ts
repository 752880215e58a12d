/**
 * The keys of a scheme: given by the environment, or else kept beside the database in `keys.json`, made on the first start. The database
 * stores their fingerprint: with other keys its data could neither be looked up nor decrypted, so the process does not start with them.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from './api/index.ts';
import { ESTABLISH_KEYS_REQUEST, establishKeys, keysFingerprint, type SecretKeys, type Secrets, secretsOf } from './access/index.ts';
import type { Config } from './config.ts';
import type { Engine } from './ledger/index.ts';
import { folderOf, isVacant, nameOf, type Store } from './store/index.ts';

export type Keys = { readonly secrets: Secrets; readonly signing: SigningKeys };

/** Keys that cannot be used; its message is one sentence for the operator. */
export class KeysError extends Error {
  override name = 'KeysError';
}

type Chance = (bytes: number) => Uint8Array;

const keyFile = z.strictObject({ signing_key: z.looseObject({ kty: z.string() }), hash_key: z.base64(), seal_key: z.base64() });
type KeyFile = z.output<typeof keyFile>;

/** Finds or makes the keys, and compares them with those that the database belongs to. Throws `KeysError`. */
export async function openKeys(config: Pick<Config, 'databaseUrl' | 'keys'>, store: Store, engine: Engine, chance: Chance): Promise<Keys> {
  const established = await keysFingerprint(store);
  const { signingJwk, ...secretKeys } = findKeys(config, established !== undefined, chance);
  const keys = { secrets: secretsOf(secretKeys, chance), signing: await signingKeys(signingJwk) };
  const fingerprint = fingerprintOf(secretKeys, keys.signing, chance);
  const known = established ?? (await establish(store, engine, keys.secrets, fingerprint));
  const wrong = differing(known, fingerprint);
  if (wrong.length > 0) {
    throw new KeysError(`This database was founded with other keys (${wrong.join(', ')}): restore ${pathOf(config)} or the environment.`);
  }
  return keys;
}

/**
 * Throws `KeysError` if there is no database at a URL, or an empty one, although keys lie in its place: it was lost, or is somewhere else, and a
 * new one must not take its place unnoticed.
 */
export async function assertNotLost(databaseUrl: string): Promise<void> {
  const path = pathOf({ databaseUrl });
  // Looked at first: whoever makes both makes the database before its keys.
  if (!existsSync(path) || !(await isVacant(databaseUrl))) return;
  throw new KeysError(
    `${nameOf(databaseUrl)} is missing or empty, and ${path} holds the keys of a database: restore it, or correct DATABASE_URL; to make a new scheme here, move ${path} away first.`,
  );
}

/** Two processes may start at once: the row in the database decides, whichever process wrote it. */
async function establish(store: Store, engine: Engine, secrets: Secrets, fingerprint: string): Promise<string> {
  const hash = secrets.hash('request', fingerprint);
  await engine.bySystem(establishKeys, { fingerprint }, ESTABLISH_KEYS_REQUEST, { hash });
  return (await keysFingerprint(store))!;
}

/** A text that identifies each key without revealing it. */
function fingerprintOf({ hashKey, sealKey }: SecretKeys, { kid }: SigningKeys, chance: Chance): string {
  const print = (key: Uint8Array) => secretsOf({ hashKey: key, sealKey: key }, chance).hash('fingerprint', '');
  return `SIGNING_KEY:${kid} HASH_KEY:${print(hashKey)} SEAL_KEY:${print(sealKey)}`;
}

function differing(known: string, fingerprint: string): string[] {
  const expected = new Set(known.split(' '));
  const wrong = fingerprint.split(' ').filter((part) => !expected.has(part));
  return wrong.map((part) => part.split(':', 1)[0]!);
}

function pathOf({ databaseUrl }: Pick<Config, 'databaseUrl'>): string {
  return join(folderOf(databaseUrl), 'keys.json');
}

type Found = SecretKeys & { readonly signingJwk: JWK };

function findKeys(config: Pick<Config, 'databaseUrl' | 'keys'>, established: boolean, chance: Chance): Found {
  const { signingKey, hashKey, sealKey } = config.keys;
  if (signingKey && hashKey && sealKey) return { signingJwk: JSON.parse(signingKey) as JWK, hashKey, sealKey };
  const path = pathOf(config);
  const kept = readKeyFile(path) ?? makeKeyFile(path, established, chance);
  return {
    signingJwk: signingKey ? (JSON.parse(signingKey) as JWK) : kept.signing_key,
    hashKey: hashKey ?? bytesOf(kept.hash_key),
    sealKey: sealKey ?? bytesOf(kept.seal_key),
  };
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function readKeyFile(path: string): KeyFile | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  const others = stat.mode & 0o077;
  if (others !== 0 && process.platform !== 'win32')
    throw new KeysError(`${path} can be read by others: change its keys, or run chmod 600 on it if nobody has.`);
  const parsed = keyFile.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new KeysError(`${path} does not hold signing_key, hash_key and seal_key: restore it.`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function makeKeyFile(path: string, established: boolean, chance: Chance): KeyFile {
  if (established) throw new KeysError(`${path} is missing, and this database was founded with its keys: restore it.`);
  const base64 = () => Buffer.from(chance(32)).toString('base64');
  const made = { signing_key: newSigningJwk(chance), hash_key: base64(), seal_key: base64() };
  return writeOnce(path, `${JSON.stringify(made, null, 2)}\n`, chance) ? made : readKeyFile(path)!;
}

/** An Ed25519 private key is 32 random bytes; PKCS #8 puts 16 fixed bytes before them. */
function newSigningJwk(chance: Chance): KeyFile['signing_key'] {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), chance(32)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }) as KeyFile['signing_key'];
}

/** Writes a file that only the owner can read, as a whole or not at all; false if another process has written it meanwhile. */
function writeOnce(path: string, text: string, chance: Chance): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${chance(8).toHex()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    // Unlike a rename, a link never replaces an existing file.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
}

async function signingKeys(jwk: JWK): Promise<SigningKeys> {
  const privateKey: KeyObject = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK;
  return { kid: await calculateJwkThumbprint(publicJwk), privateKey, publicKey, publicJwk };
}
