import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { put } from '../../src/ledger/index.ts';
import { type Api, openApi, PUBLIC_URL } from '../support/api.ts';
import { book, openScheme, type Scheme } from '../support/scheme.ts';

const SECOND = 1_000;

function read({ http }: Api, authorization: string) {
  return http.get('/v1/trial-balance').set('authorization', authorization);
}

/** A token as the service would make it, but for `claims`, signed by `key`. */
function forge(scheme: Scheme, api: Api, claims: Record<string, unknown>, key = api.keys.signing.privateKey, typ = 'at+jwt') {
  const now = Math.floor(scheme.clock.now / SECOND);
  const good = { iss: PUBLIC_URL, aud: PUBLIC_URL, iat: now, exp: now + 600, scope: 'ledger:read' };
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'EdDSA', typ, kid: api.keys.signing.kid }).sign(key);
}

describe('a route that names a scope', () => {
  test('answers a good token', async () => {
    const api = await openApi(await openScheme());
    expect((await read(api, await api.bearer(await api.addClient()))).status).toBe(200);
  });

  test.each(['', 'Basic abc', 'Bearer', 'Bearer ', 'bearer a b'])('asks for a token when it gets %j', async (authorization) => {
    const answer = await read(await openApi(await openScheme()), authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="callmi"');
    expect(answer.body).toMatchObject({ code: 'unauthorized', status: 401, cashier_message: '未登录，请重新登录' });
  });

  test('refuses a token that is broken, unsigned, foreign, meant for something else, or not for the future', async () => {
    const scheme = await openScheme();
    const api = await openApi(scheme);
    const { clientId: sub } = await api.addClient();
    const good = await forge(scheme, api, { sub });
    expect((await read(api, `Bearer ${good}`)).status).toBe(200);
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const bad = {
      broken: 'abc',
      'of another payload': [header, Buffer.from(JSON.stringify({ sub, scope: 'ledger:read' })).toString('base64url'), signature].join('.'),
      unsigned: `${none}.${payload}.`,
      foreign: await forge(scheme, api, { sub }, generateKeyPairSync('ed25519').privateKey),
      'of another issuer': await forge(scheme, api, { sub, iss: 'https://elsewhere.example' }),
      'for another audience': await forge(scheme, api, { sub, aud: 'https://elsewhere.example' }),
      'of another type': await forge(scheme, api, { sub }, api.keys.signing.privateKey, 'JWT'),
      'without an end': await forge(scheme, api, { sub, exp: undefined }),
      'of a client that never was': await forge(scheme, api, { sub: `cli_${'b'.repeat(32)}` }),
      'of what is no client': await forge(scheme, api, { sub: 'res_1' }),
    };
    for (const [what, token] of Object.entries(bad)) {
      const answer = await read(api, `Bearer ${token}`);
      expect(answer.status, what).toBe(401);
      expect(answer.body.code, what).toBe('invalid_token');
      expect(answer.headers['www-authenticate'], what).toContain('error="invalid_token"');
    }
  });

  test('refuses a token once it has expired, also one it has seen', async () => {
    const scheme = await openScheme();
    const api = await openApi(scheme);
    const token = await api.bearer(await api.addClient());
    scheme.clock.advance(599 * SECOND);
    expect((await read(api, token)).status).toBe(200);
    scheme.clock.advance(1 * SECOND);
    expect((await read(api, token)).body).toMatchObject({ code: 'invalid_token' });
  });

  test('refuses a revoked client within five seconds', async () => {
    const scheme = await openScheme();
    const api = await openApi(scheme);
    const { clientId, secret } = await api.addClient();
    const token = await api.bearer({ clientId, secret });
    expect((await read(api, token)).status).toBe(200);
    const { client } = scheme.store.tables;
    const row = (await scheme.store.read.select().from(client)).find(({ id }) => id === clientId)!;
    await scheme.run(book, { rows: [put('client', { ...row, status: 'revoked' })] });
    scheme.clock.advance(5 * SECOND);
    expect((await read(api, token)).body).toMatchObject({ code: 'invalid_token' });
  });

  test('refuses a token without its scope, and says which', async () => {
    const api = await openApi(await openScheme());
    const answer = await read(api, await api.bearer(await api.addClient({ scopes: 'offers:read' })));
    expect(answer.status).toBe(403);
    expect(answer.headers['www-authenticate']).toContain('scope="ledger:read"');
    expect(answer.body).toMatchObject({ code: 'insufficient_scope', details: { scope: 'ledger:read' } });
  });
});
