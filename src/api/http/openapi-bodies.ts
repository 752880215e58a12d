/** Bodies in the OpenAPI document: a whole example of each that is sent, and answers that may grow. */

import type { z } from 'zod';

/** The same schema, with whole examples of a body by name: for a body that its fields' own examples would show badly. */
export function withExamples<S extends z.ZodType>(schema: S, examples: Readonly<Record<string, z.input<S>>>): S {
  // The collector moves them to the media type. Zod itself would leave out `examples` of a schema that transforms its input.
  return schema.meta({ 'x-examples': Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) });
}

export type Schema = {
  readonly $ref?: string;
  readonly description?: string;
  readonly format?: string;
  readonly additionalProperties?: boolean | Schema;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly pattern?: string;
};

type Examples = Readonly<Record<string, { readonly value: unknown }>>;

/** A body in one media type: with the example of its schema, which the collector has moved here, or with those that are made of its fields. */
export type MediaType = { readonly schema: Schema; example?: unknown; examples?: Examples };

/** Values of fields whose schemas give no example, by the names of the fields: zod leaves out that of a field which is transformed. */
const known: Readonly<Record<string, unknown>> = {
  address: '文一西路 998 号',
  answer: '当面核对，是两个人',
  bank_reference: '20261123000187',
  code: '771234567890123450',
  current_password: 'A temporary password',
  description: '楼道清洁两小时',
  latitude: 30.2741,
  longitude: 119.9952,
  name: '王秀英',
  order_no: '20261123-0187',
  password: '十月的稻谷 2026',
  person_name: '李丽',
  phone: '13800001234',
  points: 100,
  presented_at: '2026-11-23T10:00:00+08:00',
  reason: '登记有误',
  request_no: 'till-3-20261123-0187',
  resolution: '双方已核对一致',
  settlement_fen: 2_000,
  external_reference: 'cleaning-2026-0187',
  fen: 1_000,
  title: '10 元代金券',
};

/** The examples of a body, by name: one of each form that it may have. Throws if a field has none. */
export function examplesOf(schema: Schema): Examples {
  const forms = (schema.oneOf ?? schema.anyOf)?.filter(({ type }) => type !== 'null');
  if (!forms) return { example: { value: exampleOf(schema, '') } };
  return Object.fromEntries(
    forms.map((form, n) => [nameOf(form) ?? (n === 0 ? 'example' : `example${n + 1}`), { value: exampleOf(form, '') }]),
  );
}

/** The word that tells a form from the others. */
function nameOf({ properties = {} }: Schema): string | undefined {
  const word = Object.values(properties).find(({ enum: values }) => values?.length === 1)?.enum?.[0];
  return typeof word === 'string' ? word : undefined;
}

/** A value that a schema accepts, with what it requires and no more. */
function exampleOf(schema: Schema, name: string): unknown {
  const { examples, enum: values, properties, required = [], items, type, minimum = 1 } = schema;
  const [first] = examples ?? values ?? [];
  if (first !== undefined) return first;
  const form = (schema.oneOf ?? schema.anyOf)?.[0];
  if (form) return exampleOf(form, name);
  if (properties) return Object.fromEntries(required.map((property) => [property, exampleOf(properties[property]!, property)]));
  if (items) return [exampleOf(items, name)];
  if (name in known) return known[name];
  if (type === 'integer' || type === 'number') return Math.max(minimum, 1);
  if (type === 'boolean') return true;
  if (type === 'object') return {};
  const digits = /^\^\\d\{(\d+)/.exec(schema.pattern ?? '')?.[1];
  if (digits !== undefined) return '123456789012'.slice(0, Number(digits));
  throw new Error(`the field ${name} of a body has no example: give its schema one`);
}

/**
 * The same schema for whoever reads: an answer may get further fields later, so a strict reader must not break on them. The service itself
 * sends what its own schema declares and nothing else.
 */
export function open<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => open(each)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key, value]) => !(key === 'additionalProperties' && value === false));
  return Object.fromEntries(entries.map(([key, value]) => [key, open(value)])) as T;
}
