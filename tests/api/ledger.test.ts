import { expect, test } from 'vitest';
import { entryId, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { openApi } from '../support/api.ts';
import { openWorld } from '../support/world.ts';

async function open() {
  const world = await openWorld();
  const api = await openApi(world);
  const authorization = await api.bearer(await api.clientFor({ kind: 'machine', communityId: null }));
  const get = (path: string) => api.http.get(path).set('authorization', authorization);
  return { world, get };
}

test('an entry is shown with its postings, in words of the ledger', async () => {
  const { world, get } = await open();
  const grantId = await world.grantHours(world.gexiang, world.residentId, 10);
  const id = entryId({ id: grantId.slice(4) });
  const answer = await get(`/v1/entries/${id}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    id,
    kind: 'grant',
    business_day: '2026-03-02',
    effective_at: '2026-03-01T16:00:00.000Z',
    recorded_at: '2026-03-02T02:00:00.000Z',
    subject: grantId,
    reverses: null,
    postings: [
      { account: 'issued:gexiang', unit: 'point', side: 'debit', amount: 100 },
      { account: `wallet:gexiang:${world.residentId}:2027-12-31`, unit: 'point', side: 'credit', amount: 100 },
    ],
  });
});

test('an entry that is not there, and what is no id', async () => {
  const { get } = await open();
  expect((await get(`/v1/entries/ent_${'0'.repeat(32)}`)).body).toMatchObject({ code: 'not_found', status: 404 });
  expect((await get('/v1/entries/ent_1')).body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: 'path/id' }] });
  expect((await get(`/v1/entries/${SYSTEM_CLIENT}`)).body).toMatchObject({ code: 'validation_failed' });
});

test('the trial balance sums by community and kind, and pages through the accounts', async () => {
  const { world, get } = await open();
  await world.grantHours(world.gexiang, world.residentId, 10);
  await world.grantHours(world.wanhe, world.residentId, 5);
  const { body } = await get('/v1/trial-balance?limit=3');
  expect(body.difference).toEqual({ point: 0, fen: 0 });
  expect(body.totals).toEqual([
    { community: 'gexiang', kind: 'issued', unit: 'point', accounts: 1, debit: 100, credit: 0 },
    { community: 'gexiang', kind: 'wallet', unit: 'point', accounts: 1, debit: 0, credit: 100 },
    { community: 'wanhe', kind: 'issued', unit: 'point', accounts: 1, debit: 50, credit: 0 },
    { community: 'wanhe', kind: 'wallet', unit: 'point', accounts: 1, debit: 0, credit: 50 },
  ]);
  expect(body.accounts.items[0]).toEqual({
    account: 'issued:gexiang',
    community: 'gexiang',
    kind: 'issued',
    unit: 'point',
    side: 'debit',
    balance: 100,
  });
  const rest = (await get(`/v1/trial-balance?limit=3&cursor=${body.accounts.next_cursor}`)).body.accounts;
  const paths = [...body.accounts.items, ...rest.items].map(({ account }: { account: string }) => account);
  const wallets = [`wallet:gexiang:${world.residentId}:2027-12-31`, `wallet:wanhe:${world.residentId}:2027-12-31`];
  expect(paths).toEqual(['issued:gexiang', 'issued:wanhe', ...wallets]);
  expect(rest.next_cursor).toBeNull();
  const wanhe = (await get('/v1/trial-balance?community=wanhe&kind=wallet')).body.accounts.items;
  expect(wanhe).toMatchObject([{ side: 'credit', balance: 50 }]);
});

test('the sums over all accounts come with their first page, and not again with each page', async () => {
  const { world, get } = await open();
  await world.grantHours(world.gexiang, world.residentId, 10);
  const { body } = await get('/v1/trial-balance?limit=1');
  expect(body.totals).toHaveLength(2);
  for (const choice of [`cursor=${body.accounts.next_cursor}`, 'community=gexiang', 'kind=issued']) {
    const other = await get(`/v1/trial-balance?limit=1&${choice}`);
    expect(other.body, choice).toMatchObject({ difference: null, totals: null, accounts: { items: [{ community: 'gexiang' }] } });
  }
});

test('the trial balance refuses what it does not know, by name', async () => {
  const { get } = await open();
  const pointers = async (query: string) =>
    (await get(`/v1/trial-balance?${query}`)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(await pointers('limit=0&kind=gold&cursor=x&page=2')).toEqual(['query/limit', 'query/cursor', 'query/kind', 'query/page']);
});
