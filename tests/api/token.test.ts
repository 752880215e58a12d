import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Api, openApi, PUBLIC_URL } from '../support/api.ts';
import { openScheme } from '../support/scheme.ts';
import { openWorld } from '../support/world.ts';

const MINUTE = 60_000;

function ask({ http }: Api, form: Record<string, string>) {
  return http.post('/oauth/token').type('form').send(form);
}

const credentialsForm = (clientId: string, secret: string) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: secret,
});

describe('POST /oauth/token', () => {
  test('gives a token that says whom the client acts for, and that the published keys verify', async () => {
    const world = await openWorld();
    const api = await openApi(world);
    const { merchantId, storeId, clock } = world;
    const till = await api.clientFor({ kind: 'till', merchantId, storeId });
    const answer = await ask(api, credentialsForm(till.clientId, till.secret));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: expect.stringContaining('redemptions:write') });

    const jwks = (await api.http.get('/.well-known/jwks.json')).body as JSONWebKeySet;
    const token = answer.body.access_token as string;
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      issuer: PUBLIC_URL,
      audience: PUBLIC_URL,
      currentDate: new Date(clock.now),
    });
    expect(payload).toMatchObject({ sub: till.clientId, community: 'wanhe', merchant: merchantId, store: storeId });
    expect(payload).not.toHaveProperty('officer');
    expect(payload).not.toHaveProperty('resident');
    expect(payload.exp! - payload.iat!).toBe(600);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt', kid: jwks.keys[0]!.kid });
    expect(jwks.keys[0]).not.toHaveProperty('d');
  });

  test('takes HTTP Basic, and JSON, and ignores parameters it does not know', async () => {
    const api = await openApi(await openScheme());
    const { clientId, secret } = await api.addClient();
    const basic = await api.http.post('/oauth/token').auth(clientId, secret).type('form').send({ grant_type: 'client_credentials' });
    expect(basic.status).toBe(200);
    const json = await api.http.post('/oauth/token').send({ ...credentialsForm(clientId, secret), audience: 'x' });
    expect(json.status).toBe(200);
  });

  test('narrows the token to the scopes asked for, and refuses those the client has not', async () => {
    const api = await openApi(await openScheme());
    const { clientId, secret } = await api.addClient({ scopes: 'ledger:read offers:read' });
    const narrow = await ask(api, { ...credentialsForm(clientId, secret), scope: 'offers:read' });
    expect(narrow.body).toMatchObject({ scope: 'offers:read' });
    const wide = await ask(api, { ...credentialsForm(clientId, secret), scope: 'offers:read grants:write' });
    expect(wide.status).toBe(400);
    expect(wide.body).toMatchObject({ code: 'invalid_scope', error: 'invalid_scope', detail: 'The client may not have: grants:write.' });
  });

  test.each([
    ['no grant type', {}, 400, 'validation_failed', 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 'unsupported_grant_type'],
    ['no client', { grant_type: 'client_credentials' }, 400, 'validation_failed', 'invalid_request'],
    ['an unknown client', credentialsForm(`cli_${'a'.repeat(32)}`, 'x'), 401, 'invalid_client', 'invalid_client'],
    ['what is no id', credentialsForm("' or 1=1 --\0", 'x'), 401, 'invalid_client', 'invalid_client'],
  ])('refuses %s in the format of RFC 6749 and of every other problem', async (_what, form, status, code, error) => {
    const answer = await ask(await openApi(await openScheme()), form);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ code, error, error_description: answer.body.title });
  });

  test('refuses a wrong secret, and a revoked client, and says nothing of the difference', async () => {
    const api = await openApi(await openScheme());
    const { clientId } = await api.addClient();
    const revoked = await api.addClient({ status: 'revoked' });
    const wrong = await ask(api, credentialsForm(clientId, 'wrong'));
    const gone = await ask(api, credentialsForm(revoked.clientId, revoked.secret));
    for (const answer of [wrong, gone]) {
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Basic');
    }
    const { request_id: _one, ...first } = wrong.body;
    const { request_id: _other, ...second } = gone.body;
    expect(first).toEqual(second);
  });

  test('refuses two ways of authentication at once', async () => {
    const api = await openApi(await openScheme());
    const { clientId, secret } = await api.addClient();
    const answer = await api.http.post('/oauth/token').auth(clientId, secret).type('form').send(credentialsForm(clientId, secret));
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/client_secret' }] });
  });

  test('after a rotation takes the old secret until its time is over', async () => {
    const scheme = await openScheme();
    const api = await openApi(scheme);
    const secretHash = api.keys.secrets.hash('client-secret', 'the old one');
    const { clientId, secret } = await api.addClient({ previousSecretHash: secretHash, previousSecretUntil: scheme.clock.now + MINUTE });
    expect((await ask(api, credentialsForm(clientId, 'the old one'))).status).toBe(200);
    scheme.clock.advance(MINUTE);
    expect((await ask(api, credentialsForm(clientId, 'the old one'))).status).toBe(401);
    expect((await ask(api, credentialsForm(clientId, secret))).status).toBe(200);
  });

  test('after ten wrong secrets makes the guesser wait, and never whoever has the right one', async () => {
    const scheme = await openScheme();
    const api = await openApi(scheme);
    const { clientId, secret } = await api.addClient();
    const other = await api.addClient();
    for (let i = 0; i < 10; i++) expect((await ask(api, credentialsForm(clientId, `guess ${i}`))).status).toBe(401);
    const throttled = await ask(api, credentialsForm(clientId, 'guess 10'));
    expect(throttled.status).toBe(429);
    expect(throttled.headers['retry-after']).toBe('300');
    expect(throttled.body).toMatchObject({ code: 'too_many_guesses', error: 'invalid_request', retryable: true });
    expect((await ask(api, credentialsForm(clientId, secret))).status).toBe(200);
    expect((await ask(api, credentialsForm(other.clientId, other.secret))).status).toBe(200);
    scheme.clock.advance(5 * MINUTE);
    expect((await ask(api, credentialsForm(clientId, 'guess 11'))).status).toBe(401);
  });

  test('does not log a secret or a token', async () => {
    const api = await openApi(await openScheme());
    const { clientId, secret } = await api.addClient();
    const token = await api.bearer({ clientId, secret });
    await api.http.get('/v1/trial-balance?limit=1').set('authorization', token);
    await api.http.get('/nowhere/13800001111?phone=13800001111');
    const log = api.logged.join('');
    expect(log).toContain('"route":"/oauth/token"');
    expect(log).toContain(`"client":"${clientId}"`);
    for (const hidden of [secret, token.slice('Bearer '.length), 'limit=1', '13800001111']) expect(log).not.toContain(hidden);
  });
});
