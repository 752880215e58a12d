import { execFile, spawn } from 'node:child_process';
import Database from 'better-sqlite3';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { addDays, auditReports, checksOf, dayOf, lastDayOver } from '../../src/ledger/index.ts';
import { openHistory } from '../support/history.ts';
import { keysInEnvironment } from '../support/keys.ts';
import { program } from '../support/program.ts';
import { openScheme } from '../support/scheme.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { enact } from '../support/two-officers.ts';
import { openWorld } from '../support/world.ts';

const main = program('callmi');

type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `callmi` as an operator does, in a folder of its own. */
function callmi(args: readonly string[], env: Record<string, string> = {}, cwd = tempFolder()): Promise<Said> {
  const clean = { ...process.env, DATABASE_URL: '', ...env };
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, ...args], { cwd, env: clean, maxBuffer: 1 << 26 }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const on = (url: string) => ['--database', url];

it('a command that needs a database says that there is none, and makes none', async () => {
  const folder = tempFolder();
  const lines = ['audit', 'export --format hledger', 'backup saved.db'];
  const said = await Promise.all(lines.map((line) => callmi(line.split(' '), {}, folder)));
  const err = 'callmi: there is no database at ./data/callmi.db\n';
  expect(said).toEqual(lines.map(() => ({ code: 1, out: '', err })));
  expect(readdirSync(folder)).toEqual([]);
});

it('migrate makes the database that DATABASE_URL names, and is content with it afterwards', async () => {
  const folder = tempFolder();
  const env = { DATABASE_URL: 'file:./here/books.db' };
  expect(await callmi(['migrate'], env, folder)).toMatchObject({ code: 0, err: '' });
  expect(existsSync(join(folder, 'here/books.db'))).toBe(true);
  expect(await callmi(['migrate'], env, folder)).toMatchObject({ code: 0, err: '' });
});

it('a database that a newer version wrote is refused in a sentence, by every command', async () => {
  const { file, url, close } = await openScheme();
  await close();
  new Database(file).exec("insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)").close();
  const lines = ['migrate', 'audit', 'backup saved.db'];
  const said = await Promise.all(lines.map((line) => callmi([...line.split(' '), ...on(url)])));
  const sentence = `callmi: ${file} was written by a newer version of CallMi: install that version, or restore an older backup\n`;
  expect(said).toEqual(lines.map(() => ({ code: 1, out: '', err: sentence })));
});

it('a database of an older version is to be migrated first', async () => {
  const { file, url, close } = await openScheme();
  await close();
  new Database(file).exec('delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)').close();
  const { code, err } = await callmi(['audit', ...on(url)]);
  expect({ code, err }).toEqual({
    code: 1,
    err: `callmi: ${file} was written by an older version of CallMi: run \`callmi migrate\` first\n`,
  });
});

it('what cannot be a database is refused in a sentence', async () => {
  const file = join(tempFolder(), 'notes.db');
  writeFileSync(file, 'milk, bread\n'.repeat(1_000));
  const sentences = {
    'file:': 'DATABASE_URL names no file',
    [`file:${file}`]: `${file} cannot be opened: file is not a database`,
  };
  const said = await Promise.all(Object.keys(sentences).map((url) => callmi(['audit', ...on(url)])));
  expect(said).toEqual(Object.values(sentences).map((sentence) => ({ code: 1, out: '', err: `callmi: ${sentence}\n` })));
  expect(await callmi(['audit'], { PORT: 'all of them' })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^callmi: PORT must be .*\n$/),
  });
});

it('audit says each invariant in a line, and that all is well', async () => {
  const { url } = await openHistory();
  const { code, out, err } = await callmi(['audit', ...on(url)]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(27);
  expect(lines[2]).toBe('I2 ok  a balance is the sum of its postings (19 accounts)');
  expect(lines[9]).toBe('I9 not applicable yet  what was answered survives a crash (data cannot show it, a crash test does)');
  expect(lines.at(-1)).toBe('audit: ok');
});

it('audit keeps what it found, unless it is told not to, and says so where it cannot', async () => {
  const world = await openHistory();
  const { url, file, store, close } = world;
  expect((await callmi(['audit', '--no-record', ...on(url)])).code).toBe(0);
  expect(await auditReports(store, { limit: 10 })).toEqual([]);
  const { out } = await callmi(['audit', ...on(url)]);
  const [report, ...others] = await auditReports(store, { limit: 10 });
  expect(others).toEqual([]);
  expect(report).toMatchObject({ ok: 1 });
  expect(report!.finishedAt).toBeGreaterThanOrEqual(report!.startedAt);
  expect(checksOf(report!)).toHaveLength(out.trimEnd().split('\n').length - 1);
  await close();
  // Nothing may be added to what audits found, as where the database is only to be read.
  new Database(file).exec("create trigger full before insert on audit_report begin select raise(abort, 'the disk is full'); end").close();
  expect(await callmi(['audit', ...on(url)])).toEqual({
    code: 0,
    out: expect.stringMatching(/\naudit: ok\n$/),
    err: 'callmi: what the audit found was not kept: the disk is full\n',
  });
});

it('audit names what is broken, the trial balance what it does not come to, and both exit with 1', async () => {
  const { url, file, close } = await openHistory();
  await close();
  new Database(file).exec("update account set balance = 0 where path = 'expired:gexiang'").close();
  const [audit, trialBalance] = await Promise.all([callmi(['audit', ...on(url)]), callmi(['trial-balance', ...on(url)])]);
  expect([audit.code, trialBalance.code]).toEqual([1, 1]);
  expect(audit.out).toContain('I2 BROKEN  expired:gexiang: balance 0, postings sum to 100\n');
  expect(audit.out).toMatch(/\naudit: BROKEN\n$/);
  expect(trialBalance.out).toMatch(/\ntrial balance: 100 point, 0 fen\n$/);
});

it('audit, export, trial-balance and backup work beside a server that writes all the while', async () => {
  const world = await openHistory();
  const saved = join(tempFolder(), 'saved.db');
  const stop = new AbortController();
  let grants = 0;
  const server = (async () => {
    for (; !stop.signal.aborted; grants += 20) {
      await Promise.all(Array.from({ length: 20 }, () => world.grantHours(world.gexiang, world.residentId, 1)));
      // Other processes get a turn, as between two requests.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  const commands = [['audit'], ['export', '--format', 'hledger'], ['trial-balance'], ['backup', saved]];
  await vi.waitUntil(() => grants > 0, 60_000);
  const before = grants;
  const said = await Promise.all(commands.map((args) => callmi([...args, ...on(world.url)])));
  const meanwhile = grants - before;
  stop.abort();
  await server;
  expect(said.map(({ code, err }) => ({ code, err }))).toEqual(commands.map(() => ({ code: 0, err: '' })));
  expect(meanwhile).toBeGreaterThan(0);
  expect((await callmi(['audit', ...on(`file:${saved}`)])).out).toContain('audit: ok');
});

it('trial-balance shows debits and credits by community and kind, and that they come to zero', async () => {
  const { url } = await openHistory();
  const { code, out } = await callmi(['trial-balance', ...on(url)]);
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "community  kind      unit   debit  credit
    gexiang    issued    point    510
    gexiang    wallet    point            150
    gexiang    escrow    point            200
    gexiang    redeemed  point             60
    gexiang    expired   point            100
    gexiang    cost      fen      600
    gexiang    due-to    fen    1 000   1 600
    wanhe      issued    point     40
    wanhe      wallet    point
    wanhe      escrow    point
    wanhe      redeemed  point             40
    wanhe      expired   point
    wanhe      cost      fen      400
    wanhe      due-from  fen    1 600   1 000
    wanhe      payable   fen    1 000   2 000
    trial balance: 0 point, 0 fen
    "
  `);
});

it('export of a community that is not there says so', async () => {
  const { url } = await openHistory();
  const exportOf = (community: string) => callmi(['export', '--format', 'hledger', '--community', community, ...on(url)]);
  const [none, own] = await Promise.all([exportOf('atlantis'), exportOf('gexiang')]);
  expect(none).toEqual({ code: 1, out: '', err: 'callmi: there is no community atlantis\n' });
  expect(own.out).toContain('account issued:gexiang\n');
  expect(own.out).not.toContain('payable:wanhe');
});

it('export stops quietly when its reader has seen enough', async () => {
  const world = await openHistory();
  await Promise.all(Array.from({ length: 2_000 }, () => world.grantHours(world.gexiang, world.residentId, 1)));
  const child = spawn(process.execPath, [main, 'export', '--format', 'hledger', ...on(world.url)], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  let err = '';
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

it('backup and restore, from the command line', async () => {
  const world = await openHistory();
  const saved = join(tempFolder(), 'saved.db');
  expect(await callmi(['backup', saved, ...on(world.url)])).toEqual({ code: 0, err: '', out: `backup: ${saved} is complete and sound\n` });
  const [again, forced, early] = await Promise.all([
    callmi(['backup', saved, ...on(world.url)]),
    callmi(['backup', '--force', saved, ...on(world.url)]),
    callmi(['restore', saved, ...on(world.url)]),
  ]);
  expect(again).toMatchObject({ code: 1, err: `callmi: ${saved} is there already: choose another name, or --force\n` });
  expect(forced).toMatchObject({ code: 0 });
  expect(early).toMatchObject({ code: 1, err: `callmi: ${world.file} is in use by another process: stop it first\n` });
  await world.close();
  const { code, out } = await callmi(['restore', saved, ...on(world.url)]);
  expect(code).toBe(0);
  expect(out).toContain(`what was there before is kept as ${world.file}.before-restore-1\n`);
});

it('close-day closes the last day that is over by the policy, and none before its hour', async () => {
  const world = await openWorld();
  await enact(world, 'cut_off', { hour: 1 });
  // It may strike one in Shanghai while the command is under way.
  const before = lastDayOver(Date.now(), 1);
  const { code, out } = await callmi(['close-day', ...on(world.url)], keysInEnvironment);
  expect({ code, closed: [before, lastDayOver(Date.now(), 1)].map((day) => `closed: ${day}\n`) }).toEqual({
    code: 0,
    closed: expect.arrayContaining([out]) as unknown,
  });
  const late = await openWorld();
  await enact(late, 'cut_off', { hour: 24 });
  const tomorrow = addDays(dayOf(Date.now()), 1);
  const early = await callmi(['close-day', tomorrow, ...on(late.url)], keysInEnvironment);
  expect(early).toMatchObject({ code: 1, err: `callmi: ${tomorrow} is not over yet\n` });
});
