import { expect, describe, it, vi } from 'vitest';
import { createClient, rotateClient, textsOfChange, type TextSubject, toTell } from '../../../src/access/index.ts';
import { textingOf, type Texting } from '../../../src/communities/index.ts';
import { claimText } from '../../../src/communities/people/text-claims.ts';
import { deliveryOf } from '../../../src/delivery.ts';
import { type Engine, put } from '../../../src/ledger/index.ts';
import { openKeys } from '../../../src/keys.ts';
import { printPaper } from '../../../src/redeem/index.ts';
import type { Row } from '../../../src/store/index.ts';
import { openApi } from '../../support/api.ts';
import { type Gateway, openGateway } from '../../support/gateway.ts';
import { testKeys } from '../../support/keys.ts';
import { erased } from '../../support/leaving.ts';
import { NEW_PHONE, pairOfCodes, signedInWith } from '../../support/phones.ts';
import { plansOf } from '../../support/plans.ts';
import { openWriters } from '../../support/processes.ts';
import { hexNo } from '../../support/rows.ts';
import { book } from '../../support/scheme.ts';
import { officerOf, someSecret } from '../../support/two-officers.ts';
import { openWorld, type World } from '../../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const [FORMER, NUMBER] = ['13800000001', '19900000001'];

type Process = Texting & { /** The errors that it was told of. */ readonly failures: unknown[] };

/** The sending by one process: it pauses for no time, and its clock may be ahead, as no two are the same. */
async function processOf(world: World, gateway: Gateway, engine: Engine = world.engine, aheadMs = 0): Promise<Process> {
  const { store: view, clock, url, chance } = world;
  const { secrets } = await openKeys({ databaseUrl: url, keys: testKeys }, view, world.engine, chance);
  const { deliverText } = (await deliveryOf({ smsGateway: { url: gateway.url } }, view))!;
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const texting = textingOf({
    view,
    engine,
    clock: () => clock.now + aheadMs,
    secrets,
    deliver: deliverText,
    pause: async () => {},
    onFailure,
  });
  return { ...texting, failures };
}

/** A change of the number from `FORMER` to the one that the resident has. */
async function changeNumber(world: World, closedUntil: number | null = null): Promise<Row<'phoneChange'>> {
  const { store, engine, clock, residentId, url, chance } = world;
  const { secrets } = await openKeys({ databaseUrl: url, keys: testKeys }, store, engine, chance);
  const [resident] = await store.read.select().from(store.tables.resident);
  const numbers = { formerHash: secrets.hash('phone', FORMER), formerSealed: secrets.seal(FORMER), newHash: resident!.phoneHash };
  const id = `phc_${clock.now.toString(16).padStart(12, '0')}${hexNo(1).slice(12)}`;
  const by = { how: closedUntil === null ? 'codes' : 'counter', proposedBy: null, approvedBy: null };
  const change = { id, residentId, ...numbers, ...by, changedAt: clock.now, closedUntil, stoppedAt: null, stoppedBy: null, version: 0 };
  await world.run(book, {
    rows: [
      put('phoneChange', change),
      ...textsOfChange(change).map(toTell),
      put('residentPhone', { hash: numbers.formerHash, residentId, heldUntil: closedUntil, heardAt: null, version: 0 }),
    ],
  });
  return change;
}

/** A credential of the resident: something that must be told. */
async function credential(world: World): Promise<TextSubject> {
  const { gexiang: by, residentId, clock } = world;
  const binding = { kind: 'resident', residentId } as const;
  const { id } = await world.must(createClient, { by, approvedBy: null, name: '手机', binding, scopes: null, ...someSecret });
  return { residentId, kind: 'credential_made', subject: id, at: clock.now };
}

const kindsAt = ({ got }: Gateway) => got.map(({ body }) => `${body['kind']} ${body['phone']}`).toSorted();

async function rowsOf({ store }: World): Promise<Row<'messageSent'>[]> {
  return store.read.select().from(store.tables.messageSent);
}

describe('a message to a phone', () => {
  it('tells of a change of number at the number before and at the new one', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const process = await processOf(world, gateway);
    await changeNumber(world, world.clock.now + 72 * HOUR);
    expect(await process.resend()).toBe(2);
    await process.stop();
    expect(kindsAt(gateway)).toEqual([`number_changed ${NUMBER}`, `number_changed_former ${FORMER}`]);
    const former = gateway.got.find(({ body }) => body['phone'] === FORMER);
    expect(former!.body['text']).toBe(
      '【CALL米】您在CALL米登记的手机号已于3月2日10:00更换为其他号码。如非本人操作，请在3月5日10:00前到任一社区窗口停止更换，在此之前积分不能使用。',
    );
    expect(process.failures).toEqual([]);
  });

  it('about anything else never goes to a number that is no longer the resident’s', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const [phone] = await world.store.read.select().from(world.store.tables.residentPhone);
    await world.run(book, { rows: [put('residentPhone', { ...phone!, heldUntil: world.clock.now + HOUR })] });
    const process = await processOf(world, gateway);
    process.tell(await credential(world));
    await process.stop();
    expect(gateway.got).toEqual([]);
    expect(await rowsOf(world)).toMatchObject([{ tries: 0, deliveredAt: null }]);
  });

  it('is sent no more to somebody who was erased', async () => {
    const [world, gateway] = [await openWorld(), await openGateway(500)];
    const process = await processOf(world, gateway);
    process.tell(await credential(world));
    await changeNumber(world, world.clock.now + HOUR);
    await process.resend();
    await vi.waitUntil(async () => (await rowsOf(world)).length === 3);
    await erased(world);
    gateway.answers(204);
    gateway.got.length = 0;
    world.clock.advance(HOUR);
    await process.resend();
    await process.stop();
    expect(gateway.got).toEqual([]);
  });

  it('names the scheme, what happened, when and what to do, and neither a person nor a number nor a link', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const process = await processOf(world, gateway);
    await changeNumber(world);
    const made = await credential(world);
    for (const kind of ['credential_made', 'secret_replaced', 'paper_printed'] as const) process.tell({ ...made, kind });
    await process.resend();
    await vi.waitUntil(() => gateway.got.length === 5);
    await process.stop();
    for (const { body } of gateway.got) {
      expect(body['text']).toMatch(/^【CALL米】.*3月2日10:00.*如非本人(要求|操作)，请.*到任一社区窗口/);
      expect(body['text']).not.toMatch(/\d{5}|葛小米|https?:|www/);
      expect(body['text']!.length).toBeLessThan(100);
    }
  });

  it('is sent once, however often it is told of', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const process = await processOf(world, gateway);
    const made = await credential(world);
    process.tell(made);
    process.tell(made);
    await vi.waitUntil(async () => (await rowsOf(world))[0]?.deliveredAt != null);
    world.clock.advance(HOUR);
    process.tell(made);
    expect(await process.resend()).toBe(0);
    await process.stop();
    expect(gateway.got).toHaveLength(1);
  });

  it('is sent again for another secret of the same credential', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const process = await processOf(world, gateway);
    const { residentId, subject } = await credential(world);
    for (const hours of [1, 2]) process.tell({ residentId, kind: 'secret_replaced', subject, at: world.clock.now + hours });
    await vi.waitUntil(() => gateway.got.length === 2);
    await process.stop();
    expect(gateway.got.map(({ body }) => body['kind'])).toEqual(['secret_replaced', 'secret_replaced']);
  });

  it('is tried three times, then by the job after a minute, and reaches a gateway that has come back', async () => {
    const [world, gateway] = [await openWorld(), await openGateway(503)];
    const process = await processOf(world, gateway);
    process.tell(await credential(world));
    await vi.waitUntil(() => process.failures.length === 1);
    expect(gateway.got).toHaveLength(3);
    expect(await rowsOf(world)).toMatchObject([{ tries: 1, claimedAt: world.clock.now, deliveredAt: null }]);
    gateway.answers(204);
    world.clock.advance(MINUTE - 1);
    expect(await process.resend()).toBe(0);
    world.clock.advance(1);
    expect(await process.resend()).toBe(1);
    await process.stop();
    expect(gateway.got).toHaveLength(4);
    expect(await rowsOf(world)).toMatchObject([{ tries: 2, deliveredAt: world.clock.now }]);
  });

  it('is tried ever more seldom, and no more after a day', async () => {
    const [world, gateway] = [await openWorld(), await openGateway(503)];
    const process = await processOf(world, gateway);
    const made = await credential(world);
    const madeAt = world.clock.now;
    process.tell(made);
    const after: number[] = [];
    for (let minutes = 1; minutes <= 26 * 60; minutes++) {
      await vi.waitUntil(() => process.failures.length === after.length + 1);
      world.clock.now = madeAt + minutes * MINUTE;
      if ((await process.resend()) > 0) after.push(minutes);
    }
    await process.stop();
    expect(after.slice(0, 7)).toEqual([1, 3, 7, 15, 31, 63, 123]);
    expect(after.at(-1)).toBeLessThanOrEqual(24 * 60);
    expect(after.length).toBeLessThan(32);
  });

  it('is found by the job if a process ended before it could claim it, whatever it is about', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const { gexiang: by } = world;
    const { subject: id } = await credential(world);
    await world.must(rotateClient, { by, id, ...someSecret });
    await changeNumber(world);
    await world.grantHours(by, world.residentId, 10);
    const paper = { by, voucherId: await world.takeVoucher(), pinHash: hexNo(9), sealedCode: 's', sealedPin: 's' };
    world.clock.advance(1);
    // Two in one instant are told once.
    for (const n of [7, 8]) await world.must(printPaper, { ...paper, codeHash: hexNo(n) });
    await world.must(rotateClient, { by, id, force: true, ...someSecret });
    await world.must(rotateClient, { by, id, force: true, ...someSecret });
    world.clock.advance(DAY - HOUR);
    const process = await processOf(world, gateway);
    expect(await process.resend()).toBe(6);
    await process.stop();
    expect(kindsAt(gateway)).toEqual([
      `credential_made ${NUMBER}`,
      `number_changed ${NUMBER}`,
      `number_changed_former ${FORMER}`,
      `paper_printed ${NUMBER}`,
      `secret_replaced ${NUMBER}`,
      `secret_replaced ${NUMBER}`,
    ]);
  });

  it('goes to the number that the resident has when it is sent, if that has changed since', async () => {
    const [world, gateway] = [await openWorld(), await openGateway(503)];
    const process = await processOf(world, gateway);
    process.tell(await credential(world));
    await vi.waitUntil(() => process.failures.length === 1);
    const { store, residentId } = world;
    const [resident] = await store.read.select().from(store.tables.resident);
    const { secrets } = await openKeys({ databaseUrl: world.url, keys: testKeys }, store, world.engine, world.chance);
    const phone = { phoneHash: secrets.hash('phone', NEW_PHONE), phoneSealed: secrets.seal(NEW_PHONE) };
    const known = { hash: phone.phoneHash, residentId, heldUntil: null, heardAt: null, version: 0 };
    await world.run(book, { rows: [put('resident', { ...resident!, ...phone }), put('residentPhone', known)] });
    gateway.answers(204);
    gateway.got.length = 0;
    world.clock.advance(MINUTE);
    expect(await process.resend()).toBe(1);
    await process.stop();
    expect(kindsAt(gateway)).toEqual([`credential_made ${NEW_PHONE}`]);
  });

  it('is looked for by keys and indexes', async () => {
    const [world, gateway] = [await openWorld(), await openGateway(503)];
    const process = await processOf(world, gateway);
    process.tell(await credential(world));
    await changeNumber(world);
    await vi.waitUntil(() => process.failures.length === 1);
    world.clock.advance(MINUTE);
    const plans = await plansOf(world, async () => {
      await process.resend();
      await process.stop();
    });
    expect(plans.flatMap(({ uses }) => uses)).toContain('message_sent_open');
    for (const { statement, scans, sorts } of plans) {
      expect(scans, statement).toEqual([]);
      if (/ limit (\?|\$|\d)/.test(statement)) expect(sorts, statement).toBe(false);
    }
  });
});

describe('among several processes', () => {
  it('one sends a message that all are told of at once', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const writers = await openWriters(world, 4);
    const processes = await Promise.all(writers.map(({ engine }, n) => processOf(world, gateway, engine, n)));
    const made = await credential(world);
    for (const process of processes) process.tell(made);
    await Promise.all(processes.map(({ stop }) => stop()));
    expect(gateway.got).toHaveLength(1);
    expect(await rowsOf(world)).toMatchObject([{ deliveredAt: expect.any(Number) }]);
  });

  it('another sends, after a minute, what one had claimed when it ended', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const made = await credential(world);
    await world.must(claimText, made);
    const [writer] = await openWriters(world, 1);
    const other = await processOf(world, gateway, writer!.engine);
    expect(await other.resend()).toBe(0);
    world.clock.advance(MINUTE);
    expect(await other.resend()).toBe(1);
    await other.stop();
    expect(gateway.got).toHaveLength(1);
  });

  it('none takes what another has in hand', async () => {
    const [world, gateway] = [await openWorld(), await openGateway('hangs')];
    const [writer] = await openWriters(world, 1);
    const [one, other] = [await processOf(world, gateway), await processOf(world, gateway, writer!.engine)];
    const made = await credential(world);
    one.tell(made);
    await vi.waitUntil(() => gateway.got.length === 1);
    world.clock.advance(MINUTE / 2);
    other.tell(made);
    expect(await other.resend()).toBe(0);
    await other.stop();
    gateway.answers(204);
    // The try that hung, and the one after it.
    await vi.waitUntil(async () => (await rowsOf(world))[0]?.deliveredAt != null);
    expect([gateway.got.length, (await rowsOf(world))[0]!.tries]).toEqual([2, 1]);
    await one.stop();
  });
});

describe('the service', () => {
  it('answers while the gateway hangs, sends once also if a request is sent again, and logs nothing personal', async () => {
    const [world, gateway] = [await openWorld(), await openGateway('hangs')];
    const process = await processOf(world, gateway);
    const api = await openApi(world, { tell: process.tell });
    const officer = await api.clientFor({ kind: 'officer', officerId: world.gexiang.id });
    const authorization = await api.bearer(officer);
    const sent = async (path: string, key: string, body: object) => {
      const answer = await api.http.post(path).set({ authorization, 'idempotency-key': key }).send(body);
      expect(answer.ok, answer.text).toBe(true);
      return answer.body as { id: string };
    };
    await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    const client = { kind: 'resident', name: '手机', resident_id: world.residentId };
    for (let times = 0; times < 2; times++) {
      await sent(`/v1/vouchers/${voucherId}/papers`, 'paper-1', {});
      const { id } = await sent('/v1/clients', 'client-1', client);
      await sent(`/v1/clients/${id}/rotation`, 'rotation-1', {});
    }
    await vi.waitUntil(() => gateway.got.length === 3);
    gateway.answers(204);
    await vi.waitUntil(async () => (await rowsOf(world)).filter(({ deliveredAt }) => deliveredAt !== null).length === 3);
    await process.stop();
    const kinds = ['credential_made', 'paper_printed', 'secret_replaced'].map((kind) => `${kind} ${NUMBER}`);
    expect([...new Set(kindsAt(gateway))]).toEqual(kinds);
    expect(gateway.got).toHaveLength(6);
    expect(process.failures).toEqual([]);
    expect(api.logged.join('')).not.toMatch(new RegExp(`${NUMBER}|CALL米`));
  });

  it('tells of a change of number at once, at both numbers, whether it is made by codes or at a counter', async () => {
    const world = await openWorld();
    const told: TextSubject[] = [];
    const api = await openApi(world, { tell: (subject) => void told.push(subject) });
    const both = ['number_changed', 'number_changed_former'];
    const browser = await signedInWith({ api }, NUMBER);
    const { 'change-from': code, 'change-to': newCode } = await pairOfCodes({ api }, browser, NEW_PHONE);
    expect((await browser.put('/v1/me/phone', { phone: NEW_PHONE, code, new_code: newCode })).status).toBe(200);
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(both);

    const officers = [world.gexiang.id, (await officerOf(world, 'gexiang')).id];
    const [first, second] = await Promise.all(
      officers.map(async (officerId) => api.bearer(await api.clientFor({ kind: 'officer', officerId }))),
    );
    const proposal = { command: 'phone', input: { resident_id: world.residentId, phone: FORMER }, reason: '手机丢失' };
    const { body } = await api.http.post('/v1/proposals').set({ authorization: first!, 'idempotency-key': 'propose-1' }).send(proposal);
    const path = `/v1/proposals/${(body as { id: string }).id}/approval`;
    const approved = await api.http.post(path).set({ authorization: second!, 'idempotency-key': 'approve-1' }).send({});
    expect(approved.status, approved.text).toBe(200);
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([...both, ...both].toSorted());
    const rows = await rowsOf(world);
    expect(
      told.filter(({ kind, subject, at }) => !rows.some((row) => row.kind === kind && row.subject === subject && row.at === at)),
    ).toEqual([]);
  });

  it('tells a second paper of a voucher, and a credential of nobody but residents', async () => {
    const [world, gateway] = [await openWorld(), await openGateway()];
    const told: TextSubject[] = [];
    const process = await processOf(world, gateway);
    const api = await openApi(world, { tell: (subject) => void told.push(subject) });
    const authorization = await api.bearer(await api.clientFor({ kind: 'officer', officerId: world.wanhe.id }));
    const till = { kind: 'till', name: '收银', merchant_id: world.merchantId };
    const { body } = await api.http.post('/v1/clients').set({ authorization, 'idempotency-key': 'till-1' }).send(till);
    await api.http
      .post(`/v1/clients/${(body as { id: string }).id}/rotation`)
      .set({ authorization, 'idempotency-key': 'till-2' })
      .send({});
    expect(told).toEqual([]);
    for (const n of [0, 1])
      process.tell({ ...(await credential(world)), kind: 'paper_printed', subject: `vch_${hexNo(1)}`, at: world.clock.now + n });
    await vi.waitUntil(() => gateway.got.length === 2);
    await process.stop();
  });
});
