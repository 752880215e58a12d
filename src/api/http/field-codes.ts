/** The faults of a field: one entry a code, with a sentence over its figures that says what to send instead. */
import { z } from 'zod';
import type { Mangled } from '../../text/index.ts';

/** The names of zod's types, in words. */
const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** By the way in which a spreadsheet has mangled a reference, what it is now and what to do. */
const mangled: Readonly<Record<Mangled, string>> = {
  shortened:
    'was shortened to powers of ten by a spreadsheet, and its last digits are lost: format the column as text, fill it in and export again',
  covered: 'is what a spreadsheet exports from a column that is too narrow: widen the column, format it as text and export again',
  formula: 'is a formula of a spreadsheet: format the column as text and export again, or send the number alone',
  error: 'is the error of a formula in a spreadsheet: correct the cell, format the column as text and export again',
  quoted: 'begins with the apostrophe by which a spreadsheet marks a text: leave it out, or format the column as text and export again',
};

const sentences = {
  // Whether it is there.
  missing: (d: { expected?: string }) => (d.expected === undefined ? 'is missing' : `is missing: send ${typed(d.expected)}`),
  column_missing: (d: { headings?: readonly string[] }) =>
    `is missing: the first line names the columns${d.headings ? `, and this one may be called ${d.headings.join(', ')}` : ''}`,
  lines_missing: 'is missing: the file has no lines',
  community_missing: 'is missing: the street office names the community',
  debtor_missing: (d: { community_ids: readonly string[] }) => `is missing: ${d.community_ids.join(' and ')} owe it`,
  store_missing: 'is missing: this till is bound to no store',
  request_no_or_day_missing: 'is missing: name a request_no, or a day',
  credentials_missing: 'is missing: a phone and its code, or a login and its password',
  other_place_missing: 'must be there if the other one is',
  unknown_field: 'is not a known field: leave it out',
  not_lines: 'is not a known field',
  not_of_a_phone: 'does not belong to a phone',
  not_of_a_login: 'does not belong to a login',
  not_of_a_payout: (d: { result: 'paid' | 'failed' }) => `must be empty of a payout that ${d.result === 'paid' ? 'was paid' : 'failed'}`,
  beside_authorization: 'must not be sent beside the Authorization header',
  repeated: 'stands here twice',
  repeated_in_batch: 'stands in this batch already',
  repeated_line: (d: { line: number }) => `stands in line ${d.line} already`,

  // Its type, its length and its bounds.
  wrong_type: (d: { expected: string }) => `must be ${typed(d.expected)}`,
  not_an_array: 'must be an array',
  not_one_of: (d: { allowed: readonly unknown[] }) => `must be ${listed(d.allowed)}`,
  no_form_fits: 'fits none of the forms that it may have',
  phone_or_name:
    'must hold `phone` alone, or one of `name`, `phone_end`, `household_id` and `household_of`, with or without `community_id`',
  too_short: (d: { at_least: number }) => `must be at least ${counted(d.at_least, 'character')} long`,
  too_long: (d: { at_most: number }) => `must be at most ${counted(d.at_most, 'character')} long`,
  too_few: (d: { at_least: number }) => `must have at least ${counted(d.at_least, 'item')}`,
  too_many: (d: { at_most: number }) => `must have at most ${counted(d.at_most, 'item')}`,
  too_small: (d: { at_least: number }) => `must be at least ${d.at_least}`,
  too_large: (d: { at_most: number }) => `must be at most ${d.at_most}`,
  fen_of_a_line: 'must be at least 1, or of a reversal not 0',
  not_whole_fen: 'must be a whole number of fen',
  not_a_multiple: (d: { of: number }) => `must be a multiple of ${d.of}`,
  too_many_decimals: (d: { at_most: number }) => `must have at most ${d.at_most} decimals`,

  // How it is written.
  control_characters: 'must not hold control characters',
  hidden_characters: (d: { characters: readonly string[] }) =>
    `must not hold characters that nobody sees (${d.characters.join(', ')}): type it again instead of pasting it`,
  not_named: 'must have a letter, a digit or another sign that can be seen',
  mangled_by_spreadsheet: (d: { how: Mangled }) => mangled[d.how],
  not_an_id: (d: { of: string; prefix: string }) =>
    `must be the id of ${/^[aeiou]/.test(d.of) ? 'an' : 'a'} ${d.of}: ${d.prefix}_ and 32 hex digits`,
  not_a_community_id: 'must be the id of a community: 2 to 32 of a-z, 0-9 and -',
  not_a_household_code: 'must be the 8 letters and digits that the head of the household shows',
  not_a_mobile_number: 'must be a mobile number: 11 digits, +86 before them if you like',
  not_digits: (d: { digits: number }) => `must be ${d.digits} digits`,
  not_hex_digits: (d: { digits: number }) => `must be ${d.digits} hex digits`,
  not_a_code: 'must be the 18 digits of a code; the check digit tells that one is wrong or two are swapped',
  not_a_login_name: 'must be 3 to 32 of a-z, 0-9, . and -, and begin with a letter',
  not_a_request_no: 'must be 1 to 64 of A-Z, a-z, 0-9, ".", "_", ":" and "-"',
  not_a_key: (d: { pattern: string }) => `must match ${d.pattern}`,
  not_a_cursor: 'must be the next_cursor of an earlier page',
  not_the_checksum: 'is not the SHA-256 of the body',
  own_key: 'must not be the Idempotency-Key of the void itself',
  same_as_before: 'must be another one than before',

  // Days and times.
  not_a_day: 'must be a real date: YYYY-MM-DD',
  not_a_time: 'must be an RFC 3339 time with an offset',
  year_out_of_range: 'must lie between the years 1970 and 9998',
  before_from: 'must not be before `from`',
  before_valid_from: 'must not be before valid_from',
  period_too_long: (d: { at_most: number; unit: string }) => `must be within ${d.at_most} ${d.unit}s`,
  off_and_on: 'stands in `off` too: a day is either off or on',
  too_far_from_to: (d: { at_most: number; unit: string }) => `must be within ${d.at_most} ${d.unit}s of \`to\``,
} as const satisfies Readonly<Record<string, string | ((details: never) => string)>>;

/** The codes that the service itself gives for a field. */
export type SaidCode = keyof typeof sentences;

/** `not_valid` is a fault without an entry here, with a sentence of its own. */
type FieldCode = SaidCode | 'not_valid';

const fieldCodes = [...Object.keys(sentences), 'not_valid'].toSorted() as readonly FieldCode[];

/** A faulty field, as it goes over the wire. */
export const fieldErrorShown = z
  .strictObject({
    pointer: z.string().meta({ description: 'A JSON pointer into the body, or `query/…`, `path/…`, `header/…`, or `line/…` for a file.' }),
    detail: z.string().meta({ description: 'Says what to send instead; to be read after the name of the field.' }),
    code: z.enum(fieldCodes).meta({ description: 'The fault. Further codes may be added.' }),
    details: z.record(z.string(), z.unknown()).exactOptional().meta({ description: 'The figures of `detail`.' }),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.output<typeof fieldErrorShown>;

type Figures<C extends SaidCode> = (typeof sentences)[C] extends (details: infer F) => string ? F : never;
/** The figures of a code, as an argument: none if its sentence has none. */
export type FiguresArgument<C extends SaidCode> = [Figures<C>] extends [never]
  ? []
  : {} extends Figures<C>
    ? [details?: Figures<C>]
    : [details: Figures<C>];

/** The fault of a field. */
export function fieldError<C extends SaidCode>(pointer: string, code: C, ...[details]: FiguresArgument<C>): FieldError {
  const sentence: string | ((details: never) => string) = sentences[code];
  const detail = typeof sentence === 'string' ? sentence : sentence((details ?? {}) as never);
  return { pointer, detail, code, ...(details && { details }) };
}

/** The same as a message of a schema: zod passes on only a text, so it contains code and figures. */
export function faulty<C extends SaidCode>(code: C, ...details: FiguresArgument<C>): string {
  return JSON.stringify([code, ...details]);
}

/** The fault from a schema's message, which comes from `faulty` or is a sentence of its own. */
export function fieldErrorSaid(pointer: string, said: string): FieldError {
  if (!said.startsWith('["')) return { pointer, detail: said, code: 'not_valid' };
  const [code, ...details] = JSON.parse(said) as [SaidCode, ...[]];
  return fieldError(pointer, code, ...details);
}

function typed(expected: string): string {
  return types[expected] ?? expected;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function listed(values: readonly unknown[]): string {
  const told = values.map((value) => (typeof value === 'string' ? `\`${value}\`` : String(value)));
  return told.length > 1 ? `one of ${told.join(', ')}` : (told[0] ?? 'nothing');
}
