import { describe, expect, it } from 'vitest';
import { addActionRule, reviseActionRule } from '../../src/communities/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { deedOf } from '../support/deeds.ts';
import { grant } from '../../src/communities/index.ts';
import { hourlyRule, openWorld, street } from '../support/world.ts';

const NO_RULE = `rul_${'0'.repeat(32)}`;

describe('an action rule', () => {
  it('is set by an officer of its community alone', async () => {
    const world = await openWorld();
    const rule = { communityId: 'gexiang', class: 'civility' as const, terms: hourlyRule };
    for (const by of [world.wanhe, street]) {
      expect(await refusedAlone(world, addActionRule, { by, ...rule }, 'foreign_community')).toEqual({ community_id: 'gexiang' });
    }
    const nowhere = { by: world.gexiang, ...rule, communityId: 'nowhere' };
    expect(await refusedAlone(world, addActionRule, nowhere, 'community_not_found')).toEqual({ community_id: 'nowhere' });
    const foreign = { by: world.wanhe, id: world.ruleId, terms: hourlyRule };
    expect(await refusedAlone(world, reviseActionRule, foreign, 'foreign_community')).toEqual({ community_id: 'gexiang' });
    const unknown = { by: world.gexiang, id: NO_RULE, terms: hourlyRule };
    expect(await refusedAlone(world, reviseActionRule, unknown, 'action_rule_not_found')).toEqual({ action_rule_id: NO_RULE });
  });

  it('gives a deed what the version says that was valid on its day, and the grant names that version', async () => {
    const world = await openWorld();
    const { gexiang: by, ruleId: id } = world;
    const doubled = { ...hourlyRule, points: 20, validFrom: '2026-02-01' };
    expect(await world.must(reviseActionRule, { by, id, terms: doubled })).toEqual({ id, rule_version: 2 });
    const before = await world.must(grant, deedOf(world, { occurredOn: '2026-01-31' }));
    const after = await world.must(grant, deedOf(world, { occurredOn: '2026-02-01' }));
    expect([before, after]).toMatchObject([
      { points: 10, rule_version: 1 },
      { points: 20, rule_version: 2 },
    ]);
  });

  it('is for deeds of its first to its last day', async () => {
    const world = await openWorld();
    const { gexiang: by, ruleId: id } = world;
    await world.must(reviseActionRule, { by, id, terms: { ...hourlyRule, validUntil: '2026-02-28' } });
    await world.must(grant, deedOf(world, { occurredOn: '2026-01-01' }));
    await world.must(grant, deedOf(world, { occurredOn: '2026-02-28' }));
    for (const occurredOn of ['2025-12-31', '2026-03-01']) {
      expect(await refusedAlone(world, grant, deedOf(world, { occurredOn }), 'action_rule_not_valid')).toEqual({
        action_rule_id: id,
        occurred_on: occurredOn,
      });
    }
  });
});
