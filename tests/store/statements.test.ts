/** What the service sends to PostgreSQL, and what its tables are like, is within what a distributed one can do (docs/backends.md). */
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { expireDue, issueVoucher, mintCode, redeem } from '../../src/redeem/index.ts';
import { pruneOver } from '../../src/pruning.ts';
import { copyRows, distribution, prunableTables, specOf, writeOrder } from '../../src/store/index.ts';
import { tableName } from '../../src/store/postgres-tables.ts';
import { openCounter } from '../support/counter.ts';
import { freshDatabase } from '../support/database.ts';
import { openFullHistory } from '../support/history.ts';
import { type Raw, rawOf } from '../support/raw.ts';
import { asksAbout } from '../support/reads.ts';
import { recorded } from '../support/record-statements.ts';
import { opened } from '../support/stores.ts';
import { openWorld, type World } from '../support/world.ts';

/** How the tables lie on the nodes, by their names in the database. */
type Layout = {
  /** Whole on every node. */
  readonly reference: ReadonlySet<string>;
  /** By which column each of the others is spread. */
  readonly spreadBy: ReadonlyMap<string, string>;
  readonly primaryKeys: ReadonlyMap<string, readonly string[]>;
};

async function layoutOf(raw: Raw): Promise<Layout> {
  const calls = distribution().map((statement) => /^select create_(\w+)_table\('"(\w+)"'(?:, '(\w+)')?\)$/.exec(statement)!);
  const keys = await raw.rows(`select relname as name, array_agg(attname::text order by place) as columns from pg_index
    join pg_class on pg_class.oid = indrelid cross join unnest(indkey) with ordinality as k (attnum, place)
    join pg_attribute on attrelid = indrelid and pg_attribute.attnum = k.attnum
    where indisprimary and relnamespace = 'public'::regnamespace group by relname`);
  return {
    reference: new Set(calls.filter(([, kind]) => kind === 'reference').map(([, , table]) => table!)),
    spreadBy: new Map(calls.filter(([, kind]) => kind === 'distributed').map(([, , table, column]) => [table!, column!])),
    primaryKeys: new Map(keys.map(({ name, columns }) => [name as string, columns as string[]])),
  };
}

/** The one row that every batch holds, and the one lock that waits for it. */
const HOLDS_DAY = `select 1 from "business_day" where "day" = '0001-01-01' for share`;
const CLOSES_DAY = 'lock table "business_day" in exclusive mode';

/** The removal of rows that nobody needs any more: by the key that their table is spread by. */
const PRUNES = /^delete from "(\w+)" where "(\w+)" = any\(\$1::\w+\[\]\) and "\w+" < \$2$/;

function isPruning(statement: string, { spreadBy }: Layout): boolean {
  const [, table, key] = PRUNES.exec(statement) ?? [];
  return prunableTables.some((each) => tableName(each) === `"${table}"`) && spreadBy.get(table!) === key;
}

/** The emptying of an appended row of somebody who left: by the key that its table is spread by. */
const EMPTIES = /^update "(\w+)" set (?:"\w+" = ''(?:, )?)+ where "(\w+)" = \$1::\w+$/;

function isEmptying(statement: string, { spreadBy }: Layout): boolean {
  const [, table, key] = EMPTIES.exec(statement) ?? [];
  return writeOrder.some((each) => specOf(each).blankable && tableName(each) === `"${table}"`) && spreadBy.get(table!) === key;
}

const begins = /^(select |insert into |set |begin isolation level [\w ]+$|commit$|rollback$)/;

/** Words that stand in nothing that is sent. */
const never: Readonly<Record<string, RegExp>> = {
  'locks rows': /\bfor (no key update|update|key share|share)\b/,
  'updates or deletes': /\b(?<!\bdo )update\b|\bdelete\b|\btruncate\b|\bmerge\b/,
  'has a common table': /\bwith\b/,
  'has a window': /\bover ?\(/,
  'has a sequence': /\b(nextval|currval|setval|lastval|serial)\b/,
  'returns old or new': /\breturning\b.*\b(old|new)\b/,
  'joins without a condition': /\b(cross|natural|lateral) |\bfrom "[^"]*"( "[^"]*")?,/,
};

/** What a distributed database would not carry out in something that was sent; nothing if it is as it should be. */
function complaintsOf(sent: string, layout: Layout): string[] {
  return sent
    .split('; ')
    .flatMap((statement) =>
      [HOLDS_DAY, CLOSES_DAY].includes(statement) || isPruning(statement, layout) || isEmptying(statement, layout)
        ? []
        : complaintsOfOne(statement, layout),
    );
}

function complaintsOfOne(statement: string, layout: Layout): string[] {
  const text = statement.replaceAll(/\s+/g, ' ').replaceAll(/'(?:[^']|'')*'/g, "''");
  const words = text.replaceAll(/"[^"]*"/g, '""').toLowerCase();
  return [
    ...(begins.test(words) ? [] : ['begins as none may']),
    ...Object.entries(never).flatMap(([complaint, pattern]) => (pattern.test(words) ? [complaint] : [])),
    ...(hasSubquery(words) ? ['has a subquery'] : []),
    ...conflictComplaints(text, layout),
    ...joinComplaints(text, layout),
  ];
}

/** A select may only stand where a table could, or be what an insert inserts. */
function hasSubquery(words: string): boolean {
  const places = Array.from(words.matchAll(/\bselect\b/g), ({ index }) => words.slice(0, index));
  return places.some((before) => !/^$|\b(from|join) \($|^insert into "" \([", ]*\) $/.test(before));
}

function conflictComplaints(text: string, { primaryKeys }: Layout): string[] {
  const target = /\bon conflict \(([^)]*)\)/.exec(text)?.[1];
  if (target === undefined) return [];
  const table = /^insert into "(\w+)"/.exec(text)?.[1] ?? '';
  const key = primaryKeys.get(table)?.map((column) => `"${column}"`);
  return target === key?.join(', ') ? [] : ['conflicts by another key'];
}

/** What stands in a from clause under some name: the table whose rows it has, and the column by which these still lie on their nodes. */
type Source = { readonly table: string; readonly spreadBy: string | undefined };

const JOIN = /\bjoin "(\w+)"(?: (?:as )?"(\w+)")? on \(?"(\w+)"\."(\w+)" = "(\w+)"\."(\w+)"/g;

function joinComplaints(text: string, layout: Layout): string[] {
  const { flat, sources } = withoutSubselects(text, layout);
  for (const [, table, alias] of flat.matchAll(/\b(?:from|join) "(\w+)"(?: (?:as )?"(\w+)")?/g))
    if (!sources.has(table!)) sources.set(alias ?? table!, { table: table!, spreadBy: layout.spreadBy.get(table!) });
  const joins = [...flat.matchAll(JOIN)];
  const meets = ([, joined, alias, a, x, b, y]: RegExpMatchArray) => {
    const spread = (name: string, column: string) => sources.get(name)?.spreadBy === column;
    return layout.reference.has(sources.get(alias ?? joined!)?.table ?? '') || (a !== b && spread(a!, x!) && spread(b!, y!));
  };
  const all = flat.match(/\bjoin\b/g)?.length ?? 0;
  return joins.length === all && joins.every(meets) ? [] : ['joins by another key'];
}

/** A statement with the names of its subselects in their place, and what these are. */
function withoutSubselects(text: string, layout: Layout): { flat: string; sources: Map<string, Source> } {
  const sources = new Map<string, Source>();
  const innermost = /\((select (?:[^()]|\((?!select\b)(?:[^()]|\([^()]*\))*\))*)\) (?:as )?"?(\w+)"?/;
  let flat = text;
  for (let found = innermost.exec(flat); found; found = innermost.exec(flat)) {
    const [whole, inner, name] = found as unknown as [string, string, string];
    sources.set(name, sourceOf(inner, sources, layout));
    flat = flat.replace(whole, () => `"${name}"`);
  }
  return { flat, sources };
}

/** Grouped by the column that a table is spread by, its groups lie where its rows do. */
function sourceOf(select: string, known: ReadonlyMap<string, Source>, { spreadBy }: Layout): Source {
  const table = /\bfrom "(\w+)"/.exec(select)?.[1] ?? '';
  const of = known.get(table) ?? { table, spreadBy: spreadBy.get(table) };
  const groups = /\bgroup by (.*)$/.exec(select)?.[1];
  const kept = groups === undefined || new RegExp(`"${of.spreadBy}"`).test(groups);
  return { table: of.table, spreadBy: kept && !/\bjoin\b/.test(select) ? of.spreadBy : undefined };
}

/** Everything that is ever read and written, once. */
async function playEverything(): Promise<void> {
  const history = await openFullHistory();
  const { store, engine, clock } = history;
  for (const { ask } of await asksAbout(history)) await ask(store);
  await expireDue({ view: store, engine, clock: () => clock.now });
  await pruneOver(store, clock.now + 400 * 24 * 3_600_000);
  await store.space();
  await store.hindrance();
  await store.snapshot(async (view) => copyRows(view, await opened((await freshDatabase()).url), () => {}));
  await serve();
}

/** Signs in, and redeems over HTTP. */
async function serve(): Promise<void> {
  const { till, order, readyCode } = await openCounter();
  const { code } = await readyCode();
  expect((await till.post('/v1/vouchers/inspect', { code })).status).toBe(200);
  expect((await till.post('/v1/redemptions', order(code))).status).toBe(201);
}

describe('a distributed PostgreSQL', () => {
  it('can carry out every statement that the service sends', async () => {
    await playEverything();
    const layout = await layoutOf(await rawOf(await freshDatabase()));
    const statements = recorded();
    expect(statements.length).toBeGreaterThan(60);
    const amongThem = [
      /^insert .*unnest\(\$1::.* on conflict do nothing returning/,
      /^insert .* do update set .* where .*"version" = excluded\."version" - 1 returning/,
      /^insert .* do update set "used" = .* <= excluded\."at_most"/,
      / = any\(\$1::/,
      / for share/,
      / left join /,
      / inner join /,
      / group by /,
      / from \(select /,
    ];
    for (const kind of amongThem)
      expect(
        statements.some((statement) => kind.test(statement)),
        String(kind),
      ).toBe(true);
    const complaints = statements.map((statement) => ({ statement, complaints: complaintsOf(statement, layout) }));
    expect(complaints.filter((each) => each.complaints.length > 0)).toEqual([]);
  });

  it('would refuse these, and they would be found', async () => {
    const layout = await layoutOf(await rawOf(await freshDatabase()));
    const refused: Readonly<Record<string, string>> = {
      'select "id" from "voucher" where "id" = any($1) for update': 'locks rows',
      'select 1 from "business_day" for share': 'locks rows',
      'update "voucher" set "state" = t.s from unnest($1::text[]) as t(s)': 'begins as none may',
      'delete from "code"': 'begins as none may',
      'delete from "code" where "voucher_id" = any($1::uuid[]) and "expires_at" < $2': 'begins as none may',
      'update "redemption_reversal" set "reason" = \'\' where "id" = $1::uuid': 'begins as none may',
      'update "voucher" set "state_reason" = \'\' where "id" = $1::uuid': 'begins as none may',
      'update "redemption_reversal" set "client" = $2 where "redemption_id" = $1::uuid': 'begins as none may',
      'delete from "entry" where "id" = any($1::uuid[]) and "recorded_at" < $2': 'updates or deletes',
      'with recursive t as (select 1) select * from t': 'begins as none may',
      'select * from (with t as (delete from "code" returning *) select * from t) "t"': 'updates or deletes',
      'select "id" from "voucher" where "id" in (select "voucher_id" from "code")': 'has a subquery',
      'select (select count(*) from "code") from "voucher"': 'has a subquery',
      'select "id" from "account" group by "id" having sum("balance") <> (select 1)': 'has a subquery',
      'select "id" from "voucher" where exists (select 1 from "code")': 'has a subquery',
      'insert into "lot" ("resident_id") select * from unnest($1::uuid[]) on conflict ("community_id") do nothing':
        'conflicts by another key',
      'select * from "code" inner join "voucher" on "voucher"."id" = "code"."voucher_id"': 'joins by another key',
      'select * from "account" left join (select "account", sum("amount") as "s" from "posting" group by "account") "sums" on "sums"."account" = "account"."id"':
        'joins by another key',
      'select * from "account" left join (select "entry" as "account" from "posting" group by "entry") "s" on "s"."account" = "account"."id"':
        'joins by another key',
      'select * from "account" left join "posting" on "posting"."account" >= "account"."id"': 'joins by another key',
      'select * from "account", "posting"': 'joins without a condition',
      'select row_number() over (order by "id") from "voucher"': 'has a window',
      "select nextval('numbers')": 'has a sequence',
      'insert into "lot" ("resident_id") select * from unnest($1::uuid[]) returning old."resident_id"': 'returns old or new',
    };
    for (const [statement, complaint] of Object.entries(refused)) expect(complaintsOf(statement, layout), statement).toContain(complaint);
  });

  it('finds each row by the column that its table is spread by, which stands in its primary key; nothing else is unique', async () => {
    const raw = await rawOf(await freshDatabase());
    const { reference, spreadBy, primaryKeys } = await layoutOf(raw);
    const names = writeOrder.map((table) => tableName(table).replaceAll('"', ''));
    expect([...reference, ...spreadBy.keys()].toSorted()).toEqual(names.toSorted());
    expect([...reference]).toEqual(names.filter((_, i) => specOf(writeOrder[i]!).small));
    for (const [table, column] of spreadBy) expect(primaryKeys.get(table), table).toContain(column);
    const unique = await raw.rows(`select indexrelid::regclass as name from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = 'public'::regnamespace and indisunique and not indisprimary`);
    expect(unique).toEqual([]);
  });

  it('lets foreign keys lead to small tables only, and has no triggers and no sequences to keep', async () => {
    const raw = await rawOf(await freshDatabase());
    const { reference } = await layoutOf(raw);
    const led = await raw.rows("select distinct confrelid::regclass::text as name from pg_constraint where contype = 'f'");
    expect(led.length).toBeGreaterThan(0);
    for (const { name } of led) expect(reference).toContain(name);
    expect(await raw.rows('select tgname from pg_trigger where not tgisinternal')).toEqual([]);
    expect(await raw.rows("select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace")).toEqual([]);
  });
});

/** Vouchers of Gexiang, of Wanhe and of both, each shown to a till. */
async function shownCodes(world: World, count: number): Promise<string[]> {
  const { gexiang, wanhe, residentId, cashOfferId, clock } = world;
  await world.grantHours(gexiang, residentId, count * 5 + 5);
  await world.grantHours(wanhe, residentId, count * 5 - 5);
  const all = Array.from({ length: count }, (_, n) => n.toString(16).padStart(32, '0'));
  const vouchers = await Promise.all(all.map(() => world.must(issueVoucher, { residentId, offerId: cashOfferId, quantity: 1, by: null })));
  clock.advance(1);
  const minted = all.map((codeHash, n) => world.must(mintCode, { residentId, voucherId: vouchers[n]!.id, codeHash, sealedCode: 'sealed' }));
  await Promise.all(minted);
  return all;
}

/** What is sent while so many redemptions are carried out that were submitted together. */
async function sentFor(count: number): Promise<string[]> {
  const world = await openWorld();
  const { merchantId, storeId, terminalId } = world;
  const till = { merchantId, storeId, terminalId, orderAmountFen: 100_000, presentedAt: null };
  const shown = await shownCodes(world, count);
  const query = vi.spyOn(pg.Client.prototype, 'query');
  await Promise.all(shown.map((codeHash, n) => world.must(redeem, { ...till, codeHash, orderNo: `A-${n}` })));
  const sent = query.mock.calls.map(([statement]) => (typeof statement === 'string' ? statement : (statement as { text: string }).text));
  query.mockRestore();
  const entries = await world.store.read.select().from(world.store.tables.entry);
  const redemptions = entries.filter(({ kind }) => kind === 'redemption');
  expect(redemptions).toHaveLength(count);
  const legs = Map.groupBy(await world.store.read.select().from(world.store.tables.posting), ({ entry }) => entry);
  expect(new Set(redemptions.map(({ id }) => legs.get(id)!.length)).size).toBe(3);
  return sent;
}

describe('a batch', () => {
  it('is the same statements, however many commands are in it', async () => {
    const few = await sentFor(10);
    const many = await sentFor(200);
    expect(few.filter((statement) => statement.startsWith('begin'))).toHaveLength(1);
    expect([few[0]!.slice(0, 5), few.at(-1)]).toEqual(['begin', 'commit']);
    expect(few.length).toBeGreaterThan(10);
    expect(few.length).toBeLessThan(30);
    expect(many).toEqual(few);
  });
});
