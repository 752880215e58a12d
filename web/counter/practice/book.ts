/** The lines of a till's own book, as practice compares them. */
import { bookFenOf, bookHeadings, bookKindOf, bookNumberOf, isTotals, placesOf, textIn } from '../../../src/text/index.ts';
import { recordsOf } from '../../shared/lists/delimited.ts';
import type { TheirLine } from './day.ts';

/** Reads a book; a line without a request number, and a file without headings, have nothing to be compared. */
export function linesOfBook(file: Uint8Array): TheirLine[] {
  const records = recordsOf(textIn(file) ?? '');
  if ('unreadable' in records) return [];
  const at = records.findIndex(({ cells }) => placesOf(cells, bookHeadings).some(({ column }) => column === 'request_no'));
  const places = placesOf(records[at]?.cells ?? [], bookHeadings);
  return records.slice(at + 1).flatMap(({ line, cells }) => {
    const told = new Map(places.map((each) => [each.column, { ...each, cell: cells[each.place] ?? '' }]));
    const number = bookNumberOf(told.get('request_no')?.cell ?? '');
    if (number === '' || cells.some(isTotals)) return [];
    const amount = told.get('fen');
    const fen = amount === undefined ? 0 : Number(bookFenOf(amount.cell, amount));
    const kind = bookKindOf(told.get('kind')?.cell ?? '') === 'reversal' ? 'reversal' : 'redemption';
    return [{ pointer: `line/${line}`, kind, request_no: number, fen: kind === 'reversal' ? 0 - Math.abs(fen) : fen }];
  });
}
