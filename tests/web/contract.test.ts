/** The pages' types of requests and answers are those of the API as it is. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { boundsOf } from '../../web/api/bounds-of.ts';
import { contractOf, type Document } from '../../web/api/types.ts';
import { openApi } from '../support/api.ts';
import { openWorld } from '../support/world.ts';

const root = join(import.meta.dirname, '../..');

it('the contract of the pages is what the API says of itself (npm run generate:contract)', async () => {
  const { http } = await openApi(await openWorld());
  const document = (await http.get('/openapi.json')).body as Document;
  for (const [path, input] of [
    ['web/api/contract.d.ts', contractOf(document)],
    ['web/api/bounds.ts', boundsOf(document)],
  ] as const) {
    const formatted = execFileSync('oxfmt', ['--stdin-filepath', path], { cwd: root, input, encoding: 'utf8' });
    expect(readFileSync(join(root, path), 'utf8')).toBe(formatted);
  }
});

it('what TypeScript cannot say of a schema is an error, not a guess', () => {
  const paths = { '/x': { get: { responses: { 200: { content: { 'application/json': { schema: { type: 'date' } } } } } } } };
  expect(() => contractOf({ paths, components: { schemas: {} } })).toThrow('no TypeScript is known for {"type":"date"}');
});
