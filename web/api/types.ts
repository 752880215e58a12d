/**
 * TypeScript of the API's OpenAPI document, in the shape that openapi-fetch reads (`paths`). The document is made from the routes' own
 * schemas, and uses the part of JSON Schema that zod writes; whatever else turns up is an error, not a guess.
 */

export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly propertyNames?: Schema;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The pattern of a text once it is read: without the signs that group it. */
  readonly 'x-read-as'?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
};

export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** The whole file. */
export function contractOf({ paths, components }: Document): string {
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `${said(schema)}${name}: ${typeOf(schema)};`);
  const routes = Object.entries(paths).map(([path, operations]) => `${quoted(path)}: {\n${operationsOf(operations)}\n};`);
  return [
    "/** Made by `npm run generate:contract` from the API's own schemas: do not edit. */",
    `export interface components {\nschemas: {\n${schemas.join('\n')}\n};\n}`,
    `export interface paths {\n${routes.join('\n')}\n}\n`,
  ].join('\n\n');
}

function operationsOf(operations: Readonly<Record<string, Operation>>): string {
  return Object.entries(operations)
    .map(([method, operation]) => `${said({ description: operation.summary ?? '' })}${method}: ${operationOf(operation)};`)
    .join('\n');
}

function operationOf({ parameters = [], requestBody, responses }: Operation): string {
  const places = ['query', 'header', 'path'].map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const needed = here.some(({ required }) => required);
    const members = here.map(({ name, required, schema }) => `${quoted(name)}${required ? '' : '?'}: ${typeOf(schema)};`);
    return members.length === 0 ? `${place}?: never;` : `${place}${needed ? '' : '?'}: { ${members.join(' ')} };`;
  });
  const body = requestBody
    ? `requestBody${requestBody.required ? '' : '?'}: { content: ${contentOf(requestBody.content)} };`
    : 'requestBody?: never;';
  // Problems look the same whatever their status, so the last of them stands for all.
  const told = Object.entries(responses).filter(([status, { $ref }]) => status === 'default' || $ref === undefined);
  const answers = told.map(([status, { content }]) => {
    const answered = status === 'default' ? "{ 'application/problem+json': components['schemas']['Problem'] }" : contentOf(content ?? {});
    return `${status}: { headers: Record<string, string>; content: ${answered} };`;
  });
  return `{ parameters: { ${places.join(' ')} cookie?: never }; ${body} responses: { ${answers.join(' ')} } }`;
}

function contentOf(content: Content): string {
  const members = Object.entries(content).map(([type, { schema }]) => `${quoted(type)}: ${typeOf(schema)};`);
  return members.length === 0 ? 'Record<never, never>' : `{ ${members.join(' ')} }`;
}

function typeOf(schema: Schema): string {
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema;
  if ($ref !== undefined) return `components['schemas'][${quoted($ref.split('/').at(-1)!)}]`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const either = anyOf ?? oneOf;
  if (either) return either.map((part) => typeOf(part)).join(' | ');
  if (allOf) return allOf.map((part) => `(${typeOf(part)})`).join(' & ');
  if (Array.isArray(type)) return type.map((each: string) => typeOf({ ...schema, type: each })).join(' | ');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return arrayOf(schema);
    case 'object':
      return objectOf(schema);
    case undefined:
      return 'unknown';
    default:
      throw new Error(`no TypeScript is known for ${JSON.stringify(schema)}`);
  }
}

function arrayOf({ items, prefixItems }: Schema): string {
  return prefixItems ? `[${prefixItems.map((item) => typeOf(item)).join(', ')}]` : `(${typeOf(items ?? {})})[]`;
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(
    ([name, schema]) => `${said(schema)}${quoted(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  if (members.length > 0) return `{\n${members.join('\n')}\n}`;
  return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>`;
}

function said({ description }: Schema): string {
  return description ? `/** ${description.replaceAll('*/', '* /')} */\n` : '';
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
