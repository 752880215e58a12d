import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { grantableScopes, type Scope } from '../../src/access/index.ts';
import type { FieldError } from '../../src/api/http/field-codes.ts';
import type { TableName } from '../../src/store/index.ts';
import { type Caller, type Counter, openCounter } from '../support/counter.ts';
import { browserOf, officerLogin, PASSWORD } from '../support/people.ts';
import { fieldError } from '../../web/shared/text/zh-fields.ts';
import { altered, changed, type Json, type Schema, spoiled, variantsOf } from '../support/samples.ts';

type Parameter = { readonly in: string; readonly name: string; readonly schema: Schema; readonly required?: boolean };
type Media = {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
};
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly security?: readonly { readonly oauth?: readonly Scope[] }[];
};
type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

/** Routes whose samples fit the schema and still lack something that depends on the caller. */
const contradictions = ['get /v1/redemptions', 'put /v1/stores/{id}/place'];

/** What is sent with POST and changes nothing, or carries a request number an item. */
const unkeyed = new Set([
  '/v1/vouchers/inspect',
  '/v1/residents/lookup',
  '/v1/phone-changes/lookup',
  '/v1/grants/preview',
  '/v1/grant-list-previews',
  '/v1/resident-lists/trial',
  '/v1/redemption-batches',
  '/v1/reconciliations/{date}/diff',
]);

/** Lists that may be empty: a till that sold nothing has an empty book. */
const mayHoldNothing = new Set([
  '/v1/reconciliations/{date}/diff /lines []',
  '/v1/proposals /input/value/off []',
  '/v1/proposals /input/value/on []',
]);

/** Routes that read a file rather than JSON, and one that they read. */
const files: Readonly<Record<string, string>> = {
  '/v1/settlement-runs/{id}/payout-results': `payout_id,amount_fen,result,bank_reference\r\npyo_${'0'.repeat(32)},1000,paid,B-1\r\n`,
  '/v1/resident-lists': '姓名,手机号,同意书编号\r\n陈小明,13912345678,1\r\n',
  '/v1/resident-lists/trial': '姓名,手机号,同意书编号\r\n陈小明,13912345678,1\r\n',
};

/** Every route, from the service's own description. */
async function routesOf({ api }: Counter): Promise<Route[]> {
  const { paths } = (await api.http.get('/openapi.json')).body as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function isSecured({ operation }: Route): boolean {
  return (operation.security ?? []).length > 0;
}

/** Every route that needs a token. */
async function securedRoutes(counter: Counter): Promise<Route[]> {
  return (await routesOf(counter)).filter(isSecured);
}

/** A body in a media type. */
function encoded(type: string, body: Json): string {
  return type === 'application/x-www-form-urlencoded'
    ? new URLSearchParams(body as Record<string, string>).toString()
    : JSON.stringify(body);
}

/** The scope that a route needs; undefined: it is for people who are signed in, whatever they may do. */
function scopeOf({ operation }: Route): Scope | undefined {
  return operation.security![0]!.oauth?.[0];
}

function isKeyed(route: Route): boolean {
  return route.method !== 'get' && !unkeyed.has(route.path) && scopeOf(route) !== undefined;
}

type Everybody = Counter & { readonly person: Caller };

/** The counter, and an officer who is signed in. */
async function openEverybody(): Promise<Everybody> {
  const counter = await openCounter();
  await officerLogin(counter.world, counter.world.gexiang.id);
  const browser = browserOf(counter.api);
  await browser.signIn({ login: 'wang.yi', password: PASSWORD });
  // A session's cookie holds a token like any other.
  return { ...counter, person: { ...counter.officer, authorize: async () => `Bearer ${browser.cookie.split('=')[1]}` } };
}

/** Whoever may call a route. */
function callerFor({ till, resident, officer, street, person }: Everybody, route: Route): Caller {
  const scope = scopeOf(route);
  if (scope === undefined) return person;
  if (grantableScopes('till', 'x').includes(scope) && !grantableScopes('officer', 'x').includes(scope)) return till;
  if (grantableScopes('officer', 'x').includes(scope)) return officer;
  return grantableScopes('officer', null).includes(scope) ? street : resident;
}

function pathOf({ path, operation }: Route): string {
  return (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'path')
    .reduce((filled, { name, schema }) => filled.replace(`{${name}}`, variantsOf(schema, name)[0] as string), path);
}

/** A path with what its query must have. */
function askedOf(route: Route): string {
  const needed = (route.operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = new URLSearchParams(needed.map(({ name, schema }) => [name, variantsOf(schema, name)[0] as string]));
  return needed.length > 0 ? `${pathOf(route)}?${query}` : pathOf(route);
}

function bodySchema({ operation }: Route): Schema | undefined {
  return operation.requestBody?.content['application/json']?.schema;
}

/** A body that fits a route; undefined where it takes none. */
function sampleFor(route: Route): string | undefined {
  const schema = bodySchema(route);
  return schema ? JSON.stringify(variantsOf(schema)[0]) : files[route.path];
}

/** A batch answers 200, and each item's problem by itself, under this name. */
const itemProblems: Readonly<Record<string, string>> = { '/v1/grant-batches': 'problem', '/v1/redemption-batches': 'refusal' };

function inBatch({ path }: Route, pointer: string): boolean {
  return path in itemProblems && pointer.startsWith('/items/0');
}

/** An answer whose problem is that of its first item. */
function ofItem(sent: Sent, { path }: Route): Sent {
  return { ...sent, body: sent.body.items[0][itemProblems[path]!] };
}

/** Everything in the database, as one text. */
async function contents({ world: { store } }: Counter): Promise<string> {
  const names = Object.keys(store.tables) as TableName[];
  return JSON.stringify(await Promise.all(names.map(async (name) => store.read.select().from(store.tables[name]))));
}

type Sent = { readonly status: number; readonly headers: Record<string, string>; readonly body: any };

async function send(
  counter: Counter,
  caller: Caller,
  { method, path: known }: Route,
  path: string,
  body: string | undefined,
  more: Record<string, string> = {},
): Promise<Sent> {
  const ofFile = known in files && { 'x-content-sha256': hash('sha256', body ?? '') };
  const token = await caller.authorize();
  const headers = { ...(token !== '' && { authorization: token }), 'idempotency-key': `bad-${Math.random()}`, ...ofFile, ...more };
  const request = counter.api.http[method as 'post'](path).set(headers);
  const type = more['content-type'] ?? (known in files ? 'text/csv' : 'application/json');
  return body === undefined ? await request : await request.set('content-type', type).send(body);
}

function expectProblem(sent: Sent, status: number, told: string): void {
  expect([sent.status, sent.headers['content-type']], `${told}: ${JSON.stringify(sent.body)}`).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(sent.body, told).toMatchObject({ status, code: expect.any(String), action: expect.any(String), request_id: expect.any(String) });
  expectCodes(sent.body, told);
}

/** Each field error has a code by which a page says it in its own language, with all its figures. */
function expectCodes({ errors = [] }: { readonly errors?: readonly FieldError[] }, told: string): void {
  for (const error of errors) {
    expect(error.code, `${told}: ${JSON.stringify(error)}`).not.toBe('not_valid');
    expect(fieldError(error), `${told}: ${JSON.stringify(error)}`).not.toContain('undefined');
  }
}

function pointersOf({ body }: Sent): string[] {
  return ((body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);
}

/** Whether a sample is of a text that may be anything. */
function isText(text: string): boolean {
  return text === 'x';
}

function isName(field: string): boolean {
  return /^(name|person_name|title)$/.test(field);
}

function isReference(field: string): boolean {
  return /^(bank_reference|external_reference|order_no|request_no)$/.test(field);
}

describe('bad input, at every route', () => {
  it('is told from samples that are well-formed', async () => {
    const counter = await openEverybody();
    for (const route of await securedRoutes(counter)) {
      const schema = bodySchema(route);
      for (const body of schema ? variantsOf(schema).map((each) => JSON.stringify(each)) : [files[route.path]]) {
        if (body === 'null') continue;
        const sent = await send(counter, callerFor(counter, route), route, askedOf(route), body);
        const told = `${route.method} ${route.path} with ${body}: ${JSON.stringify(sent.body)}`;
        // A body that fits the schema may still contradict itself: the service then names fields too.
        if (sent.status === 400) expect(contradictions, told).toContain(`${route.method} ${route.path}`);
        expect(sent.status, told).toBeLessThan(500);
      }
    }
  });

  it('in the body names the field, and nothing is written', async () => {
    const counter = await openEverybody();
    const routes = (await securedRoutes(counter)).filter((route) => bodySchema(route));
    expect(routes.length).toBeGreaterThan(30);
    let cases = 0;
    for (const route of routes) {
      const caller = callerFor(counter, route);
      await caller.authorize();
      const before = await contents(counter);
      for (const body of variantsOf(bodySchema(route)!)) {
        for (const { pointer, what, body: bad } of spoiled(body)) {
          if (mayHoldNothing.has(`${route.path} ${pointer} ${what}`)) continue;
          const told = `${route.method} ${route.path} with ${pointer} = ${what}`;
          const sent = await send(counter, caller, route, pathOf(route), JSON.stringify(bad));
          cases++;
          if (!inBatch(route, pointer)) expectProblem(sent, 400, told);
          expect(
            pointersOf(inBatch(route, pointer) ? ofItem(sent, route) : sent).some(
              (named) => named.startsWith(pointer) || pointer.startsWith(named),
            ),
            `${told}: ${JSON.stringify(sent.body)}`,
          ).toBe(true);
        }
      }
      expect(await contents(counter), `${route.method} ${route.path} wrote`).toBe(before);
    }
    expect(cases).toBeGreaterThan(1_000);
  });

  it.each<[string, FieldError['code'], string, (field: string, text: string) => boolean, number]>([
    // A password is any text, a name that is sought is compared without such characters, and a request number has letters of its own.
    [
      'with characters that nobody sees',
      'hidden_characters',
      'a\u202Eb',
      (field, text) => isText(text) && !/password$|^request_no$/.test(field),
      40,
    ],
    ['with a filler for a name', 'hidden_characters', '\u3164', (field, text) => isText(text) && isName(field), 12],
    ['with a name without a character that is seen', 'not_named', '\u0301', (field, text) => isText(text) && isName(field), 12],
    ['with a number that a spreadsheet has shortened', 'mangled_by_spreadsheet', '2.02612E+17', isReference, 8],
    ['with a cell that was too narrow', 'mangled_by_spreadsheet', '########', isReference, 8],
    ['with a cell that is a formula', 'mangled_by_spreadsheet', '="20261201000000001"', isReference, 8],
    ['with an apostrophe before it', 'mangled_by_spreadsheet', "'20261201000000002", isReference, 8],
  ])('%s is refused by name', async (_what, code, text, applies, atLeast) => {
    const counter = await openEverybody();
    const routes = (await securedRoutes(counter)).filter((route) => bodySchema(route) && route.path !== '/v1/residents/lookup');
    let cases = 0;
    for (const route of routes) {
      const caller = callerFor(counter, route);
      for (const body of variantsOf(bodySchema(route)!)) {
        for (const { pointer, body: bad } of changed(body, (field, sample) => (applies(field, sample) ? text : undefined))) {
          const told = `${route.method} ${route.path} with ${pointer} = ${JSON.stringify(text)}`;
          const sent = await send(counter, caller, route, pathOf(route), JSON.stringify(bad));
          const { errors } = (inBatch(route, pointer) ? ofItem(sent, route) : sent).body as { errors?: FieldError[] };
          expect(errors, `${told}: ${JSON.stringify(sent.body)}`).toContainEqual(expect.objectContaining({ pointer, code }));
          expectCodes({ errors: errors! }, told);
          cases++;
        }
      }
    }
    expect(cases).toBeGreaterThanOrEqual(atLeast);
  });

  it('is not what the examples of the document are: each is read, and at most refused', async () => {
    const counter = await openEverybody();
    let tried = 0;
    for (const route of await routesOf(counter)) {
      const caller = isSecured(route) ? callerFor(counter, route) : { ...counter.till, authorize: async () => '' };
      for (const [type, { example, examples = {} }] of Object.entries(route.operation.requestBody?.content ?? {})) {
        const whole = example === undefined ? Object.values(examples).map(({ value }) => value) : [example];
        for (const each of whole) {
          await caller.authorize();
          const body = typeof each === 'string' ? each : encoded(type, each as Json);
          const sent = await send(counter, caller, route, pathOf(route), body, { 'content-type': type });
          tried++;
          const told = `${route.method} ${route.path} with ${body}: ${sent.status} ${JSON.stringify(sent.body)}`;
          expect([400, 413, 415].includes(sent.status) || sent.status >= 500, told).toBe(false);
          // A batch of grants answers 200, and each item's problem by itself.
          expect(sent.body.items?.[0]?.problem?.code, told).not.toBe('validation_failed');
        }
      }
    }
    expect(tried).toBeGreaterThan(60);
  });

  it('that is broken, of another type, or too large is refused as a whole', async () => {
    const counter = await openEverybody();
    for (const route of (await securedRoutes(counter)).filter(({ method }) => method !== 'get')) {
      const caller = callerFor(counter, route);
      await caller.authorize();
      const before = await contents(counter);
      const path = pathOf(route);
      const told = `${route.method} ${route.path}`;
      expectProblem(await send(counter, caller, route, path, '{"a":'), 400, `${told} with broken JSON`);
      expectProblem(await send(counter, caller, route, path, '<a/>', { 'content-type': 'application/xml' }), 415, `${told} with XML`);
      const packed = await send(counter, caller, route, path, sampleFor(route), { 'content-encoding': 'gzip' });
      expectProblem(packed, 415, `${told} packed`);
      expect(packed.body.details, told).toEqual({ reason: 'A body encoded as gzip' });
      const large = JSON.stringify({ name: 'x'.repeat(2_200_000) });
      expectProblem(await send(counter, caller, route, path, large), 413, `${told} with 2 MB`);
      const mayBeEmpty = variantsOf(bodySchema(route) ?? {}).includes(null);
      for (const value of [...(mayBeEmpty ? [] : ['null']), '7', '"text"', '[]']) {
        expectProblem(await send(counter, caller, route, path, value), 400, `${told} with ${value}`);
      }
      expect(await contents(counter), told).toBe(before);
    }
  });

  it('in the path or the query names the parameter', async () => {
    const counter = await openEverybody();
    for (const route of await securedRoutes(counter)) {
      const caller = callerFor(counter, route);
      const body = sampleFor(route);
      const told = `${route.method} ${route.path}`;
      if (route.path.includes('{')) {
        const path = route.path.replace(/\{(\w+)\}/, '%00%20nonsense');
        expectProblem(await send(counter, caller, route, path, body), 400, `${told} at ${path}`);
      }
      const unknown = await send(counter, caller, route, `${pathOf(route)}?surprise=1`, body);
      expectProblem(unknown, 400, `${told}?surprise=1`);
      expect(pointersOf(unknown), told).toContain('query/surprise');
      for (const { name } of (route.operation.parameters ?? []).filter((parameter) => parameter.in === 'query')) {
        const bad = await send(
          counter,
          caller,
          route,
          `${pathOf(route)}?${name}=%00nonsense%22`,
          route.method === 'get' ? undefined : body,
        );
        expectProblem(bad, 400, `${told}?${name}=nonsense`);
        expect(pointersOf(bad), told).toContain(`query/${name}`);
      }
    }
  });

  it('without a token, with a foreign one, or with one that lacks the scope gets nowhere', async () => {
    const counter = await openEverybody();
    const routes = await securedRoutes(counter);
    const before = await contents(counter);
    for (const route of routes) {
      const body = sampleFor(route);
      const told = `${route.method} ${route.path}`;
      const as = (authorization: string): Caller => ({ ...counter.till, authorize: async () => authorization });
      expectProblem(await send(counter, as(''), route, pathOf(route), body), 401, `${told} without a token`);
      expectProblem(
        await send(counter, as('Bearer eyJhbGciOiJub25lIn0.e30.'), route, pathOf(route), body),
        401,
        `${told} with a foreign token`,
      );
      const scope = scopeOf(route);
      if (scope === undefined) continue;
      const stranger = grantableScopes('till', 'x').includes(scope) ? counter.officer : counter.till;
      // Everybody may read the rewards on sale and the list of communities.
      if (scope === 'offers:read' || scope === 'communities:read') continue;
      expectProblem(await send(counter, stranger, route, pathOf(route), body), 403, `${told} without its scope`);
    }
    expect(await contents(counter)).toBe(before);
  });

  it('needs an Idempotency-Key on every write, and a proper one', async () => {
    const counter = await openEverybody();
    for (const route of (await securedRoutes(counter)).filter(isKeyed)) {
      const body = sampleFor(route) ?? '{}';
      const caller = callerFor(counter, route);
      const told = `${route.method} ${route.path}`;
      for (const key of ['', 'has space', 'x'.repeat(65)]) {
        const sent = await send(counter, caller, route, pathOf(route), body, { 'idempotency-key': key });
        expectProblem(sent, 400, `${told} with the key "${key}"`);
        expect(pointersOf(sent), told).toEqual(['header/Idempotency-Key']);
      }
    }
  });

  it('under the key of another request is refused at every write, whatever became of the first', async () => {
    const counter = await openEverybody();
    let tried = 0;
    for (const route of (await securedRoutes(counter)).filter(isKeyed)) {
      const body = bodySchema(route) && variantsOf(bodySchema(route)!).find((each) => each !== null);
      const other = body === undefined ? undefined : altered(body);
      if (body === undefined || other === undefined || route.path === '/v1/grant-batches') continue;
      const caller = callerFor(counter, route);
      const key = { 'idempotency-key': `twice-${++tried}` };
      // A till is turned away before its command is looked at if it names another store than its own.
      const sent = (json: Json) => JSON.stringify(json).replaceAll(/sto_[0-9a-f]{32}/g, counter.world.storeId);
      const first = await send(counter, caller, route, pathOf(route), sent(body), key);
      const told = `${route.method} ${route.path} with ${JSON.stringify(other)} after ${JSON.stringify(first.body)}`;
      // A wrong client is turned away before its key is looked at.
      if (first.body.code === 'wrong_client') continue;
      const second = await send(counter, caller, route, pathOf(route), sent(other), key);
      expectProblem(second, 422, told);
      expect(second.body.code, told).toBe('idempotency_key_reused');
    }
    expect(tried).toBeGreaterThan(20);
  });
});
