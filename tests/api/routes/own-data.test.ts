import { describe, expect, it } from 'vitest';
import { put } from '../../../src/ledger/index.ts';
import { ownDataWords } from '../../../src/api/routes/own-data-words.ts';
import { columnsOf, personTables } from '../../../src/store/index.ts';
import { openOffices, read } from '../../support/offices.ts';
import { book } from '../../support/scheme.ts';
import { byTwo } from '../../support/two-officers.ts';
import { deedOf } from '../../support/deeds.ts';

type Table = { readonly table: string; readonly rows: readonly Record<string, unknown>[] };

describe("one's own data", () => {
  it('is every row with the id of the person, in words, and nothing of anybody else', async () => {
    const { resident, world } = await openOffices();
    const { residentId, gexiang } = world;
    const neighbour = await world.register('gexiang');
    await world.grantHours(gexiang, residentId, 30);
    await world.grantHours(gexiang, neighbour, 7);
    const { id: redemptionId } = await world.redeemVoucher(await world.takeVoucher());
    const { by: _by, approvedBy: _second, ...proposed } = deedOf(world);
    await byTwo(world, gexiang, 'grant', proposed);

    const { resident_id: whose, phone, words, tables } = await read(resident, '/v1/me/data');
    expect([whose, phone, words]).toEqual([residentId, '138****5678', ownDataWords]);
    const found = new Map((tables as Table[]).map(({ table, rows }) => [table, rows]));
    expect(found.get('resident')).toEqual([
      {
        id: residentId,
        community_id: 'gexiang',
        name: '葛小米',
        status: 'active',
        status_reason: null,
        registered_at: expect.stringMatching(/^2026-03-02T/),
        spends_from: null,
        papers_from: null,
        erasure_id: null,
      },
    ]);
    expect(found.get('grant')).toMatchObject([{ points: 300, description: '社区清洁' }, { points: 10 }]);
    expect(found.get('redemption')).toMatchObject([{ id: redemptionId, order_no: expect.any(String) }]);
    expect(found.get('proposal')).toMatchObject([{ input: { residentId, description: '社区清洁' } }]);
    expect(found.get('samePerson')).toMatchObject([{ resident_id: 'res_…', other_id: residentId, answer: '同名，并非同一人' }]);
    const text = JSON.stringify(tables);
    expect(text).not.toContain(neighbour);
    expect(text).not.toMatch(/hash|sealed/i);
    expect([...found.keys()].filter((table) => !(personTables as readonly string[]).includes(table))).toEqual([]);
  });

  it('has of a list what is about this person, and nothing about the others in it', async () => {
    const { resident, gexiang, world } = await openOffices();
    const neighbour = await world.register('gexiang');
    const deed = { action_rule_id: world.ruleId, quantity: 1, occurred_on: '2026-03-02' };
    const rows = [
      { ...deed, resident_id: world.residentId, description: '扶起老人', external_reference: 'R-1' },
      { ...deed, resident_id: neighbour, description: '照看孩子', external_reference: 'R-2' },
    ];
    expect((await gexiang.post('/v1/proposals', { command: 'grant_list', input: { rows }, reason: '三月' })).status).toBe(201);
    const { tables } = await read(resident, '/v1/me/data');
    const { rows: proposals } = (tables as Table[]).find(({ table }) => table === 'proposal')!;
    expect(proposals).toMatchObject([{ command: 'grant_list', reason: '三月', input: [{ description: '扶起老人' }] }]);
    expect(JSON.stringify(tables)).not.toMatch(new RegExp(`照看孩子|${neighbour}`));
  });

  it('says in Chinese what every table and every column is called', () => {
    const { tables, columns } = ownDataWords;
    const shown = personTables.flatMap((table) =>
      columnsOf(table).filter(({ kind, property }) => !/^(hash|secret)$/.test(kind) && property !== 'version'),
    );
    expect(personTables.filter((table) => tables[table] === undefined)).toEqual([]);
    expect([...new Set(shown.map(({ name }) => name))].filter((name) => columns[name] === undefined)).toEqual([]);
    for (const word of [...Object.values(tables), ...Object.values(columns)]) expect(word).toMatch(/\p{Script=Han}/u);
  });

  it('leaves out what a stored input has sealed or hashed', async () => {
    const { resident, world } = await openOffices();
    const { residentId } = world;
    const input = JSON.stringify({ residentId, phoneSealed: '封', phones: [{ newHash: 'abc', how: 'counter' }] });
    const decision = { status: 'open', decidedBy: null, decidedAt: null, decisionReason: null, result: null };
    const row = {
      id: `pro_${'1'.repeat(32)}`,
      command: 'grant',
      input,
      communityId: 'gexiang',
      reason: '换号',
      proposedBy: world.gexiang.id,
    };
    await world.must(book, { rows: [put('proposal', { ...row, ...decision, proposedAt: 1, lapsesAt: 2, residentId, version: 0 })] });
    const { tables } = await read(resident, '/v1/me/data');
    const { rows } = (tables as Table[]).find(({ table }) => table === 'proposal')!;
    expect(rows).toMatchObject([{ input: { residentId, phones: [{ how: 'counter' }] } }]);
    expect(JSON.stringify(rows)).not.toMatch(/封|abc/);
  });
});
