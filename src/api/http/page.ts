/** Keyset pages: a page ends with a cursor that holds the sort key of its last row, and the next page begins after that. */
import { z } from 'zod';
import { faulty } from './field-codes.ts';

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;

/** The query of a list: `limit`, and `cursor` decoded to the sort key after which the page begins, such as `id('res')` or a tuple. */
export function pageQuery<K extends z.ZodType>(key: K) {
  return z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(LIMIT_MAX)
      .default(LIMIT_DEFAULT)
      .meta({ description: `Items on a page: 1 to ${LIMIT_MAX}.` }),
    cursor: cursor(key).optional(),
  });
}

function cursor<K extends z.ZodType>(key: K) {
  const opaque = z.string().max(512).meta({ description: '`next_cursor` of the last page.' });
  return opaque.transform((encoded, context): z.output<K> => {
    const decoded = key.safeParse(decode(encoded));
    if (decoded.success) return decoded.data;
    context.addIssue(faulty('not_a_cursor'));
    return z.NEVER;
  });
}

function decode(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The response of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'Send it as `cursor` to get the next page; null on the last page.' }),
  });
}

/** A page from rows that were read with `limit + 1`: the extra row only shows that there is a next page. */
export function page<R, T>(rows: readonly R[], limit: number, keyOf: (row: R) => unknown, present: (row: R) => T) {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(present),
    next_cursor: last === undefined ? null : Buffer.from(JSON.stringify(keyOf(last))).toString('base64url'),
  };
}
