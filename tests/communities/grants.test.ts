import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { addActionRule, grant, grantById, previewGrant, setResidentStatus } from '../../src/communities/index.ts';
import { entryById, startOfDay, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { byTwo } from '../support/two-officers.ts';
import { hourlyRule, openWorld, street, type World } from '../support/world.ts';

const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

async function commendationOf(world: World): Promise<string> {
  const terms = { ...hourlyRule, name: '见义勇为', per: 'event' as const, points: 500 };
  return (await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'commendation', terms })).id;
}

describe('a grant', () => {
  it('is issued by the community that grants and stands in a lot that lasts to the end of the next year', async () => {
    const world = await openWorld();
    const neighbour = await world.register('wanhe');
    const made = await world.must(grant, deedOf(world, { residentId: neighbour, quantity: 3, occurredOn: '2026-02-27' }));
    expect(made).toMatchObject({ community_id: 'gexiang', points: 30, occurred_on: '2026-02-27', expires_on: '2027-12-31' });
    expect(await entryById(world.store, made.entry_id)).toMatchObject({
      kind: 'grant',
      effectiveAt: startOfDay('2026-02-27'),
      subject: made.id,
      businessDay: '2026-03-02',
      postings: [
        { account: 'issued:gexiang', amount: 30 },
        { account: `wallet:gexiang:${neighbour}:2027-12-31`, amount: -30 },
      ],
    });
  });

  it('of last year’s deed expires a year before one of this year', async () => {
    const world = await openWorld();
    const terms = { ...hourlyRule, validFrom: '2025-01-01' };
    const { id: ruleId } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
    const made = await world.must(grant, deedOf(world, { ruleId, occurredOn: '2025-12-31' }));
    expect(made.expires_on).toBe('2026-12-31');
  });

  it('is by a rule of the officer’s own community, to a resident who is there', async () => {
    const world = await openWorld();
    const refused = (changes: object, code: string) => refusedAlone(world, grant, deedOf(world, changes), code);
    expect(await refused({ ruleId: nobody('rul') }, 'action_rule_not_found')).toEqual({ action_rule_id: nobody('rul') });
    expect(await refused({ ruleId: world.wanheRuleId }, 'foreign_community')).toEqual({ community_id: 'wanhe' });
    expect(await refused({ by: street }, 'foreign_community')).toEqual({ community_id: 'gexiang' });
    expect(await refused({ residentId: nobody('res') }, 'resident_not_found')).toEqual({ resident_id: nobody('res') });
  });

  it('is not to a resident who is suspended', async () => {
    const world = await openWorld();
    const { residentId, gexiang: by } = world;
    await world.must(setResidentStatus, { by, id: residentId, status: 'suspended', reason: '核实身份' });
    expect(await refusedAlone(world, grant, deedOf(world), 'resident_suspended')).toEqual({ resident_id: residentId });
  });

  it('is of a deed of today or up to 90 days back', async () => {
    const world = await openWorld();
    const terms = { ...hourlyRule, validFrom: '2025-01-01' };
    const { id: ruleId } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'volunteer', terms });
    for (const occurredOn of ['2025-12-02', '2026-03-02']) await world.must(grant, deedOf(world, { ruleId, occurredOn }));
    for (const occurredOn of ['2025-12-01', '2026-03-03']) {
      const deed = deedOf(world, { ruleId, occurredOn });
      expect(await refusedAlone(world, grant, deed, 'effective_date_out_of_range')).toEqual({
        earliest: '2025-12-02',
        latest: '2026-03-02',
      });
    }
  });

  it('leaves the points to the rule', async () => {
    const world = await openWorld();
    expect(await refusedAlone(world, grant, deedOf(world, { points: 10 }), 'points_out_of_range')).toEqual({
      class: 'volunteer',
      at_most: 10,
    });
  });
});

describe('a reference', () => {
  it('counts once in its community, and is free in another', async () => {
    const world = await openWorld();
    const first = await world.must(grant, deedOf(world, { externalReference: '活动-17' }));
    const again = deedOf(world, { externalReference: '活动-17', residentId: await world.register('wanhe') });
    expect(await refusedAlone(world, grant, again, 'reference_used')).toEqual({ external_reference: '活动-17', grant_id: first.id });
    await world.must(grant, deedOf(world, { by: world.wanhe, ruleId: world.wanheRuleId, externalReference: '活动-17' }));
  });

  it.each(['b\u200B-17', 'b-17', '\uFF22-17', ' B-17'])('counts once in whatever spelling it comes: %j', async (spelling) => {
    const world = await openWorld();
    const { id } = await world.must(grant, deedOf(world, { externalReference: 'B-17' }));
    const used = { external_reference: spelling, stored_as: 'B-17', grant_id: id };
    expect(await refusedAlone(world, grant, deedOf(world, { externalReference: spelling }), 'reference_used')).toEqual(used);
    await world.must(grant, deedOf(world, { externalReference: 'B17' }));
    const other = { by: world.wanhe, ruleId: world.wanheRuleId, externalReference: spelling };
    const { id: there } = await world.must(grant, deedOf(world, other));
    expect(await grantById(world.store, there)).toMatchObject({ externalReference: spelling });
    const asking = { client: SYSTEM_CLIENT, actor: SYSTEM_CLIENT, at: world.clock.now };
    const by = { id: world.gexiang.id, communityId: 'gexiang' };
    const previewed = await previewGrant(world.store, { ...deedOf(world, { externalReference: spelling }), by }, asking);
    expect(previewed.refusal).toEqual({ refused: 'reference_used', details: used });
  });

  it('counts once though it arrives twice together, in two spellings', async () => {
    const world = await openWorld();
    const spelt = ['B-17', 'b-17'].map((externalReference) => world.run(grant, deedOf(world, { externalReference })));
    expect(await Promise.all(spelt)).toMatchObject([
      { reply: { points: 10 } },
      { refused: 'reference_used', details: { stored_as: 'B-17' } },
    ]);
  });

  it('counts once though it arrives twice together', async () => {
    const world = await openWorld();
    const deed = deedOf(world, { externalReference: '活动-17' });
    const outcomes = await Promise.all([world.run(grant, deed), world.run(grant, deed)]);
    expect(outcomes).toMatchObject([{ reply: { points: 10 } }, { refused: 'reference_used' }]);
  });
});

describe('a commendation', () => {
  it('takes a second officer', async () => {
    const world = await openWorld();
    const deed = deedOf(world, { ruleId: await commendationOf(world), points: 300 });
    expect(await refusedAlone(world, grant, deed, 'second_officer_required')).toEqual({ action_rule_id: deed.ruleId });
  });

  it('has the points that two officers give it, up to the rule’s', async () => {
    const world = await openWorld();
    const ruleId = await commendationOf(world);
    const { by, approvedBy: _, ...deed } = deedOf(world, { ruleId, points: 300, description: '扑救火灾' });
    expect(await byTwo(world, by, 'grant', deed)).toMatchObject({ points: 300 });
    const { grant: granted } = world.store.tables;
    const [row] = await world.store.read.select().from(granted).where(eq(granted.ruleId, ruleId));
    expect(row).toMatchObject({ grantedBy: by.id, approvedBy: expect.stringMatching(/^off_/), description: '扑救火灾' });
    expect(row!.approvedBy).not.toBe(by.id);
  });

  it('names its points, and no more than the rule’s', async () => {
    const world = await openWorld();
    const ruleId = await commendationOf(world);
    for (const points of [null, 501]) {
      const deed = deedOf(world, { ruleId, points, approvedBy: nobody('off') });
      expect(await refusedAlone(world, grant, deed, 'points_out_of_range')).toEqual({ class: 'commendation', at_most: 500 });
    }
  });
});
