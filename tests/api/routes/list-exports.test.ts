import { describe, expect, it } from 'vitest';
import { setMerchantStatus } from '../../../src/communities/index.ts';
import { put } from '../../../src/ledger/index.ts';
import { consent } from '../../support/consents.ts';
import { callmi } from '../../support/callmi.ts';
import { erased } from '../../support/leaving.ts';
import { expectFields, expectProblem, listed, made, openOffices, PHONE, read } from '../../support/offices.ts';
import { book } from '../../support/scheme.ts';

const HEAD = '\uFEFFid,name,phone,status,registered_at\r\n';
const AT = '2026-03-02T02:00:00.000Z';

describe('a list that leaves the service', () => {
  it('has masked names and numbers, and those in full if a reason is given; who took it is kept', async () => {
    const { gexiang, wanhe, street, world } = await openOffices();
    const masked = await gexiang.post('/v1/list-exports', { what: 'residents' });
    expect(masked.text).toBe(`${HEAD}${world.residentId},葛**,138****5678,active,${AT}\r\n`);
    expect(masked.headers['content-type']).toBe('text/csv; charset=utf-8');
    const full = await gexiang.post('/v1/list-exports', { what: 'residents', reason: '登门慰问' });
    expect(full.text).toBe(`${HEAD}${world.residentId},葛小米,${PHONE},active,${AT}\r\n`);
    const kept = await listed(street, '/v1/list-exports?community_id=gexiang');
    const taken = { officer_id: world.gexiang.id, officer_name: '王一', community_id: 'gexiang', what: 'residents', rows: 1, at: AT };
    expect(kept).toMatchObject([
      { ...taken, reason: '登门慰问' },
      { ...taken, reason: null },
    ]);
    expect(await listed(gexiang, '/v1/list-exports')).toEqual(kept);
    await wanhe.post('/v1/list-exports', { what: 'residents' });
    expect((await listed(street, '/v1/list-exports')).map(({ community_id: of }) => of)).toEqual(['wanhe', 'gexiang', 'gexiang']);
    expect(await listed(wanhe, '/v1/list-exports?community_id=wanhe')).toHaveLength(1);
    expectProblem(await wanhe.get('/v1/list-exports?community_id=gexiang'), 'foreign_community');
  });

  it('has the residents of the own community, and nobody who was erased', async () => {
    const { gexiang, wanhe, street, world } = await openOffices();
    await world.register('wanhe');
    expect((await wanhe.post('/v1/list-exports', { what: 'residents' })).text).toContain('葛**');
    await erased(world);
    expect((await gexiang.post('/v1/list-exports', { what: 'residents' })).text).toBe(HEAD);
    expectProblem(await street.post('/v1/list-exports', { what: 'residents' }), 'community_only');
  });

  it('is given again under its key for ten minutes, with nothing further noted, and then no more', async () => {
    const { gexiang, street, world } = await openOffices();
    const take = (key: string) => gexiang.post('/v1/list-exports', { what: 'residents', reason: '登门慰问' }, key);
    const first = await take('list-1');
    world.clock.advance(10 * 60_000);
    expect((await take('list-1')).text).toBe(first.text);
    world.clock.advance(1);
    const late = await take('list-1');
    expectProblem(late, 'list_taken_before', { details: { taken_at: AT } });
    expect(late.headers['idempotency-replayed']).toBeUndefined();
    expect(await listed(street, '/v1/list-exports')).toHaveLength(1);
    expect((await take('list-2')).text).toBe(first.text);
    expect(await listed(street, '/v1/list-exports')).toHaveLength(2);
  });

  const formulas = [
    '=1+1',
    '+86',
    '-2',
    '@SUM(A1)',
    '＝1+1',
    '＋86',
    '－2',
    '＠SUM(A1)',
    '=cmd|" /C calc"!A0',
    ' =1+1',
    '\t=1+1',
    '\r=1+1',
    "'=1+1",
    '"=1+1',
  ];

  it.each(formulas)('has no name that a spreadsheet would treat as a formula: %s', async (name) => {
    const { gexiang } = await openOffices();
    const { id } = await made(gexiang, '/v1/residents', { name, phone: '13912345678', ...consent });
    for (const body of [{ what: 'residents', reason: '核对' }, { what: 'residents' }]) {
      const { text } = await gexiang.post('/v1/list-exports', body);
      const [, cell] = text
        .split('\r\n')
        .find((line) => line.startsWith(id))!
        .split(new RegExp(`^${id},`));
      // An apostrophe, within quotation marks or not, is the first sign in the cell; or a quotation mark that is doubled.
      expect(cell, text).toMatch(/^("?'|"""|[^"=+\-@\t\r＝＋－＠])/);
    }
  });

  it.each(['葛\t小米', '葛\r小米', '葛\n小米'])('is never of several lines: no such name is registered: %j', async (name) => {
    const { gexiang } = await openOffices();
    expectFields(await gexiang.post('/v1/residents', { name, phone: '13912345678', ...consent }), '/name');
  });

  it('has no name that a spreadsheet would treat as a formula, of whoever was registered before that was refused', async () => {
    const { gexiang, world } = await openOffices();
    const [row] = await world.store.read.select().from(world.store.tables.resident);
    for (const name of ['=1+1', '\t=1+1', '\r=1+1']) {
      const [now] = await world.store.read.select().from(world.store.tables.resident);
      await world.must(book, { rows: [put('resident', { ...now!, name, nameKey: '3d312b31' })] });
      const { text } = await gexiang.post('/v1/list-exports', { what: 'residents', reason: '核对' });
      expect(text).toContain(`${row!.id},"'${name}",`);
    }
  });
});

describe('a text that names somebody', () => {
  it('is found by the name, with its text only if asked for, and emptied by an officer of the street', async () => {
    const { gexiang, street, world } = await openOffices();
    await world.must(setMerchantStatus, { by: world.wanhe, id: world.merchantId, status: 'suspended', reason: '葛小米投诉 (Gě Xiǎomǐ)' });
    const found = await callmi(world.url, 'find', '葛小米');
    expect(found).toMatchObject({ code: 0, out: `merchant  ${world.merchantId}  status_reason\nfind: 1 texts\n` });
    expect((await callmi(world.url, 'find', '葛小米', '--show')).out).toContain('status_reason  "葛小米投诉 (Gě Xiǎomǐ)"\n');
    for (const nobody of ['%', '_', '葛_米', String.raw`\\`, "'"])
      expect((await callmi(world.url, 'find', nobody)).out).toBe('find: 0 texts\n');
    expect((await callmi(world.url, 'find', 'gě xiǎomǐ')).out).toBe(`merchant  ${world.merchantId}  status_reason\nfind: 1 texts\n`);
    expect(await callmi(world.url, 'find', ' ')).toMatchObject({ code: 1, err: 'callmi: say which name\n' });
    const text = { table: 'merchant', key: [world.merchantId], column: 'status_reason' };
    expectProblem(await gexiang.post('/v1/blanked-texts', text), 'street_only');
    expectProblem(await street.post('/v1/blanked-texts', { ...text, column: 'dispute_reason' }), 'text_not_found');
    expectProblem(await street.post('/v1/blanked-texts', { ...text, key: [`mer_${'0'.repeat(32)}`] }), 'text_not_found');
    expectProblem(await street.post('/v1/blanked-texts', { ...text, key: ['x'] }), 'text_not_found');
    expectProblem(await street.post('/v1/blanked-texts', { ...text, key: [world.merchantId, '1'] }), 'text_not_found');
    expect((await street.post('/v1/blanked-texts', text)).body).toEqual({
      table: 'merchant',
      key: world.merchantId,
      column: 'status_reason',
    });
    expect(await read(gexiang, `/v1/merchants/${world.merchantId}`)).toMatchObject({ status_reason: '' });
    expect((await callmi(world.url, 'find', '葛小米')).out).toBe('find: 0 texts\n');
  });
});
