/**
 * The form in which the input of a write is compared with that of an earlier one: the JSON as it was sent, in the form of RFC 8785, with
 * codes, order numbers, phones and instants as they are meant. Nothing that a schema adds is in it.
 */
import { z } from 'zod';

/** A value as it is compared. */
type Compared = (sent: unknown) => unknown;

const meanings = z.registry<{ readonly meaning: (sent: string) => string | number | undefined }>();

/** A text that is compared by its meaning: by what `meaning` makes of it, which is the same for all that mean the same. */
export function comparedBy<S extends z.ZodType>(schema: S, meaning: (sent: string) => string | number | undefined): S {
  meanings.add(schema, { meaning });
  return schema;
}

/**
 * The JSON that was sent for a schema, in the form in which it is compared. A name that occurs twice counts by its last value, and a number
 * by the nearest double: so they are read, too.
 */
export function comparable(sent: unknown, schema: unknown): string {
  return canonical(comparedOf(schema)?.(sent) ?? sent);
}

/**
 * JSON in the form of RFC 8785: names in the order of their UTF-16 code units, texts and numbers as JavaScript writes them. Half of a
 * surrogate pair, for which there is no such form, stays escaped. It is written here because every redemption needs it: a library takes
 * twice as long.
 */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  let members = '';
  for (const name of Object.keys(value).toSorted()) {
    members += `${members && ','}${JSON.stringify(name)}:${canonical((value as Readonly<Record<string, unknown>>)[name])}`;
  }
  return `{${members}}`;
}

const compiled = new WeakMap<object, { readonly compared: Compared | undefined }>();

/** How the JSON of a schema is compared; undefined: as it was sent. */
function comparedOf(schema: unknown): Compared | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  return compiled.getOrInsertComputed(schema, () => ({ compared: compile(schema) })).compared;
}

/** Schemas around another one, which have no members of their own. */
const around: ReadonlySet<string> = new Set(['optional', 'nullable', 'default', 'prefault', 'nonoptional', 'readonly', 'catch']);

type Part = z.ZodType;

function compile(schema: z.ZodType): Compared | undefined {
  const known = meanings.get(schema);
  if (known) return (sent) => (typeof sent === 'string' ? (known.meaning(sent) ?? sent) : sent);
  if (schema instanceof z.ZodObject) return ofObject(schema.shape);
  if (schema instanceof z.ZodArray) return ofArray(schema.element as Part);
  if (schema instanceof z.ZodUnion) return ofUnion(schema.options as readonly Part[]);
  if (schema instanceof z.ZodPipe) return comparedOf(schema.in);
  return around.has(schema.def.type) ? comparedOf((schema.def as unknown as { innerType: Part }).innerType) : undefined;
}

function ofObject(shape: Readonly<Record<string, Part>>): Compared | undefined {
  const members = Object.entries(shape).flatMap(([name, member]) => {
    const compared = comparedOf(member);
    return compared ? [[name, compared] as const] : [];
  });
  if (members.length === 0) return undefined;
  return (sent) => {
    if (typeof sent !== 'object' || sent === null) return sent;
    const copy: Record<string, unknown> = { ...sent };
    for (const [name, compared] of members) if (Object.hasOwn(copy, name)) copy[name] = compared(copy[name]);
    return copy;
  };
}

function ofArray(element: Part): Compared | undefined {
  const compared = comparedOf(element);
  return compared && ((sent) => (Array.isArray(sent) ? sent.map(compared) : sent));
}

/** The alternative that was sent is the first that it matches. */
function ofUnion(options: readonly Part[]): Compared | undefined {
  if (!options.some(comparedOf)) return undefined;
  return (sent) => {
    const option = options.find((each) => each.safeParse(sent).success);
    return comparedOf(option)?.(sent) ?? sent;
  };
}
