import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import {
  addActionRule,
  carryOutGrantList,
  carryOutGrantLists,
  grant,
  grantListById,
  grantListMatter,
  moveResident,
  proposalById,
  type RuleTerms,
  reviseActionRule,
  rowsOfGrantList,
  setResidentStatus,
} from '../../src/communities/index.ts';
import { put, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { deedOf } from '../support/deeds.ts';
import { householdOf } from '../support/households.ts';
import { eraseRun, requestedFor, WEEK_MS } from '../support/leaving.ts';
import { approveList, HASH, listedIn, proposalOf, proposeList } from '../support/lists.ts';
import { plansOf } from '../support/plans.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { book } from '../support/scheme.ts';
import { expectWhole } from '../support/server.ts';
import { all } from '../support/stores.ts';
import { enact, succeed } from '../support/two-officers.ts';
import { hourlyRule, openWorld, type World } from '../support/world.ts';

const depsOf = ({ store: view, engine, clock }: World) => ({ view, engine, clock: () => clock.now });

async function ruleOf(world: World, changes: Partial<RuleTerms>, of: 'volunteer' | 'commendation' = 'volunteer') {
  return (await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: of, terms: { ...hourlyRule, ...changes } }))
    .id;
}

const outcomesOf = async (world: World, id: string) =>
  (await rowsOfGrantList(world.store, { id })).map(({ outcome }) => {
    if (outcome === null) return 'waiting';
    return 'refused' in outcome ? outcome.refused : 'granted';
  });

describe('a list of grants', () => {
  it('stores the points that the rules give as it is proposed, and who stands in it', async () => {
    const world = await openWorld();
    const praised = await ruleOf(world, { points: 500, per: 'event' }, 'commendation');
    const neighbour = await world.register('wanhe');
    const rows = [
      listedIn(world, { quantity: 3 }),
      listedIn(world, { ruleId: praised, residentId: neighbour, points: 120 }),
      listedIn(world, { residentId: neighbour }),
    ];
    const { id } = await world.must(propose, proposalOf(world, rows));
    const proposal = (await proposalById(world.store, id))!;
    expect(grantListMatter.stored(proposal)).toEqual({ rows, hash: HASH, worth: [30, 120, 10] });
    const people = await all(world.store, 'proposalPerson');
    expect(people).toEqual([world.residentId, neighbour].map((residentId) => ({ residentId, proposalId: id })));
  });

  it('is not proposed where no rule gives its points, or with a reference twice', async () => {
    const world = await openWorld();
    const praised = await ruleOf(world, { points: 500 }, 'commendation');
    const nothing = `rul_${'0'.repeat(32)}`;
    const cases = [
      ['action_rule_not_found', { ruleId: nothing }, { action_rule_id: nothing }],
      ['foreign_community', { ruleId: world.wanheRuleId }, { community_id: 'wanhe' }],
      ['action_rule_not_valid', { occurredOn: '2025-12-31' }, { action_rule_id: world.ruleId, occurred_on: '2025-12-31' }],
      ['points_out_of_range', { ruleId: praised, points: 501 }, { class: 'commendation', at_most: 500 }],
      ['points_out_of_range', { points: 5 }, { class: 'volunteer', at_most: 10 }],
    ] as const;
    for (const [code, changes, figures] of cases) {
      const list = proposalOf(world, [listedIn(world), listedIn(world, changes)]);
      expect(await refusedAlone(world, propose, list, code)).toEqual(figures);
    }
    const twice = proposalOf(world, [listedIn(world, { externalReference: 'a-1' }), listedIn(world, { externalReference: 'Ａ-1' })]);
    expect(await refusedAlone(world, propose, twice, 'reference_in_list')).toEqual({ external_reference: 'Ａ-1', row: 1 });
    const street = { id: SYSTEM_CLIENT, communityId: null };
    await refusedAlone(world, propose, proposalOf(world, [listedIn(world)], street), 'community_only');
  });

  it('is approved by who has seen its hash and its sum, and by nobody else', async () => {
    const world = await openWorld();
    const { approval, colleague, listId } = await proposeList(world, [listedIn(world), listedIn(world, { quantity: 2 })], 30);
    const { acknowledged: _, ...unseen } = approval;
    expect(await refusedAlone(world, approveProposal, unseen, 'list_not_seen')).toEqual({});
    for (const acknowledged of [null, { hash: HASH, points: 31 }, { hash: 'ac'.repeat(32), points: 30 }])
      expect(await refusedAlone(world, approveProposal, { ...approval, acknowledged }, 'list_not_seen')).toEqual({});
    const { result } = await world.must(approveProposal, approval);
    const reply = { id: listId, community_id: 'gexiang', rows: 2, points: 30, approved_at: world.clock.now };
    expect(result).toEqual(reply);
    expect(await grantListById(world.store, listId)).toEqual({
      id: listId,
      communityId: 'gexiang',
      rows: 2,
      points: 30,
      listHash: HASH,
      approvedAt: world.clock.now,
      approvedBy: colleague.id,
      proposedBy: world.gexiang.id,
      granted: 0,
      refused: 0,
      doneAt: null,
      version: 1,
    });
    expect(await all(world.store, 'grant')).toEqual([]);
  });

  it('is not approved once the rules give other points, or the community has a successor', async () => {
    const world = await openWorld();
    const { approval } = await proposeList(world, [listedIn(world), listedIn(world)], 20);
    const revise = (points: number) =>
      world.must(reviseActionRule, { by: world.gexiang, id: world.ruleId, terms: { ...hourlyRule, points } });
    await revise(12);
    expect(await refusedAlone(world, approveProposal, approval, 'list_points_changed')).toEqual({ approved: 20, points_now: 24 });
    await revise(10);
    await succeed(world, 'gexiang', 'wanhe', '2026-03-03');
    world.clock.advance(24 * 3_600_000);
    await refusedAlone(world, approveProposal, approval, 'community_succeeded');
  });

  it('is not approved beyond what the community may still grant, by limit and by fund', async () => {
    const world = await openWorld();
    await world.grantHours(world.gexiang, world.residentId, 3);
    const { approval } = await proposeList(world, [listedIn(world, { quantity: 4 }), listedIn(world, { quantity: 4 })], 80);
    await enact(world, 'exposure_limit', { points: 109, communities: {} });
    const figures = await refusedAlone(world, approveProposal, approval, 'exposure_limit_exceeded');
    expect(figures).toEqual({ requested: 80, available: 79 });
    await enact(world, 'exposure_limit', { points: 110, communities: {} });
    await enact(world, 'fund', { required: true, warn_percents: [70] });
    await refusedAlone(world, approveProposal, approval, 'fund_exceeded');
    await enact(world, 'fund', { required: false, warn_percents: [70] });
    await world.must(approveProposal, approval);
  });

  it('holds neither of its two officers', async () => {
    const world = await openWorld();
    const [row, other] = [await world.register('gexiang'), await world.register('gexiang')];
    const { approval, colleague } = await proposeList(world, [listedIn(world, { residentId: row }), listedIn(world)], 20);
    const stated = async (officerId: string, residentId: string | null) => {
      const officer = (await all(world.store, 'officer')).find(({ id }) => id === officerId)!;
      await world.run(book, { rows: [put('officer', { ...officer, residentId, residentSince: 1 })] });
    };
    await stated(colleague.id, row);
    const figures = await refusedAlone(world, approveProposal, approval, 'officer_in_list');
    expect(figures).toEqual({ officer_id: colleague.id, resident_id: row });
    await stated(colleague.id, other);
    await stated(world.gexiang.id, world.residentId);
    await refusedAlone(world, approveProposal, approval, 'officer_in_list');
    await refusedAlone(world, propose, proposalOf(world, [listedIn(world)]), 'officer_in_list');
    await stated(world.gexiang.id, null);
    await world.must(approveProposal, approval);
  });
});

describe('an approved list', () => {
  it('is granted row by row: a refused row is final, and stops no other', async () => {
    const world = await openWorld();
    const capped = await ruleOf(world, { capDay: 15 });
    const suspended = await world.register('gexiang');
    await world.must(setResidentStatus, { by: world.gexiang, id: suspended, status: 'suspended', reason: '核实' });
    const rows = [
      listedIn(world, { externalReference: '活动-1' }),
      listedIn(world, { ruleId: capped }),
      listedIn(world, { ruleId: capped }),
      listedIn(world, { residentId: suspended }),
      listedIn(world, { externalReference: '活动-2' }),
      listedIn(world, { quantity: 5, description: '消防演练' }),
    ];
    const listId = await approveList(world, rows, 100);
    const { approvedBy } = (await grantListById(world.store, listId))!;
    expect(await outcomesOf(world, listId)).toEqual(Array(6).fill('waiting'));
    await world.must(grant, deedOf(world, { externalReference: '活动-2' }));
    world.clock.advance(1_000);
    expect(await carryOutGrantList(depsOf(world), listId)).toBe(true);
    const outcomes = ['granted', 'granted', 'cap_exceeded', 'resident_suspended', 'reference_used', 'granted'];
    expect(await outcomesOf(world, listId)).toEqual(outcomes);
    const done = { granted: 3, refused: 3, doneAt: world.clock.now };
    expect(await grantListById(world.store, listId)).toMatchObject(done);
    const grants = (await all(world.store, 'grant')).filter(({ approvedBy: by }) => by !== null).toSorted((a, b) => a.points - b.points);
    expect(grants.map(({ points, grantedBy, approvedBy: second }) => [points, grantedBy, second])).toEqual(
      [10, 10, 50].map((points) => [points, world.gexiang.id, approvedBy]),
    );
    expect(grants.at(-1)).toMatchObject({ description: '消防演练', externalReference: null, residentId: world.residentId });
    const [last] = (await rowsOfGrantList(world.store, { id: listId })).slice(-1);
    expect(last).toMatchObject({ number: 6, worth: 50, outcome: { grantId: grants.at(-1)!.id } });
    const requests = (await all(world.store, 'request')).filter(({ key }) => key.startsWith(`grant-list:${listId.slice(4)}:`));
    expect(requests.map(({ actor, client }) => [actor, client])).toEqual(rows.map(() => [world.gexiang.id, SYSTEM_CLIENT]));

    // A refused row stays so, although it would be granted now.
    await world.must(setResidentStatus, { by: world.gexiang, id: suspended, status: 'active', reason: '核实完毕' });
    expect(await carryOutGrantList(depsOf(world), listId)).toBe(false);
    expect(await outcomesOf(world, listId)).toEqual(outcomes);
    expect(await grantListById(world.store, listId)).toMatchObject(done);
    await expectWhole(world);
  });

  it('goes on where people moved, were erased or came to live with an officer after it was proposed', async () => {
    const world = await openWorld();
    const [moved, erased, near, officers] = await Promise.all(
      ['gexiang', 'gexiang', 'gexiang', 'wanhe'].map(async (home) => world.register(home)),
    );
    await requestedFor(world, erased);
    world.clock.advance(WEEK_MS - 1);
    const rows = [moved!, erased!, near!, world.residentId].map((residentId) => listedIn(world, { residentId }));
    const { approval, colleague, listId } = await proposeList(world, rows, 40);
    const officer = (await all(world.store, 'officer')).find(({ id }) => id === colleague.id)!;
    await world.run(book, { rows: [put('officer', { ...officer, residentId: officers! })] });
    const by = { id: world.wanhe.id, communityId: 'wanhe' };
    await world.must(moveResident, { by, id: moved!, proof: { reason: '搬到万和' } });
    world.clock.advance(1);
    await eraseRun(world);
    await world.must(approveProposal, approval);
    await householdOf(world, near!, officers!);
    await carryOutGrantLists(depsOf(world));
    expect(await outcomesOf(world, listId)).toEqual(['granted', 'resident_erased', 'grant_to_own_household', 'granted']);
    expect(await grantListById(world.store, listId)).toMatchObject({ granted: 2, refused: 2, doneAt: world.clock.now });
    await expectWhole(world);
  });

  it('gives a commendation, which takes two officers, at their discretion', async () => {
    const world = await openWorld();
    const praised = await ruleOf(world, { points: 500, per: 'event' }, 'commendation');
    const listId = await approveList(world, [listedIn(world, { ruleId: praised, points: 120 })], 120);
    await carryOutGrantList(depsOf(world), listId);
    expect(await all(world.store, 'grant')).toMatchObject([{ points: 120, ruleId: praised, remaining: 120 }]);
  });

  it('grants no row whose points are no longer those that were approved', async () => {
    const world = await openWorld();
    const listId = await approveList(world, [listedIn(world)], 10);
    await world.must(reviseActionRule, { by: world.gexiang, id: world.ruleId, terms: { ...hourlyRule, points: 12 } });
    await carryOutGrantList(depsOf(world), listId);
    const [row] = await rowsOfGrantList(world.store, { id: listId });
    expect(row!.outcome).toEqual({ refused: 'list_points_changed', details: { approved: 10, points_now: 12 } });
  });

  it('goes on where it was interrupted, and grants nothing twice', async () => {
    const world = await openWorld();
    const rows = Array.from({ length: 40 }, (_, n) => listedIn(world, { externalReference: `活动-${n}` }));
    const listId = await approveList(world, rows, 400);
    let left = 20;
    const bySystem: World['engine']['bySystem'] = (...call) =>
      left-- > 0 ? world.engine.bySystem(...call) : Promise.reject(new Unavailable('stopped'));
    const stopping = { ...depsOf(world), engine: { bySystem } as World['engine'] };
    await expect(carryOutGrantLists(stopping)).rejects.toThrow('stopped');
    expect((await outcomesOf(world, listId)).filter((outcome) => outcome === 'granted')).toHaveLength(20);
    expect(await grantListById(world.store, listId)).toMatchObject({ granted: 0, doneAt: null });
    const both = await Promise.all([carryOutGrantList(depsOf(world), listId), carryOutGrantLists(depsOf(world))]);
    expect(both.map(Number).reduce((sum, finished) => sum + finished)).toBe(1);
    expect(await all(world.store, 'grant')).toHaveLength(40);
    expect(await grantListById(world.store, listId)).toMatchObject({ granted: 40, refused: 0, doneAt: world.clock.now });
    await expectWhole(world);
  });

  it('is not done while a row has no outcome, whatever became of the others', async () => {
    const world = await openWorld();
    const listId = await approveList(world, [listedIn(world), listedIn(world), listedIn(world)], 30);
    const bySystem: World['engine']['bySystem'] = (command, input, key, as) =>
      key.endsWith(':2') ? Promise.reject(new Unavailable('stopped')) : world.engine.bySystem(command, input, key, as);
    await expect(carryOutGrantList({ ...depsOf(world), engine: { bySystem } as World['engine'] }, listId)).rejects.toThrow('stopped');
    expect(await outcomesOf(world, listId)).toEqual(['granted', 'waiting', 'granted']);
    expect(await grantListById(world.store, listId)).toMatchObject({ granted: 0, doneAt: null });
    expect(await carryOutGrantLists(depsOf(world))).toBe(1);
    expect(await outcomesOf(world, listId)).toEqual(['granted', 'granted', 'granted']);
    expect(await grantListById(world.store, listId)).toMatchObject({ granted: 3, refused: 0 });
  });

  it('does not hold up another list if it cannot be carried out', async () => {
    const world = await openWorld();
    const [first, second] = [await approveList(world, [listedIn(world)], 10), await approveList(world, [listedIn(world)], 10)];
    const bySystem: World['engine']['bySystem'] = (command, input, key, as) =>
      key.includes(first.slice(4)) ? Promise.reject(new Error('broken')) : world.engine.bySystem(command, input, key, as);
    await expect(carryOutGrantLists({ ...depsOf(world), engine: { bySystem } as World['engine'] })).rejects.toThrow('broken');
    expect([await outcomesOf(world, first), await outcomesOf(world, second)]).toEqual([['waiting'], ['granted']]);
    expect(await carryOutGrantLists(depsOf(world))).toBe(1);
    expect(await carryOutGrantLists(depsOf(world))).toBe(0);
  });

  it('is found by an index of open lists, and its outcomes by the keys of its rows', async () => {
    const world = await openWorld();
    const listId = await approveList(world, [listedIn(world), listedIn(world)], 20);
    const plans = await plansOf(world, () => carryOutGrantLists(depsOf(world)));
    const reads = plans.filter(({ statement }) => /^select .* from "(grant_list|request|proposal)"/.test(statement));
    expect(reads.length).toBeGreaterThanOrEqual(3);
    expect(reads.flatMap(({ scans }) => scans)).toEqual([]);
    const open = reads.find(({ statement }) => statement.includes('"done_at" is null'));
    expect(open).toMatchObject({ uses: ['grant_list_open'], sorts: false });
    expect(await outcomesOf(world, listId)).toEqual(['granted', 'granted']);
  });
});
