/** How a bank's answer to a payout file looks on the wire: CSV, a line for each payout. */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { PayoutResult } from '../../clearing/index.ts';
import { FAULTS_OF_AN_ANSWER, newFaults } from '../http/field-errors.ts';
import { inTurns } from '../http/commands.ts';
import { faulty, type FieldError, fieldError } from '../http/field-codes.ts';
import { fieldProblem, Problem } from '../http/problem.ts';
import { foldedReference, plainText, unquoted, visible, wholeOf } from '../../text/index.ts';
import { id, referenceCell, text } from '../http/wire.ts';

const LINES_MAX = 1_000;
/** A valid line has a few hundred characters; the parser would make a field for every comma of a longer one. */
const ENDLESS = /[^\n]{16384}/;

const required = ['payout_id', 'amount_fen', 'result'] as const;
const optional = ['bank_reference', 'failure'] as const;
const columns: readonly string[] = [...required, ...optional];
/** Other names that banks give some of them. The column of our own name comes first, if both are there. */
const alsoCalled: ReadonlyMap<string, string> = new Map([
  ['status', 'result'],
  ['reason', 'failure'],
]);

/** The columns as the description lists them. */
export const answerFile = z.string().meta({
  description:
    'The first line names the columns, in any order; others are ignored. `result` may be called `status`, and `failure` `reason`. `payout_id` and `amount_fen` are those of the payout file, `result` is `paid` or `failed`; a paid line has a `bank_reference`, a failed one a `failure`. Up to 1,000 lines. The text is UTF-8, or the `charset` that the media type names: `text/csv; charset=GB18030`.',
  examples: ['payout_id,amount_fen,result,bank_reference,failure\r\npyo_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b,1000,paid,20261123000187,\r\n'],
});

const whole = z
  .string()
  .transform(wholeOf)
  .pipe(z.int(faulty('not_whole_fen')).min(1));
const empty = (result: 'paid' | 'failed') => z.undefined({ error: faulty('not_of_a_payout', { result }) });
const of = { payout_id: id('pyo'), amount_fen: whole };
const line = z.discriminatedUnion('result', [
  z.strictObject({ ...of, result: z.literal('paid'), bank_reference: referenceCell(64), failure: empty('paid').optional() }),
  z.strictObject({ ...of, result: z.literal('failed'), failure: text(200), bank_reference: empty('failed').optional() }),
]);

/** The lines of a bank's answer. Throws a problem that names faulty and repeated lines. */
export async function payoutResultsIn(file: string): Promise<PayoutResult[]> {
  const [header, ...records] = recordsIn(file);
  const places = placesOf(header);
  if (records.length === 0) throw fieldProblem('line/2', 'lines_missing');
  if (records.length > LINES_MAX) throw new Problem('payload_too_large', { details: { limit_lines: LINES_MAX } });
  const lines = await inTurns(records, async ({ record, info }) => ({ number: info.lines, ...parsed(record, places, info.lines) }));
  const faults = [...lines.flatMap(({ errors }) => errors), ...repeated(lines)];
  if (faults.length > 0) throw new Problem('validation_failed', { errors: faults.slice(0, FAULTS_OF_AN_ANSWER) });
  return lines.map(({ result }) => result!);
}

type Numbered = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function recordsIn(file: string): Numbered[] {
  if (ENDLESS.test(file)) throw new Problem('malformed_csv', { details: { reason: 'a line has more than 16 384 characters' } });
  try {
    // Reads one line more than allowed, which shows that there are too many.
    const skipped = { skip_empty_lines: true, skip_records_with_empty_values: true };
    const options = { info: true, bom: true, trim: true, relax_quotes: true, ...skipped, to: LINES_MAX + 2 };
    return parse(file, options) as unknown as Numbered[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem('malformed_csv', { cause: error, details: { reason: error.message } });
  }
}

type Places = readonly (readonly [column: string, place: number])[];

function placesOf(header: Numbered | undefined): Places {
  const sent = header?.record ?? [];
  const names = sent.map((name) => (sent.includes(alsoCalled.get(name) ?? name) ? name : alsoCalled.get(name)!));
  const errors = columns.flatMap((name) => {
    const times = names.filter((each) => each === name).length;
    if (times > 1) return [fieldError(`line/1/${name}`, 'repeated')];
    const missing = times === 0 && required.some((each) => each === name);
    return missing ? [fieldError(`line/1/${name}`, 'column_missing')] : [];
  });
  if (errors.length > 0) throw new Problem('validation_failed', { errors });
  return names.map((name, place) => [name, place] as const).filter(([name]) => columns.includes(name));
}

type Parsed = { readonly result?: PayoutResult; readonly errors: readonly FieldError[] };

function parsed(record: readonly string[], places: Places, number: number): Parsed {
  const cells = places.map(([name, place]) => [name, cellOf(name, record[place]!)] as const);
  const { data, error } = line.safeParse(Object.fromEntries(cells.filter(([, cell]) => cell !== '')));
  if (error) return { errors: newFaults().of(error, `line/${number}`) };
  const { payout_id: payoutId, amount_fen: amount, result, bank_reference: reference = null, failure = null } = data;
  return { result: { payoutId, fen: amount, result, bankReference: reference, failure, line: number }, errors: [] };
}

/**
 * A cell as it is judged. The bank writes its reasons and words as it likes, and characters that nobody sees say nothing in them; a reference
 * is kept, and its schema says what is wrong with it.
 */
function cellOf(column: string, cell: string): string {
  if (column === 'bank_reference') return cell;
  return column === 'failure' ? plainText(unquoted(cell)) : visible(unquoted(cell)).trim();
}

/** Payouts and references that are in the file more than once, so that it is unknown which line is right. */
function repeated(lines: readonly (Parsed & { readonly number: number })[]): FieldError[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ number, result }) => {
    const said = [
      ['payout_id', result?.payoutId],
      ['bank_reference', result?.bankReference && foldedReference(result.bankReference)],
    ] as const;
    return said.flatMap(([name, value]) => {
      if (value === undefined || value === null) return [];
      const before = first.getOrInsert(`${name} ${value}`, number);
      return before === number ? [] : [fieldError(`line/${number}/${name}`, 'repeated_line', { line: before })];
    });
  });
}
