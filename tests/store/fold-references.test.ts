/** The step that folds the references of an older database, on more rows than a page has. */
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type FoldedAlike, foldReferences } from '../../src/store/fold-references.ts';
import { stepIn } from '../../src/store/migration-steps.ts';

const GRANTS = 2_500;

const idOf = (n: number) => Buffer.from(n.toString(16).padStart(32, '0'), 'hex');

/** Grants of two communities; every hundredth of the first has the reference of grant 0, in another spelling. */
function filled(): Database.Database {
  const database = new Database(':memory:');
  database.exec(`create table point_grant (id blob primary key, community_id text not null, external_reference text) strict;
    create table bank_movement (reference text not null, community_id text not null, entry_id blob not null) strict;
    create table folded_grant_reference (folded text not null, community_id text not null, grant_id blob not null, primary key (folded, community_id)) strict;
    create table bank_reference (folded text not null, community_id text not null, reference text not null, primary key (folded, community_id)) strict`);
  const insert = database.prepare('insert into point_grant values (?, ?, ?)');
  for (let n = 0; n < GRANTS; n++) {
    insert.run(idOf(n), 'gexiang', n % 100 === 0 ? `A${'\u200B'.repeat(n / 100)}-0` : `B-${n}`);
    insert.run(idOf(GRANTS + n), 'wanhe', n % 2 === 0 ? `b-${n}` : null);
  }
  return database;
}

/** Carries the step out; gives what it told, and the most rows that one statement read. */
function carriedOut(database: Database.Database) {
  const told: FoldedAlike[] = [];
  let most = 0;
  const step = foldReferences((found) => told.push(found));
  for (let next = step.next(); !next.done;) {
    const statement = database.prepare(next.value.text);
    const rows = statement.reader ? (statement.raw().all(next.value.values) as unknown[][]) : (statement.run(next.value.values), []);
    most = Math.max(most, rows.length);
    next = step.next(rows);
  }
  return { told, most };
}

it('goes page by page, lets the first hold the reference, tells the others, and may be carried out again', () => {
  const database = filled();
  const { told, most } = carriedOut(database);
  expect(most).toBe(1_000);
  expect(told.map(({ other }) => Number.parseInt(other.id.slice(4), 16))).toEqual(Array.from({ length: 24 }, (_, n) => 100 * (n + 1)));
  expect(told.at(-1)).toMatchObject({ community: 'gexiang', of: 'grant', first: { id: `grt_${'0'.repeat(32)}`, reference: 'A-0' } });
  const kept = () => database.prepare('select * from folded_grant_reference order by grant_id').all();
  const before = kept();
  expect(before).toHaveLength(GRANTS - 24 + GRANTS / 2);
  expect(before[1]).toEqual({ folded: 'b-1', community_id: 'gexiang', grant_id: idOf(1) });
  expect(carriedOut(database).told).toEqual(told);
  expect(kept()).toEqual(before);
  database.close();
});

it('is named by a comment alone; a name that no step has is a mistake', () => {
  expect(stepIn('\n-- step: fold-references\n')).toBe(foldReferences);
  expect(stepIn('-- A reference stands for one thing.\ncreate table x (y)')).toBeUndefined();
  expect(() => stepIn('-- step: fold')).toThrow('the step fold');
});
