/** Lines of a list of deeds, as pasted out of a spreadsheet or read from a CSV file. */
import { sameName } from '../../../src/text/index.ts';
import { postGrants } from '../../api/bounds.ts';
import { type Picked, findResidents, isByPhone } from './resident-picker.tsx';

export type BatchLine = {
  readonly number: number;
  /** A phone number or a whole name. */
  readonly who: string;
  readonly quantity: number;
  /** Left out: the form's. */
  readonly occurredOn: string;
  readonly description: string;
  readonly reference: string;
};

/** Reads the lines: who, how much, when, what for, reference; separated by tabs or commas. A line of headings is passed over. */
export function linesOf(text: string): BatchLine[] {
  return text
    .split(/\r?\n/)
    .map((line, at) => ({ cells: line.split(/\t|,|\uFF0C/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')), number: at + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .filter(({ cells, number }) => !(number === 1 && /手机|姓名|phone|name/i.test(cells[0]!) && !/\d/.test(cells[1] ?? '')))
    .map(({ cells: [who = '', quantity = '', occurredOn = '', description = '', reference = ''], number }) => ({
      number,
      who,
      quantity: quantity === '' ? 1 : Number(quantity),
      occurredOn: occurredOn.replaceAll('/', '-'),
      description,
      reference,
    }));
}

export type Known = { readonly line: BatchLine; readonly found: Picked | 'nobody' | 'several' | 'quantity' };

function isQuantity(typed: number): boolean {
  return Number.isInteger(typed) && typed >= postGrants.quantity.minimum && typed <= postGrants.quantity.maximum;
}

/** Finds whom a line names: the one with the phone, or the only one of exactly this name. */
export async function known(line: BatchLine): Promise<Known> {
  if (!isQuantity(line.quantity)) return { line, found: 'quantity' };
  const found = await findResidents(line.who);
  const named = isByPhone(line.who)
    ? found
    : found.filter(({ label }) => sameName(label.slice(0, label.lastIndexOf(' '))) === sameName(line.who));
  return { line, found: named.length > 1 ? 'several' : (named[0] ?? 'nobody') };
}

/**
 * A reference for a line that has none: out of what it says, so that the same list sent again is not granted again.
 */
export async function referenceOf(parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return `list-${[...new Uint8Array(digest).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
