import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import {
  expireLot,
  grant,
  policiesAt,
  type PolicyName,
  policyNames,
  policySchemas,
  policyVersions,
  readPolicy,
  reverseGrant,
} from '../../src/communities/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { enact, officerOf, someSecret } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

async function policyOf(world: World, name: PolicyName) {
  const found = (await policiesAt(world.store, world.clock.now)).find((policy) => policy.name === name)!;
  return { current: found.current.policyVersion, coming: found.coming.map(({ policyVersion }) => policyVersion) };
}

describe('a policy', () => {
  it('is in force from its date on, and until then the one before is', async () => {
    const world = await openWorld();
    const from = world.clock.now + 2 * DAY;
    await enact(world, 'grant_backdating', { days: 10 }, from);
    const deed = deedOf(world, { occurredOn: '2026-02-01' });
    world.clock.now = from - 1;
    expect(await readPolicy(world.store, 'grant_backdating', world.clock.now)).toEqual({ days: 90 });
    await world.must(grant, deed);
    world.clock.now = from;
    expect(await readPolicy(world.store, 'grant_backdating', world.clock.now)).toEqual({ days: 10 });
    expect(await refusedAlone(world, grant, deed, 'effective_date_out_of_range')).toEqual({ earliest: '2026-02-22', latest: '2026-03-04' });
  });

  it('without a date is in force as soon as it is approved', async () => {
    const world = await openWorld();
    expect(await enact(world, 'grant_backdating', { days: 10 })).toEqual({
      name: 'grant_backdating',
      policy_version: 2,
      effective_from: world.clock.now,
    });
    await refusedAlone(world, grant, deedOf(world, { occurredOn: '2026-02-01' }), 'effective_date_out_of_range');
  });

  it('never reaches back, also where its date passed while it waited for a second officer', async () => {
    const world = await openWorld();
    const effectiveFrom = world.clock.now + HOUR;
    const input = { name: 'rate', value: { points: 100, fen: 900 }, effectiveFrom };
    const { id } = await world.must(propose, { by: await officerOf(world, null), command: 'policy', input, reason: '调整' });
    const second = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
    world.clock.now = effectiveFrom + 1;
    expect(await refusedAlone(world, approveProposal, second, 'policy_in_the_past')).toEqual({ effective_from: effectiveFrom });
    world.clock.now = effectiveFrom;
    expect(await world.must(approveProposal, second)).toMatchObject({ result: { effective_from: effectiveFrom } });
  });

  it('does not change what was fixed before: a lot keeps its last day', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 1);
    await enact(world, 'lot_validity', { years: 2 });
    const longer = await world.must(grant, deedOf(world));
    expect(longer.expires_on).toBe('2028-12-31');
    world.clock.now = Date.parse('2028-01-01T10:00:00+08:00');
    const lot = { residentId: world.residentId, communityId: 'gexiang' };
    expect(await world.must(expireLot, { ...lot, expiresOn: '2027-12-31' })).toEqual({ points: 10 });
    await refusedAlone(world, expireLot, { ...lot, expiresOn: '2028-12-31' }, 'nothing_to_expire');
    await world.must(reverseGrant, { by: world.gexiang, grantId: longer.id, reason: '登记错误' });
  });

  it('shows what is in force and what will come, without what has been overtaken', async () => {
    const world = await openWorld();
    const { now } = world.clock;
    await enact(world, 'rate', { points: 100, fen: 900 }, now + 3 * DAY);
    expect(await policyOf(world, 'rate')).toEqual({ current: 1, coming: [2] });
    await enact(world, 'rate', { points: 100, fen: 800 }, now + DAY);
    expect(await policyOf(world, 'rate')).toEqual({ current: 1, coming: [3] });
    await enact(world, 'rate', { points: 100, fen: 700 }, now + 2 * DAY);
    expect(await policyOf(world, 'rate')).toEqual({ current: 1, coming: [3, 4] });
    expect(await policyOf(world, 'voucher_validity')).toEqual({ current: 1, coming: [] });
    world.clock.now = now + 3 * DAY;
    expect(await policyOf(world, 'rate')).toEqual({ current: 4, coming: [] });
    expect(await readPolicy(world.store, 'rate', world.clock.now)).toEqual({ points: 100, fen: 700 });
    const versions = await policyVersions(world.store, 'rate', { limit: 2, after: 4 });
    expect(versions.map(({ policyVersion }) => policyVersion)).toEqual([3, 2, 1]);
  });

  it('lets no grant begin in a lot whose last day is past', () => {
    // The longest way back from a day is to the first of January before it, and a lot lasts at least to the end of the next year.
    const { success } = policySchemas.grant_backdating.safeParse({ days: 366 });
    expect(success).toBe(false);
    expect(policySchemas.grant_backdating.safeParse({ days: 365 }).success).toBe(true);
  });

  it.each([
    ['is asked for where it rules, or it would be one in name only', 'src/**/*.ts', 'src/communities/policies.ts'],
    ['is set, or asked for, by a test', 'tests/**/*.test.ts', 'tests/store/migrations.test.ts'],
  ])('%s', (_is, files, notIn) => {
    const root = join(import.meta.dirname, '../..');
    const texts = globSync(files, { cwd: root, exclude: [notIn] }).map((path) => readFileSync(join(root, path), 'utf8'));
    expect(policyNames.filter((name) => !texts.some((text) => text.includes(`'${name}'`)))).toEqual([]);
  });
});
