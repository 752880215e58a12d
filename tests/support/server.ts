/** A server of its own process over a small world's database, reached over real sockets, that can be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { audit, checkLine } from '../../src/cli/audit.ts';
import { type Binding, createClient } from '../../src/access/index.ts';
import { type Keys, openKeys } from '../../src/keys.ts';
import { mintCode, newCode } from '../../src/redeem/index.ts';
import { openReadable } from '../../src/store/index.ts';
import type { Database } from './database.ts';
import { keysInEnvironment, testKeys } from './keys.ts';
import { program } from './program.ts';
import { enact } from './two-officers.ts';
import { openWorld, street, type World } from './world.ts';

const PAUSE_MS = 100;

type Credentials = { readonly clientId: string; readonly secret: string };

export type Shown = { readonly voucherId: string; readonly code: string };

/** What a server is started on: a database, its keys unless they lie beside it, and who signs in. */
export type Served = {
  readonly url: string;
  readonly keys?: Readonly<Record<string, string>>;
  readonly till: Credentials;
  readonly resident: Credentials;
};

/** A scheme to be served, with the resident's vouchers, whose codes are shown right now. */
export type Prepared = Served & Database & { readonly shown: readonly Shown[] };

/** Makes a scheme with so many vouchers ready to be redeemed; everything in it is as of now, since the server goes by the real time. */
export async function prepare(vouchers: number, database?: Database): Promise<Prepared> {
  const world = await openWorld(Date.now(), database);
  const keys = await openKeys({ databaseUrl: world.url, keys: testKeys }, world.store, world.engine, world.chance);
  // The codes are shown now, and used as soon as a slow machine comes to it.
  await enact(world, 'code_validity', { seconds: 3_600 });
  const till = await credentialsFor(world, keys, { kind: 'till', merchantId: world.merchantId, storeId: world.storeId });
  const resident = await credentialsFor(world, keys, { kind: 'resident', residentId: world.residentId });
  await Promise.all(Array.from({ length: Math.ceil(vouchers / 10) }, () => world.grantHours(world.gexiang, world.residentId, 100)));
  const shown = await Promise.all(Array.from({ length: vouchers }, () => show(world, keys)));
  await world.close();
  return { url: world.url, file: world.file, keys: keysInEnvironment, till, resident, shown };
}

async function credentialsFor(world: World, { secrets }: Keys, binding: Binding): Promise<Credentials> {
  const secret = randomBytes(32).toString('base64url');
  const kept = { secretHash: secrets.hash('client-secret', secret), sealedSecret: secrets.seal(secret) };
  const wanted = { by: street, approvedBy: street.id, name: binding.kind, binding, scopes: null };
  const { id: clientId } = await world.must(createClient, { ...wanted, ...kept });
  return { clientId, secret };
}

async function show(world: World, keys: Keys): Promise<Shown> {
  const voucherId = await world.takeVoucher();
  const code = newCode(randomBytes);
  const input = { residentId: world.residentId, voucherId, codeHash: keys.secrets.hash('code', code), sealedCode: 'sealed' };
  await world.must(mintCode, input);
  return { voucherId, code };
}

export type Server = {
  readonly url: string;
  readonly pid: number;
  /** The till's. */
  authorization: string;
  /** Gets the till another token. */
  signInAgain(): Promise<void>;
  readonly residentAuthorization: string;
  /** What it has printed lately. */
  printed(): string;
  /** Ends the process with a signal and waits until it is gone. */
  stop(signal: NodeJS.Signals): Promise<void>;
};

/** Starts the service as an operator would, on a free port, and signs the till and the resident in. It may open so many files at once. */
export async function startServer(
  { url: database, keys = {}, till, resident }: Served,
  more: NodeJS.ProcessEnv = {},
  { openFiles }: { readonly openFiles?: number } = {},
): Promise<Server> {
  const settings = { DATABASE_URL: database, PORT: '0', LOG_LEVEL: 'info', PUBLIC_URL: 'http://callmi.example', ...keys };
  const env = { ...process.env, ...settings, ...more };
  const command = [process.execPath, program('main')];
  const limited = openFiles === undefined ? command : ['/bin/sh', '-c', `ulimit -n ${openFiles} && exec "$0" "$@"`, ...command];
  const child = spawn(limited[0]!, limited.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  onTestFinished(() => stop('SIGKILL'));
  const { url, printed } = await addressOf(child);
  const [authorization, residentAuthorization] = await Promise.all([bearerOf(url, till), bearerOf(url, resident)]);
  const server: Server = {
    url,
    pid: child.pid!,
    authorization,
    residentAuthorization,
    printed,
    stop,
    async signInAgain() {
      server.authorization = await bearerOf(url, till);
    },
  };
  return server;
}

async function bearerOf(url: string, { clientId, secret }: Credentials): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const answer = await answered(() => fetch(`${url}/oauth/token`, { method: 'POST', body: form }));
  const token = (await answer.json()) as { access_token: string };
  return `Bearer ${token.access_token}`;
}

/** What the server says of whether it is ready: `ready`, or the code of its problem. */
export async function readiness({ url }: Pick<Server, 'url'>): Promise<string> {
  const answer = await fetch(`${url}/readyz`);
  return ((await answer.json()) as { code?: string }).code ?? 'ready';
}

/** Asks the same again as long as the answer is a 503, which a server also gives where the machine is busy. */
export async function answered<A extends { readonly status: number }>(attempt: () => Promise<A>): Promise<A> {
  for (;;) {
    const answer = await attempt();
    if (answer.status !== 503) return answer;
    await sleep(PAUSE_MS);
  }
}

/** How much of what a process prints is kept. */
const PRINTED_MAX = 20_000;

/** Reads what the process prints for as long as it lives, lest it wait for somebody to; gives the address that it says first. */
function addressOf({ stdout }: ChildProcess): Promise<{ url: string; printed: () => string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const printed = () => said;
    stdout!.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-PRINTED_MAX);
      const url = /listens at (http:\/\/[\d.:]+)/.exec(said)?.[1];
      if (url !== undefined) resolve({ url, printed });
    });
    stdout!.once('end', () => reject(new Error(`the server did not start: ${said}`)));
  });
}

export type Attempt = { readonly requestNo: string; readonly status: number; readonly text: string };

/** Redeems a code. Throws if no answer comes. */
export async function redeemAt(server: Server, requestNo: string, code: string, orderNo = requestNo): Promise<Attempt> {
  const headers = { authorization: server.authorization, 'idempotency-key': requestNo, 'content-type': 'application/json' };
  const body = JSON.stringify({ code, order_no: orderNo, order_amount_fen: 100_000 });
  const answer = await fetch(`${server.url}/v1/redemptions`, { method: 'POST', headers, body });
  return { requestNo, status: answer.status, text: await answer.text() };
}

/** Any other call, of the till unless another's authorization is given. */
export async function callAt(
  server: Server,
  method: string,
  path: string,
  body?: object,
  key?: string,
  authorization = server.authorization,
): Promise<Attempt> {
  const headers = {
    authorization,
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { requestNo: key ?? '', status: answer.status, text: await answer.text() };
}

/** Holds that a database passes the audit, as it stands. */
export async function expectWhole({ url }: Pick<Database, 'url'>): Promise<void> {
  const store = await openReadable(url);
  const { ok, checks } = await audit(store);
  await store.close();
  expect(ok, checks.map(checkLine).join('')).toBe(true);
}
