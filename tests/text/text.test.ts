import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountOf,
  bookFenOf,
  bookKindOf,
  digitsOf,
  exactly,
  csvFile,
  foldedReference,
  hasHidden,
  hiddenIn,
  householdCodeOf,
  isNamed,
  isTotals,
  mangledBy,
  mangledCell,
  mangledOrderNo,
  mayBeRounded,
  phoneOf,
  plainName,
  plainText,
  roundingsOf,
  sameName,
  textIn,
  unquoted,
  visible,
  wholeOf,
} from '../../src/text/index.ts';

describe('characters that nobody sees', () => {
  it.each([
    'a\u200Bb',
    '\u202Eabc',
    '\uFEFF1',
    '\u3164',
    'a\u115F',
    '\u2066x\u2069',
    '\u2800',
    'a\u00ADb',
    '市\uFE00',
    'a\uFE0F',
    '1\u200D2',
    '\u{E0041}',
    'a\uFFFC',
  ])('%j has some', (text) => {
    expect(hasHidden(text)).toBe(true);
  });

  it.each(['河道清理', '阿依古丽·买买提', '𠮷小明', 'ab c', '❤️', '７７', '👨‍👩‍👧', '👩🏽‍⚕️', '1️⃣'])('%s has none', (text) => {
    expect(hasHidden(text)).toBe(false);
  });

  it('are named by their numbers, each once', () => {
    expect(hiddenIn('\u202Ea\u200Bb\u200B')).toEqual(['U+202E', 'U+200B']);
  });

  it('a name has a character that can be seen', () => {
    expect(['\u3164', ' ', '\u200B\u200B', '\u0301', '\u2800\u2800'].map(isNamed)).toEqual([false, false, false, false, false]);
    expect(['陈', 'A', '7', '！'].map(isNamed)).toEqual([true, true, true, true]);
  });

  it('full-width letters and digits become the plain ones', () => {
    expect(visible('\u200B７７Ａ\uFEFF')).toBe('77A');
  });
});

/** Milliseconds that a call takes. */
function timeOf(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function marks(count: number): string {
  return 'a\u0301\u0316'.padEnd(count, '\u0301\u0316');
}

function brackets(count: number): string {
  return `${'('.repeat(count)}x`;
}

describe('a text that is made to take long', () => {
  it.each([
    ['visible', visible, marks],
    ['plainName', plainName, marks],
    ['sameName', sameName, marks],
    ['foldedReference', foldedReference, marks],
    ['isTotals', isTotals, marks],
    ['isTotals', isTotals, brackets],
    ['mangledOrderNo', mangledOrderNo, marks],
    ['phoneOf', phoneOf, marks],
    ['amountOf', amountOf, brackets],
  ] as const)('is read by %s in a time that grows with its length, not with its square', (_, read, of) => {
    // A hundred times the length takes ten thousand times as long where the time grows with the square.
    const short = Math.max(1, Math.min(...[1, 2, 3].map(() => timeOf(() => read(of(2_000))))));
    expect(timeOf(() => read(of(200_000)))).toBeLessThan(1_000 * short);
  });

  it('stays as it is with more marks on a letter than anybody writes, and is NFKC with as many', () => {
    const [many, tooMany] = [marks(31), marks(33)];
    expect(visible(`Ａ${many}`)).toBe(`A${many}`.normalize('NFKC'));
    expect(visible(`Ａ${tooMany}`)).toBe(`Ａ${tooMany}`);
  });
});

describe('digits', () => {
  it.each([
    '13800001234',
    '+8613800001234',
    '008613800001234',
    '86 138 0000 1234',
    '+86 138-0000-1234',
    '\u202A+86\u00A013800001234\u202C',
    '１３８００００１２３４',
    '(+86)138 0000 1234',
    '138‑0000‑1234',
    '138·0000·1234',
    '［＋８６］13800001234',
  ])('%j is a phone', (typed) => {
    expect(phoneOf(typed)).toBe('13800001234');
  });

  it.each(['1380000123', '12800001234', '+1 13800001234', '138000012345', 'x13800001234', ''])('%j is none', (typed) => {
    expect(phoneOf(typed)).toBeUndefined();
  });

  it('a code is its digits, however it was grouped or scanned', () => {
    expect(digitsOf('771234 567890-123456\r\n')).toBe('771234567890123456');
    expect(digitsOf('\u0002\u001D771234567890123456\u0003')).toBe('771234567890123456');
    expect(digitsOf('７７１２３４５６７８９０１２３４５６')).toBe('771234567890123456');
  });

  it('are so many, or not read at all', () => {
    expect(['246810', '２４６８１０', '246-810', ' 24 68 10\u200B'].map((typed) => exactly(6, typed))).toEqual(Array(4).fill('246810'));
    expect(['24681', '2468101', '24681o', ''].map((typed) => exactly(6, typed))).toEqual(Array(4).fill(undefined));
  });

  it('are a whole number, with a minus and commas', () => {
    expect(['17000', '１７０００', '17,000', '-7', '－7', '0'].map(wholeOf)).toEqual([17_000, 17_000, 17_000, -7, -7, 0]);
    expect(['1,70', '1.5', '1e3', '', '99999999999999999'].map(wholeOf)).toEqual(Array(5).fill(undefined));
  });

  it.each([
    ['56.8', 5_680],
    ['５６．８０', 5_680],
    ['￥1,234.50', 123_450],
    ['1，234.5元', 123_450],
    ['12。50', 1_250],
    [' 12 ', 1_200],
    ['RMB 56.80', 5_680],
    ['人民币56元整', 5_600],
    ['56.800', 5_680],
    ['−3', -300],
    ['-3', -300],
    ['0', 0],
  ])('%j is %i fen', (typed, fen) => {
    expect(amountOf(typed)).toBe(fen);
  });

  it.each(['', '1.234', '12,34', 'abc', '1e3', '99999999999999999'])('%j is no amount', (typed) => {
    expect(amountOf(typed)).toBeUndefined();
  });
});

describe('references', () => {
  it.each(['Bank-2026-1', 'bank-2026-1', 'ＢＡＮＫ－２０２６－１', 'bank\u200B-2026-1', 'Bank‐2026–1', ' Bank-2026-1 '])(
    '%j is the same',
    (reference) => {
      expect(foldedReference(reference)).toBe('bank-2026-1');
    },
  );

  it('a plain one folds as every other one does', () => {
    const plain = fc.string({ unit: fc.constantFrom('A', 'z', '0', '-', '#', ' ', '~', '!'), maxLength: 20 });
    fc.assert(
      fc.property(plain, (reference) => {
        // A character that nobody sees keeps it from the short way.
        expect(foldedReference(reference)).toBe(foldedReference(`\u200B${reference}`));
      }),
    );
  });

  it('other references stay others', () => {
    expect(new Set(['A-1', 'A1', 'A 1', 'B-1', 'A-l'].map(foldedReference)).size).toBe(5);
  });

  it.each([
    ['2.02612E+17', 'shortened'],
    ['2E+17', 'shortened'],
    ['########', 'covered'],
    ['="20261201000000001"', 'formula'],
    ['＝A1', 'formula'],
    ['2.02612E17', 'shortened'],
    ['２.０２６１２Ｅ＋１７', 'shortened'],
    ['#REF!', 'error'],
    ['#GETTING_DATA', 'error'],
    ['202.6E+15', 'shortened'],
    ['2.E+17', 'shortened'],
    ['#名称?', 'error'],
    ['Err:502', 'error'],
    ['‘20261201000000002', 'quoted'],
    ["'20261201000000002", 'quoted'],
    ['2E17', undefined],
    ['20261201000000002', undefined],
    ['#12', undefined],
  ])('%j was %s by a spreadsheet', (reference, fault) => {
    expect(mangledBy(reference)).toBe(fault);
  });

  it('a text cell of a file stands as it was typed, with a formula in it too', () => {
    expect(["'20261201000000002", "'=1+1", "''=1+1", "'2.02612E+17", '="1"'].map(mangledCell)).toEqual([
      undefined,
      undefined,
      undefined,
      'shortened',
      'formula',
    ]);
  });

  it('a till may begin an order number with an equals sign', () => {
    expect(['=1+1', '="1"', '＝"1"', '2E+17'].map((orderNo) => mangledOrderNo(orderNo))).toEqual([
      undefined,
      'formula',
      'formula',
      'shortened',
    ]);
  });

  it('the apostrophe of a text cell is no part of it', () => {
    expect(["'20261201000000002", '’1', '1', "1'"].map(unquoted)).toEqual(['20261201000000002', '1', '1', "1'"]);
  });
});

describe('names', () => {
  it('are the same across separators, width and case', () => {
    const names = ['阿依古丽·买买提', '阿依古丽•买买提', '阿依古丽・买买提', '阿依古丽．买买提', '阿依古丽 · 买买提'].map(sameName);
    expect(new Set(names)).toEqual(new Set(['阿依古丽·买买提']));
    expect(sameName('7–11')).toBe(sameName('7-11'));
    expect(sameName('太炎超市\uFE00')).toBe('太炎超市');
    expect(sameName('ＬＩ lei')).toBe(sameName('li LEI'));
    expect(sameName('ẞ店')).toBe(sameName('ß店'));
    expect(sameName('买买提')).not.toBe(sameName('阿依古丽·买买提'));
  });
});

describe('numbers that a spreadsheet rounds', () => {
  it('are those of more than 15 digits, cut off or rounded up', () => {
    expect(roundingsOf('20261201000000123')).toEqual(['20261201000000100', '20261201000000200']);
    expect(roundingsOf('2026120100000019')).toEqual(['2026120100000010', '2026120100000020']);
    expect(roundingsOf('9999999999999999')).toEqual(['9999999999999990']);
    expect([roundingsOf('202612010000001'), roundingsOf('R-20261201000000123')]).toEqual([[], []]);
    expect(['20261201000000100', '2026120100000010', '202612010000010', '20261201000000101'].map(mayBeRounded)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('text in files', () => {
  const text = '手机号,𠮷\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['GB18030', Buffer.from('cad6bbfabac52c9534b2350a', 'hex')],
  ])('is read in %s', (_encoding, bytes) => {
    expect(textIn(bytes)).toBe(text);
  });

  it('is none where bytes belong to no encoding, or are those of a picture', () => {
    expect(textIn(Buffer.from([0xff, 0xff]))).toBeUndefined();
    expect(textIn(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toBeUndefined();
  });
});

describe('names and texts as they are shown', () => {
  it('a name has one separator, and no blanks between Chinese characters', () => {
    expect(['阿依古丽•买买提', '阿依古丽 ・ 买买提', '张　三', 'J. Smith', '𠮷小明\u200B'].map(plainName)).toEqual([
      '阿依古丽·买买提',
      '阿依古丽·买买提',
      '张三',
      'J. Smith',
      '𠮷小明',
    ]);
  });

  it('a text keeps its own punctuation, and line breaks become blanks', () => {
    expect(plainText(' 帮助老人，\r\n打扫\u200B楼道 ')).toBe('帮助老人， 打扫楼道');
  });
});

describe('books of tills', () => {
  it.each([
    ['金额', '', '10.00', 1_000],
    ['金额', '元', '-1,234.5', -123_450],
    ['金额', '分', '1000', 1_000],
    ['fen', '', '1000', 1_000],
    ['fen', '', '10.00', '10.00'],
    ['金额', '', '10.005', '10.005'],
  ])('an amount under %s (%s) of %s is %s', (heading, unit, cell, fen) => {
    expect(bookFenOf(cell, { heading, unit })).toBe(fen);
  });

  it('a word for a kind is read however a till writes it, and an unknown one stays as it is', () => {
    const words = ['核 销', '已核销', 'Redemption', '消费撤销', '红冲', 'ＲＥＶＥＲＳＡＬ', '作废', ''];
    expect(words.map(bookKindOf)).toEqual([...Array(3).fill('redemption'), ...Array(3).fill('reversal'), '作废', '']);
  });

  it('a line of totals is known by its words', () => {
    expect(['合计', '总 计：', '小计（元）', '共 3 笔', '合计：100.00', '人数合计', '总金额'].filter((cell) => !isTotals(cell))).toEqual(
      [],
    );
    expect(['合计街道', '共建花园', '汇总表填写', '总务处', '郑秀霞', ''].filter(isTotals)).toEqual([]);
  });
});

describe('the code of a household', () => {
  it.each(['K7WM3RXQ', 'k7wm3rxq', 'Ｋ７ＷＭ３ＲＸＱ', 'ｋ７ｗｍ－３ｒｘｑ', ' K7WM 3RXQ\n', 'K7WM-3RXQ', 'K7\u200BWM—3RXQ'])(
    '%j is read as it is meant',
    (typed) => {
      expect(householdCodeOf(typed)).toBe('K7WM3RXQ');
    },
  );

  it.each(['K7WM3RX', 'K7WM3RXQ2', 'K7WM3RX0', 'K7WM3RXO', 'K7WM3RX1', 'K7WM3RXI', 'K7WM3RXL', 'K7WM3RX葛', ''])('%j is none', (typed) => {
    expect(householdCodeOf(typed)).toBeUndefined();
  });
});

it('a CSV that a page makes begins with a byte order mark, keeps cells from being formulas, and quotes what needs it', () => {
  const cells = ['=1+1', '-x', '+86', '@a', '＝1', '\t=1', '万和,一店', '读"论语"', -5, null];
  expect(csvFile([['甲', '乙'], cells])).toBe(`\uFEFF甲,乙\r\n"'=1+1","'-x","'+86","'@a","'＝1","'\t=1","万和,一店","读""论语""",-5,\r\n`);
});
