/** The OpenAPI document, as those read it who build upon it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApi, PUBLIC_URL } from '../support/api.ts';
import { openCounter } from '../support/counter.ts';
import { openScheme } from '../support/scheme.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Media = { readonly example?: unknown; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> };
type Operation = {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly headers?: object; readonly content?: Readonly<Record<string, Media>> }>
  >;
};
type Document = {
  readonly info: { readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'schemas' | 'responses' | 'headers', Readonly<Record<string, { readonly headers?: object }>>>> & {
    readonly securitySchemes: { readonly oauth: { readonly flows: { readonly clientCredentials: { readonly tokenUrl: string } } } };
  };
};

async function read() {
  const { http } = await openApi(await openScheme());
  const { text, body } = await http.get('/openapi.json');
  const document = body as Document;
  const operations = Object.entries(document.paths).flatMap(([path, each]) =>
    Object.entries(each).map(([method, operation]) => ({ told: `${method} ${path}`, method, path, ...operation })),
  );
  expect(operations.length).toBeGreaterThan(100);
  return { text, document, operations };
}

describe('the OpenAPI document', () => {
  it('leaves the strictest linter nothing to say', async () => {
    const { text } = await read();
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'openapi.json'), text);
    const redocly = join(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const lint = [redocly, 'lint', 'openapi.json', '--extends', 'recommended-strict', '--format', 'json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, lint, { cwd, env, encoding: 'utf8' });
    expect([status, JSON.parse(stdout)], stderr).toMatchObject([0, { totals: { errors: 0, warnings: 0, ignored: 0 } }]);
  });

  it('names every operation by a verb, once, and says what it is for and what happens when it is sent again', async () => {
    const { operations } = await read();
    const names = operations.map(({ operationId }) => operationId);
    expect(names).toEqual(expect.arrayContaining(['redeemVoucher', 'voidRedemption', 'listMerchants', 'issueToken', 'getReconciliation']));
    expect(new Set(names).size).toBe(names.length);
    for (const { told, operationId, description } of operations) {
      expect(operationId, told).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
      expect(description, told).toMatch(/^[A-Z].{40,}\.$/s);
      expect(description, told).toMatch(/\bagain\b/);
    }
  });

  it('says what each tag is for, and uses each', async () => {
    const { document, operations } = await read();
    const used = new Set(operations.flatMap(({ tags }) => tags ?? []));
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted());
    for (const { name, description } of document.tags) expect(description, name).toMatch(/\.$/);
  });

  it('names the address of tokens as a whole, so that a tool can ask there', async () => {
    const { document } = await read();
    expect(document.components.securitySchemes.oauth.flows.clientCredentials.tokenUrl).toBe(`${PUBLIC_URL}/oauth/token`);
  });

  it('declares the usual problems where they can come, and the headers with which a program goes on', async () => {
    const { document, operations } = await read();
    const redeem = operations.find(({ operationId }) => operationId === 'redeemVoucher')!;
    expect(Object.keys(redeem.responses)).toEqual(['201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '503', 'default']);
    expect(Object.keys(redeem.responses['201']!.headers!)).toEqual(['X-Request-Id', 'Idempotency-Replayed', 'Location']);
    const headersOf = (name: string) => Object.keys(document.components.responses[name]!.headers!);
    expect(headersOf('TooManyRequests')).toContain('Retry-After');
    expect(headersOf('Unauthorized')).toContain('WWW-Authenticate');
    expect(headersOf('Problem')).toContain('Allow');
    const day = operations.find(({ operationId }) => operationId === 'getReconciliation')!;
    expect(Object.keys(day.responses['200']!.headers!)).toEqual(['X-Request-Id', 'Content-Disposition', 'X-Content-SHA256', 'X-Row-Count']);
    // A probe is never limited, and needs nobody's token.
    expect(Object.keys(operations.find(({ path }) => path === '/healthz')!.responses)).toEqual(['200', '400', 'default']);
  });

  it('says wherever a till names an order that its number must be unique in its store and order day', async () => {
    const { operations } = await read();
    for (const name of ['redeemVoucher', 'forwardRedemptions']) {
      const { requestBody } = operations.find(({ operationId }) => operationId === name)!;
      expect(JSON.stringify(requestBody), name).toContain(
        'It must be unique in its store and order day, which begins at 04:00 Asia/Shanghai, but for vouchers on the same order',
      );
    }
  });

  it('has a whole example of every body that is sent', async () => {
    const { operations } = await read();
    const bodies = operations.flatMap(({ told, requestBody }) =>
      Object.values(requestBody?.content ?? {}).map((media) => ({ told, ...media })),
    );
    expect(bodies.length).toBeGreaterThan(50);
    for (const { told, example, examples } of bodies) expect(example ?? Object.values(examples ?? {})[0]?.value, told).toBeDefined();
  });
});

it('the examples of what a till is answered are what it is answered, but for their values', async () => {
  const { till, readyCode, order, api } = await openCounter();
  const { paths, components } = (await api.http.get('/openapi.json')).body as Document;
  const exampleAt = (path: string, status: number) => paths[path]!['post']!.responses[status]!.content!['application/json']!.example;
  const { code } = await readyCode();
  const inspected = await till.post('/v1/vouchers/inspect', { code });
  const made = await till.post('/v1/redemptions', order(code), 'R-1');
  const refused = await till.post('/v1/redemptions', order(code), 'R-2');
  for (const [example, answer] of [
    [exampleAt('/v1/vouchers/inspect', 200), inspected.body],
    [exampleAt('/v1/redemptions', 201), made.body],
    [(components.schemas['Problem'] as { examples: unknown[] }).examples[0], refused.body],
  ]) {
    expect(shapeOf(example)).toEqual(shapeOf(answer));
  }
});

/** A value with its texts and numbers replaced by their types; enums are told by the schema. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
}

describe('the compatibility promise', () => {
  it('is said in the document', async () => {
    const { document } = await read();
    expect(document.info.description).toMatch(/Changes within v1:.* ignore fields that you do not know/s);
  });

  it('holds: an answer may get further fields without breaking a strict reader, while a request may have none', async () => {
    const { document, operations } = await read();
    const answers = operations.map(({ responses }) => responses);
    expect(JSON.stringify([document.components.schemas, document.components.responses, answers])).not.toContain(
      '"additionalProperties":false',
    );
    const redeem = operations.find(({ operationId }) => operationId === 'redeemVoucher')!;
    expect(JSON.stringify(redeem.requestBody)).toContain('"additionalProperties":false');
  });

  it('is no licence: the service sends what it declares, and nothing else', async () => {
    const { http } = await openApi(await openScheme(), {}, (app) => {
      const schema = { response: { 200: z.strictObject({ told: z.string() }) } };
      app.get('/test/told', { schema, config: { public: true } }, async () => ({ told: 'a' }));
      app.get('/test/more', { schema, config: { public: true } }, async () => ({ told: 'a', more: 'b' }));
    });
    expect((await http.get('/test/told')).body).toEqual({ told: 'a' });
    expect((await http.get('/test/more')).status).toBe(500);
  });
});
