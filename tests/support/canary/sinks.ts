/** Everywhere a scheme keeps or tells something, searched for the person. */
import { existsSync, readFileSync } from 'node:fs';
import { getTableName } from 'drizzle-orm';
import { expect } from 'vitest';
import { blankColumns, blankTables, columnsOf, filledColumns, rowsOfPersons, writeOrder } from '../../../src/store/index.ts';
import type { Caller } from '../counter.ts';
import { rawOf } from '../raw.ts';
import { holds } from './marks.ts';
import type { Stage } from './stage.ts';

/** The columns that are to be emptied and that no flow has filled for these people. */
export async function neverFilled({ world: { store } }: Stage, residentIds: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const table of blankTables) {
    const rows = (await Array.fromAsync(rowsOfPersons(store, table, residentIds, 500))).flat();
    const filled = new Set(rows.flatMap((row) => filledColumns(table, row)));
    missing.push(...blankColumns(table).flatMap(({ name }) => (filled.has(name) ? [] : [`${table}.${name}`])));
  }
  return missing;
}

/** The tables of which a row holds something: each as a text, with its bytes as digits. */
export async function tablesHolding({ world }: Stage): Promise<string[]> {
  const raw = await rawOf(world);
  const found: string[] = [];
  for (const table of writeOrder) {
    const name = getTableName(world.store.tables[table]);
    const rows = await raw.rows(`select * from "${name}"`);
    const texts = rows.map((row) =>
      JSON.stringify(Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value))),
    );
    if (texts.some(holds)) found.push(name);
  }
  return found;
}

export function filesHolding({ world: { file } }: Stage): string[] {
  return [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path) && holds(readFileSync(path)));
}

type Schema = { readonly pattern?: string; readonly enum?: readonly string[] };
type Parameter = { readonly in: string; readonly name: string; readonly required?: boolean; readonly schema: Schema };
type Operation = { readonly operationId: string; readonly parameters?: readonly Parameter[]; readonly requestBody?: object };
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

async function documentOf({ api }: Stage): Promise<Document> {
  return (await api.http.get('/openapi.json')).body as Document;
}

const VALUES: Readonly<Record<string, string>> = {
  date: '2026-03-02',
  business_day: '2026-03-02',
  issuer: 'gexiang',
  acquirer: 'wanhe',
  community_id: 'gexiang',
  code: 'not_found',
  request_no: 'forwarded-1',
};

/** The newest ids of each kind, by their prefix. */
async function idsThere({ world: { store } }: Stage): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>([['', ['gexiang', 'wanhe']]]);
  for (const table of writeOrder) {
    const column = columnsOf(table).find(({ kind, property }) => kind === 'id' && property === 'id');
    if (column?.kind !== 'id') continue;
    const rows = (await store.read.select().from(store.tables[table] as never)) as { id: string }[];
    ids.set(
      column.prefix,
      rows.slice(-16).map(({ id }) => id),
    );
  }
  return ids;
}

/** The values that a parameter in a path may have. */
function valuesOf({ name, schema }: Parameter, ids: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const prefix = /^\^([a-z]{3})_/.exec(schema.pattern ?? '')?.[1];
  if (prefix !== undefined) return ids.get(prefix) ?? [];
  return schema.enum ?? (schema.pattern?.startsWith('^[a-z]') ? ids.get('')! : [VALUES[name]!]);
}

/** Everything that may be read, with the ids of whatever there is, and in each format. */
async function readablePaths(stage: Stage): Promise<{ readonly template: string; readonly path: string }[]> {
  const [{ paths }, ids] = await Promise.all([documentOf(stage), idsThere(stage)]);
  return Object.entries(paths).flatMap(([template, { get }]) => {
    // It never ends: `tests/api/voucher-watch.test.ts` reads it.
    if (!get || template.endsWith('/events')) return [];
    const parameters = get.parameters ?? [];
    let whole = [template];
    for (const parameter of parameters.filter((each) => each.in === 'path'))
      whole = whole.flatMap((path) => valuesOf(parameter, ids).map((value) => path.replace(`{${parameter.name}}`, value)));
    const inQuery = parameters.filter((each) => each.in === 'query');
    const required = inQuery.filter((each) => each.required);
    const further = inQuery.flatMap(({ name, schema }) => {
      if (name === 'format') return (schema.enum ?? []).map((format) => [[name, format]]);
      return name === 'community_id' || name === 'request_no' ? [[[name, VALUES[name]!]]] : [];
    });
    const queries = [required.map(({ name }) => [name, VALUES[name]!]), ...further].map((each) => new URLSearchParams(each).toString());
    return whole.flatMap((path) => queries.map((each) => ({ template, path: `${path}?${each}` })));
  });
}

/** Reads everything that may be read as these callers: the paths that nobody was answered, and those which told something. */
export async function answersHolding(stage: Stage, callers: readonly Pick<Caller, 'get'>[]) {
  const found = new Set<string>();
  const unread = new Set<string>();
  const read = new Set<string>();
  for (const { template, path } of await readablePaths(stage)) {
    unread.add(template);
    for (const caller of callers) {
      const answer = await caller.get(path);
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500);
      if (answer.status === 200) read.add(template);
      if (holds(answer.text ?? JSON.stringify(answer.body))) found.add(template);
    }
  }
  return { unread: [...unread.difference(read)], found: [...found] };
}

/** The writes that hold nothing of the person themselves and whose answers do, when they are sent again. */
export async function replaysHolding({ sent }: Stage): Promise<string[]> {
  // An answer may say what the request itself has said.
  const silent = sent.filter(({ body }) => !holds(JSON.stringify(body)));
  expect(silent.length).toBeGreaterThan(15);
  const found: string[] = [];
  for (const { path, send } of silent) if (holds((await send()).text)) found.push(path);
  return found;
}

/** The operations that write something. */
async function operationsOf(stage: Stage) {
  const { paths, components } = await documentOf(stage);
  return Object.entries(paths).flatMap(([template, methods]) => {
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return Object.entries(methods).flatMap(([method, { operationId, requestBody }]) => {
      if (method === 'get') return [];
      const bodies = stage.written.filter((each) => each.method === method && pattern.test(each.path)).map(({ body }) => body);
      return [{ operationId, bodies, texts: textsIn(requestBody, components.schemas) }];
    });
  });
}

/** The operations that wrote nothing. */
export async function operationsLeft(stage: Stage): Promise<string[]> {
  return (await operationsOf(stage)).filter(({ bodies }) => bodies.length === 0).map(({ operationId }) => operationId);
}

/** Members of a body with a number, a code or a secret, or what is no resident's: everything else may be words about one. */
const NO_WORDS =
  /^(phone|phone_end|(new_)?code|pin|totp|login|(current_)?password|\w+_(reference|number|id|secret)|order_no|scope|grant_type)$/;

/** The longest that each such member of a schema may be. */
function textsIn(schema: unknown, named: Readonly<Record<string, unknown>>, within: readonly string[] = []): Map<string, number> {
  if (schema === null || typeof schema !== 'object') return new Map();
  const ref = (schema as { $ref?: string }).$ref?.split('/').at(-1);
  if (ref !== undefined) return within.includes(ref) ? new Map() : textsIn(named[ref], named, [...within, ref]);
  return new Map(
    Object.entries(schema).flatMap(([name, part]) => {
      const { maxLength } = (part ?? {}) as { maxLength?: number };
      return !NO_WORDS.test(name) && maxLength !== undefined ? [[name, maxLength] as const] : [...textsIn(part, named, within)];
    }),
  );
}

function hasLongest(body: unknown, name: string, length: number): boolean {
  if (body === null || typeof body !== 'object') return false;
  return Object.entries(body).some(
    ([key, value]) =>
      (key === name && typeof value === 'string' && value.length === length && holds(value)) || hasLongest(value, name, length),
  );
}

/** The members with words of operations that succeeded, into which nobody wrote the marks at their longest. */
export async function textsLeft(stage: Stage): Promise<string[]> {
  return (await operationsOf(stage)).flatMap(({ operationId, bodies, texts }) =>
    [...texts].flatMap(([name, length]) =>
      bodies.length === 0 || bodies.some((body) => hasLongest(body, name, length)) ? [] : [`${operationId}.${name}`],
    ),
  );
}
