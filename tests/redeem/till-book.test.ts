import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BookedLine,
  type DayBook,
  dayBook,
  elsewhere,
  type Finding,
  type Known,
  type Match,
  missingThere,
  moreFen,
  noTotals,
  plus,
  redeemedLine,
  type TillLine,
} from '../../src/redeem/till-book.ts';
import { roundings } from '../../src/redeem/till-book-rounded.ts';

const DAY = '2026-03-02';

function booked(requestNo: string, more: Partial<BookedLine> = {}): BookedLine {
  const line = { kind: 'redemption' as const, requestNo, fen: 1_000, redemptionId: `red_${requestNo}`, storeId: 'sto_1' };
  return { ...line, orderNo: `A-${requestNo}`, businessDay: DAY, ...more };
}

function sent(requestNo: string, more: Partial<TillLine> = {}): TillLine {
  const said = { redemptionId: null, orderNo: null, storeId: null };
  return { pointer: 'line/2', kind: 'redemption', requestNo, fen: 1_000, ...said, ...more };
}

function bookWith(...lines: readonly BookedLine[]): DayBook {
  const book = dayBook();
  for (const line of lines) book.enter(line);
  return book;
}

function settled(book: DayBook, lines: readonly TillLine[]): (readonly [TillLine, Match])[] {
  const made = lines.flatMap((line) => {
    const match = book.compare(line);
    return match ? [[line, match] as const] : [];
  });
  return [...made, ...book.undecided()];
}

describe('a line of the till', () => {
  it('is in both books alike, as far as the till says anything', () => {
    const book = bookWith(booked('1'), booked('2'), booked('3', { kind: 'reversal', fen: -1_000 }));
    expect(book.compare(sent('1'))).toBe('matched');
    expect(book.compare(sent('2', { orderNo: 'A-2', redemptionId: 'red_2' }))).toBe('matched');
    expect(book.compare(sent('3', { kind: 'reversal', fen: -1_000 }))).toBe('matched');
    expect([...book.left()]).toEqual([]);
  });

  it.each([
    ['fen', { fen: 900 }],
    ['order_no', { orderNo: 'B-1' }],
    ['redemption_id', { redemptionId: 'red_2' }],
  ])('differs in its %s', (field, more) => {
    expect(bookWith(booked('1')).compare(sent('1', more))).toMatchObject({ list: 'different', action: 'correct', differs: [field] });
  });

  it('is unknown once, and repeated after that; a redemption and its reversal are two', () => {
    const book = bookWith(booked('1'));
    expect(book.compare(sent('2'))).toBe('unknown');
    expect(book.compare(sent('2'))).toMatchObject({ list: 'repeated', action: 'keep_one', ours: null });
    expect(book.compare(sent('1', { kind: 'reversal', fen: -1_000 }))).toBe('unknown');
    expect(book.compare(sent('1'))).toBe('matched');
    expect(book.compare(sent('1'))).toMatchObject({ list: 'repeated' });
  });

  it('whose number two tills gave goes by what it says, and those that say more go first', () => {
    const [first, second, third] = [
      booked('17', { orderNo: 'X' }),
      booked('17', { orderNo: 'Y' }),
      booked('17', { redemptionId: 'red_z' }),
    ];
    const lines = [sent('17'), sent('17', { orderNo: 'X' }), sent('17', { redemptionId: 'red_z', orderNo: 'A-17' }), sent('17')];
    const book = bookWith(first, second, third);
    const made = settled(book, lines);
    expect(made.map(([, match]) => match)).toEqual(['matched', 'matched', 'matched', expect.objectContaining({ list: 'repeated' })]);
  });

  it.each(['a-1', '\uFF21\uFF0D\uFF11', 'A\u200B-1'])('has the same order number in another spelling: %j', (orderNo) => {
    expect(bookWith(booked('1')).compare(sent('1', { orderNo }))).toBe('matched');
  });

  it('has the same order number with or without the apostrophe of a spreadsheet', () => {
    expect(bookWith(booked('1', { orderNo: '=1+1' })).compare(sent('1', { orderNo: "'=1+1" }))).toBe('matched');
    expect(bookWith(booked('1', { orderNo: "'=1+1" })).compare(sent('1', { orderNo: '=1+1' }))).toBe('matched');
    expect(bookWith(booked('1', { orderNo: "'tis" })).compare(sent('1', { orderNo: 'tis' }))).toBe('matched');
    expect(bookWith(booked('1', { orderNo: '20261201000000001' })).compare(sent('1', { orderNo: "'20261201000000001" }))).toBe('matched');
  });
});

describe('a line that is not of our day', () => {
  const row = { id: 'red_1', requestNo: '1', fen: 1_000, storeId: 'sto_1', orderNo: 'A-1', businessDay: '2026-03-03' };
  const standing = { redemption: row, reversal: null } as unknown as Known;
  const undone = { redemption: row, reversal: { businessDay: '2026-03-04' } } as unknown as Known;
  const reversal = sent('1', { kind: 'reversal', fen: -1_000 });

  it.each<[string, TillLine, Known, object]>([
    ['never arrived', sent('1'), 'unknown', { list: 'missing_here', action: 'send_again_or_void', ours: null }],
    ['reverses what never arrived', reversal, 'unknown', { list: 'missing_here', action: 'void_and_take_out', ours: null }],
    ['was refused', sent('1'), { refused: 'code_expired' }, { list: 'missing_here', action: 'take_out', refusal: 'code_expired' }],
    ['reverses what was refused', reversal, { refused: 'code_used' }, { list: 'missing_here', action: 'take_out' }],
    ['is of another day', sent('1'), standing, { list: 'other_day', action: 'nothing', ours: { businessDay: '2026-03-03', fen: 1_000 } }],
    ['is of another day, undone or not', sent('1'), undone, { list: 'other_day', ours: { businessDay: '2026-03-03', kind: 'redemption' } }],
    ['was reversed on another day', reversal, undone, { list: 'other_day', ours: { businessDay: '2026-03-04', fen: -1_000 } }],
    ['reverses what still stands', reversal, standing, { list: 'missing_here', action: 'undo_or_take_out', ours: { kind: 'redemption' } }],
  ])('%s', (_what, line, known, expected) => {
    expect(elsewhere(line, known)).toMatchObject({ theirs: line, ...expected });
  });
});

describe('a line of ours that the till does not have', () => {
  it('is entered or voided, entered with its reversal, or is a reversal to enter', () => {
    expect(missingThere(booked('1'), null)).toMatchObject({ list: 'missing_there', action: 'enter_or_void', undoneOn: null });
    expect(missingThere(booked('1'), DAY)).toMatchObject({ action: 'enter_with_reversal', undoneOn: DAY });
    expect(missingThere(booked('1', { kind: 'reversal', fen: -1_000 }), DAY)).toMatchObject({ action: 'enter_reversal' });
  });
});

describe('a number that a spreadsheet has rounded', () => {
  const ours = [booked('2026120100000012'), booked('2026120100000014', { orderNo: 'Y' }), booked('2026120100000016', { fen: 900 })];
  const number = '2026120100000010';

  /** The pairs of our numbers and the till's pointers, and the findings that stay. */
  function paired(...theirs: readonly TillLine[]) {
    const rounded = roundings();
    for (const line of ours) rounded.enter(line);
    const waiting = theirs.map((line, n): Finding =>
      n === 0 ? elsewhere(line, 'unknown') : { ...elsewhere(line, 'unknown'), list: 'repeated', action: 'keep_one' },
    );
    expect(waiting.map((finding) => rounded.awaits(finding))).toEqual(waiting.map(() => true));
    return rounded.pair(waiting, ours).findings.map(({ list, theirs: line, ours: own }) => [list, line!.pointer, own?.requestNo]);
  }

  it('is one line of ours for each of the till, those that say most first; what is left stays as it was', () => {
    const lines = [sent(number, { pointer: 'a' }), sent(number, { pointer: 'b', orderNo: 'Y' }), sent(number, { pointer: 'c' })];
    expect(paired(...lines)).toEqual([
      ['rounded', 'b', '2026120100000014'],
      ['rounded', 'a', '2026120100000012'],
      ['repeated', 'c', undefined],
    ]);
  });

  it('is no line of ours with another order, redemption, store or amount', () => {
    for (const more of [{ orderNo: 'Z' }, { redemptionId: 'red_9' }, { storeId: 'sto_9' }]) {
      expect(paired(sent(number, { pointer: 'a', ...more }))).toEqual([['missing_here', 'a', undefined]]);
    }
    const rounded = roundings();
    for (const line of ours) rounded.enter(line);
    expect(rounded.awaits(elsewhere(sent(number, { fen: 800 }), 'unknown'))).toBe(false);
    expect(rounded.awaits(elsewhere(sent(number), { refused: 'code_used' }))).toBe(false);
  });

  it('is found without a look at each of ours, however many lines of both have the same', () => {
    let looks = 0;
    const many = Array.from({ length: 100 }, (_, n) => {
      const line = booked(`202612010000000${String(n).padStart(4, '0')}`);
      return Object.defineProperty(line, 'orderNo', { get: () => (looks++, `A-${n}`) });
    });
    const rounded = roundings();
    for (const line of many) rounded.enter(line);
    const waiting = many.map((_, n) => elsewhere(sent('2026120100000010000', { orderNo: n === 7 ? 'A-7' : `B-${n}` }), 'unknown'));
    expect(waiting.every((finding) => rounded.awaits(finding))).toBe(true);
    looks = 0;
    const { taken } = rounded.pair(waiting, many);
    // One look: the fields in which the two of the pair differ.
    expect([[...taken], looks]).toEqual([[many[7]], 1]);
  });
});

it('what is found explains the difference of the two books to the fen, and every line is told of once', () => {
  const line = fc.record({
    kind: fc.constantFrom('redemption' as const, 'reversal' as const),
    requestNo: fc.constantFrom('1', '2', '2026120100000010', '2026120100000012', '2026120100000014'),
    fen: fc.integer({ min: 1, max: 3 }),
    orderNo: fc.constantFrom('X', 'Y'),
  });
  const outcome = fc.constantFrom<Known>('unknown', { refused: 'code_used' }, { redemption: redeemedRow(), reversal: null } as never);
  fc.assert(
    fc.property(fc.array(line), fc.array(line), fc.array(fc.boolean()), outcome, (mine, others, quiet, known) => {
      const ours = mine.map((each, n) => ({ ...booked(each.requestNo), ...signed(each), redemptionId: `red_${n}` }));
      const theirs = others.map((each, n) => ({ ...sent(each.requestNo), ...signed(each), ...(quiet[n] && { orderNo: null }) }));
      const book = bookWith(...ours);
      const made = settled(book, theirs);
      const found = made.flatMap(([each, match]) => (match === 'matched' ? [] : [match === 'unknown' ? elsewhere(each, known) : match]));
      const rounded = roundings();
      for (const each of ours) rounded.enter(each);
      const waiting = found.filter((finding) => rounded.awaits(finding));
      const left = [...book.left()];
      const { findings: paired, taken } = rounded.pair(waiting, left);
      const missed = left.filter((each) => !taken.has(each)).map((each) => missingThere(each, null));
      const all = [...found.filter((finding) => !waiting.includes(finding)), ...paired, ...missed];
      expect(made).toHaveLength(theirs.length);
      expect(all.filter(({ theirs: sentLine }) => sentLine)).toHaveLength(found.length);
      expect(paired.filter(({ list }) => list === 'rounded')).toHaveLength(taken.size);
      expect(all.reduce((sum, finding) => sum + moreFen(finding), 0)).toBe(net(theirs) - net(ours));
    }),
  );
});

function signed<L extends { readonly kind: string; readonly fen: number }>(line: L): L {
  return { ...line, fen: line.kind === 'reversal' ? 0 - line.fen : line.fen };
}

function net(lines: readonly (BookedLine | TillLine)[]): number {
  const { redeemedFen, reversedFen, redemptions, reversals } = lines.reduce(plus, noTotals);
  expect(redemptions + reversals).toBe(lines.length);
  return redeemedFen - reversedFen;
}

function redeemedRow() {
  return { id: 'red_1', requestNo: '1', fen: 1_000, storeId: 'sto_1', orderNo: 'A-1', businessDay: '2026-03-03' };
}

it('a line of ours is taken from its redemption', () => {
  expect(redeemedLine({ redemption: redeemedRow() as never })).toEqual({
    kind: 'redemption',
    requestNo: '1',
    fen: 1_000,
    redemptionId: 'red_1',
    storeId: 'sto_1',
    orderNo: 'A-1',
    businessDay: '2026-03-03',
  });
});
