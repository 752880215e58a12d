/** Lists of people: tried first, which writes nothing, and then registered, line by line. */
import { createHash } from 'node:crypto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../../src/store/index.ts';
import { consent } from '../../support/consents.ts';
import { encoded } from '../../certify/gb18030.ts';
import type { Answer, Caller } from '../../support/counter.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { workbookOf } from '../../support/workbook.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type File = string | Uint8Array;

const bytesOf = (file: File) => Buffer.from(file as string);
const sha256Of = (file: File) => createHash('sha256').update(bytesOf(file)).digest('hex');
const typeOf = (file: File) => (bytesOf(file).subarray(0, 2).toString('latin1') === 'PK' ? XLSX : 'text/csv');

function tried(caller: Caller, file: File, query = ''): Promise<Answer> {
  return caller.send(`/v1/resident-lists/trial${query}`, bytesOf(file), { 'content-type': typeOf(file) });
}

let keys = 0;

function done(caller: Caller, file: File, { query = '', key = `list-${++keys}`, sha256 = sha256Of(file) } = {}): Promise<Answer> {
  const headers = { 'content-type': typeOf(file), 'idempotency-key': key, 'x-content-sha256': sha256 };
  return caller.send(`/v1/resident-lists${query}`, bytesOf(file), headers);
}

const results = ({ body }: Answer) => (body['lines'] as { line: number; result: string }[]).map(({ line, result }) => [line, result]);

/** How many rows each table has. */
async function contents({ world: { store } }: Offices): Promise<object> {
  const names = Object.keys(store.tables) as TableName[];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await store.read.select().from(store.tables[name])).length])),
  );
}

/** One line of each result. The first resident of the world has `PHONE` and the name 葛小米. */
const everyKind = [
  '第一网格居民登记表',
  '序号,姓名,手机号（必填）,纸质同意书编号,监护人,同名说明,备注',
  '1,陈小明,13912345678,2026-0001,,,党员',
  `2,葛 小米,${PHONE},2026-0002,,,`,
  `3,葛大米,${PHONE},2026-0003,,,`,
  '4,陈小明,１３９ １２３４ ５６７９,2026-0004,,,',
  '5,陈小明,13912345680,2026-0005,,两人证件不同,',
  '6,王秀英,13912345678,2026-0006,,,',
  '7,王秀英,1.38E+10,2026-0007,,,',
  '8,李小红,13912345681,,,,',
  '9,李小红,,2026-0009,,,',
  '10,李小兰,13912345682,2026-0010,李大兰,,',
  '11,葛小米,13912345683,2026-0011,,,',
  '合计,,,11 份,,,',
  ',,,,,,以下空白',
].join('\r\n');

describe('POST /v1/resident-lists/trial', () => {
  it('says of each line what would become of it, and writes nothing', async () => {
    const offices = await openOffices();
    const before = await contents(offices);
    const answer = await tried(offices.gexiang, everyKind);
    expect(answer.status, answer.text).toBe(200);
    expect(results(answer)).toEqual([
      [3, 'would_register'],
      [4, 'already_registered'],
      [5, 'twice_in_file'],
      [6, 'same_person_question'],
      [7, 'would_register'],
      [8, 'twice_in_file'],
      [9, 'faulty'],
      [10, 'faulty'],
      [11, 'faulty'],
      [12, 'would_register'],
      [13, 'same_person_question'],
    ]);
    const { residentId } = offices.world;
    expect(answer.body).toMatchObject({
      community_id: 'gexiang',
      sha256: sha256Of(everyKind),
      counts: {
        would_register: 3,
        registered: 0,
        already_registered: 1,
        phone_taken: 0,
        twice_in_file: 2,
        same_person_question: 2,
        faulty: 3,
      },
      lines: {
        1: { name: '葛小米', phone: '138****5678', resident_id: residentId },
        2: { earlier_line: 4, resident_id: null },
        3: { name: '陈小明', same_name_ids: [], same_name_lines: [3], phone: '139****5679' },
        6: { phone: null, errors: [{ pointer: 'line/9/phone', code: 'mangled_by_spreadsheet', details: { how: 'shortened' } }] },
        7: { errors: [{ pointer: 'line/10/paper_number', code: 'missing' }] },
        8: { name: '李小红', errors: [{ pointer: 'line/11/phone', code: 'missing' }] },
        10: { same_name_ids: [residentId], same_name_lines: [] },
      },
    });
    expect(await contents(offices)).toEqual(before);
    expect(offices.api.logged.join()).not.toMatch(/13912345678|陈小明/);
  });

  it('does not tell whose a phone is that has another name, or is another community’s', async () => {
    const { gexiang, wanhe } = await openOffices();
    const file = `姓名,手机号,同意书编号\n葛小米,${PHONE},1\n`;
    const elsewhere = (await tried(wanhe, file)).body['lines'][0];
    expect(elsewhere).toMatchObject({ result: 'phone_taken', resident_id: null });
    expect((await tried(gexiang, file.replace('葛小米', '葛大米'))).body['lines'][0]).toMatchObject({
      result: 'phone_taken',
      resident_id: null,
    });
  });

  it.each<[string, File]>([
    ['UTF-8 with a mark and semicolons', `\uFEFF姓名;手机号;同意书编号\n陈小明;13912345678;1\n`],
    ['GB18030', encoded('姓名,手机号,同意书编号\r\n陈小明,13912345678,1\r\n')],
    ['UTF-16 with tabs', Buffer.from('\uFEFF姓名\t手机号\t同意书编号\r\n陈小明\t13912345678\t1\r\n', 'utf16le')],
    ['a workbook with phones as numbers', workbookOf([['花名册'], ['姓名', '手机号', '同意书编号'], ['陈小明', 13_912_345_678, 1]])],
  ])('reads %s', async (_how, file) => {
    const { gexiang } = await openOffices();
    const { body } = await tried(gexiang, file);
    expect(body['lines']).toMatchObject([{ name: '陈小明', phone: '139****5678', result: 'would_register' }]);
  });

  it.each<[string, File, [number, string, string | null][]]>([
    [
      'phones as they are written, with signs, in full width, with +86, and with a decimal place',
      '姓名,手机号,同意书编号\n甲,＋８６１３９１２３４５６７８,1\n乙,+86 139-1234-5679,2\n丙,(139) 1234 5670,3\n丁,0086 13912345671,4\n戊,13912345672.0,5\n',
      [2, 3, 4, 5, 6].map((line) => [line, 'would_register', null]),
    ],
    [
      'no phone that is none, of two people, or that a spreadsheet has rounded',
      '姓名,手机号,同意书编号\n甲,0571-88880000,1\n乙,13912345678/13912345679,2\n丙,1.391E+10,3\n丁,13910000000,4\n戊,1.38E10,5\n',
      [
        [2, 'faulty', 'not_a_mobile_number'],
        [3, 'faulty', 'not_a_mobile_number'],
        [4, 'faulty', 'mangled_by_spreadsheet'],
        [5, 'faulty', 'mangled_by_spreadsheet'],
        [6, 'faulty', 'mangled_by_spreadsheet'],
      ],
    ],
    [
      'columns in another order and under other headings, with empty columns and lines behind',
      '同意书号,联系手机,备注,人员姓名,,\r\nA-1,13912345678,,陈小明,,\r\n,,,,,\r\n\r\nA-2,13912345679,,李小红,,\r\n',
      [
        [2, 'would_register', null],
        [5, 'would_register', null],
      ],
    ],
    [
      'headings that stand again, also of a second table in another order',
      '姓名,手机号,同意书编号\n陈小明,13912345678,1\n姓名,手机号,同意书编号\n李小红,13912345679,2\n手机号,姓名,同意书编号\n13912345670,王秀英,3\n',
      [
        [2, 'would_register', null],
        [4, 'would_register', null],
        [6, 'would_register', null],
      ],
    ],
    [
      'quotes, and line breaks inside of cells, after which lines are counted on',
      '姓名,"手机号\n（必填）",同意书编号,备注\n陈小明,13912345678,1,"一行\n二行"\n"李""小""红",13912345679,2,"说""好"""\n',
      [
        [4, 'would_register', null],
        [5, 'would_register', null],
      ],
    ],
    [
      'a workbook with a phone in a column of days, merged cells, and text that is no number',
      workbookOf(
        [
          ['登记表'],
          ['姓名', '手机号', '同意书编号'],
          ['陈小明', { serial: 13_912_345_678 }, 1],
          [null, 13_912_345_679, 2],
          ['王秀英', 'abc', 3],
        ],
        { merged: ['A1:C1', 'A3:A4'] },
      ),
      [
        [3, 'would_register', null],
        [4, 'same_person_question', null],
        [5, 'faulty', 'not_a_mobile_number'],
      ],
    ],
  ])('reads %s', async (_what, file, expected) => {
    const { gexiang } = await openOffices();
    const answer = await tried(gexiang, file);
    const lines = answer.body['lines'] as { line: number; result: string; errors: { code: string }[] }[];
    expect(lines.map(({ line, result, errors }) => [line, result, errors[0]?.code ?? null])).toEqual(expected);
  });

  it('takes a consent by word at the counter for all, where the officer says so', async () => {
    const { gexiang } = await openOffices();
    const file = '姓名,手机号\n陈小明,13912345678\n';
    expect(results(await tried(gexiang, file))).toEqual([[2, 'faulty']]);
    expect(results(await tried(gexiang, file, '?consent_how=counter'))).toEqual([[2, 'would_register']]);
    expectFields(await tried(gexiang, file, '?consent_how=phone'), 'query/consent_how');
  });

  it('says what is wrong with a file that it cannot read', async () => {
    const { gexiang } = await openOffices();
    expectFields(await tried(gexiang, '姓名,住址\n陈小明,一号楼\n'), 'line/1/phone');
    expectFields(await tried(gexiang, '姓名,手机号,姓名\n陈小明,13912345678,陈\n'), 'line/1/name');
    expectProblem(await tried(gexiang, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), 'malformed_csv');
    for (const broken of ['504b0304ffff', 'd0cf11e0a1b11ae1'])
      expectProblem(await tried(gexiang, Buffer.from(broken, 'hex')), 'malformed_workbook');
    expectProblem(await tried(gexiang, zipSync({ 'word/document.xml': strToU8('<w/>') })), 'malformed_workbook');
    const rows = Array.from({ length: 2_001 }, (_, n) => `陈${n},1391234${1_000 + n},${n}`);
    expectProblem(await tried(gexiang, ['姓名,手机号,同意书编号', ...rows].join('\n')), 'payload_too_large', {
      details: { limit_lines: 2_000 },
    });
    expectProblem(await tried(gexiang, 'x'.repeat(4 * 1_024 * 1_024 + 1)), 'payload_too_large');
    const json = await gexiang.send('/v1/resident-lists/trial', '{}', { 'content-type': 'application/json' });
    expectProblem(json, 'unsupported_media_type');
  });

  it('unpacks no more than a list needs, whatever the workbook says of its size', async () => {
    const { gexiang } = await openOffices();
    const bomb = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(64 * 1_024 * 1_024) }));
    expectProblem(await tried(gexiang, bomb), 'payload_too_large', { details: { limit_bytes: 8 * 1_024 * 1_024 } });
    // The directory at the end of the archive says one byte.
    const directory = bomb.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bomb.writeUInt32LE(1, directory + 24);
    expectProblem(await tried(gexiang, bomb), 'payload_too_large');
    const raw = '<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>';
    expectProblem(await tried(gexiang, workbookOf([], { raw })), 'payload_too_large');
  });

  it.each<[string, Record<string, string>]>([
    ['sheets', { 'xl/workbook.xml': '<sheet '.repeat(300_000) }],
    ['cells', { 'xl/worksheets/sheet1.xml': '<c '.repeat(300_000) }],
    ['merged cells', { 'xl/worksheets/sheet1.xml': '<mergeCell '.repeat(200_000) }],
  ])('is not held up by %s in a workbook that are never closed', async (_what, parts) => {
    const { gexiang } = await openOffices();
    const broken = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]));
    expectProblem(await tried(gexiang, zipSync({ ...unzipSync(workbookOf([['姓名']])), ...broken })), 'malformed_workbook');
  });

  it('is not held up by a workbook of many parts, or of merged cells that overlap', async () => {
    const { gexiang } = await openOffices();
    const parts = Array.from({ length: 1_001 }, (_, n) => [`xl/${n}.xml`, new Uint8Array()]);
    expectProblem(await tried(gexiang, zipSync(Object.fromEntries(parts))), 'payload_too_large');
    const rows = Array.from({ length: 1_000 }, (_, n) => [n, 13_912_345_000 + n, n]);
    expectProblem(await tried(gexiang, workbookOf(rows, { merged: Array.from({ length: 300 }, () => 'A1:A1000') })), 'payload_too_large');
  });

  it('calculates no formula, and takes none for a phone', async () => {
    const { gexiang } = await openOffices();
    const raw = '<row r="2"><c r="A2" t="str"><v>陈小明</v></c><c r="B2"><f>13900000000+12345678</f></c><c r="C2"><v>1</v></c></row>';
    const sheet = await tried(gexiang, workbookOf([['姓名', '手机号', '同意书编号']], { after: raw }));
    expect(sheet.body['lines']).toMatchObject([{ name: '陈小明', phone: null, result: 'faulty' }]);
    expect(sheet.body['lines'][0].errors).toMatchObject([{ pointer: 'line/2/phone', code: 'mangled_by_spreadsheet' }]);
    const csv = await tried(gexiang, '姓名,手机号,同意书编号\n陈小明,="13912345678",1\n');
    expect(csv.body['lines']).toMatchObject([
      { result: 'faulty', errors: [{ code: 'mangled_by_spreadsheet', details: { how: 'formula' } }] },
    ]);
  });

  it('is for officers of the community, and not without end', async () => {
    const { gexiang, street, machine } = await openOffices();
    const file = '姓名,手机号,同意书编号\n陈小明,13912345678,1\n';
    expectProblem(await machine.send('/v1/resident-lists/trial', file, { 'content-type': 'text/csv' }), 'insufficient_scope');
    expectProblem(await tried(gexiang, file, '?community_id=wanhe'), 'foreign_community');
    expectFields(await tried(street, file), 'query/community_id');
    expectProblem(await tried(street, file, '?community_id=nowhere'), 'community_not_found');
    for (let n = 0; n < 30; n++) expect((await tried(gexiang, file)).status).toBe(200);
    expectProblem(await tried(gexiang, file), 'list_tried_too_often');
  });
});

describe('POST /v1/resident-lists', () => {
  it('registers what the trial said, with each consent, and answers line by line', async () => {
    const offices = await openOffices();
    const { gexiang, world } = offices;
    const trial = await tried(gexiang, everyKind);
    const answer = await done(gexiang, everyKind);
    expect(answer.status, answer.text).toBe(200);
    expect(results(answer)).toEqual(results(trial).map(([line, result]) => [line, result === 'would_register' ? 'registered' : result]));
    const [first, , , asked] = answer.body['lines'];
    expect(asked).toMatchObject({ same_name_ids: [first.resident_id], same_name_lines: [] });
    expect((await listed(gexiang, '/v1/residents')).map(({ name }) => name)).toEqual(['李小兰', '陈小明', '陈小明', '葛小米']);
    const child = answer.body['lines'][9].resident_id as string;
    expect(await read(gexiang, `/v1/residents/${child}`)).toMatchObject({
      consents: [{ how: 'paper', paper_number: '2026-0010', guardian: '李大兰', taken_by: world.gexiang.id }],
    });
    const { read: db, tables } = world.store;
    expect(await db.select().from(tables.samePerson)).toMatchObject([{ otherId: first.resident_id, same: 0, answer: '两人证件不同' }]);
    const stored = JSON.stringify([await db.select().from(tables.request), await db.select().from(tables.resident)]);
    expect(stored).not.toContain('13912345678');
    expect(JSON.stringify(await db.select().from(tables.request))).not.toContain('陈小明');
  });

  it('registers nobody twice, however often it is sent', async () => {
    const offices = await openOffices();
    const { gexiang } = offices;
    const first = await done(gexiang, everyKind, { key: 'same' });
    const rows = await contents(offices);
    expect((await done(gexiang, everyKind, { key: 'same' })).body).toEqual(first.body);
    expect(await contents(offices)).toEqual(rows);
    const again = await done(gexiang, everyKind);
    expect(again.body['counts']).toMatchObject({ registered: 0, already_registered: 4 });
    expect(again.body['lines'][0].resident_id).toBe(first.body['lines'][0].resident_id);
    expect(await listed(gexiang, '/v1/residents')).toHaveLength(4);
  });

  it('goes on where it was broken off: what is registered meanwhile is said', async () => {
    const { gexiang } = await openOffices();
    const file = '姓名,手机号,同意书编号\n陈小明,13912345678,1\n李小红,13912345679,2\n';
    await made(gexiang, '/v1/residents', { name: '陈小明', phone: '13912345678', ...consent });
    expect(results(await done(gexiang, file))).toEqual([
      [2, 'already_registered'],
      [3, 'registered'],
    ]);
  });

  it('decides anew what the trial said, where another officer registers people in between', async () => {
    const { gexiang, colleague, wanhe } = await openOffices();
    const file = '姓名,手机号,同意书编号\n陈小明,13912345678,1\n李小红,13912345679,2\n王秀英,13912345670,3\n赵大文,13912345671,4\n';
    expect((await tried(gexiang, file)).body['counts']).toMatchObject({ would_register: 4 });
    await made(colleague, '/v1/residents', { name: '陈小明', phone: '13912345678', ...consent });
    await made(colleague, '/v1/residents', { name: '李小红', phone: '13912345699', ...consent });
    await made(wanhe, '/v1/residents', { name: '王秀英', phone: '13912345670', ...consent });
    expect(results(await done(gexiang, file))).toEqual([
      [2, 'already_registered'],
      [3, 'same_person_question'],
      [4, 'phone_taken'],
      [5, 'registered'],
    ]);
  });

  it('is done by two officers at once, and registers each person once', async () => {
    const { gexiang, colleague } = await openOffices();
    const rows = Array.from({ length: 100 }, (_, n) => `陈${n},139${String(12_345_600 + n).slice(0, 8)},A-${n}`);
    const file = ['姓名,手机号,同意书编号', ...rows].join('\n');
    const [first, second] = await Promise.all([done(gexiang, file), done(colleague, file)]);
    const sum = (result: string) => first.body['counts'][result] + second.body['counts'][result];
    expect([sum('registered'), sum('already_registered')]).toEqual([100, 100]);
  });

  it('that was mended is sent again: what stands is said, and the rest is registered', async () => {
    const { gexiang } = await openOffices();
    const file = '姓名,手机号,同意书编号,同名说明\n陈小明,13912345678,1,\n葛小米,13912345679,2,\n李小红,1391234567,3,\n';
    expect(results(await done(gexiang, file, { key: 'list' }))).toEqual([
      [2, 'registered'],
      [3, 'same_person_question'],
      [4, 'faulty'],
    ]);
    const mended = file.replace('9,2,', '9,2,证件不同').replace('1391234567,', '13912345670,');
    const again = await done(gexiang, mended, { key: 'mended' });
    expect(results(again)).toEqual([
      [2, 'already_registered'],
      [3, 'registered'],
      [4, 'registered'],
    ]);
    expect(results(await done(gexiang, file, { key: 'list' }))[0]).toEqual([2, 'registered']);
    expect(await listed(gexiang, '/v1/residents')).toHaveLength(4);
  });

  it('takes the file that was tried and no other', async () => {
    const offices = await openOffices();
    const before = await contents(offices);
    const other = everyKind.replace('13912345678', '13912345699');
    const answer = await done(offices.gexiang, other, { sha256: sha256Of(everyKind) });
    expectProblem(answer, 'checksum_mismatch', { details: { sha256: sha256Of(other) } });
    expectProblem(await done(offices.wanhe, everyKind, { query: '?community_id=gexiang' }), 'foreign_community');
    expect(await contents(offices)).toEqual(before);
  });

  it('takes two thousand people in one request', async () => {
    const offices = await openOffices();
    const rows = Array.from({ length: 2_000 }, (_, n) => `陈${n},139${String(10_000_001 + n)},A-${n}`);
    const file = ['姓名,手机号,同意书编号', ...rows].join('\n');
    expect((await tried(offices.gexiang, file)).body['counts']).toMatchObject({ would_register: 2_000 });
    expect((await done(offices.gexiang, file)).body['counts']).toMatchObject({ registered: 2_000 });
  });
});
