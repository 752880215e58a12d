/** What people type, paste and scan is read as they mean it, and stored texts of before stay readable. */
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { put } from '../../src/ledger/index.ts';
import { openCounter } from '../support/counter.ts';
import { consent } from '../support/consents.ts';
import { made, openOffices, PHONE, read } from '../support/offices.ts';
import { browserOf, codeFor, counterLogin, PASSWORD } from '../support/people.ts';
import { book } from '../support/scheme.ts';

const wide = (digits: string) => digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const inThrees = (digits: string) => digits.replaceAll(/(\d{3})(?=\d)/g, '$1 ');

/** A number as other apps and input methods write it. */
const written: readonly (readonly [string, (digits: string) => string])[] = [
  ['in full width', wide],
  ['in groups', inThrees],
  ['in groups of full width, with hyphens', (digits) => wide(inThrees(digits)).replaceAll(' ', '－')],
  ['between marks of direction', (digits) => `\u202A${digits}\u202C`],
  ['with a line break of a scanner', (digits) => `${digits}\r\n`],
  ['digit by digit', (digits) => digits.split('').join('\u2009')],
];

describe.each(written)('a number %s', (_how, as) => {
  it('is the code of a voucher, wherever a till shows it, and the PIN of a paper', async () => {
    const { till, order, readyCode, officer, world } = await openCounter();
    const { code } = await readyCode();
    expect((await till.post('/v1/vouchers/inspect', { code: as(code) })).body).toMatchObject({ redeemable: true });
    expect((await till.post('/v1/redemptions', order(as(code), { order_no: ' A-1 ' }))).body).toMatchObject({ order_no: 'A-1' });
    const second = await readyCode();
    const items = [{ ...order(as(second.code)), request_no: 'B-1', presented_at: new Date(world.clock.now).toISOString() }];
    expect((await till.post('/v1/redemption-batches', { items })).body).toMatchObject({ items: [{ status: 'succeeded' }] });
    const third = await readyCode();
    const paper = (await officer.post(`/v1/vouchers/${third.voucherId}/papers`, {})).body;
    const { status, text } = await till.post('/v1/redemptions', order(as(paper['code']), { pin: as(paper['pin']), order_no: 'A-3' }));
    expect(status, text).toBe(201);
  });

  it('is a phone, and the code that was sent to it', async () => {
    const { api, gexiang, wanhe, world } = await openOffices();
    expect((await wanhe.post('/v1/residents/lookup', { phone: as(PHONE) })).body).toMatchObject({ id: world.residentId });
    const registered = await made(gexiang, '/v1/residents', { name: '陈小明', phone: `+86 ${as('13912345678')}`, ...consent });
    expect((await wanhe.post('/v1/residents/lookup', { phone: '13912345678' })).body).toMatchObject({ id: registered['id'] });
    const code = await codeFor(api, as(PHONE));
    expect(api.delivered.at(-1)!.phone).toBe(PHONE);
    const signedIn = await browserOf(api).signIn({ phone: `0086${as(PHONE)}`, code: as(code) });
    expect(signedIn.status, signedIn.text).toBe(201);
  });

  it('is the code of an authenticator app, to confirm it and to sign in with', async () => {
    const { api, world } = await openCounter();
    await counterLogin(world);
    const browser = browserOf(api);
    await browser.signIn({ login: 'zhang.san', password: PASSWORD });
    const { secret } = (await browser.post('/v1/session/totp', {})).body as { secret: string };
    const confirmed = await browser.put('/v1/session/totp', { code: as(currentCode(secret, world.clock.now)) });
    expect(confirmed.status, confirmed.text).toBe(200);
    world.clock.advance(60_000);
    const totp = as(currentCode(secret, world.clock.now));
    const again = await browserOf(api).signIn({ login: ' ｚｈａｎｇ．san\u200B', password: PASSWORD, totp });
    expect(again.status, again.text).toBe(201);
  });

  it('is the code of a community', async () => {
    const { street } = await openOffices();
    const opened = await made(street, '/v1/communities', { id: 'taiyan', name: '太炎社区', code: as('330110014001') });
    expect(opened['code']).toBe('330110014001');
  });
});

/** The code that the app shows. */
function currentCode(secret: string, timestamp: number): string {
  return new TOTP({ secret }).generate({ timestamp });
}

it('a number of other digits than it should have is refused, however long it was pasted', async () => {
  const { till, order } = await openCounter();
  for (const [body, pointer, code] of [
    [order('7712345'), '/code', 'not_a_code'],
    [order('7'.repeat(10_000)), '/code', 'too_long'],
    [order('771234567890123450', { pin: '12345' }), '/pin', 'not_digits'],
    [order('771234567890123450', { pin: '12345o' }), '/pin', 'not_digits'],
  ] as const) {
    const { status, body: problem } = await till.post('/v1/redemptions', body);
    expect([status, problem['errors'].map((each: any) => [each.pointer, each.code])]).toEqual([
      400,
      expect.arrayContaining([[pointer, code]]),
    ]);
  }
});

it('no schema of what is read so forbids what is accepted', async () => {
  const { api } = await openCounter();
  const text = (await api.http.get('/openapi.json')).text;
  const readAs = [...text.matchAll(/\{[^{}]*"x-read-as":"[^"]*"[^{}]*\}/g)].map(([schema]) => JSON.parse(schema) as Record<string, any>);
  expect(readAs.length).toBeGreaterThan(12);
  for (const schema of readAs) {
    expect(schema).not.toHaveProperty('pattern');
    for (const example of schema['examples']) {
      expect(example).toMatch(new RegExp(schema['x-read-as']));
      expect(wide(inThrees(`\u202A${example}`)).length).toBeLessThanOrEqual(schema['maxLength']);
    }
  }
});

it('a name that was stored with characters that nobody sees is shown as it is', async () => {
  const { gexiang, street, world } = await openOffices();
  const { merchant, store, resident, community } = world.store.tables;
  const name = '\u202E超市\u200B';
  const [shop] = await world.store.read.select().from(merchant);
  const [branch] = await world.store.read.select().from(store);
  const [person] = await world.store.read.select().from(resident);
  const [home] = await world.store.read.select().from(community);
  await world.run(book, {
    rows: [
      put('merchant', { ...shop!, name }),
      put('store', { ...branch!, name: '' }),
      put('resident', { ...person!, name }),
      put('community', { ...home!, name, code: '1' }),
    ],
  });
  expect(await read(street, `/v1/merchants/${shop!.id}`)).toMatchObject({ name, stores: [{ name: '' }] });
  expect(await read(gexiang, `/v1/residents/${person!.id}`)).toMatchObject({ name });
  expect(await read(gexiang, `/v1/communities/${home!.id}`)).toMatchObject({ name, code: '1' });
});

it('an order number is kept as a till sent it, also one with an equals sign', async () => {
  const { till, order, readyCode } = await openCounter();
  for (const orderNo of ['=1+1', 'Ａ－7', '桌号三']) {
    const { code } = await readyCode();
    expect((await till.post('/v1/redemptions', order(code, { order_no: orderNo }))).body).toMatchObject({ order_no: orderNo });
  }
});

it('an officer who pastes a name with marks into the search finds the resident', async () => {
  const { gexiang } = await openOffices();
  for (const name of ['\u202A葛小米\u202C', '葛 小', '葛小米\u200B']) {
    expect((await gexiang.post('/v1/residents/lookup', { name })).body['items'], name).toHaveLength(1);
  }
  const { body } = await gexiang.post('/v1/residents/lookup', { name: '\u200B\u3164' });
  expect(body).toMatchObject({ errors: [{ pointer: '/name', code: 'not_named' }] });
});
