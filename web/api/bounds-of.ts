/**
 * The bounds of the values that the API takes, from its OpenAPI document, as TypeScript that pages import: one constant for each operation,
 * so that the build of a page includes only the operations it names. The API's schema stays the only place that says what a field may hold.
 */
import type { Document, Operation, Schema } from './types.ts';

/** The keywords of JSON Schema that are carried over for a value that is neither an object nor a union. */
const KEPT = ['minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems'] as const;

type Bounds = { readonly [name: string]: unknown };

/** The whole file. Throws if two operations would have one name. */
export function boundsOf({ paths }: Document): string {
  const names = new Set<string>();
  const constants = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const bounds = ofOperation(operation);
      if (Object.keys(bounds).length === 0) return [];
      const name = nameOf(method, path);
      if (names.has(name)) throw new Error(`two operations are named ${name}: ${method} ${path} is one`);
      names.add(name);
      return [`/** ${method} ${path} */\nexport const ${name} = ${JSON.stringify(bounds)} as const;`];
    }),
  );
  return ["/** Made by `npm run generate:contract` from the API's own schemas: do not edit. */", ...constants, ''].join('\n\n');
}

/** `putStoresPlace` of `put /v1/stores/{id}/place`. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[/-]/).filter((word) => /^[a-z_]+$/.test(word));
  return [method, ...words.map((word) => word[0]!.toUpperCase() + word.slice(1))].join('');
}

/** The bounds of what is sent: of the query, and of the body. */
function ofOperation({ parameters = [], requestBody }: Operation): Bounds {
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.schema.type === 'integer');
  const body = requestBody?.content['application/json'];
  return { ...Object.fromEntries(query.map(({ name, schema }) => [name, ofSchema(schema)])), ...(body && ofSchema(body.schema)) };
}

/** An object's fields by name, a union's members by the literal that tells them apart, and of any other value its type and its bounds. */
function ofSchema(schema: Schema): Bounds {
  const members = (schema.oneOf ?? schema.anyOf)?.filter(({ type }) => type !== 'null');
  if (members) return ofUnion(members, members.length < (schema.oneOf ?? schema.anyOf)!.length);
  if (schema.properties) return ofFields(schema);
  const { type, pattern, format, items, propertyNames, additionalProperties: values, 'x-read-as': read } = schema;
  // A page reads what was typed before it judges it.
  if (read !== undefined) return { type, ...ofPattern(read) };
  const kept = Object.fromEntries(KEPT.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
  return {
    type,
    ...kept,
    // No page judges the form of a date itself.
    ...(pattern !== undefined && format === undefined && ofPattern(pattern)),
    ...(items && { items: ofSchema(items) }),
    ...(propertyNames && { keys: ofSchema(propertyNames) }),
    ...(typeof values === 'object' && { values: ofSchema(values) }),
  };
}

/** A pattern of so many digits also says how long the text is at most. */
function ofPattern(pattern: string): Bounds {
  const [, digits] = /^\^\\d\{(\d+)\}\$$/.exec(pattern) ?? [];
  return { ...(digits !== undefined && { maxLength: Number(digits) }), pattern };
}

/** Text of which nothing is said is left out. */
function ofFields({ properties = {}, required = [] }: Schema): Bounds {
  const fields = Object.entries(properties).map(([name, schema]) => [name, ofSchema(schema)] as const);
  return Object.fromEntries(
    fields
      .filter(([, bounds]) => bounds['type'] !== 'string' || Object.keys(bounds).length > 1)
      .map(([name, bounds]) => [name, 'type' in bounds && required.includes(name) ? { ...bounds, required: true } : bounds]),
  );
}

function ofUnion(members: readonly Schema[], nullable: boolean): Bounds {
  const [only, ...others] = members;
  if (only && others.length === 0) return { ...ofSchema(only), ...(nullable && !only.properties && { nullable: true }) };
  const tag = Object.keys(only?.properties ?? {}).find((name) => members.every((member) => literalOf(member, name) !== undefined));
  if (tag === undefined) return Object.assign({}, ...members.map((member) => ofSchema(member))) as Bounds;
  return Object.fromEntries(members.map((member) => [literalOf(member, tag), ofSchema(member)]));
}

/** The one value that a field may have. */
function literalOf({ properties }: Schema, name: string): string | undefined {
  const values = properties?.[name]?.enum ?? [];
  return values.length === 1 ? String(values[0]) : undefined;
}
