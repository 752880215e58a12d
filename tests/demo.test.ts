/** The demo at a small scale, as somebody runs it who sees the product for the first time. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { communitySeeds } from '../seeds/communities.ts';
import { published } from '../seeds/figures.ts';
import { markDemo } from '../seeds/index.ts';
import { makeRoom } from '../src/cli/demo/place.ts';
import { establishScheme } from '../src/communities/index.ts';
import { auditReports } from '../src/ledger/index.ts';
import { openReadable } from '../src/store/index.ts';
import { program } from './support/program.ts';
import { roomyFolder } from './support/roomy-folder.ts';
import { openScheme } from './support/scheme.ts';
import { answered, callAt, startServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';

type Said = { readonly code: number; readonly out: string; readonly err: string };
type Credential = {
  client_id: string;
  client_secret: string;
  login: string;
  password: string;
  community_id: string;
  merchant_id?: string;
  name?: string;
  phone?: string;
};
type Credentials = {
  readonly tills: Credential[];
  readonly officers: Credential[];
  readonly residents: Credential[];
  readonly offers: { offer_id: string; points: number; merchant_id: string | null }[];
};

const main = program('callmi');
const folder = mkdtempSync(join(roomyFolder(), 'callmi-demo-'));
const data = join(folder, 'data');
const file = join(data, 'callmi.db');

/** Runs the demo in an otherwise empty folder, on its default database. */
function demo(): Promise<Said> {
  const env = { ...process.env, DATABASE_URL: '' };
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, 'demo', '--scale', '0.01'], { cwd: folder, env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

function credentials(): Credentials {
  return JSON.parse(readFileSync(join(data, 'demo-credentials.json'), 'utf8')) as Credentials;
}

function keyOf({ client_id: clientId, client_secret: secret }: Credential) {
  return { clientId, secret };
}

/** What is said before the story, which is told with fresh ids and codes each time. */
function yearOf({ out }: Said): string {
  return out.slice(out.indexOf('month'), out.indexOf('Today'));
}

describe('the demo', () => {
  let first: Said;
  beforeAll(async () => {
    first = await demo();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends with books that come to zero and a sound audit', () => {
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out.trimEnd().split('\n').slice(-2)).toEqual(['trial balance: 0 point, 0 fen', 'audit: ok']);
    const books = first.out.slice(first.out.indexOf('book: point')).split('\n').slice(1, 11);
    expect(books.map((line) => line.trim().split(/ {2,}/).slice(-2))).toEqual(Array.from({ length: 10 }, () => ['0', '0']));
  });

  it('keeps what its audit found, and the figures of all its days but today', async () => {
    // A copy: beside a database that is read stand files of its reader.
    const copy = join(tempFolder(), 'copy.db');
    copyFileSync(file, copy);
    const store = await openReadable(`file:${copy}`);
    try {
      expect(await auditReports(store, { limit: 2 })).toMatchObject([{ ok: 1 }]);
      const { dayFigures } = store.tables;
      expect(await store.read.$count(dayFigures)).toBeGreaterThan(360);
    } finally {
      await store.close();
    }
  });

  it('replays the published events and hours, month by month', () => {
    expect(first.out.match(/^\d{4}-\d{2} /gm)).toHaveLength(13);
    expect(first.out).toContain('60 volunteer events, 1 400 volunteer hours of couriers');
  });

  it('ends by settling the month: gross flows, net payments, and what netting saves', () => {
    expect(first.out).toMatch(/"state":"closed","gross_fen":\d+,"net_fen":\d+,"saved_fen":\d+/);
    const [, count] = /^Netting leaves (\d) payments:$/m.exec(first.out)!;
    expect(first.out.match(/^ {3}\S+ *→ \S+ +[\d ]+\.\d\d$/gm)).toHaveLength(Number(count));
    expect(first.out).toMatch(/^Gross [\d ]+\.\d\d yuan, net [\d ]+\.\d\d yuan: [\d ]+\.\d\d yuan \(\d+ %\) need not be moved\.$/m);
  });

  it('tells the story in requests, answers and entries', () => {
    expect(first.out).toContain('你好，买单。我要用一张代金券，请帮我核销。');
    expect(first.out).toContain('dr escrow:gexiang 100   cr redeemed:gexiang 100   point\n');
    expect(first.out).toMatch(/dr cost:gexiang 1000 {3}cr due-to:gexiang:wanhe:\d{4}-\d{2}-\d{2} 1000 {3}fen\n/);
    expect(first.out).toContain('"code":"same_officer"');
    expect(first.out).toContain('the line drops');
    expect(first.out).toContain('Idempotency-Replayed: true');
    expect(first.out).toContain('"code":"request_voided"');
    expect(first.out).toContain('entry: redemption_reversal\n');
    expect(first.out).not.toMatch(/[0-9a-f]{32}/);
  });

  it('leaves credentials and keys that only their owner can read', () => {
    expect(readdirSync(data).toSorted()).toEqual(['callmi.db', 'demo-credentials.json', 'keys.json']);
    for (const name of ['demo-credentials.json', 'keys.json']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
  });

  it('has credentials for a till of every merchant, two officers of every community and of the street, and ten residents', () => {
    const { tills, officers, residents } = credentials();
    expect(new Set(tills.map((till) => till.merchant_id)).size).toBe(published.merchants);
    const offices = Map.groupBy(officers, (officer) => officer.community_id);
    expect(offices.size).toBe(11);
    expect([...offices.values()].every(({ length }) => length === 2)).toBe(true);
    expect(new Set(residents.map((resident) => resident.community_id)).size).toBe(10);
    expect(residents.map(({ name }) => name)).toContain('葛小米');
  });

  it('is then served by the server, and its people redeem there', async () => {
    const { tills, residents, offers } = credentials();
    const cash = offers.find((offer) => offer.merchant_id === null)!;
    const saver = residents.find((resident) => resident.community_id === 'zhumiao')!;
    const server = await startServer({ url: `file:${file}`, till: keyOf(tills[0]!), resident: keyOf(saver) });
    const asResident = server.residentAuthorization;
    const post = async (path: string, body: object, key: string, authorization?: string) =>
      JSON.parse((await answered(() => callAt(server, 'POST', path, body, key, authorization))).text) as Record<string, string>;

    const voucher = await post('/v1/me/vouchers', { offer_id: cash.offer_id }, 'mine-1', asResident);
    const { code } = await post(`/v1/me/vouchers/${voucher['id']}/codes`, {}, 'mine-2', asResident);
    const redeemed = await post('/v1/redemptions', { code, order_no: '1', order_amount_fen: 2_000 }, 'mine-1');
    expect(redeemed).toMatchObject({ status: 'succeeded', discount_fen: 1_000 });
    await server.stop('SIGTERM');
  });

  it('lets its people sign in: by the passwords beside it, and residents by codes that the server prints', async () => {
    const { tills, officers, residents } = credentials();
    const [till, officer] = [tills.find(({ community_id: of }) => of === 'wanhe')!, officers[0]!];
    expect([till.login, officer.login]).toEqual(['wanhe-chaoshi', 'street-1']);
    const server = await startServer({ url: `file:${file}`, till: keyOf(till), resident: keyOf(residents[0]!) });
    const post = (path: string, body: object) => answered(() => callAt(server, 'POST', path, body));
    for (const { login, password } of [...tills.slice(0, 3), ...officers.slice(0, 3)]) {
      expect(await post('/v1/sessions', { login, password })).toMatchObject({ status: 201 });
    }
    const { phone } = residents[0]!;
    expect(await post('/v1/sign-in-codes', { phone })).toMatchObject({ status: 202 });
    const code = await vi.waitFor(() => {
      const [, printed] = /^A sign-in code for 199\*{4}\d{4}: (\d{6})$/m.exec(server.printed()) ?? expect.fail('no code was printed');
      return printed!;
    }, 60_000);
    const answer = await post('/v1/sessions', { phone, code });
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({ kind: 'resident', person_name: residents[0]!.name });
    await server.stop('SIGTERM');
  });

  it('runs again, tells the same year, and keeps what was there once', async () => {
    const before = credentials();
    const second = await demo();
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toContain('kept as ./data/callmi.db.former-demo.\n');
    expect(yearOf(second)).toBe(yearOf(first));
    expect(credentials().tills[0]!.client_secret).not.toBe(before.tills[0]!.client_secret);
    const kept = ['callmi.db', 'callmi.db.former-demo', 'demo-credentials.json', 'keys.json'];
    expect(readdirSync(data).toSorted()).toEqual(kept);
  });
});

describe('a database that is there already', () => {
  it('of somebody else is left alone, and only moved aside when that is asked for', async () => {
    const scheme = await openScheme();
    await scheme.run(establishScheme, {});
    await scheme.close();
    const before = readFileSync(scheme.file);
    await expect(makeRoom(scheme.url, false)).rejects.toThrow(`${scheme.file} holds a scheme that the demo did not make`);
    expect(readFileSync(scheme.file)).toEqual(before);
    expect(await makeRoom(scheme.url, true)).toBe(`What was there before is kept as ${scheme.file}.before-demo-1.`);
    expect(readdirSync(join(scheme.file, '..'))).toEqual(['callmi.db.before-demo-1']);
  });

  it('and is no database at all is left alone too', async () => {
    const path = join(tempFolder(), 'letters.db');
    writeFileSync(path, 'Dear Sir or Madam');
    await expect(makeRoom(`file:${path}`, false)).rejects.toThrow(path);
    expect(await makeRoom(`file:${path}`, true)).toContain('before-demo-1');
    expect(readFileSync(`${path}.before-demo-1`, 'utf8')).toBe('Dear Sir or Madam');
  });

  it('of a demo that is being served stays where it is', async () => {
    const scheme = await openScheme();
    await scheme.run(markDemo, {});
    await expect(makeRoom(scheme.url, true)).rejects.toThrow('is in use by another process');
    await scheme.close();
    expect(await makeRoom(scheme.url, false)).toBe(`What was there before is kept as ${scheme.file}.former-demo.`);
  });
});

it('the seeds add up to the published figures', () => {
  const residents = communitySeeds.reduce((total, seed) => total + seed.residents, 0);
  const merchants = communitySeeds.reduce((total, seed) => total + seed.merchants, 0);
  expect({ residents, merchants }).toEqual({ residents: published.residents, merchants: published.merchants });
});
