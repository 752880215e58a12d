/** Workbooks are read beside everything else, one at a time and only for so long. */
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { workbookReader } from '../../src/api/workbook-reader.ts';
import { TooLarge } from '../../src/workbook/index.ts';
import { workbookOf } from '../support/workbook.ts';

const CELLS_MAX = 200_000;

const partsOf = (...made: Parameters<typeof workbookOf>) => unzipSync(workbookOf(...made));
const people = (rows: number) => Array.from({ length: rows }, (_, n) => ['王小明', `139${10_000_000 + n}`]);

/** Unpacked it is 3 MB, which no parser reads in a reasonable time. */
const endless = partsOf([['姓名', '手机号']], { after: '<c '.repeat(1_000_000) });

/** Whether others had their turn while something was awaited, at least this often. */
async function othersHad(turns: number, awaited: Promise<unknown>): Promise<boolean> {
  let had = 0;
  const timer = setInterval(() => had++, 2);
  await awaited.catch(() => {});
  clearInterval(timer);
  return had >= turns;
}

it('reads the rows of a workbook while others have their turn', async () => {
  const parts = partsOf(people(20_000));
  const reading = workbookReader()(parts, CELLS_MAX);
  expect(await othersHad(10, reading)).toBe(true);
  expect(await reading).toHaveLength(20_000);
});

it('gives up on one that takes too long, and reads the next', async () => {
  const read = workbookReader(2_000);
  const given = expect(read(endless, CELLS_MAX)).rejects.toThrow('not read to its end');
  const next = read(partsOf(people(1)), CELLS_MAX);
  expect(await othersHad(10, given)).toBe(true);
  await given;
  expect(await next).toEqual([{ line: 1, cells: ['王小明', '13910000000'] }]);
});

it('turns away those that would wait behind eight others', async () => {
  const read = workbookReader(20);
  const given = Array.from({ length: 8 }, () => expect(read(endless, CELLS_MAX)).rejects.toThrow('not read to its end'));
  await expect(read(endless, CELLS_MAX)).rejects.toMatchObject({ code: 'unavailable' });
  await Promise.all(given);
});

it('says that a sheet is too large, by its cells or by what is merged in it', async () => {
  const read = workbookReader();
  await expect(read(partsOf(people(60)), 100)).rejects.toThrow(TooLarge);
  await expect(read(partsOf(people(40), { merged: ['A1:A40', 'A1:A40', 'A1:A40'] }), 100)).rejects.toThrow(TooLarge);
  expect(await read(partsOf(people(40), { merged: ['A1:A40', 'B1:B40'] }), 100)).toHaveLength(40);
});
