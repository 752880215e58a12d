/** The commands of `callmi` on PostgreSQL, as an operator runs them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { establishScheme, residentById } from '../../src/communities/index.ts';
import { erasuresFile, keepErasedIn } from '../../src/erasures-file.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { openReadable, setAside, type TableName, writeOrder } from '../../src/store/index.ts';
import { tableName } from '../../src/store/postgres-tables.ts';
import { freshDatabase, freshFile } from '../support/database.ts';
import { openHistory } from '../support/history.ts';
import { keysInEnvironment } from '../support/keys.ts';
import { asOwner } from '../support/owner.ts';
import { program } from '../support/program.ts';
import { rawOf } from '../support/raw.ts';
import { hexNo } from '../support/rows.ts';
import { openScheme } from '../support/scheme.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWorld } from '../support/world.ts';

const main = program('callmi');

type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `callmi` in a folder of its own, on the database that a URL names. A demo makes its own keys; the others have those of the tests. */
function callmi(line: string, url: string, cwd = tempFolder()): Promise<Said> {
  const env = { ...process.env, ...keysInEnvironment, DATABASE_URL: url };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...line.split(' ')], { cwd, env, maxBuffer: 1 << 26 }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** Runs it and expects that it does what it should, and complains of nothing. Gives what it printed. */
async function done(line: string, url: string, cwd?: string): Promise<string> {
  const { code, out, err } = await callmi(line, url, cwd);
  expect({ line, code, err }, out).toEqual({ line, code: 0, err: '' });
  return out;
}

/** Runs it and expects that it does nothing but say why not, in one line. Gives that. */
async function refused(line: string, url: string): Promise<string> {
  const { code, out, err } = await callmi(line, url);
  expect({ line, code, out }, err).toEqual({ line, code: 1, out: '' });
  expect(err).toMatch(/^callmi: [^\n]+\n$/);
  return err;
}

let made = 0;

/** A database in which there is nothing at all. */
async function emptyDatabase(): Promise<string> {
  const server = inject('postgresServer');
  const name = `callmi_cli_${process.pid}_${++made}`;
  await asOwner(server, `create database ${name}`);
  onTestFinished(() => asOwner(server, `drop database ${name} with (force)`));
  return `${server}/${name}`;
}

/** The name of a database as it is told to the operator. */
const told = (url: string) => url.replace('postgres:password@', '');

async function rowCounts(url: string): Promise<Partial<Record<TableName, number>>> {
  const store = await openReadable(url);
  const counts: Partial<Record<TableName, number>> = {};
  for (const table of writeOrder) counts[table] = await store.read.$count(store.tables[table]);
  await store.close();
  return counts;
}

async function schemas(url: string): Promise<unknown[]> {
  const rows = await (await rawOf({ url })).rows("select nspname from pg_namespace where nspname !~ '^pg_|^information' order by 1");
  return rows.map(({ nspname }) => nspname);
}

describe('callmi on PostgreSQL', () => {
  it('makes the tables of a new database, founds a scheme in it, and is content with it afterwards', async () => {
    const url = await emptyDatabase();
    expect(await refused('audit', url)).toContain(told(url));
    await done('migrate', url);
    expect(await done('migrate', url)).toBe(`migrate: ${told(url)} has this version's schema\n`);
    const officers = (await done('init 王一 李二', url)).trimEnd().split('\n');
    expect(officers.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(['王一', '李二']);
    expect(await done('init 王一 李二', url)).toBe(`${officers.join('\n')}\n`);
    expect(await done('audit', url)).toMatch(/\naudit: ok\n$/);
  });

  it('says each invariant in a line, balances the books and writes the journal', async () => {
    const { url } = await openHistory();
    const [audit, balance, journal] = await Promise.all([
      done('audit', url),
      done('trial-balance', url),
      done('export --format hledger', url),
    ]);
    expect(audit).toContain('I2 ok  a balance is the sum of its postings (19 accounts)\n');
    expect(audit).toMatch(/\naudit: ok\n$/);
    expect(balance).toContain('gexiang    due-to    fen    1 000   1 600\n');
    expect(balance).toMatch(/\ntrial balance: 0 point, 0 fen\n$/);
    expect(journal).toContain('account issued:gexiang\n');
    expect(await done(`trial-balance --database ${url}`, 'file:nowhere.db')).toBe(balance);
  });

  it('names the row that is off, and exits with 1', async () => {
    const history = await openHistory();
    await (await rawOf(history)).exec("update account set balance = balance - 1 where path = 'expired:gexiang'");
    const [audit, balance] = await Promise.all([callmi('audit', history.url), callmi('trial-balance', history.url)]);
    expect([audit.code, balance.code]).toEqual([1, 1]);
    expect(audit.out).toMatch(/I2 BROKEN {2}expired:gexiang: balance \d+, postings sum to 100\n/);
    expect(audit.out).toMatch(/\naudit: BROKEN\n$/);
    expect(balance.out).toMatch(/\ntrial balance: -?\d+ point, 0 fen\n$/);
  });

  it('books what has expired, and closes days, beside whoever else writes', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 20);
    await world.takeVoucher();
    await (await rawOf(world)).exec('update voucher set valid_until = 1');
    // Nothing was written for months, and a clock that is ahead would end what must not end.
    const today = dayOf(Date.now());
    for (const line of ['expire', 'close-day']) expect(await refused(line, world.url)).toContain(`callmi resume --day ${today}`);
    expect(await done(`resume --day ${today}`, world.url)).toBe(`resumed: it is ${today}\n`);
    expect(await done('expire', world.url)).toMatch(/^expired: 1 vouchers, \d+ lots\n$/);
    expect(await done('close-day 2026-03-01', world.url)).toBe('closed: 2026-03-01\n');
    expect(await done('close-day 2026-03-01', world.url)).toBe('2026-03-01 was closed already\n');
    expect(await refused('close-day 2999-01-01', world.url)).toBe('callmi: 2999-01-01 is not over yet\n');
    expect(await refused('close-day tomorrow', world.url)).toContain('tomorrow is not a date');
    await world.grantHours(world.gexiang, world.residentId, 1);
    expect(await done('audit', world.url)).toMatch(/\naudit: ok\n$/);
  });

  it('leaves backups to pg_dump and pg_restore', async () => {
    const { url } = await freshDatabase();
    expect(await refused('backup saved.db', url)).toContain('pg_dump');
    expect(await refused('restore saved.db', url)).toContain('pg_restore');
  });

  it('says in a sentence that a server, a database or a password is not right, and keeps the password to itself', async () => {
    const { host } = new URL(inject('postgresServer'));
    const urls = {
      'postgres://postgres:hidden@127.0.0.1:1/callmi': 'postgres://127.0.0.1:1/callmi cannot be reached: ',
      [`postgres://postgres:password@${host}/nowhere`]: `postgres://${host}/nowhere is not there: create this database`,
      [`postgres://postgres:hidden@${host}/postgres`]: `postgres://${host}/postgres does not let in whom the URL names: correct`,
      [`postgres://postgres@${host}/postgres`]: `postgres://${host}/postgres does not let in whom the URL names: correct`,
      [`postgres://callmi_service:hidden@${host}/postgres`]: `postgres://${host}/postgres does not let in whom the URL names: correct`,
    };
    const lines = ['audit', 'migrate', 'distribute'];
    for (const [url, why] of Object.entries(urls)) {
      for (const said of await Promise.all(lines.map((line) => refused(line, url)))) {
        expect(said).toContain(`callmi: ${why}`);
        expect(said).not.toMatch(/hidden|:password@/);
      }
    }
  });

  it('prints how the tables are spread, small ones first, and spreads none where there is no Citus', async () => {
    const { url } = await freshDatabase();
    const lines = (await done('distribute --print', url)).trimEnd().split('\n');
    const calls = lines.map((line) => /^select create_(reference|distributed)_table\('("\w+")'(?:, '\w+')?\);$/.exec(line)!);
    expect(calls.map(([, , table]) => table!).toSorted()).toEqual(writeOrder.map(tableName).toSorted());
    const kinds = calls.map(([, kind]) => kind!);
    expect(kinds.lastIndexOf('reference')).toBe(kinds.indexOf('distributed') - 1);
    expect(await refused('distribute', url)).toBe(`callmi: ${told(url)} is not a Citus database: it lacks the extension citus\n`);
  });
});

describe('callmi copy', () => {
  it('moves a scheme from PostgreSQL to a file and back, and it is the same', async () => {
    const { url } = await openHistory();
    const [file, back] = [freshFile().url, await emptyDatabase()];
    await done(`copy --from ${url} --to ${file}`, url);
    expect(await done(`copy --from ${file} --to ${back}`, url)).toContain(`to ${told(back)}, which the audit accepts`);
    const balances = await Promise.all([url, file, back].map((each) => done('trial-balance', each)));
    expect(new Set(balances).size).toBe(1);
    expect(await done('audit --no-record', back)).toMatch(/\naudit: ok\n$/);
    const [original, first, second] = [await rowCounts(url), await rowCounts(file), await rowCounts(back)];
    expect(second).toEqual(first);
    // An account is several rows where several connections added to it, and one where it was copied to.
    const { account: rows = 0, ...others } = original;
    expect(first).toMatchObject(others);
    expect(first.account).toBeLessThanOrEqual(rows);
    expect(first.businessDay).toBe(2);
  });

  it('goes on in the copy as in the original', async () => {
    const world = await openWorld(Date.now(), freshFile());
    await world.grantHours(world.gexiang, world.residentId, 20);
    await world.takeVoucher();
    await world.close();
    const url = await emptyDatabase();
    await done(`copy --from ${world.url} --to ${url}`, url);
    await (await rawOf({ url })).exec('update voucher set valid_until = 1');
    expect(await done('expire', url)).toBe('expired: 1 vouchers, 0 lots\n');
    expect(await done('close-day', url)).toMatch(/^closed: /);
    expect(await done('audit', url)).toMatch(/\naudit: ok\n$/);
  });

  it('leaves a database alone that holds a scheme', async () => {
    const { url } = await openHistory();
    const scheme = await openScheme(undefined, freshFile());
    await scheme.run(establishScheme, {});
    const before = await rowCounts(url);
    const refusal = 'callmi: there is a scheme already where it would be copied to\n';
    expect(await refused(`copy --from ${scheme.url} --to ${url}`, url)).toBe(refusal);
    expect(await refused(`copy --from ${url} --to ${scheme.url}`, url)).toBe(refusal);
    expect(await rowCounts(url)).toEqual(before);
  });

  it('copies all or nothing: of a scheme with a row that cannot be, nothing is there afterwards', async () => {
    const history = await openHistory();
    const file = freshFile();
    await done(`copy --from ${history.url} --to ${file.url}`, history.url);
    const raw = await rawOf(file);
    await raw.unguard();
    await raw.exec('update posting set amount = 0 where seq = 1');
    const url = await emptyDatabase();
    expect(await refused(`copy --from ${file.url} --to ${url}`, url)).toContain('posting');
    const { businessDay, ...others } = await rowCounts(url);
    expect(businessDay).toBe(1);
    expect(new Set(Object.values(others))).toEqual(new Set([0]));
    await raw.exec('update posting set amount = 1 where seq = 1');
    await done(`copy --from ${history.url} --to ${url}`, url);
  });
});

it('callmi erase-again carries out on a database that was brought back what erasures.jsonl names, and only once', async () => {
  const world = await openWorld(Date.now() - 9 * 86_400_000);
  const { url, residentId } = world;
  await world.grantHours(world.gexiang, residentId, 30);
  await world.takeVoucher();
  await world.close();
  const folder = tempFolder();
  expect(await done('erase-again', url, folder)).toBe('erase-again: people erased again: 0\n');
  const erasureId = `era_${hexNo(1)}`;
  keepErasedIn(join(folder, erasuresFile(url)), { erasureId, residentId, at: Date.now() });
  expect(await done('erase-again', url, folder)).toBe('erase-again: people erased again: 1\n');
  const store = await openReadable(url);
  expect(await residentById(store, residentId)).toMatchObject({ name: '', phoneSealed: '', status: 'ended', erasureId });
  await store.close();
  expect(await done('audit', url)).toMatch(/\naudit: ok\n$/);
  expect(await done('erase-again', url, folder)).toBe('erase-again: people erased again: 0\n');
});

describe('callmi demo', () => {
  it('runs here as well, ends with a sound audit, and sets the demo before it aside', async () => {
    const url = await emptyDatabase();
    const first = await done('demo --scale 0.02', url);
    expect(first.trimEnd().split('\n').slice(-2)).toEqual(['trial balance: 0 point, 0 fen', 'audit: ok']);
    expect(await schemas(url)).toEqual(['public']);
    const entries = (await rowCounts(url)).entry;
    const second = await done('demo --scale 0.02', url);
    expect(second).toContain(`What was there before is kept as the schema former_demo of ${told(url)}.\n`);
    expect(second).toMatch(/\naudit: ok\n$/);
    expect(await schemas(url)).toEqual(['former_demo', 'public']);
    expect(await (await rawOf({ url })).rows('select count(*)::int as entries from former_demo.entry')).toEqual([{ entries }]);
    await done('audit', url);
  });

  it('leaves a scheme alone that it did not make, unless it is told to move it', async () => {
    const { url } = await freshDatabase();
    await done('init 王一 李二', url);
    const before = await rowCounts(url);
    const { code, err } = await callmi('demo --scale 0.01', url);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^callmi: .* holds a scheme that the demo did not make, [^\n]*\n$/),
    });
    expect(await rowCounts(url)).toEqual(before);
    expect(await done('demo --scale 0.01 --force', url)).toContain('kept as the schema before_demo_1 of');
    expect(await schemas(url)).toEqual(['before_demo_1', 'public']);
  });

  it.each([
    ['another table', 'create table other (id int)', 'table other'],
    ['an extension', 'create extension citext', 'extension citext'],
    ['many things', 'create view a as select 1; create type b as enum (); create sequence c', 'sequence c, type b, view a'],
  ])('moves nothing where %s would be moved as well', async (_what, statements, named) => {
    const { url } = await freshDatabase();
    await done('init 王一 李二', url);
    const [raw, before] = [await rawOf({ url }), await rowCounts(url)];
    await raw.exec(`create schema before_demo_1; ${statements}`);
    const { code, err } = await callmi('demo --scale 0.01 --force', url);
    const why = `holds what CallMi did not make, and is left alone: ${named}; let DATABASE_URL name a database of its own`;
    expect({ code, err }).toEqual({ code: 1, err: `callmi: ${told(url)} ${why}\n` });
    expect(await schemas(url)).toEqual(['before_demo_1', 'public']);
    expect(await rowCounts(url)).toEqual(before);
  });

  it('moves no database of somebody else, even if its tables are named as ours are', async () => {
    const url = await emptyDatabase();
    await (await rawOf({ url })).exec('create table account (id int); create table client (id int)');
    const { code, err } = await callmi('demo --scale 0.01 --force', url);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is left alone: table account, table client; let') });
    expect(await schemas(url)).toEqual(['public']);
  });

  it('moves nothing that another process has open, and bears with a connection that was just closed', async () => {
    const { url } = await freshDatabase();
    const other = await openReadable(url);
    await other.read.$count(other.tables.request);
    await expect(setAside(url, 'before-demo')).rejects.toThrow(`${told(url)} is in use by another process: stop it first`);
    expect(await schemas(url)).toEqual(['public']);
    const moved = setAside(url, 'before-demo');
    await sleep(300);
    await other.close();
    expect(await moved).toBe(`the schema before_demo_1 of ${told(url)}`);
  });
});
