import { describe, expect, it } from 'vitest';
import { strToU8, zipSync } from 'fflate';
import { type Deeds, deedsIn, type DeedRow } from '../../../web/shared/lists/deeds.ts';
import { workbookOf } from '../../support/workbook.ts';

const FIRST = '19900012301';
const SECOND = '19900012901';

async function read(list: string | Uint8Array): Promise<Deeds> {
  const found = await deedsIn(list);
  if ('unreadable' in found) throw new Error(found.unreadable);
  return found;
}

/** A row in short. */
const short = ({ name, phone, quantity, day, text, reference }: DeedRow) => [name, phone, quantity, day, text, reference];
const rowsOf = async (list: string | Uint8Array) => (await read(list)).rows.map(short);
const faultsOf = async (list: string | Uint8Array) =>
  (await read(list)).rows.flatMap(({ faults }) => faults.map(({ field, code }) => `${field} ${code}`));

const phoneAndQuantity = [
  [null, FIRST, 2, null, null, null],
  [null, SECOND, 1, null, null, null],
];

describe('separators', () => {
  it.each(['\t', ',', ';', '；', '，'])('%j separates cells', async (separator) => {
    expect(await rowsOf(`${FIRST}${separator}2\n${SECOND}${separator}1\n`)).toEqual(phoneAndQuantity);
  });

  it.each(['\n', '\r\n', '\r'])('%j ends a line', async (end) => {
    expect(await rowsOf(`手机号,数量${end}${FIRST},2${end}${end}${SECOND},1`)).toEqual(phoneAndQuantity);
  });

  it.each([
    ['\t', '清扫，浇水,修剪;除草'],
    [',', '清扫，浇水；修剪'],
    [';', '清扫，浇水'],
  ])('a cell between %j keeps what else could separate', async (separator, text) => {
    const line = (phone: string) => [phone, '1', '2026-11-12', text, 'R-1'].join(separator);
    const row = (phone: string) => [null, phone, 1, '2026-11-12', text, 'R-1'];
    expect(await rowsOf(`${line(FIRST)}\n${line(SECOND)}`)).toEqual([row(FIRST), row(SECOND)]);
  });

  it('a cell that stands alone in a list with tabs is not separated either', async () => {
    const [, alone] = await rowsOf(`${FIRST}\t2\n王，小明`);
    expect(alone).toEqual(['王,小明', null, 1, null, null, null]);
  });

  it('a list that was typed with both kinds of commas is read line by line', async () => {
    expect(await rowsOf(`${FIRST},2\n${SECOND}，1`)).toEqual(phoneAndQuantity);
  });

  it('a quotation mark inside a cell is part of it, and one that nothing closes is named by its line', async () => {
    expect(await rowsOf(`${FIRST}\t1\t\t读"论语"\n${SECOND}\t1\t\t"学雷锋"活动`)).toMatchObject([{ 4: '读"论语"' }, { 4: '"学雷锋"活动' }]);
    expect(await deedsIn(`手机号,数量,事由\n${FIRST},1,"清扫\n${SECOND},1,浇水`)).toEqual({ unreadable: 'open_quote', line: 2 });
  });

  it('lines that an unclosed quotation mark took in are not lost unseen', async () => {
    expect(await faultsOf(`手机号,数量,事由\n${FIRST},1,"清扫\n${SECOND},1,浇水"`)).toEqual(['text swallowed']);
  });
});

describe('headings', () => {
  it.each([
    ['序号,姓名,手机号,时长,日期,事由', `1,郑秀霞,${FIRST},2,2026-11-02,清扫`],
    ['活动日期,服务内容,联系电话,备注,服务时长（小时）,居民姓名', `2026/11/2,清扫,${FIRST},无,2小时,郑秀霞`],
    [' 姓 名 ：,手机号码*,时长(h),服务日期,活动名称', `郑秀霞,${FIRST},2h,2026.11.2,清扫`],
    ['name,Phone,hours,date,description', `郑秀霞,${FIRST},2,20261102,清扫`],
    ['手机,事由说明,姓名,服务时间,志愿服务时长', `${FIRST},清扫,郑秀霞,2026年11月2日,2.0`],
  ])('are understood in any order: %s', async (headings, row) => {
    expect(await rowsOf(`${headings}\n${row}`)).toEqual([['郑秀霞', FIRST, 2, '2026-11-02', '清扫', null]]);
  });

  it.each([
    ['时长（分钟）', '120', 2, 'hour'],
    ['服务分钟数', '６０', 1, 'hour'],
    ['时长(min)', '2小时', 2, 'hour'],
    ['服务时间（小时）', '2', 2, 'hour'],
    ['时长（单位：小时）', '2.0', 2, 'hour'],
    ['工时【h】', '2', 2, 'hour'],
    ['参与次数', '3', 3, 'event'],
    ['数量（必填）', '3', 3, undefined],
  ])('%s says in which unit %s counts', async (heading, cell, quantity, unit) => {
    expect((await read(`手机号,${heading}\n${FIRST},${cell}`)).rows).toMatchObject([{ quantity, unit, faults: [] }]);
  });

  it('in a unit that no rule has make every number a fault', async () => {
    expect(await faultsOf(`手机号,时长（天）\n${FIRST},2`)).toEqual(['quantity not_a_quantity']);
  });

  it('of whoever was helped, or of a relative, are not read as those of the volunteer', async () => {
    const { passedOver, rows } = await read(
      `服务对象姓名,服务对象电话,志愿者姓名,志愿者电话,电话（家属）\n张三,${SECOND},郑秀霞,${FIRST},${SECOND}`,
    );
    expect(rows.map(short)).toMatchObject([{ 0: '郑秀霞', 1: FIRST }]);
    expect(passedOver.map(({ heading }) => heading)).toEqual(['服务对象姓名', '服务对象电话', '电话（家属）']);
  });

  it('may have parts in a second line, under one that spans several columns', async () => {
    const { rows, excluded, passedOver } = await read(
      `姓名,联系电话,服务信息,,\n,,日期,时长（小时）,事由\n郑秀霞,${FIRST},2026/11/2,2,清扫`,
    );
    expect(rows.map(short)).toEqual([['郑秀霞', FIRST, 2, '2026-11-02', '清扫', null]]);
    expect([excluded.map(({ line, why }) => [line, why]), passedOver]).toEqual([[[2, 'headings']], []]);
  });

  it('with commas in a list with tabs are no headings, and its lines are read in their order', async () => {
    expect(await rowsOf(`姓名,手机号,时长\n郑秀霞\t${FIRST}\t2\n张三\t${SECOND}\t1`)).toMatchObject([
      {},
      { 1: FIRST, 2: 2 },
      { 1: SECOND, 2: 1 },
    ]);
  });

  it('say which columns are not read', async () => {
    const { passedOver, rows } = await read(`序号,姓名,手机号,紧急联系人电话,出生日期,备注\n1,郑秀霞,${FIRST},${SECOND},1960-01-01,无`);
    expect(passedOver).toEqual([
      { column: 1, heading: '序号' },
      { column: 4, heading: '紧急联系人电话' },
      { column: 5, heading: '出生日期' },
      { column: 6, heading: '备注' },
    ]);
    expect(rows.map(short)).toEqual([['郑秀霞', FIRST, 1, null, null, null]]);
  });

  it('that are missing over a column that holds something are told too, and a name may stand among the phones', async () => {
    const { passedOver, rows } = await read(`手机号,数量\n${FIRST},2,,清扫\n郑秀霞,1`);
    expect(passedOver).toEqual([{ column: 4, heading: '' }]);
    expect(rows.map(short)).toEqual([
      [null, FIRST, 2, null, null, null],
      ['郑秀霞', null, 1, null, null, null],
    ]);
  });

  it('may stand below a title, between blank lines, and again on the next page', async () => {
    const list = `万和社区志愿服务登记表,,\n\n填表日期：2026年11月2日,,\n姓名,手机号,时长\n郑秀霞,${FIRST},2\n\n姓名,手机号,时长\n张三,${SECOND},1\n`;
    const { rows, excluded } = await read(list);
    expect(rows.map(({ line }) => line)).toEqual([5, 8]);
    expect(excluded.map(({ line, why }) => [line, why])).toEqual([
      [1, 'title'],
      [3, 'title'],
      [7, 'headings'],
    ]);
  });

  it.each([
    '合计,,3',
    '总 计：,,3',
    '小计（小时）,,3',
    ',共计,3',
    '共2人,,',
    ',合计：3小时,',
    '本页合计,,3',
    '人数合计,,2',
    '总人数,2,',
    '合計,,3',
    'Total hours,,3',
  ])('%s is a sum and no row', async (sum) => {
    const { rows, excluded } = await read(`姓名,手机号,时长\n郑秀霞,${FIRST},2\n${sum}`);
    expect([rows.length, excluded.map(({ why }) => why)]).toEqual([1, ['totals']]);
  });

  it('a line with only its number is no row, and one that names nobody is a fault', async () => {
    const { rows, excluded } = await read('序号,姓名,手机号,时长\n1,,,\n2,,,3');
    expect(excluded).toMatchObject([{ line: 2, why: 'nobody' }]);
    expect(rows).toMatchObject([{ line: 3, faults: [{ field: 'who', code: 'missing' }] }]);
  });

  it('编号 is a reference, unless it only counts the lines', async () => {
    expect(await rowsOf(`编号,手机号\nHD-1,${FIRST}\nHD-2,${SECOND}`)).toMatchObject([{ 5: 'HD-1' }, { 5: 'HD-2' }]);
    expect(await rowsOf(`编号,手机号\n1,${FIRST}\n2,${SECOND}`)).toMatchObject([{ 5: null }, { 5: null }]);
  });
});

describe('without headings', () => {
  it('the order says: number, name, phone, how much, when, what for, reference', async () => {
    const rest = '2\t2026/11/2\t清扫\tR-1';
    const row = ['郑秀霞', FIRST, 2, '2026-11-02', '清扫', 'R-1'];
    expect(await rowsOf(`1\t郑秀霞\t${FIRST}\t${rest}`)).toEqual([row]);
    expect(await rowsOf(`郑秀霞\t${FIRST}\t${rest}`)).toEqual([row]);
    expect(await rowsOf(`郑秀霞\t2026/11/2\t2小时\t清扫`)).toEqual([['郑秀霞', null, 2, '2026-11-02', '清扫', null]]);
    expect(await rowsOf(`1\t${FIRST}\t${rest}`)).toEqual([[null, ...row.slice(1)]]);
  });
});

describe('cells', () => {
  it.each([
    '199 0001 2301',
    '+86 19900012301',
    '0086-199-0001-2301',
    '１９９０００１２３０１',
    "'19900012301",
    '="19900012301"',
    '19900012301.0',
    '19,900,012,301',
    '\u202A19900012301\u202C',
  ])('%j is a phone', async (phone) => {
    expect(await rowsOf(`手机号\t数量\n${phone}\t1`)).toMatchObject([{ 1: FIRST }]);
  });

  it.each([
    ['1.99E+10', 'phone mangled'],
    ['####', 'phone mangled'],
    ['1990001230', 'phone not_a_phone'],
    ['0571-88888888', 'phone not_a_phone'],
    ['19900012301/19900012901', 'phone not_a_phone'],
  ])('%j is no phone: %s', async (phone, fault) => {
    expect(await faultsOf(`姓名\t手机号\t数量\n郑秀霞\t${phone}\t1`)).toEqual([fault]);
    expect(await faultsOf(`${phone}\t1`)).toEqual([fault]);
  });

  it.each([
    ['', 1],
    ['2', 2],
    ['１', 1],
    ['2.0', 2],
    ['2小时', 2],
    ['2 个小时', 2],
    ['两小时', 2],
    ['十二小时', 12],
    ['3h', 3],
    ['120分钟', 2],
    ['2:00', 2],
    ['3次', 3],
    ["'2", 2],
    ['="2"', 2],
  ])('%j is the quantity %d', async (quantity, amount) => {
    expect((await read(`手机号\t时长\n${FIRST}\t${quantity}`)).rows).toMatchObject([{ quantity: amount, faults: [] }]);
  });

  it.each([
    ['1.5', 1.5],
    ['1.5小时', 1.5],
    ['半小时', 0.5],
    ['一个半小时', 1.5],
    ['2小时半', 2.5],
    ['1小时30分', 1.5],
    ['90分钟', 1.5],
    ['1:30', 1.5],
  ])('%j is %d, and is not whole', async (quantity, amount) => {
    expect((await read(`手机号\t时长\n${FIRST}\t${quantity}`)).rows).toMatchObject([
      { quantity: amount, faults: [{ field: 'quantity', code: 'fraction', amount }] },
    ]);
  });

  it.each(['x', '2天', '9:00-11:00', '-1', '2+1'])('%j is no quantity', async (quantity) => {
    expect(await faultsOf(`手机号\t时长\n${FIRST}\t${quantity}`)).toEqual(['quantity not_a_quantity']);
  });

  it.each([
    '2026-11-02',
    '2026/11/2',
    '2026.11.2',
    '2026年11月2日',
    '2026年11月2号 星期一',
    '２０２６／１１／２',
    '20261102',
    '2026 年 11 月 2 日',
    '2026。11。2',
    '2026.11.2.',
    '2026/11/2（一）',
    '2026/11/2 晚上',
    '2026/11/2 8点半',
    "'2026-11-02",
    '="2026-11-02"',
    '2026/11/2 9:30',
    '2026-11-02T09:30:00',
    '2026-11-01T16:30:00.000Z',
    '2026-11-02T00:30:00+0800',
    '46328',
    '46328.396',
  ])('%j is the second of November', async (day) => {
    expect(await rowsOf(`手机号\t日期\n${FIRST}\t${day}`)).toMatchObject([{ 3: '2026-11-02' }]);
  });

  it.each(['11月2日', '11/2/2026', '2026-02-30', '2026.11.2-11.5', '昨天', '2026年11月', '2-Nov-26', '########'])(
    '%j is no day',
    async (day) => {
      expect(await faultsOf(`手机号\t日期\n${FIRST}\t${day}`)).toEqual(['day not_a_day']);
    },
  );

  it('line breaks in a cell are blanks, and marks that nobody sees are left out', async () => {
    expect(await rowsOf(`手机号,事由\n${FIRST},"上午\r\n植树\u200B"`)).toMatchObject([{ 4: '上午 植树' }]);
  });

  it('a description that is the error of a formula is refused, and so is a line that nothing separates', async () => {
    expect(await faultsOf(`手机号,事由\n${FIRST},#NAME?\n${FIRST},########\n${FIRST},#1楼清扫`)).toEqual(['text mangled', 'text mangled']);
    expect(await faultsOf(`郑秀霞 ${FIRST} 2小时\n张三 ${SECOND} 1小时`)).toEqual(['who not_separated', 'who not_separated']);
  });

  it('a reference that a spreadsheet has shortened is refused', async () => {
    expect(await faultsOf(`手机号,业务号\n${FIRST},2.02612E+17`)).toEqual(['reference mangled']);
  });
});

describe('files', () => {
  const text = `手机号,数量,事由\n${FIRST},2,清扫\n`;
  const row = [[null, FIRST, 2, null, '清扫', null]];

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-8 with a mark inside as well', Buffer.from(`\uFEFF\r\n\uFEFF"手机号",数量,事由\n\uFEFF"${FIRST}",2,清扫\n`)],
    ['UTF-16LE', Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['GB18030', Buffer.from('cad6bbfabac52ccafdc1bf2ccac2d3c90a31393930303031323330312c322cc7e5c9a80a', 'hex')],
  ])('are read in %s', async (_encoding, bytes) => {
    expect(await rowsOf(bytes)).toEqual(row);
  });

  it.each([
    ['old_workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['broken_workbook', Buffer.from('504b0304ffff', 'hex')],
    ['broken_workbook', Buffer.from(zipSync({ 'word/document.xml': strToU8('<w/>') }))],
    ['not_a_list', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
    ['too_large', Buffer.alloc(9 * 1_024 * 1_024, 0x31)],
  ])('%s is refused by name', async (unreadable, bytes) => {
    expect(await deedsIn(bytes)).toEqual({ unreadable });
  });
});

/** A cell of a sheet as it is stored. */
const cell = (ref: string, type: string, inner: string) => `<c r="${ref}" t="${type}">${inner}</c>`;

describe('workbooks', () => {
  it('are read with phones as numbers, days as Excel counts them, and titles above the headings', async () => {
    const list = workbookOf([
      ['志愿服务登记表', null, null, null, null],
      [],
      ['序号', '姓名', '联系电话', '时长（小时）', '活动日期', '事由'],
      [1, '郑秀霞', 19_900_012_301, 2, { serial: 46_328 }, '植树，浇水'],
      [2, '张 三', '199 0001 2901', '1小时', 46_328, '植树 & <浇水>'],
      ['合计', null, null, 3, null, null],
    ]);
    const { rows, excluded } = await read(list);
    expect(rows.map(short)).toEqual([
      ['郑秀霞', FIRST, 2, '2026-11-02', '植树，浇水', null],
      ['张三', SECOND, 1, '2026-11-02', '植树 & <浇水>', null],
    ]);
    expect(excluded.map(({ line, why }) => [line, why])).toEqual([
      [1, 'title'],
      [6, 'totals'],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([4, 5]);
  });

  it('a merged cell counts for each row that it spans, and a gap without one stays a gap', async () => {
    const rows = [
      ['姓名', '手机号', '日期', '事由'],
      ['郑秀霞', FIRST, { serial: 46_328 }, '植树'],
      ['张三', SECOND, null, null],
    ];
    expect(await rowsOf(workbookOf(rows, { merged: ['C2:C3'] }))).toEqual([
      ['郑秀霞', FIRST, 1, '2026-11-02', '植树', null],
      ['张三', SECOND, 1, '2026-11-02', null, null],
    ]);
  });

  it('the error of a formula, and a formula that nothing has calculated, are no empty cells', async () => {
    const text = (ref: string, value: string) => cell(ref, 'inlineStr', `<is><t>${value}</t></is>`);
    const headings = ['手机号', '时长', '日期', '事由'].map((heading, n) => text(`${'ABCD'[n]}1`, heading)).join('');
    const rows = [
      [text('A2', FIRST), cell('B2', 'e', '<f>1+"x"</f><v>#VALUE!</v>'), cell('C2', 'e', '<v>#REF!</v>')],
      [text('A3', FIRST), cell('B3', 'n', '<f>1+1</f>'), cell('D3', 'str', '<f>IF(1,"")</f><v></v>')],
      [text('A4', FIRST), cell('B4', 'n', '<f>1+1</f><v>2.0000000000000004</v>'), cell('D4', 'str', '<f>"a"</f><v>植树</v>')],
    ];
    const raw = rows.map((cells, n) => `<row r="${n + 2}">${cells.join('')}</row>`).join('');
    const list = workbookOf([], { raw: `<row r="1">${headings}</row>${raw}` });
    expect(await faultsOf(list)).toEqual(['quantity not_a_quantity', 'day not_a_day', 'quantity not_a_quantity']);
    expect((await rowsOf(list)).slice(1)).toMatchObject([{ 4: null }, { 2: 2, 4: '植树' }]);
  });

  it('a number that the sheet has rounded is no reference', async () => {
    expect(
      await faultsOf(
        workbookOf([
          ['手机号', '业务号'],
          [FIRST, 202_612_010_000_000_000],
        ]),
      ),
    ).toEqual(['reference mangled']);
  });

  it('a small file that would unpack to gigabytes, or a sheet that ends in a billionth row, is too large', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(64 * 1_024 * 1_024) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await deedsIn(bomb)).toEqual({ unreadable: 'too_large' });
    for (const raw of [
      '<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>',
      '<row r="9999"><c s="1" r="XFD9999"><v>1</v></c></row>',
    ]) {
      expect(await deedsIn(workbookOf([], { raw }))).toEqual({ unreadable: 'too_large' });
    }
  });

  it('a file that lies about its size is not unpacked further than it says', async () => {
    const honest = workbookOf([['手机号', '数量'], ...Array.from({ length: 400 }, () => [FIRST, 1])]);
    const liar = Uint8Array.from(honest);
    const view = new DataView(liar.buffer);
    for (let at = 0; at < liar.length - 46; at++) {
      // The central directory says the size of each part at this place.
      if (view.getUint32(at, true) === 0x02_01_4b_50) view.setUint32(at + 24, 10, true);
    }
    expect(await deedsIn(liar)).toEqual({ unreadable: 'broken_workbook' });
  });
});
