import { describe, expect, it } from 'vitest';
import { addActionRule, grant, reverseGrant, type RuleTerms } from '../../src/communities/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

/** A rule of 10 points an hour with these caps, and an hour granted by it on a day. */
async function capped(world: World, caps: Partial<RuleTerms>) {
  const terms = { ...hourlyRule, validFrom: '2025-01-01', ...caps };
  const { id: ruleId } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
  const deed = (occurredOn: string, hours: number) => deedOf(world, { ruleId, occurredOn, quantity: hours });
  return {
    ruleId,
    hours: async (occurredOn: string, hours: number) => (await world.must(grant, deed(occurredOn, hours))).id,
    refused: (occurredOn: string, hours: number) => refusedAlone(world, grant, deed(occurredOn, hours), 'cap_exceeded'),
    deed,
  };
}

describe('a cap', () => {
  it('a day is of the day of the deed, and frees on the next', async () => {
    const world = await openWorld();
    const { hours, refused } = await capped(world, { capDay: 40 });
    await hours('2026-03-01', 3);
    expect(await refused('2026-03-01', 2)).toEqual({ cap: 'day', limit: 40, used: 30, requested: 20, frees_on: '2026-03-02' });
    await hours('2026-03-01', 1);
    await hours('2026-03-02', 4);
    await hours('2026-02-28', 4);
  });

  it('a month is of the month of the deed, not of the grant', async () => {
    const world = await openWorld();
    const { hours, refused } = await capped(world, { capMonth: 50 });
    await hours('2026-02-27', 3);
    await hours('2026-02-28', 2);
    expect(await refused('2026-02-01', 1)).toEqual({ cap: 'month', limit: 50, used: 50, requested: 10, frees_on: '2026-03-01' });
    await hours('2026-03-01', 5);
  });

  it('a year is of the year of the deed', async () => {
    const world = await openWorld();
    const { hours, refused } = await capped(world, { capYear: 60 });
    await hours('2025-12-31', 6);
    expect(await refused('2025-12-30', 1)).toEqual({ cap: 'year', limit: 60, used: 60, requested: 10, frees_on: '2026-01-01' });
    await hours('2026-01-01', 6);
  });

  it('is of one resident and one rule', async () => {
    const world = await openWorld();
    const { hours, refused, deed } = await capped(world, { capDay: 10 });
    await hours('2026-03-02', 1);
    await refused('2026-03-02', 1);
    await world.must(grant, { ...deed('2026-03-02', 1), residentId: await world.register('wanhe') });
    await world.must(grant, { ...deed('2026-03-02', 1), ruleId: world.ruleId });
  });

  it.each(['capDay', 'capMonth', 'capYear'] as const)('is freed by the reversal of a grant: %s', async (name) => {
    const world = await openWorld();
    const { hours, refused } = await capped(world, { [name]: 40 });
    await hours('2026-03-02', 1);
    const mistaken = await hours('2026-03-02', 3);
    await refused('2026-03-02', 1);
    await world.must(reverseGrant, { by: world.gexiang, grantId: mistaken, reason: '登记错误' });
    expect(await refused('2026-03-02', 4)).toMatchObject({ used: 10 });
    await hours('2026-03-02', 3);
  });

  it('holds though many grants arrive together', async () => {
    const world = await openWorld();
    const { deed } = await capped(world, { capDay: 40 });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => world.run(grant, deed('2026-03-02', 1))));
    const refusals = outcomes.filter((outcome) => 'refused' in outcome);
    expect(outcomes.length - refusals.length).toBe(4);
    expect(refusals).toMatchObject(refusals.map(() => ({ refused: 'cap_exceeded', details: { used: 40 } })));
  });
});
