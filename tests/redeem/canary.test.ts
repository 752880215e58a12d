/**
 * A person with a name, a number and texts that occur nowhere else goes through every flow that there is, is erased, and is searched for
 * wherever a scheme keeps or tells something. A table that is new fails here until a flow fills each of its columns.
 */
import { existsSync, readFileSync } from 'node:fs';
import { getTableName } from 'drizzle-orm';
import { expect, inject, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { pruneOver } from '../../src/pruning.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { blankColumns, blankTables, columnsOf, filledColumns, rowsOfPersons, writeOrder } from '../../src/store/index.ts';
import type { Answer, Caller } from '../support/counter.ts';
import { exported } from '../support/exported.ts';
import { eraseRun, WEEK_MS } from '../support/leaving.ts';
import { consent } from '../support/consents.ts';
import { openOffices, type Offices, PHONE } from '../support/offices.ts';
import { codesSent, pairOfCodes } from '../support/phones.ts';
import { type Browser, browserOf, codeFor } from '../support/people.ts';
import { rawOf } from '../support/raw.ts';

/** It stands in every name and text of the person. */
const MARK = '爨龘靐';
const NAME = MARK + '齉'.repeat(37);
const TEXT = MARK + '爩'.repeat(197);
const FORMER_NAME = MARK + '齾'.repeat(37);
const FIRST = '19876543210';
const FORMER = '19887654321';
const NUMBER = '19912345678';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Sent = { readonly path: string; readonly body: object; readonly send: () => Promise<Answer> };

/** The offices, and a way to write that remembers what was sent, so that it can be sent again. */
type Stage = Offices & {
  readonly sent: Sent[];
  readonly write: (caller: Caller, path: string, body?: object) => Promise<Record<string, any>>;
};

/** Whether a path sets something, where most make something. */
function isPut(path: string): boolean {
  return /\/(status|name)$|^\/v1\/same-person-questions\//.test(path);
}

async function openStage(): Promise<Stage> {
  const offices = await openOffices();
  const sent: Sent[] = [];
  return {
    ...offices,
    sent,
    async write(caller, path, body = {}) {
      const key = `canary-${sent.length}`;
      const send = async () => {
        const headers = { authorization: await caller.authorize(), 'idempotency-key': key };
        return (await offices.api.http[isPut(path) ? 'put' : 'post'](path).set(headers).send(body)) as unknown as Answer;
      };
      sent.push({ path, body, send });
      const answer = await send();
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
      return answer.body;
    },
  };
}

/** Two officers of Gexiang agree, or the second declines. */
async function decided({ write, officer, colleague }: Stage, command: string, input: object, how = 'approval'): Promise<void> {
  const { id } = await write(officer, '/v1/proposals', { command, input, reason: TEXT });
  await write(colleague, `/v1/proposals/${id}/${how}`, { reason: TEXT });
}

/** Wanhe registers a child with a guardian, an officer corrects the name, and Gexiang becomes the home. */
async function registered({ write, officer, wanhe }: Stage): Promise<string> {
  const signed = { how: 'paper', paper_number: '2026-1', under_14: true, guardian: NAME };
  const { id } = await write(wanhe, '/v1/residents', { name: FORMER_NAME, phone: FIRST, consent: signed });
  await write(wanhe, `/v1/residents/${id}/name`, { name: NAME, reason: TEXT });
  await write(officer, `/v1/residents/${id}/moves`, { how: 'counter', reason: TEXT });
  await write(officer, `/v1/residents/${id}/status`, { status: 'suspended', reason: TEXT });
  await write(officer, `/v1/residents/${id}/status`, { status: 'active', reason: TEXT });
  await write(officer, '/v1/clients', { name: NAME, kind: 'resident', resident_id: id });
  return id as string;
}

/** Points are granted alone, in a batch, by two officers and in a list that names a neighbour too; some are taken back. */
async function earning(stage: Stage, residentId: string): Promise<void> {
  const { write, officer, colleague, world } = stage;
  const deed = { action_rule_id: world.ruleId, resident_id: residentId, quantity: 1, occurred_on: '2026-03-02', description: TEXT };
  const { id: wrong } = await write(officer, '/v1/grants', deed);
  await write(officer, `/v1/grants/${wrong}/reversals`, { reason: TEXT });
  await write(officer, '/v1/grant-batches', { items: [{ ...deed, external_reference: 'R-1' }] });
  await decided(stage, 'grant', { ...deed, quantity: 200 });
  await decided(stage, 'grant', { ...deed, quantity: 3 }, 'decline');
  const { id: clawed } = await write(officer, '/v1/grants', { ...deed, quantity: 4 });
  await decided(stage, 'clawback', { grant_id: clawed });
  const rows = [residentId, world.residentId].map((id, n) => ({
    ...deed,
    resident_id: id,
    description: n === 0 ? TEXT : '扶起老人',
    external_reference: `R-2-${n}`,
  }));
  const { id, input } = await write(officer, '/v1/proposals', { command: 'grant_list', input: { rows }, reason: '三月' });
  const { hash, points } = input as { hash: string; points: number };
  await write(colleague, `/v1/proposals/${id}/approval`, { acknowledged: { hash, points } });
  const list = `/v1/grant-lists/gls_${(id as string).slice(4)}`;
  await expect.poll(async () => (await officer.get(list)).body['done_at'], { timeout: 20_000 }).not.toBeNull();
}

/** Vouchers are taken, redeemed, reversed, voided, cancelled, suspended and printed. */
async function spending({ write, officer, world, till, order }: Stage, residentId: string, phone: Browser): Promise<void> {
  const take = async () => (await phone.post('/v1/me/vouchers', { offer_id: world.cashOfferId, quantity: 1 })).body['id'] as string;
  const spend = async (orderNo: string) => {
    world.clock.advance(2_000);
    const { body } = await phone.post(`/v1/me/vouchers/${await take()}/codes`, {});
    return write(till, '/v1/redemptions', order(body['code'] as string, { order_no: orderNo }));
  };
  await spend('kept');
  const { id: reversed } = await spend('reversed');
  await write(till, `/v1/redemptions/${reversed}/reversals`, { reason: TEXT });
  const { request_no: requestNo } = await spend('voided');
  await write(till, '/v1/redemption-voids', { request_no: requestNo, reason: TEXT });
  await phone.post(`/v1/me/vouchers/${await take()}/cancellation`, { reason: TEXT });
  const atCounter = { offer_id: world.cashOfferId, quantity: 1 };
  const { id: suspended } = await write(officer, `/v1/residents/${residentId}/vouchers`, atCounter);
  await write(officer, `/v1/vouchers/${suspended}/status`, { status: 'suspended', reason: TEXT });
  const { id: printed } = await write(officer, `/v1/residents/${residentId}/vouchers`, atCounter);
  await write(officer, `/v1/vouchers/${printed}/papers`);
}

/** A neighbour signs in with the same device, and an officer says that it is another person; both live together. */
async function besideOthers({ write, officer, world }: Stage, residentId: string): Promise<void> {
  const [later, earlier] = [residentId, world.residentId].toSorted().toReversed();
  await write(officer, `/v1/same-person-questions/${later}/${earlier}`, { same: false, answer: TEXT });
  const { id: householdId } = await write(officer, '/v1/households', { resident_id: residentId, reason: TEXT });
  await write(officer, `/v1/households/${householdId}/members`, { resident_id: world.residentId, reason: '户口本' });
}

/** The number is changed by both codes, and a second time at a counter, where the former one is held. */
async function withOtherNumbers(stage: Stage, residentId: string, phone: Browser): Promise<void> {
  const { 'change-from': code, 'change-to': newCode } = await pairOfCodes(stage, phone, FORMER);
  const changed = await phone.put('/v1/me/phone', { phone: FORMER, code, new_code: newCode });
  expect(changed.status, changed.text).toBe(200);
  await decided(stage, 'phone', { resident_id: residentId, phone: NUMBER });
}

/** Everything that somebody does who is registered, earns and spends; gives their id and their browser, in which they are signed in. */
async function live(stage: Stage): Promise<{ readonly residentId: string; readonly phone: Browser }> {
  const { api, world } = stage;
  const residentId = await registered(stage);
  await earning(stage, residentId);
  const phone = browserOf(api);
  for (const number of [PHONE, FIRST]) expect((await phone.signIn({ phone: number, code: await codeFor(api, number) })).status).toBe(201);
  await spending(stage, residentId, phone);
  await besideOthers(stage, residentId);
  await withOtherNumbers(stage, residentId, phone);
  world.clock.advance(72 * HOUR);
  expect((await phone.signIn({ phone: NUMBER, code: await codeFor(api, NUMBER) })).status).toBe(201);
  return { residentId, phone };
}

/** The columns that are to be emptied and that no flow has filled for this person. */
async function neverFilled({ world: { store } }: Stage, residentId: string): Promise<string[]> {
  const missing: string[] = [];
  for (const table of blankTables) {
    const rows = (await Array.fromAsync(rowsOfPersons(store, table, [residentId], 500))).flat();
    const filled = new Set(rows.flatMap((row) => filledColumns(table, row)));
    missing.push(...blankColumns(table).flatMap(({ name }) => (filled.has(name) ? [] : [`${table}.${name}`])));
  }
  return missing;
}

/** What stands in a text or in bytes, in every form in which it might. */
const forms = [MARK, FIRST, FORMER, NUMBER].flatMap((sought) => [
  Buffer.from(sought, 'utf8'),
  Buffer.from(sought, 'utf16le'),
  Buffer.from(sought, 'utf16le').swap16(),
  Buffer.from(Array.from(sought, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''), 'utf8'),
  Buffer.from(encodeURIComponent(sought), 'utf8'),
  Buffer.from(Buffer.from(sought, 'utf8').toString('hex'), 'utf8'),
]);

function holds(bytes: Buffer | string): boolean {
  const searched = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  return forms.some((form) => searched.includes(form));
}

/** Every row of every table as a text, with its bytes as digits. */
async function tablesHolding({ world }: Stage): Promise<string[]> {
  const raw = await rawOf(world);
  const found: string[] = [];
  for (const table of writeOrder) {
    const name = getTableName(world.store.tables[table]);
    const rows = await raw.rows(`select * from "${name}"`);
    const texts = rows.map((row) =>
      JSON.stringify(Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value))),
    );
    if (texts.some(holds)) found.push(name);
  }
  return found;
}

function filesHolding({ world: { file } }: Stage): string[] {
  return [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path) && holds(readFileSync(path)));
}

type Parameter = { readonly in: string; readonly name: string; readonly required?: boolean };
type Operation = { readonly parameters?: readonly Parameter[] };

/** Values of parameters that are no ids. */
const values: Readonly<Record<string, string>> = {
  date: '2026-03-02',
  day: '2026-03-02',
  from: '2026-03-02',
  through: '2026-03-02',
  month: '2026-03',
  community_id: 'gexiang',
  request_no: 'canary-1',
};

/** The paths that may be read, with ids of whatever is in the database. */
async function readablePaths({ api, world: { store, storeId } }: Stage): Promise<string[]> {
  const { paths } = (await api.http.get('/openapi.json')).body as { paths: Record<string, Record<string, Operation>> };
  const ids: string[] = ['gexiang'];
  for (const table of writeOrder) {
    const columns = columnsOf(table).filter(({ kind, property }) => kind === 'id' && property === 'id');
    if (columns.length === 0 || table === 'entry') continue;
    const rows = (await store.read.select().from(store.tables[table] as never)) as { id: string }[];
    ids.push(...rows.slice(-12).map(({ id }) => id));
  }
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get) return [];
    const query = (get.parameters ?? []).filter(({ in: where, required }) => where === 'query' && required);
    const asked = query.map(({ name }) => `${name}=${name === 'store_id' ? storeId : (values[name] ?? '')}`).join('&');
    const whole = (at: string) => (asked === '' ? at : `${at}?${asked}`);
    if (path.includes('events')) return [];
    if (!path.includes('{id}')) return [whole(path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name))];
    return ids.map((id) => whole(path.replace('{id}', id).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name)));
  });
}

/** The answers to everything that may be read and to everything that was written, sent again, which hold something. */
async function answersHolding(stage: Stage): Promise<{ readonly asked: number; readonly found: string[] }> {
  const { officer, wanhe, street, till, machine, resident, sent } = stage;
  const found: string[] = [];
  let asked = 0;
  for (const path of await readablePaths(stage)) {
    for (const caller of path.startsWith('/v1/me') ? [resident] : [officer, wanhe, street, till, machine]) {
      const answer = await caller.get(path);
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500);
      if (answer.status === 200) asked++;
      if (holds(answer.text ?? JSON.stringify(answer.body))) found.push(path);
    }
  }
  // An answer may say what the request itself has said.
  const silent = sent.filter(({ body }) => !holds(JSON.stringify(body)));
  expect(silent.length).toBeGreaterThan(5);
  for (const { path, send } of silent) if (holds((await send()).text)) found.push(`again ${path}`);
  return { asked, found };
}

it('is nowhere any more, in no file, dump, export, log or answer', { timeout: 240_000 }, async () => {
  const stage = await openStage();
  const { world, api, write, officer } = stage;
  const { residentId, phone } = await live(stage);
  expect(await neverFilled(stage, residentId)).toEqual([]);
  expect(await tablesHolding(stage)).toContain('resident');

  const { erase: code } = await codesSent(api, () => phone.post('/v1/me/erasure-codes', {}));
  const requested = await phone.post('/v1/me/erasures', { code });
  expect(requested.status, requested.text).toBe(201);
  world.clock.advance(WEEK_MS);
  await world.must(closeDay, { day: '2026-03-02' });
  await eraseRun(world);
  world.clock.advance(HOUR);
  await expect.poll(() => eraseRun(world), { timeout: 20_000 }).toBe(1);
  await pruneOver(world.store, world.clock.now + 40 * DAY);
  expect((await phone.get('/v1/me')).status).toBe(401);

  expect(await tablesHolding(stage)).toEqual([]);
  expect(holds(await exported(world.store))).toBe(false);
  expect(api.logged.filter(holds)).toEqual([]);
  const { asked, found } = await answersHolding(stage);
  expect(found).toEqual([]);
  expect(asked).toBeGreaterThan(100);
  if (inject('engine') === 'sqlite') {
    expect(await world.store.sweep()).toBe(true);
    expect(filesHolding(stage)).toEqual([]);
  }
  const { checks } = await audit(world.store);
  expect(checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
  // The numbers may be registered anew.
  for (const [n, number] of [FIRST, FORMER, NUMBER].entries())
    await write(officer, '/v1/residents', { name: `葛大米${n}`, phone: number, ...consent });
});
