/**
 * The judgement of what a caller sent by the schema of the route. A list is counted before any of its members is judged; a long one is
 * judged a few members at a time, so that other requests are answered in between; and only so many faults are looked for as are told.
 */
import type { FastifyInstance, FastifyRequest, FastifySchema, FastifySchemaCompiler } from 'fastify';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { z } from 'zod';
import { type Faults, fieldErrorsIn, newFaults, pointerTo } from './field-errors.ts';
import { fieldProblem, Problem } from './problem.ts';

/** The members that are judged before others get their turn. */
const MEMBERS_AT_ONCE = 32;

/** The most members of a list or record whose schema names no bound. */
const MEMBERS_MAX = 1_000;

/** Compiles a schema of a part of a request. A misfit is a `validation_failed`. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const base = prefixes[httpPart ?? ''] ?? '';
  return (value: unknown) => {
    const { data, error } = schema.safeParse(value);
    return error ? { error: unfit(fieldErrorsIn(error, base)) } : { value: data };
  };
};

const prefixes: Readonly<Record<string, string>> = { querystring: 'query', params: 'path', headers: 'header' };

function unfit(errors: Problem['errors']): Problem {
  return new Problem('validation_failed', { errors });
}

/**
 * Judges the lists of every body before its schema reads it as a whole. Throws `validation_failed`.
 */
export function judgeListsFirst(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const bodies = bodySchemasOf(route.schema);
    if (!bodies.some(([, schema]) => mayHoldLists(schema))) return;
    const judge = async ({ mediaType, body }: FastifyRequest) => {
      const schema = bodies.find(([type]) => type === ANY || type === mediaType)?.[1];
      if (!schema || !mayHoldLists(schema)) return;
      const faults = newFaults();
      await judgeLists(schema, body, '', faults);
      if (faults.all.length > 0) throw unfit(faults.all);
    };
    route.preValidation = [judge, ...[route.preValidation ?? []].flat()];
  });
}

/** The media type of a body whose route names none. */
const ANY = '*';

type Content = { readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>> };

/** The schemas of a route's body, each with its media type. */
function bodySchemasOf(schema: FastifySchema | undefined): (readonly [mediaType: string, schema: z.ZodType])[] {
  const body = schema?.body as z.ZodType | Content | undefined;
  if (body === undefined) return [];
  if ('_zod' in body) return [[ANY, body]];
  return Object.entries(body.content ?? {}).map(([type, { schema: each }]) => [type, each]);
}

async function judgeLists(schema: z.ZodType, value: unknown, pointer: string, faults: Faults): Promise<void> {
  for (const { at, members, atMost, member } of listsIn(schema, value, pointer)) {
    if (members.length > atMost) throw fieldProblem(at, 'too_many', { at_most: atMost });
    // A route that takes any members judges them itself.
    if (defOf(member).type === 'unknown') continue;
    const nested = mayHoldLists(member);
    const many = members.length > MEMBERS_AT_ONCE;
    for (const [n, [name, each]] of members.entries()) {
      if (faults.full) return;
      if (many && n > 0 && n % MEMBERS_AT_ONCE === 0) await othersFirst();
      if (nested) await judgeLists(member, each, pointerTo(at, [name]), faults);
      const error = many ? member.safeParse(each).error : undefined;
      if (error) faults.of(error, pointerTo(at, [name]));
    }
  }
}

type List = {
  readonly at: string;
  readonly members: readonly (readonly [name: string, value: unknown])[];
  readonly atMost: number;
  /** The schema of a member. */
  readonly member: z.ZodType;
};

type Def = z.core.$ZodTypeDef & Readonly<Record<string, unknown>>;

function defOf(schema: z.ZodType): Def {
  return schema.def as unknown as Def;
}

/** The lists and records of a value, found by its schema; those within a member are left to the judgement of that member. */
function listsIn(schema: z.ZodType, value: unknown, at: string): List[] {
  if (typeof value !== 'object' || value === null) return [];
  const def = defOf(schema);
  if (def.type === 'array') return Array.isArray(value) ? [listOf(schema, value, at, def['element'] as z.ZodType)] : [];
  if (def.type !== 'record' && def.type !== 'object') return withinOf(schema, value).flatMap((inner) => listsIn(inner, value, at));
  if (Array.isArray(value)) return [];
  if (def.type === 'record') return [listOf(schema, value, at, def['valueType'] as z.ZodType)];
  const known = Object.entries(def['shape'] as Shape).filter(([name, inner]) => Object.hasOwn(value, name) && mayHoldLists(inner));
  return known.flatMap(([name, inner]) => listsIn(inner, (value as Record<string, unknown>)[name], pointerTo(at, [name])));
}

function listOf(schema: z.ZodType, value: object, at: string, member: z.ZodType): List {
  const maximum = boundOf(schema);
  // Too many are counted, and not copied.
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  const members = count > maximum ? Array.from<readonly [string, unknown]>({ length: count }) : Object.entries(value);
  return { at, members, atMost: maximum, member };
}

/** The schemas that stand for the same value as this one: what it wraps, or the form of a union that the value says it has. */
function withinOf(schema: z.ZodType, value?: object): z.ZodType[] {
  const { type, innerType, in: input, options, discriminator } = defOf(schema) as Def & Wrapping;
  if (type !== 'union') return [innerType ?? input].filter((inner) => inner !== undefined);
  if (discriminator === undefined || value === undefined) return [...options!];
  const said = (value as Record<string, unknown>)[discriminator];
  return options!.filter((option) => (defOf(option)['shape'] as Shape)[discriminator]!.safeParse(said).success);
}

type Shape = Readonly<Record<string, z.ZodType>>;

type Wrapping = {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
};

const bounds = new WeakMap<z.ZodType, number>();

/** The most members that a schema of a list or record allows. */
function boundOf(schema: z.ZodType): number {
  const known = bounds.get(schema);
  if (known !== undefined) return known;
  const { maxItems = MEMBERS_MAX } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  bounds.set(schema, maxItems);
  return maxItems;
}

const holding = new WeakMap<z.ZodType, boolean>();

/** Whether values of this schema may hold a list or a record. */
function mayHoldLists(schema: z.ZodType): boolean {
  const known = holding.get(schema);
  if (known !== undefined) return known;
  const { type, shape } = defOf(schema) as Def & { readonly shape?: Shape };
  const inner = shape ? Object.values(shape) : withinOf(schema);
  const may = type === 'array' || type === 'record' || inner.some(mayHoldLists);
  holding.set(schema, may);
  return may;
}
