/**
 * `npm run generate:contract`: writes, from the API's OpenAPI document, `contract.d.ts`, the pages' types of requests and answers, and
 * `bounds.ts`, what the API takes.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, createLogger } from '../../src/api/index.ts';
import { readConfig } from '../../src/config.ts';
import { openService } from '../../src/service.ts';
import { boundsOf } from './bounds-of.ts';
import { contractOf, type Document } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'callmi-contract-'));
try {
  const config = readConfig({ DATABASE_URL: `file:${join(folder, 'callmi.db')}` });
  const service = await openService(config, { clock: Date.now, chance: randomBytes });
  const app = await buildApp({ ...service, config, logger: createLogger('silent') });
  const document = (await app.inject('/openapi.json')).json<Document>();
  await app.close();
  await service.close();
  for (const [name, text] of Object.entries({ 'contract.d.ts': contractOf(document), 'bounds.ts': boundsOf(document) })) {
    const path = join(import.meta.dirname, name);
    writeFileSync(path, text);
    execFileSync('oxfmt', [path]);
  }
} finally {
  rmSync(folder, { recursive: true });
}
