/** What officers grant without a second one is counted by the act, and the audit finds whatever is changed by hand on either side. */
import { describe, expect, it } from 'vitest';
import { grant } from '../../src/communities/index.ts';
import { limitKey } from '../../src/ledger/index.ts';
import { deedOf } from '../support/deeds.ts';
import type { Raw } from '../support/raw.ts';
import { brokenBy } from '../support/tampering.ts';
import { officerOf } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

/** What S10 says of two grants, of 30 points alone and of 50 by two, after a change. */
async function tampered(tamper: (raw: Raw, world: World) => string): Promise<string> {
  const world = await openWorld();
  await world.must(grant, deedOf(world, { quantity: 3, occurredOn: '2026-02-27' }));
  await world.must(grant, deedOf(world, { quantity: 5, approvedBy: (await officerOf(world, 'gexiang')).id }));
  const found = await brokenBy(world, (raw) => raw.exec(tamper(raw, world)));
  expect(found).toHaveProperty('S10');
  return found['S10']!;
}

const ALONE = /^what off_[0-9a-f]{32} granted alone /.source;
const ON_DAY = `${ALONE}on 2026-03-02: `;
const IN_MONTH = `${ALONE}to res_[0-9a-f]{32} in 2026-03: `;

/** What S10 says where the count of a day is gone, and counting began so many milliseconds after the last grant. */
function since(milliseconds: number): Promise<string> {
  return tampered((raw, { gexiang }) => {
    const key = raw.bytes(limitKey('2026-03-02', 'alone', gexiang.id));
    const setAt = `(select max(granted_at) from point_grant) + ${milliseconds}`;
    return `update policy set set_at = ${setAt} where name = 'grant_alone'; delete from limit_use where id = ${key}`;
  });
}

describe('S10 finds', () => {
  it('the count of an officer’s day, and of the month to a resident, that was changed', async () => {
    const ofDay = await tampered((raw, { gexiang }) => {
      return `update limit_use set used = 0 where id = ${raw.bytes(limitKey('2026-03-02', 'alone', gexiang.id))}`;
    });
    expect(ofDay).toMatch(new RegExp(`${ON_DAY}0 is counted, but it comes to 30$`));
    const ofMonth = await tampered((raw, { gexiang, residentId }) => {
      return `delete from limit_use where id = ${raw.bytes(limitKey('2026-03', 'alone', gexiang.id, residentId))}`;
    });
    expect(ofMonth).toMatch(new RegExp(`${IN_MONTH}0 is counted, but it comes to 30$`));
  });

  it('a grant that two officers gave, and is one’s alone', async () => {
    expect(await tampered(() => 'update point_grant set approved_by = null')).toMatch(
      new RegExp(`${ON_DAY}30 is counted, but it comes to 80$`),
    );
  });

  it('a grant that one officer gave, and is another’s, of two, or of another day', async () => {
    const changes = [
      'granted_by = (select approved_by from point_grant where approved_by is not null)',
      'approved_by = granted_by',
      'granted_at = granted_at + 86400000',
    ];
    for (const change of changes) {
      const said = await tampered(() => `update point_grant set ${change} where approved_by is null`);
      expect(said, change).toMatch(new RegExp(`${ALONE}|is counted, but nothing that is there$`));
    }
  });

  it.each(["name = 'other'", 'policy_version = 2'])('a beginning of counting that is lost: %s', async (change) => {
    const said = await tampered((raw, { gexiang, residentId }) => {
      const keys = [limitKey('2026-03-02', 'alone', gexiang.id), limitKey('2026-03', 'alone', gexiang.id, residentId)];
      const begun = 'set_at = (select max(granted_at) from point_grant) + 2';
      return `delete from limit_use where id in (${keys.map((key) => raw.bytes(key)).join(', ')}); update policy set ${begun}, ${change} where name = 'grant_alone'`;
    });
    expect(said).toMatch(new RegExp(`${ALONE}.*: 0 is counted, but it comes to 30$`));
  });

  it('what an older version did not count, but only of before', async () => {
    expect(await since(0)).toMatch(new RegExp(`${ON_DAY}0 is counted, but it comes to 30$`));
    // One that was counted all the same has no explanation then.
    expect(await since(2)).toMatch(/^20260300[0-9a-f]{24}: 30 is counted, but nothing that is there$/);
  });
});
