import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { appointOfficer } from '../../src/communities/index.ts';
import { put } from '../../src/ledger/index.ts';
import { type Api, openApi, PUBLIC_URL } from '../support/api.ts';
import { book, openScheme, type Scheme } from '../support/scheme.ts';
import { openWorld } from '../support/world.ts';

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

async function readBy(api: Api, authorization: string): Promise<number> {
  return (await read(api, authorization)).status;
}

/** The credential of an officer in this process, the same in another one, and what gives it a new secret. */
async function openOfficer() {
  const world = await openWorld();
  const [here, elsewhere] = [await openApi(world), await openApi(world, {})];
  const { id: officerId } = await world.must(appointOfficer, { name: '李二', communityId: null });
  const old = await here.clientFor({ kind: 'officer', officerId });
  const rotate = async (authorization: string) => {
    const headers = { authorization, 'idempotency-key': `rotation-${world.clock.now}` };
    const { body } = await here.http.post(`/v1/clients/${old.clientId}/rotation`).set(headers).send({});
    return { clientId: old.clientId, secret: body['client_secret'] as string };
  };
  return { world, here, elsewhere, old, rotate };
}

describe('a rotation of an officer’s secret', () => {
  test.each([0, 1, 40, 729, 999])('lets a token work that is issued %i ms later, also in the second of the rotation', async (later) => {
    const { world, here, elsewhere, old, rotate } = await openOfficer();
    const before = await here.bearer(old);
    for (const api of [here, elsewhere]) expect(await readBy(api, before)).toBe(200);
    const fresh = await rotate(before);
    world.clock.advance(later);
    const token = await here.bearer(fresh);
    expect([await readBy(here, token), await readBy(here, before)]).toEqual([200, 401]);
    // A process that has read the client before takes the new token at once, too.
    expect([await readBy(elsewhere, token), await readBy(elsewhere, before)]).toEqual([200, 401]);
  });

  test('ends a token of before, also one that names no generation, as a token of the second of the rotation was', async () => {
    const { world, here, old, rotate } = await openOfficer();
    const { clientId: sub } = await rotate(await here.bearer(old));
    const bare = (iat: number) => forge(world, here, { sub, iat });
    const second = Math.floor(world.clock.now / SECOND);
    for (const iat of [second - 1, second]) expect(await readBy(here, `Bearer ${await bare(iat)}`), `${iat}`).toBe(401);
    world.clock.advance(SECOND);
    expect(await readBy(here, `Bearer ${await bare(second + 1)}`)).toBe(200);
  });

  test('done twice within a millisecond ends the tokens of the first', async () => {
    const { here, old, rotate, world } = await openOfficer();
    const first = await rotate(await here.bearer(old));
    const between = await here.bearer(first);
    const headers = { authorization: between, 'idempotency-key': 'again' };
    expect((await here.http.post(`/v1/clients/${old.clientId}/rotation`).set(headers).send({ force: true })).status).toBe(200);
    expect(await readBy(here, between)).toBe(401);
    expect(world.clock.now % SECOND).toBe(0);
  });
});
