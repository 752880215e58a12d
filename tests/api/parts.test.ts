/** The small parts of the service, each by itself. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from '../../src/api/http/address.ts';
import { authOf } from '../../src/api/http/auth.ts';
import { GuessGuard } from '../../src/api/http/guess-guard.ts';
import { Lru } from '../../src/api/http/lru.ts';
import { page, pageQuery } from '../../src/api/http/page.ts';
import { Problem } from '../../src/api/http/problem.ts';
import { communityId, day, fen, id, instant, points, text } from '../../src/api/http/wire.ts';
import { put } from '../../src/ledger/index.ts';
import { clientKinds, grantableScopes, scopes } from '../../src/access/index.ts';
import { openApi, PUBLIC_URL } from '../support/api.ts';
import { book, openScheme } from '../support/scheme.ts';

describe('fields on the wire', () => {
  const resident = `res_${'0'.repeat(32)}`;
  test.each<[string, z.ZodType, unknown[], unknown[]]>([
    [
      'ids',
      id('res'),
      [resident],
      ['res_1', resident.replace('res', 'mer'), `${resident}0`, `${resident}\n`, resident.toUpperCase(), 7, null],
    ],
    ['communities', communityId, ['gexiang', 'a-1'], ['', 'G', '葛巷', 'a'.repeat(33), 'a:b', 'a b', '-a']],
    ['points', points, [1, 1_000_000], [0, -1, 1.5, 1_000_001, '1', Infinity, null]],
    ['fen', fen, [1, 100_000_000], [0, -1, 0.1, 100_000_001, Number.MAX_SAFE_INTEGER + 2, '1']],
    ['text', text(5), ['葛小米', ' a b ', '😀😀'], ['', '  ', 'a\u0000', 'a\nb', 'a\u007f', '\ud800', 'abcdef', 5]],
    ['days', day, ['2026-02-28', '2028-02-29'], ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', '', 20260101]],
    [
      'instants',
      instant,
      ['2026-03-02T10:00:00+08:00', '2026-03-02T02:00:00.5Z'],
      ['2026-03-02', '2026-03-02T10:00:00', 'now', '2026-02-30T00:00:00Z', 0],
    ],
  ])('%s are taken or refused', (_what, schema, good, bad) => {
    for (const value of good) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(true);
    for (const value of bad) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(false);
  });

  test('instants are epoch milliseconds inside, and text is trimmed', () => {
    expect(instant.parse('2026-03-02T10:00:00+08:00')).toBe(Date.UTC(2026, 2, 2, 2));
    expect(text(5).parse(' a b ')).toBe('a b');
  });
});

describe('pages', () => {
  const query = pageQuery(z.tuple([z.string(), z.int()]));
  const rows = [1, 2, 3].map((n) => ({ name: '葛', n }));
  const keyOf = ({ name, n }: (typeof rows)[number]) => [name, n];

  test('end with a cursor that leads on, and the last with none', () => {
    const first = page(rows, 2, keyOf, ({ n }) => n);
    expect(first.items).toEqual([1, 2]);
    expect(query.parse({ limit: '2', cursor: first.next_cursor })).toEqual({ limit: 2, cursor: ['葛', 2] });
    expect(page(rows, 3, keyOf, ({ n }) => n)).toEqual({ items: [1, 2, 3], next_cursor: null });
    expect(page([], 3, keyOf, ({ n }: { n: number }) => n)).toEqual({ items: [], next_cursor: null });
  });

  test('are of 20, or of 1 to 100, and refuse a cursor that is none of theirs', () => {
    expect(query.parse({})).toEqual({ limit: 20 });
    const forged = Buffer.from('["葛","2"]').toString('base64url');
    for (const bad of [
      { limit: '0' },
      { limit: '101' },
      { limit: '1.5' },
      { cursor: 'x' },
      { cursor: '' },
      { cursor: forged },
      { page: '2' },
    ]) {
      expect(query.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });
});

/** The seconds that a guesser is told to wait; 0 if it may go on. */
function waits(guard: GuessGuard, client: string, address: string, now: number): unknown {
  try {
    guard.check({ client, address }, now);
    return 0;
  } catch (error) {
    return (error as Problem).details['retry_after_seconds'];
  }
}

describe('the guess guard', () => {
  const limits = { clientMax: 3, addressMax: 5, windowMs: 10_000 };

  test('turns a client away after its misses until the oldest of them is out of the window', () => {
    const guard = new GuessGuard(limits);
    for (const now of [0, 1_000, 2_000]) {
      expect(waits(guard, 'a', 'x', now)).toBe(0);
      guard.miss({ client: 'a', address: 'x' }, now);
    }
    expect(waits(guard, 'a', 'elsewhere', 2_000)).toBe(8);
    expect(waits(guard, 'b', 'x', 2_000)).toBe(0);
    expect(waits(guard, 'a', 'x', 9_999)).toBe(1);
    expect(waits(guard, 'a', 'x', 10_000)).toBe(0);
    guard.miss({ client: 'a', address: 'x' }, 10_000);
    expect(waits(guard, 'a', 'x', 10_000)).toBe(1);
  });

  test('turns an address away, whoever guesses there', () => {
    const guard = new GuessGuard(limits);
    for (let n = 0; n < 5; n++) guard.miss({ client: `client ${n}`, address: 'x' }, 0);
    expect(waits(guard, 'another', 'x', 0)).toBe(10);
    expect(waits(guard, 'another', 'y', 0)).toBe(0);
  });

  test('remembers only so many', () => {
    const guard = new GuessGuard({ ...limits, remembered: 10 });
    for (let n = 0; n < 3; n++) guard.miss({ client: 'old', address: 'old' }, 0);
    expect(waits(guard, 'old', 'y', 0)).toBe(10);
    for (let n = 0; n < 10; n++) guard.miss({ client: `${n}`, address: `${n}` }, 0);
    expect(waits(guard, 'old', 'y', 0)).toBe(0);
  });
});

test('an address is counted as itself, one of IPv6 as its network', () => {
  expect(addressOf({ ip: '198.51.100.7' })).toBe('198.51.100.7');
  expect(addressOf({ ip: '::ffff:198.51.100.7' })).toBe('198.51.100.7');
  expect(addressOf({ ip: '2001:db8:1:2:3:4:5:6' })).toBe('2001:db8:1:2::/64');
  expect(addressOf({ ip: '2001:db8::1' })).toBe(addressOf({ ip: '2001:db8::2:3' }));
  expect(addressOf({ ip: '2001:db8:0:1::1' })).not.toBe(addressOf({ ip: '2001:db8::1' }));
  expect(addressOf({ ip: '::1' })).toBe('0:0:0:0::/64');
});

test('a least recently used map forgets what was used longest ago', () => {
  const lru = new Lru<number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  lru.get('a');
  lru.set('c', 3);
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
});

test('a revocation counts at once where it is said', async () => {
  const scheme = await openScheme();
  const { addClient, keys } = await openApi(scheme);
  const { clientId, secret } = await addClient();
  const config = { publicUrl: PUBLIC_URL } as Parameters<typeof authOf>[0]['config'];
  const auth = authOf({ store: scheme.store, ...keys, clock: () => scheme.clock.now, config });
  const client = (await auth.clientOf(clientId, secret))!;
  const token = await auth.issue(client, ['ledger:read']);
  expect(await auth.principalOf(token)).toMatchObject({ clientId, actor: clientId });
  await scheme.run(book, { rows: [put('client', { ...client, status: 'revoked' })] });
  expect(await auth.principalOf(token)).toMatchObject({ clientId });
  auth.forget(clientId);
  await expect(auth.principalOf(token)).rejects.toThrow('invalid_token');
});

test('every scope may be had by some kind of client, and a till’s and a resident’s are few', () => {
  const grantable = new Set(clientKinds.flatMap((kind) => ['gexiang', null].flatMap((community) => grantableScopes(kind, community))));
  expect([...grantable].toSorted()).toEqual(Object.keys(scopes).toSorted());
  expect(grantableScopes('till', 'gexiang')).toEqual([
    'vouchers:inspect',
    'redemptions:read',
    'redemptions:write',
    'reconciliations:read',
    'offers:read',
    'communities:read',
  ]);
  expect(grantableScopes('machine', null).filter((scope) => scope.endsWith(':write'))).toEqual([]);
  expect(grantableScopes('machine', 'gexiang')).not.toContain('ledger:read');
});
