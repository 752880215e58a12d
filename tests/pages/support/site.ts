/** The service with its pages, over a copy of the demo, on the clock of the tests. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, inject } from 'vitest';
import { appOver } from '../../../src/api/app.ts';
import { depsOf } from '../../../src/api/deps.ts';
import { createLogger } from '../../../src/api/index.ts';
import { readConfig } from '../../../src/config.ts';
import { servePages } from '../../../src/pages.ts';
import { dayOf } from '../../../src/ledger/index.ts';
import { roomyFolder } from '../../support/roomy-folder.ts';
import { sharedApp } from '../../support/shared-app.ts';
import { openService, type Service } from '../../../src/service.ts';

const DAY_MS = 86_400_000;

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
  /** The time by the clock of the tests, in milliseconds. */
  now(): number;
  /** The day in Shanghai by that clock, or so many days later. */
  today(days?: number): string;
  /** Lets time pass for the service, in milliseconds; browsers do not notice. */
  pass(ms: number): void;
};

/** The service with its pages, one for all files of a worker. */
const shared = sharedApp(async (deps, { config }) => {
  const app = await appOver({ ...deps, config, logger: createLogger('silent'), chance: randomBytes });
  await servePages(app, randomBytes);
  app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => keepCookies(response));
  return app;
});

/**
 * Opens the site for the tests of a file, over a copy of the demo for them alone, before the first of them. Its clock may be ahead of the
 * browsers', so that a day is over.
 */
export function siteOfFile(aheadMs = 0): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    const opened = await openSite(aheadMs);
    ({ site } = opened);
    return opened.close;
  });
  return () => site!;
}

async function openSite(aheadMs: number): Promise<{ site: Site; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(roomyFolder(), 'callmi-site-'));
  cpSync(inject('demo'), folder, { recursive: true });
  // No test is turned away because the machine is busy, or because many came before it.
  const limits = { eventLoopDelayMaxMs: 0, rateLimitPerMinute: { client: 100_000, address: 100_000 } };
  const config = { ...readConfig({ DATABASE_URL: `file:${join(folder, 'callmi.db')}` }), ...limits };
  let ahead = aheadMs;
  const now = () => Date.now() + ahead;
  const service = await openService(config, { clock: now, chance: randomBytes });
  const codes = new Map<string, string>();
  const deliverCode = async (phone: string, code: string) => void codes.set(phone, code);
  const { app, giveBack } = await shared.lend(depsOf({ ...service, config, logger: createLogger('silent'), deliverCode }));
  const url = app.listeningOrigin;
  const cast = JSON.parse(readFileSync(join(folder, 'demo-credentials.json'), 'utf8')) as Cast;
  const close = async () => {
    await giveBack();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const pass = (ms: number) => void (ahead += ms);
  const today = (days = 0) => dayOf(now() + days * DAY_MS);
  return { site: { url, cast, service, codeFor: (phone) => codes.get(phone), now, today, pass }, close };
}

const withoutEnd = (cookie: string) => cookie.replace(/; Expires=(?!Thu, 01 Jan 1970)[^;]+/, '');

/** Has a browser keep the cookies that it is given: it would drop them by the real time, whatever its pages take for the time. */
function keepCookies(response: ServerResponse): void {
  const write = response.writeHead.bind(response) as (status: number, headers?: OutgoingHttpHeaders) => ServerResponse;
  const changed = (status: number, headers?: OutgoingHttpHeaders) => {
    const cookies = [headers?.['set-cookie'] ?? []].flat();
    return write(status, cookies.length === 0 ? headers : { ...headers, 'set-cookie': cookies.map(withoutEnd) });
  };
  response.writeHead = changed as ServerResponse['writeHead'];
}
