/** Samples made from the service's own description, and what is wrong with each field of them. */
import { codeOf } from './counter.ts';

export type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly required?: readonly string[];
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Texts that a description cannot give by itself. */
const known: Readonly<Record<string, string>> = {
  code: codeOf(1),
  phone: '19900001234',
  id: 'example',
  community_id: 'gexiang',
  counterparty_id: 'wanhe',
  issuer: 'gexiang',
  acquirer: 'wanhe',
  business_day: '2026-03-02',
  date: '2026-03-02',
};

/** Every form of a body that a schema allows, one a variant, with all its fields filled in. */
export function variantsOf(schema: Schema, name = ''): Json[] {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.flatMap((choice) => variantsOf(choice, name));
  if (schema.properties) {
    return Object.entries(schema.properties).reduce<Json[]>(
      (made, [property, inner]) => crossed(made, property, variantsOf(inner, property)),
      [{}],
    );
  }
  if (schema.type === 'object') return [{}];
  if (schema.items) return variantsOf(schema.items, name).map((item) => [item]);
  return [scalarOf(schema, name)];
}

/** Each object with each value; beyond the first object, one value is enough. */
function crossed(objects: readonly Json[], property: string, values: readonly Json[]): Json[] {
  const [first, ...others] = objects as { [name: string]: Json }[];
  return [...values.map((value) => ({ ...first, [property]: value })), ...others.map((object) => ({ ...object, [property]: values[0]! }))];
}

function scalarOf({ type, enum: choices, examples, pattern, minimum = 1, multipleOf, format, minLength = 1 }: Schema, name: string): Json {
  if (choices) return choices[0] as Json;
  if (examples) return examples[0] as Json;
  const prefix = /^\^(\w{3})_/.exec(pattern ?? '')?.[1];
  if (prefix !== undefined) return `${prefix}_${'0'.repeat(32)}`;
  const digits = /^\^\\d\{(\d+)/.exec(pattern ?? '')?.[1];
  if (digits !== undefined) return '3'.repeat(Number(digits));
  if (type === 'integer' || type === 'number') return Math.max(multipleOf ?? 0, minimum, 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  if (format === 'date-time') return '2026-03-02T10:00:00+08:00';
  return known[name] ?? 'x'.repeat(minLength);
}

/** The same body with one of its texts or numbers changed to another that fits; undefined if it has none that may differ. */
export function altered(body: Json): Json | undefined {
  if (body === 'x') return 'y';
  if (typeof body === 'string' && /_0{32}$/.test(body)) return body.replace(/0$/, '1');
  if (Array.isArray(body)) {
    const first = altered(body[0] as Json);
    return first === undefined ? undefined : [first];
  }
  if (!isObject(body)) return undefined;
  for (const [name, value] of Object.entries(body)) {
    const other = altered(value);
    if (other !== undefined) return { ...body, [name]: other };
  }
  return undefined;
}

export type Spoiled = { readonly pointer: string; readonly what: string; readonly body: Json };

const wrongForText: readonly Json[] = [7, true, [], {}, 'nul\u0000byte', 'x'.repeat(20_000), ''];
const wrongForNumber: readonly Json[] = ['7', true, [], {}, -1, 0, 1.5, 1e300, 9_007_199_254_740_994];

/** A body with each of its fields spoiled in turn, in every way that its type can be. */
export function spoiled(body: Json, pointer = ''): Spoiled[] {
  if (Array.isArray(body)) {
    const inner = spoiled(body[0] as Json, `${pointer}/0`).map((each) => ({ ...each, body: [each.body] }));
    return [...inner, ...wrong(pointer, [7, 'text', {}, []])];
  }
  if (isObject(body)) {
    const fields = Object.entries(body).flatMap(([name, value]) =>
      spoiled(value, `${pointer}/${name}`).map((each) => ({ ...each, body: { ...body, [name]: each.body } })),
    );
    const unknown = { pointer: `${pointer}/surprise`, what: 'unknown', body: { ...body, surprise: 1 } };
    // An empty object inside stands for a map, whose names are the caller's.
    const unknowns = fields.length === 0 && pointer !== '' ? [] : [unknown];
    return [...fields, ...unknowns, ...(pointer === '' ? [] : wrong(pointer, [7, 'text', []]))];
  }
  if (typeof body === 'number') return wrong(pointer, wrongForNumber);
  return typeof body === 'string' ? wrong(pointer, wrongForText) : [];
}

function wrong(pointer: string, values: readonly Json[]): Spoiled[] {
  return values.map((value) => ({ pointer, what: JSON.stringify(value).slice(0, 40), body: value }));
}

/** A body with each of its texts for which `other` has another one changed to it, in turn. */
export function changed(body: Json, other: (field: string, text: string) => string | undefined, pointer = ''): Spoiled[] {
  if (typeof body === 'string') {
    const text = other(/[^/]*$/.exec(pointer)![0], body);
    return text === undefined ? [] : [{ pointer, what: JSON.stringify(text), body: text }];
  }
  if (Array.isArray(body)) return changed(body[0] as Json, other, `${pointer}/0`).map((each) => ({ ...each, body: [each.body] }));
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    changed(value, other, `${pointer}/${name}`).map((each) => ({ ...each, body: { ...body, [name]: each.body } })),
  );
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
