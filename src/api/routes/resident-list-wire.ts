/** The rows of a list of people: how each is read, and how the service answers it. */
import { z } from 'zod';
import { maskedPhone } from '../../access/index.ts';
import { mangledCell, phoneOf, plainName, unquoted } from '../../text/index.ts';
import { fieldErrorShown, faulty } from '../http/field-codes.ts';
import { fieldErrorsIn } from '../http/field-errors.ts';
import { communityId, count, id, mangledFault, phone, properName, referenceCell, text } from '../http/wire.ts';
import type { ListRow } from './resident-list-file.ts';

const FAULTS_OF_A_ROW = 5;

const nameCell = z
  .string()
  .refine((sent) => mangledCell(sent) === undefined, mangledFault(mangledCell))
  .transform((sent) => plainName(unquoted(sent)))
  .pipe(properName(40));

/** How a spreadsheet has mangled a phone: also one of which it has kept three to five digits, since it was saved once as `1.391E+10`. */
function mangledPhone(sent: string): ReturnType<typeof mangledCell> {
  return mangledCell(sent) ?? (/^1\d{2,4}0{6,}$/.test(phoneOf(unquoted(sent)) ?? '') ? 'shortened' : undefined);
}

/** A row as a person who is to be registered; with `paper`, each has the number of a signed sheet. */
function rowOf(how: ConsentHow) {
  const paperNumber = referenceCell(40);
  return z.strictObject({
    name: nameCell,
    phone: z
      .string()
      .refine((sent) => mangledPhone(sent) === undefined, mangledFault(mangledPhone))
      // A number that a program has written with a decimal place.
      .transform((sent) => unquoted(sent).replace(/\.0$/, ''))
      .pipe(phone),
    paper_number: how === 'paper' ? paperNumber : paperNumber.optional(),
    guardian: nameCell.optional(),
    different_person: text(200).optional(),
  });
}

export const consentHows = ['paper', 'counter'] as const;
type ConsentHow = (typeof consentHows)[number];

const schemas = { paper: rowOf('paper'), counter: rowOf('counter') };

/** A person of a list. */
export type Listed = z.output<typeof schemas.counter>;

type Fault = z.output<typeof fieldErrorShown>;

/** Reads a row, or says what is wrong with it. */
export function readRow({ line, cells }: ListRow, how: ConsentHow): Listed | readonly Fault[] {
  const parsed = schemas[how].safeParse(cells);
  return parsed.success ? parsed.data : fieldErrorsIn(parsed.error, `line/${line}`, FAULTS_OF_A_ROW);
}

const results = [
  'would_register',
  'registered',
  'already_registered',
  'phone_taken',
  'twice_in_file',
  'same_person_question',
  'faulty',
] as const;
export type Result = (typeof results)[number];

const lineShown = z
  .strictObject({
    line: count.meta({ description: 'The line in the file, counted from 1.' }),
    name: z.string().nullable(),
    phone: z.string().nullable().meta({ description: 'Masked; null: it could not be read.' }),
    result: z.enum(results).meta({
      description:
        '`already_registered`: with this phone and this name, in this community. `phone_taken`: under another name or in another community, which is not told. `same_person_question`: somebody of this name is registered here, or stands in an earlier line: say in the column 同名说明 why it is somebody else, or leave the line out.',
    }),
    resident_id: id('res').nullable().meta({ description: 'The id of the resident, if one is registered.' }),
    earlier_line: count.nullable().meta({ description: 'The line in which the same phone stands.' }),
    same_name_ids: z.array(id('res')),
    same_name_lines: z.array(count),
    errors: z.array(fieldErrorShown),
  })
  .meta({ id: 'ResidentListLine' });
export type Line = z.output<typeof lineShown>;

export const listAnswer = z
  .strictObject({
    community_id: communityId,
    sha256: z.string().meta({ description: 'The SHA-256 of the file, in hex digits: the second request names it.' }),
    counts: z
      .strictObject(Object.fromEntries(results.map((result) => [result, count])) as Record<Result, typeof count>)
      .meta({ description: 'The number of lines with each result.' }),
    lines: z.array(lineShown),
  })
  .meta({ id: 'ResidentList' });

export function countsOf(lines: readonly Line[]): Record<Result, number> {
  const counts = Object.fromEntries(results.map((result) => [result, 0])) as Record<Result, number>;
  for (const { result } of lines) counts[result]++;
  return counts;
}

/** The answer to a row, without what only some results have. */
export function lineOf({ line, cells }: ListRow, person: Listed | undefined, result: Result, more: Partial<Line> = {}): Line {
  const name = person?.name ?? cells.name?.slice(0, 40) ?? null;
  const shown = { line, name, phone: person ? maskedPhone(person.phone) : null, result };
  return { ...shown, resident_id: null, earlier_line: null, same_name_ids: [], same_name_lines: [], errors: [], ...more };
}

/** The header in which the second request says which file was tried. */
export const CHECKSUM = 'x-content-sha256';
export const checksummed = z.looseObject({
  [CHECKSUM]: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, faulty('not_hex_digits', { digits: 64 }))
    .meta({ description: 'The SHA-256 that the trial gave: another file is refused.' }),
});
