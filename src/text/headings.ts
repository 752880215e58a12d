import { visible } from './characters.ts';

/** A heading as it is looked up: without blanks, marks and its unit, which stands in brackets: `时长（小时）` is `时长`, unit `小时`. */
export function headingOf(cell: string): { readonly name: string; readonly unit: string } {
  const plain = visible(cell)
    .replaceAll(/[\s*:#"]/g, '')
    .toLowerCase();
  // Found from both ends: an expression for the whole would look for the end anew at every opening bracket.
  const opening = /[)\]】]$/.test(plain) ? plain.search(/[([【]/) : -1;
  // Brackets without anything in them name no unit.
  if (opening < 0 || opening > plain.length - 3) return { name: plain, unit: '' };
  return { name: plain.slice(0, opening), unit: plain.slice(opening + 1, -1) };
}

/** Whether a cell says that its line is a sum of others: `合计`, `小计：`, `总 计（小时）`, `共 3 人`. */
export function isTotals(cell: string): boolean {
  const { name } = headingOf(cell);
  return /^(?:本页|本表|以上|人数|人次|时长|小时|金额|积分|数量|笔数)?(?:[合总小]计|[合總小]計|共计|累计|总数|汇总|totals?|sum|subtotal)(?:[\d.,]*|.{0,4}[\d.,]+.{0,3}|人数|人次|次数|笔数|时长|金额|积分|小时|hours|amount)$|^总(?:人数|人次|次数|笔数|时长|金额|积分|小时数)$|^共[\d一二三四五六七八九十百]+[人名笔条行]/u.test(
    name,
  );
}

/** A column of a file: where it stands, by which heading, and the unit in that heading. */
export type Place = { readonly column: string; readonly place: number; readonly heading: string; readonly unit: string };

/**
 * The columns that a line of headings names, by the headings of each. If one file has several headings of a column, the first one of
 * its list counts; a heading that is there twice is named twice.
 */
export function placesOf(header: readonly string[], columns: Readonly<Record<string, readonly string[]>>): Place[] {
  const found = header.map((cell, place) => ({ ...headingOf(cell), place }));
  return Object.entries(columns).flatMap(([column, headings]) => {
    const heading = headings.find((each) => found.some(({ name }) => name === each));
    return found.filter(({ name }) => name === heading).map(({ unit, place }) => ({ column, place, heading: heading!, unit }));
  });
}
