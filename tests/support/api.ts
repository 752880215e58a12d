/** The HTTP service over a scheme of the running test, with its clock, its chance and keys of its own. */
import type { FastifyInstance } from 'fastify';
import request from 'supertest';
import { onTestFinished } from 'vitest';
import { appOver } from '../../src/api/app.ts';
import { type Deps, depsOf } from '../../src/api/deps.ts';
import { type ApiConfig, type CodePurpose, createLogger, type DeliverCode } from '../../src/api/index.ts';
import type { Texting } from '../../src/communities/index.ts';
import { type Binding, type ClientKind, createClient, type Scope } from '../../src/access/index.ts';
import { type Keys, openKeys } from '../../src/keys.ts';
import { put, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { idOf, type Row } from '../../src/store/index.ts';
import { testKeys } from './keys.ts';
import { linesInto } from './lines.ts';
import { book, type Scheme, seededChance } from './scheme.ts';
import { sharedApp } from './shared-app.ts';

type Credentials = { readonly clientId: string; readonly secret: string };

export type Api = {
  readonly app: FastifyInstance;
  readonly keys: Keys;
  /** Lines that the service logged. */
  readonly logged: string[];
  /** The one-time codes that were sent to phones. */
  readonly delivered: { readonly phone: string; readonly code: string; readonly purpose: CodePurpose }[];
  /** Supertest on a socket of its own. */
  readonly http: ReturnType<typeof request>;
  /** Makes a client for a binding that the scheme knows, with a secret of its own. */
  readonly clientFor: (binding: Binding, scopes?: readonly Scope[] | null) => Promise<Credentials>;
  /** Writes a client's row as it is, for cases that no command makes. */
  readonly addClient: (row?: Partial<Row<'client'>>) => Promise<Credentials>;
  /** An access token, as `Authorization` wants it. */
  readonly bearer: (credentials: Credentials) => Promise<string>;
};

export const PUBLIC_URL = 'https://callmi.example';

const config: ApiConfig = {
  publicUrl: PUBLIC_URL,
  rateLimitPerMinute: { client: 100_000, address: 100_000 },
  trustProxy: false,
  queueMax: 8_192,
  // No test is turned away because the machine is busy: where nothing could be measured, the delay counts as endless.
  eventLoopDelayMaxMs: 0,
};

type Settings = Partial<ApiConfig> & { readonly deliverCode?: DeliverCode | 'nowhere'; readonly tell?: Texting['tell'] };

type Extend = (app: FastifyInstance, keys: Keys) => unknown;

/** Lines that the shared service logs. */
let heard: string[] = [];

const shared = sharedApp((deps, { config: settings }) => {
  const logger = createLogger(
    'debug',
    linesInto((line) => heard.push(line)),
  );
  return appOver({ ...deps, config: settings, logger, chance: seededChance('the shared service') });
});

async function borrow(deps: Deps, logged: string[]): Promise<FastifyInstance> {
  heard = logged;
  const { app, giveBack } = await shared.lend(deps);
  onTestFinished(giveBack);
  return app;
}

/**
 * Opens the service: the one that tests share, or one of its own if it has settings, or routes that `extend` adds before it is ready, or if
 * the test has the shared one already.
 */
export async function openApi(scheme: Scheme, settings?: Settings, extend?: Extend): Promise<Api> {
  const { store, engine, clock, chance, url } = scheme;
  const keys = await openKeys({ databaseUrl: url, keys: testKeys }, store, engine, chance);
  const logged: string[] = [];
  const delivered: { phone: string; code: string; purpose: CodePurpose }[] = [];
  const record: DeliverCode = async (phone, code, purpose = 'sign-in') => void delivered.push({ phone, code, purpose });
  const { deliverCode = record, tell, ...differing } = settings ?? {};
  const deps = depsOf({
    store,
    engine,
    ...keys,
    clock: () => clock.now,
    chance,
    config: { ...config, ...differing },
    logger: createLogger(
      'debug',
      linesInto((line) => logged.push(line)),
    ),
    deliverCode: deliverCode === 'nowhere' ? undefined : deliverCode,
    // Left out where there is none: the shared service stands in for whatever it was handed first.
    ...(tell && { tell }),
  });
  const usual = settings === undefined && extend === undefined;
  const app = usual && shared.isFree() ? await borrow(deps, logged) : await startApart(deps, (made) => extend?.(made, keys));
  const http = request(app.server);

  const freshSecret = () => {
    const secret = Buffer.from(chance(32)).toString('base64url');
    return { secret, secretHash: keys.secrets.hash('client-secret', secret) };
  };

  return {
    app,
    keys,
    logged,
    delivered,
    http,
    async clientFor(binding, scopes = null) {
      const { secret, secretHash } = freshSecret();
      const by = { id: SYSTEM_CLIENT, communityId: null };
      const wanted = { by, approvedBy: by.id, name: `${binding.kind} of a test`, binding, scopes };
      const input = { ...wanted, secretHash, sealedSecret: keys.secrets.seal(secret) };
      const outcome = await scheme.run(createClient, input);
      if ('refused' in outcome) throw new Error(`no client: ${outcome.refused}`);
      return { clientId: outcome.reply.id, secret };
    },
    async addClient(row = {}) {
      const { secret, secretHash } = freshSecret();
      const clientId = idOf('cli', Buffer.from(chance(16)).toString('hex'));
      await scheme.run(book, { rows: [put('client', { ...bareClient(clientId, secretHash), ...row })] });
      return { clientId, secret };
    },
    async bearer({ clientId, secret }) {
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
      const answer = await http.post('/oauth/token').type('form').send(form);
      if (answer.status !== 200) throw new Error(`no token: ${answer.text}`);
      return `Bearer ${(answer.body as { access_token: string }).access_token}`;
    },
  };
}

function bareClient(id: string, secretHash: string): Row<'client'> {
  return {
    id,
    kind: 'machine' satisfies ClientKind,
    name: 'a client of a test',
    scopes: 'ledger:read offers:write',
    communityId: null,
    merchantId: null,
    storeId: null,
    officerId: null,
    residentId: null,
    secretHash,
    previousSecretHash: null,
    previousSecretUntil: null,
    status: 'active',
    createdAt: 0,
    version: 0,
  };
}

async function startApart(deps: Deps, extend: (app: FastifyInstance) => unknown): Promise<FastifyInstance> {
  const app = await appOver(deps);
  await extend(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return app;
}
