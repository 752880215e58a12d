/** What an operator is told by a process: whether it is ready, what it was started on, when it ends. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../src/store/index.ts';
import { callmiIn } from './support/callmi.ts';
import { keysInEnvironment } from './support/keys.ts';
import { callAt, expectWhole, prepare, readiness, redeemAt, startServer } from './support/server.ts';
import { program } from './support/program.ts';
import { tempFolder } from './support/temp-folder.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Keys beside the database, as an operator has them. */
const ownKeys = { SIGNING_KEY: '', HASH_KEY: '', SEAL_KEY: '' };

/** Starts a server that is not to stay, and gives what it left. */
function startedIn(more: NodeJS.ProcessEnv) {
  const env = { ...process.env, ...keysInEnvironment, PORT: '0', LOG_LEVEL: 'info', ...more };
  return spawnSync(process.execPath, [program('main')], { cwd: tempFolder(), env, encoding: 'utf8' });
}

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

const DISK_BYTES = 16 * 2 ** 20;

/** Whether we may mount a disk, as only root may. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'callmi-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', ['-l', folder]);
  rmdirSync(folder);
  return status === 0;
}

/** A folder that is a small disk. */
function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callmi-mount-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  return folder;
}

it('a file that was moved, deleted or replaced is told of, and no command is written into what nobody finds again', async () => {
  const prepared = await prepare(3);
  const server = await startServer(prepared);
  const redeem = async (n: number) => (await redeemAt(server, `attempt-${n}`, prepared.shown[n]!.code)).status;
  expect([await readiness(server), await redeem(0)]).toEqual(['ready', 201]);

  const moved = `${prepared.file}.moved`;
  renameSync(prepared.file, moved);
  expect([await readiness(server), await redeem(1)]).toEqual(['database_replaced', 503]);
  expect(existsSync(prepared.file)).toBe(false);
  copyFileSync(moved, prepared.file);
  expect([await readiness(server), await redeem(1)]).toEqual(['database_replaced', 503]);

  renameSync(moved, prepared.file);
  expect([await readiness(server), await redeem(1), await redeem(2)]).toEqual(['ready', 201, 201]);
  await server.stop('SIGTERM');
  await expectWhole(prepared);
});

it('a file that a shorter one was written over is told of, and nothing is written into it', async () => {
  const file = join(tempFolder(), 'callmi.db');
  const store = await openStore(`file:${file}`);
  onTestFinished(() => store.close());
  const write = () => store.transaction((tx) => tx.write('scheme', [{ name: 'of a test', value: '' }]));
  expect(await store.hindrance()).toBeUndefined();
  truncateSync(file, statSync(file).size - 1);
  expect(await store.hindrance()).toBe('database_replaced');
  await expect(write()).rejects.toThrow('was moved, deleted or replaced');
});

it('a disk that refuses writes is told of, and that it takes them again', async () => {
  const prepared = await prepare(2);
  const server = await startServer(prepared);
  const limit = (bytes: string) => execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${bytes}:unlimited`]);
  expect(await readiness(server)).toBe('ready');
  limit('0');
  await expect.poll(() => readiness(server), { timeout: 10_000 }).toBe('disk_refuses_writes');
  const { status, text } = await redeemAt(server, 'attempt', prepared.shown[0]!.code);
  expect([status, JSON.parse(text)]).toEqual([503, expect.objectContaining({ code: 'unavailable', retryable: true })]);
  limit('unlimited');
  expect(await readiness(server)).toBe('ready');
  expect((await redeemAt(server, 'attempt', prepared.shown[0]!.code)).status).toBe(201);
});

it('a command that could not be written for want of room is 503, is logged shortly, and is half written nowhere', async () => {
  const prepared = await prepare(6);
  const server = await startServer(prepared);
  const limit = (bytes: string) => execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${bytes}:unlimited`]);
  const redeem = async (n: number) => (await redeemAt(server, `attempt-${n}`, prepared.shown[n]!.code)).status;
  expect(await redeem(0)).toBe(201);
  // The log has room for some of its pages, and not for all.
  limit(String(statSync(`${prepared.file}-wal`).size + 10_000));
  const all = [1, 2, 3, 4, 5];
  expect(await Promise.all(all.map(redeem))).toEqual(all.map(() => 503));
  expect((await Promise.all(all.map(redeem))).every((status) => status === 503)).toBe(true);
  const told = server
    .printed()
    .split('\n')
    .filter((line) => line.includes('could not be carried out'));
  expect(told).toEqual([expect.stringContaining('"reason":"the database cannot be written just now: ')]);
  expect(server.printed()).not.toContain('"frames"');
  await server.stop('SIGKILL');
  await expectWhole(prepared);

  const again = await startServer(prepared);
  for (const n of all) expect((await redeemAt(again, `attempt-${n}`, prepared.shown[n]!.code)).status).toBe(201);
  await again.stop('SIGTERM');
  await expectWhole(prepared);
});

it.skipIf(!canMount())('a disk that is full is told of as long as it is, though its log has room for a page', async () => {
  const disk = smallDisk();
  const { file: original, ...others } = await prepare(2);
  const file = join(disk, 'callmi.db');
  copyFileSync(original, file);
  const prepared = { ...others, file, url: `file:${file}` };
  const server = await startServer(prepared);
  const redeem = (n: number) => redeemAt(server, `attempt-${n}`, prepared.shown[n]!.code);
  expect((await redeem(0)).status).toBe(201);
  expect(() => writeFileSync(join(disk, 'other'), Buffer.alloc(DISK_BYTES))).toThrow('ENOSPC');
  await expect.poll(() => readiness(server)).toBe('disk_refuses_writes');
  expect([(await redeem(1)).status, await readiness(server)]).toEqual([503, 'disk_refuses_writes']);
  expect((await callAt(server, 'GET', '/v1/till')).status).toBe(200);
  rmSync(join(disk, 'other'));
  expect([await readiness(server), (await redeem(1)).status]).toEqual(['ready', 201]);
  await server.stop('SIGKILL');
  await expectWhole(prepared);
});

it.each(['-wal', '-shm'])('a log of the database that was deleted beside it is told of: %s', async (end) => {
  const prepared = await prepare(1);
  const server = await startServer(prepared);
  expect(await readiness(server)).toBe('ready');
  rmSync(prepared.file + end);
  expect(await readiness(server)).toBe('database_replaced');
  // Nothing is lost: the process copies its log back when it ends.
  await server.stop('SIGTERM');
  await expectWhole(prepared);
  expect(await readiness(await startServer(prepared))).toBe('ready');
});

it('a scheme that is not founded is told of by a server that was started on the wrong database, in its log as well', async () => {
  const { till, resident } = await prepare(1);
  const url = `file:${join(tempFolder(), 'another.db')}`;
  const server = await startServer({ url, till, resident });
  expect(await readiness(server)).toBe('scheme_not_founded');
  expect(server.printed()).toContain('this database holds no scheme: check that DATABASE_URL names the right one');
});

it.each([
  ['missing', (file: string) => rmSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
])(
  '%s: a database that is so beside existing keys is neither made nor founded, by the server or from the command line',
  async (_what, lose) => {
    const folder = tempFolder();
    const file = join(folder, 'callmi.db');
    const url = `file:${file}`;
    expect(await callmiIn(ownKeys, url, 'init', '张三', '李四')).toMatchObject({ code: 0 });
    const keys = readFileSync(join(folder, 'keys.json'), 'utf8');
    lose(file);
    const size = existsSync(file) ? 0 : undefined;
    const sentence = new RegExp(`^callmi: \\S+callmi.db is missing or empty, and \\S+keys.json holds the keys of a database: restore it`);
    for (const args of [['init', '张三', '李四'], ['migrate']]) {
      expect(await callmiIn(ownKeys, url, ...args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
    }
    const { status, stderr } = startedIn({ ...ownKeys, DATABASE_URL: url });
    expect([status, stderr]).toEqual([1, expect.stringMatching(sentence)]);
    expect(existsSync(file) ? readFileSync(file).length : undefined).toBe(size);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keys);
    renameSync(join(folder, 'keys.json'), join(folder, 'former-keys.json'));
    expect(await callmiIn(ownKeys, url, 'init', '张三', '李四')).toMatchObject({ code: 0 });
  },
);

it.each(['SIGTERM', 'SIGINT'] as const)(
  'a start and a stop are logged, with the version and the database, and a stop by %s',
  async (signal) => {
    const server = await startServer(await prepare(1));
    const lines = () =>
      server
        .printed()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly msg: string });
    expect(lines()[0]).toMatchObject({ msg: 'CallMi starts', version, database: expect.stringMatching(/callmi\.db$/) });
    await server.stop(signal);
    await expect.poll(() => lines().at(-1)!.msg).toBe('CallMi has stopped');
    expect(lines()).toContainEqual(expect.objectContaining({ signal, msg: 'CallMi stops: it answers what is under way' }));
  },
);

it('callmi --version says the version', async () => {
  expect(await callmiIn({}, 'file:/nowhere', '--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

it('metrics cannot be put on the port of the service', async () => {
  const { status, stderr } = startedIn({ PORT: '8123', METRICS_PORT: '8123' });
  expect([status, stderr]).toEqual([1, 'callmi: METRICS_PORT must be another port than PORT (got "8123").\n']);
});

it('metrics are at a port of their own if they are given one, and at no other then', async () => {
  const server = await startServer(await prepare(1), { METRICS_PORT: '0' });
  const port = /metrics are at port (\d+)/.exec(server.printed())?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('callmi_engine_queue_length 0')]);
  const at = async (path: string, method = 'GET') => (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  expect(await Promise.all([at('/metrics?from=prometheus'), at('/metrics', 'HEAD')])).toEqual([200, 200]);
  expect(await Promise.all([at('/metrics', 'POST'), at('/'), at('/v1/offers'), at('/readyz')])).toEqual([404, 404, 404, 404]);
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
});

it('a backup is noted for the age of the last one, and so is one that another tool made', async () => {
  const { url, keys, till, resident } = await prepare(1);
  const run = (...args: string[]) => callmiIn(keys!, url, 'backup', ...args);
  const server = await startServer({ url, keys: keys!, till, resident });
  const age = async () => Number(/^callmi_backup_age_seconds (\S+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);
  expect(await age()).toBeNaN();
  const file = join(tempFolder(), 'saved.db');
  expect(await run(file)).toEqual({ code: 0, out: `backup: ${file} is complete and sound\n`, err: '' });
  const first = await age();
  expect(first).toBeGreaterThanOrEqual(0);
  await expect.poll(age).toBeGreaterThan(first);
  // By its instant, in seconds: an age grows while the command ends. The answers themselves take some milliseconds.
  const notedAt = async () => 0 - (await age()) + Date.now() / 1_000;
  const before = await notedAt();
  expect(await run('--elsewhere')).toEqual({ code: 0, out: '', err: '' });
  expect(await notedAt()).toBeGreaterThan(before + 0.1);
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('--elsewhere') });
});

it.each([
  ['a folder', (file: string) => mkdirSync(file), 'is a folder: name a file in it'],
  ['no database', (file: string) => writeFileSync(file, 'milk, bread\n'.repeat(1_000)), 'cannot be opened: file is not a database'],
  [
    'a database of somebody else',
    (file: string) => new Database(file).exec('create table notes (text)').close(),
    'holds what CallMi did not make (table notes): let DATABASE_URL name a database of its own',
  ],
])('%s where the database should be is left as it is, by the server and from the command line', async (_what, put, sentence) => {
  const file = join(tempFolder(), 'callmi.db');
  put(file);
  const bytes = () => (statSync(file).isDirectory() ? readdirSync(file) : readFileSync(file));
  const before = bytes();
  const said = `callmi: ${file} ${sentence}\n`;
  for (const args of [['init', '张三', '李四'], ['migrate']])
    expect(await callmiIn({}, `file:${file}`, ...args)).toEqual({ code: 1, out: '', err: said });
  const { status, stdout, stderr } = startedIn({ DATABASE_URL: `file:${file}` });
  expect([status, stderr]).toEqual([1, said]);
  expect(stdout).toContain(`CallMi did not start: ${file} ${sentence}`);
  expect(bytes()).toEqual(before);
  expect(existsSync(join(file, '../keys.json'))).toBe(false);
});

it.each([
  ['a port that is taken', async () => ({ PORT: await takenPort() })],
  ['a port of the metrics that is taken', async () => ({ METRICS_PORT: await takenPort() })],
  ['an address of another machine', async () => ({ HOST: '203.0.113.7' })],
  ['a host that nobody knows', async () => ({ HOST: 'nobody.invalid' })],
])('a start that fails is logged with its reason, in one sentence: %s', async (_what, settings) => {
  const { url } = await prepare(1);
  const { status, stdout, stderr } = startedIn({ DATABASE_URL: url, ...(await settings()) });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^callmi: HOST and PORT, or METRICS_PORT, cannot be listened on: .*\n$/)]);
  expect(stdout).toMatch(/^\{"level":60,.*"msg":"CallMi did not start: HOST and PORT/m);
});
