/**
 * The common parts of the wire's schemas. Requests may be transformed on their way in; responses are only checked, so a schema of a
 * response has no transform, default or date object. Objects are strict: an unknown field is refused by name.
 */
import { z } from 'zod';
import { isDay } from '../../ledger/index.ts';
import { type Prefix, prefixes } from '../../store/index.ts';
import {
  digitsOf,
  exactly,
  foldedReference,
  hasHidden,
  hiddenIn,
  isNamed,
  mangledBy,
  mangledCell,
  mangledOrderNo,
  phoneOf,
  plainText,
  unquoted,
} from '../../text/index.ts';
import { faulty } from './field-codes.ts';
import { comparedBy } from './same-input.ts';

const POINTS_MAX = 1_000_000;
/** A million yuan. */
export const FEN_MAX = 100_000_000;
const TIME_MAX = Date.UTC(9999, 0);

const names = Object.fromEntries(Object.entries(prefixes).map(([name, prefix]) => [prefix, name]));

/** An id with this prefix. */
export function id(prefix: Prefix) {
  const name = names[prefix]!;
  const what = `the id of ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), faulty('not_an_id', { of: name, prefix }))
    .meta({ description: `T${what.slice(1)}.`, examples: [`${prefix}_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b`] });
}

/** The id of a community: the short name in account paths. */
export const communityId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, faulty('not_a_community_id'))
  .meta({ description: 'The id of a community.', examples: ['gexiang'] });

/** A merchant and a community as they are named to people. */
export const namedMerchant = z.strictObject({ id: id('mer'), name: z.string() });
export const namedCommunity = z.strictObject({ id: communityId, name: z.string() });

/** Points that a caller names: at least one. */
export const points = z.int().min(1).max(POINTS_MAX).meta({ description: 'Points.' });

/** Fen (1/100 yuan) that a caller names: at least one. */
export const fen = z.int().min(1).max(FEN_MAX).meta({ description: 'Fen: 1/100 yuan.' });

/** A whole number in a response. */
export const count = z.int();

/** Text of one line: trimmed, without control characters and those that nobody sees, 1 to `max` characters. */
export function text(max: number) {
  return z
    .string()
    .refine((sent) => !hasHidden(sent), {
      abort: true,
      error: ({ input }) => faulty('hidden_characters', { characters: hiddenIn(input as string) }),
    })
    .trim()
    .min(1)
    .max(max)
    .refine(isPlain, faulty('control_characters'));
}

/** A name that a person, a shop or a thing is given: it has a character that can be seen. */
export function properName(max: number) {
  return text(max).refine((sent) => sent === '' || isNamed(sent), faulty('not_named'));
}

/** A name that is sought: it is compared in the form of `sameName`, so that it may hold anything. */
export function soughtName(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isPlain, faulty('control_characters'))
    .refine((sent) => sent === '' || isNamed(sent), faulty('not_named'));
}

/** A reference of a bank or a community, as text that no spreadsheet has mangled. It is kept as it is sent, and compared folded. */
export function reference(max: number) {
  return properName(max).refine((sent) => mangledBy(sent) === undefined, mangledFault(mangledBy));
}

/** The same as a cell of a file, where an apostrophe before it is no part of it. */
export function referenceCell(max: number) {
  return cell(max, mangledCell);
}

/** A till's number of an order, which is kept as it was sent. */
export const orderNo = comparedBy(
  properName(64)
    .refine((sent) => mangledOrderNo(sent) === undefined, mangledFault(mangledOrderNo))
    .meta({
      description:
        "The till's own number of the order. It must be unique in its store and order day, which begins at 04:00 Asia/Shanghai, but for vouchers on the same order: all of them count on one order amount. Upper and lower case and full width make no difference. The time at which the code was shown decides the day, also of a redemption that is forwarded later.",
    }),
  foldedReference,
);

/**
 * The same as a cell of a till's book, which is only compared: characters that nobody sees are left out, since order numbers that were kept
 * before these were refused may hold some.
 */
export const orderNoCell = cell(
  64,
  (sent) => mangledOrderNo(sent, mangledCell),
  (sent) => plainText(unquoted(sent)),
);

function cell(max: number, how: (sent: string) => ReturnType<typeof mangledBy>, read = unquoted) {
  return z
    .string()
    .refine((sent) => how(sent) === undefined, mangledFault(how))
    .transform(read)
    .pipe(properName(max));
}

/** The fault of a reference that a spreadsheet has mangled, or another fault if it has not. */
export function mangledFault(how: (sent: string) => ReturnType<typeof mangledBy>, otherwise = '') {
  return {
    error({ input }: { readonly input?: unknown }): string {
      const found = how(String(input));
      return found === undefined ? otherwise : faulty('mangled_by_spreadsheet', { how: found });
    },
  };
}

/** The reason of an officer or a cashier, in one line. */
export const reason = text(200).meta({ description: 'The reason.' });

/** Whether a text is one line, without control characters. */
export function isPlain(value: string): boolean {
  return value.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(value);
}

/**
 * The keyword of a schema with the pattern of a text once it is read: without the signs that group it, and in plain digits. JSON Schema has
 * none for this; a `pattern` would forbid what is accepted.
 */
export const READ_AS = 'x-read-as';

/** The most characters of a number as it is pasted: with the signs that group it, and marks that nobody sees. */
export const PASTED_MAX = 200;

/** So many digits, however they are grouped, also in full width; parses to the digits. */
export function digits(many: number, example: string) {
  const read = z
    .string()
    .max(PASTED_MAX)
    .overwrite((sent) => exactly(many, sent) ?? sent)
    .refine((sent) => exactly(many, sent) === sent, faulty('not_digits', { digits: many }))
    .meta({
      description: `${many} digits; spaces and hyphens between them are left out.`,
      examples: [example],
      [READ_AS]: `^\\d{${many}}$`,
    });
  return comparedBy(read, digitsOf);
}

/** A Chinese mobile number, with or without +86, grouped or not; parses to its eleven digits. */
export const phone = comparedBy(
  z
    .string()
    .max(PASTED_MAX)
    .overwrite((sent) => phoneOf(sent) ?? sent)
    .refine((read) => phoneOf(read) === read, faulty('not_a_mobile_number'))
    .meta({
      description: 'A mobile number of eleven digits, with or without +86; spaces and hyphens between them are left out.',
      examples: ['13800001234'],
      [READ_AS]: '^1[3-9]\\d{9}$',
    }),
  phoneOf,
);

/** A date of Asia/Shanghai. */
export const day = z
  .string()
  .refine(isDay, faulty('not_a_day'))
  .meta({ description: 'A date of Asia/Shanghai.', format: 'date', examples: ['2026-11-23'] });

/** The body of a write without input: left out, or an empty object. */
export const nothing = z.strictObject({}).nullish();

/** An RFC 3339 time with an offset, as epoch milliseconds. */
export const instant = comparedBy(z.iso.datetime({ offset: true, error: faulty('not_a_time') }), Date.parse)
  .transform((time) => Date.parse(time))
  .refine(isInRange, faulty('year_out_of_range'));

/** Whether epoch milliseconds have a year of four digits. */
export function isInRange(at: number): boolean {
  return at >= 0 && at < TIME_MAX;
}

/** A time in a response; made by `rfc3339`. */
export const time = z.string().meta({ format: 'date-time', description: 'RFC 3339, UTC.', examples: ['2026-11-23T02:00:00.000Z'] });

/** Epoch milliseconds as RFC 3339 in UTC. */
export function rfc3339(at: number): string {
  return new Date(at).toISOString();
}

/** An optional instant, as RFC 3339. */
export function rfc3339OrNull(at: number | null): string | null {
  return at === null ? null : rfc3339(at);
}
