/** The service with its pages, over a copy of the demo, at the real time. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { buildApp, createLogger } from '../../../src/api/index.ts';
import { readConfig } from '../../../src/config.ts';
import { servePages } from '../../../src/pages.ts';
import { openService, type Service } from '../../../src/service.ts';

type Named = { readonly community_id: string | null; readonly community: string };
type Credential = { readonly client_id: string; readonly client_secret: string; readonly login: string; readonly password: string };

/** Who may sign in, as the demo wrote it down. */
export type Cast = {
  readonly tills: readonly (Credential &
    Named & { readonly merchant_id: string; readonly merchant: string; readonly store_id: string; readonly store: string })[];
  readonly officers: readonly (Credential & Named & { readonly name: string })[];
  readonly residents: readonly (Named & {
    readonly client_id: string;
    readonly client_secret: string;
    readonly name: string;
    readonly phone: string;
    readonly resident_id: string;
  })[];
  readonly offers: readonly {
    readonly offer_id: string;
    readonly title: string;
    readonly points: number;
    readonly merchant_id: string | null;
  }[];
};

export type Site = {
  readonly url: string;
  readonly cast: Cast;
  readonly service: Service;
  /** The latest one-time code that was sent to a phone. */
  codeFor(phone: string): string | undefined;
  /** Lets time pass for the service, in milliseconds; browsers do not notice. */
  pass(ms: number): void;
};

/** Opens a site of its own for the tests of a file, before the first of them. Its clock may be ahead of the real one, so that a day is over. */
export function siteOfFile(aheadMs = 0): () => Site {
  let site: Site | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    ({ site, close } = await openSite(aheadMs));
  });
  afterAll(() => close?.());
  return () => site!;
}

async function openSite(aheadMs: number): Promise<{ site: Site; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'callmi-site-'));
  cpSync(inject('demo'), folder, { recursive: true });
  const config = readConfig({ DATABASE_URL: `file:${join(folder, 'callmi.db')}` });
  let ahead = aheadMs;
  const service = await openService(config, { clock: () => Date.now() + ahead, chance: randomBytes });
  const codes = new Map<string, string>();
  const deliverCode = async (phone: string, code: string) => void codes.set(phone, code);
  const app = await buildApp({ ...service, config, logger: createLogger('silent'), deliverCode });
  await servePages(app, randomBytes);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const cast = JSON.parse(readFileSync(join(folder, 'demo-credentials.json'), 'utf8')) as Cast;
  const close = async () => {
    await app.close();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const pass = (ms: number) => void (ahead += ms);
  return { site: { url, cast, service, codeFor: (phone) => codes.get(phone), pass }, close };
}
