/** Pages of accounts: every account on just one, in whatever order the database has text, and by an index however many there are. */
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { account, type AccountKind, accountFacts, accountsPage, cr, dr, kinds } from '../../src/ledger/index.ts';
import type { Database } from '../support/database.ts';
import { itOnPostgres } from '../support/it-on-postgres.ts';
import { asOwner } from '../support/owner.ts';
import { plansOf } from '../support/plans.ts';
import { book, openScheme, type Scheme } from '../support/scheme.ts';

/** Names that begin alike, and that a language orders in another way than their bytes. */
const COMMUNITIES = ['wan', 'wan-he', 'wanhe', 'wanhe2', 'wb'];
const DAYS = ['2026-03-01', '2026-03-02'];

const debited = COMMUNITIES.flatMap((of) => [
  account.issued(of),
  account.escrow(of),
  ...DAYS.flatMap((day) => [
    account.payable(of, 'mer_1', day),
    ...COMMUNITIES.flatMap((other) => (other === of ? [] : [account.dueTo(of, other, day), account.dueFrom(of, other, day)])),
  ]),
]);
const credited = (path: string) => {
  const { unit, community } = accountFacts(path);
  return unit === 'point' ? account.redeemed(community) : account.cost(community);
};
const paths = [...new Set([...debited, ...debited.map(credited)])];

async function openBooks(database?: Database): Promise<Scheme> {
  const scheme = await openScheme(undefined, database);
  const postings = debited.flatMap((path) => [dr(path, 1), cr(credited(path), 1)]);
  await scheme.run(book, { entries: [{ kind: 'test', effectiveAt: 0, subject: `grt_${'0'.repeat(32)}`, postings }] });
  return scheme;
}

type Only = { readonly kind?: AccountKind; readonly community?: string };

const everyChoice: Only[] = [{}, ...COMMUNITIES.map((community) => ({ community }))].flatMap((only) => [
  only,
  ...(Object.keys(kinds) as AccountKind[]).map((kind) => ({ ...only, kind })),
]);

async function readByPages({ store }: Scheme, only: Only, limit: number): Promise<string[]> {
  const read: string[] = [];
  for (let after: string | undefined; ;) {
    const rows = await accountsPage(store, { ...only, after, limit });
    read.push(...rows.slice(0, limit).map(({ path }) => path));
    if (rows.length <= limit) return read;
    after = read.at(-1);
  }
}

async function expectEveryPage(scheme: Scheme): Promise<void> {
  for (const only of everyChoice) {
    const wanted = paths.filter((path) => {
      const { kind, community } = accountFacts(path);
      return (only.kind ?? kind) === kind && (only.community ?? community) === community;
    });
    for (const limit of [3, 100])
      expect((await readByPages(scheme, only, limit)).toSorted(), JSON.stringify(only)).toEqual(wanted.toSorted());
  }
}

/** A database that orders text as Chinese does, where `:` comes after `;`. */
async function chineseDatabase(): Promise<Database> {
  const server = inject('postgresServer');
  const name = `callmi_chinese_${process.pid}`;
  await asOwner(server, `create database ${name} template template0 locale_provider icu icu_locale 'zh' locale 'C'`);
  onTestFinished(() => asOwner(server, `drop database ${name} with (force)`));
  return { url: `${server}/${name}`, file: '/dev/null/postgres' };
}

describe('pages of accounts', () => {
  it('have every account of a kind and a community once', async () => {
    const scheme = await openBooks();
    await expectEveryPage(scheme);
    expect(await readByPages(scheme, {}, 7)).toEqual(paths.toSorted());
  });

  itOnPostgres('have them also where text is ordered by the rules of a language', async () => {
    await expectEveryPage(await openBooks(await chineseDatabase()));
  });

  it.each<Only & { after?: string }>([
    {},
    { after: 'payable:wanhe:mer_1:2026-03-01' },
    { kind: 'due-to' },
    { community: 'wanhe' },
    { community: 'wanhe', after: 'due-to:wanhe:wb:2026-03-02' },
    { kind: 'payable', community: 'wanhe' },
  ])('cost the same however much there is: %j', async (page) => {
    const scheme = await openBooks();
    const plans = await plansOf(scheme, () => accountsPage(scheme.store, { ...page, limit: 2 }));
    expect(plans.length).toBeGreaterThan(0);
    for (const { statement, scans, sorts } of plans) {
      expect({ scans, sorts }, statement).toEqual({ scans: [], sorts: false });
      // One bound on either side: of two SQLite would use the first.
      expect(statement.match(/"path" (>=?|<|like) /g), statement).toHaveLength(2);
    }
  });
});
