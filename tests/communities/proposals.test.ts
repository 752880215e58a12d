import { describe, expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import type { Acting } from '../../src/access/index.ts';
import {
  appointOfficer,
  declineProposal,
  grant,
  officerById,
  proposalById,
  proposalsPage,
  type ProposalStatus,
  proposalStatus,
  reverseGrant,
  setResidentStatus,
} from '../../src/communities/index.ts';
import { put } from '../../src/ledger/index.ts';
import { deedOf } from '../support/deeds.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { book } from '../support/scheme.ts';
import { byTwo, enact, officerOf, someSecret } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const rate = { name: 'rate', value: { points: 100, fen: 900 }, effectiveFrom: null };

/** A grant that an officer of Gexiang has proposed, and a colleague. */
async function proposed(reference: string | null = null) {
  const world = await openWorld();
  const { by, approvedBy: _, ...input } = deedOf(world, { externalReference: reference });
  const { id, lapses_at: lapsesAt } = await world.must(propose, { by, command: 'grant', input, reason: '表彰' });
  const colleague = await officerOf(world, 'gexiang');
  const decide = (officer: Acting = colleague) => ({ by: officer, id, reason: '同意', secret: someSecret });
  const statusNow = async () => proposalStatus((await proposalById(world.store, id))!, world.clock.now);
  return { world, id, lapsesAt, colleague, decide, statusNow };
}

const credentialOf = ({ id: officerId }: Acting) => ({ name: '办公电脑', binding: { kind: 'officer', officerId }, scopes: null });

const grantsOf = async ({ store }: World) => store.read.select().from(store.tables.grant);

describe('a proposal', () => {
  it('changes nothing until a second officer approves it, and then all of it in one', async () => {
    const { world, id, decide, colleague, statusNow } = await proposed();
    expect(await grantsOf(world)).toEqual([]);
    const { result, ...reply } = await world.must(approveProposal, decide());
    expect(reply).toEqual({ id, command: 'grant', status: 'approved', decided_at: world.clock.now });
    expect(result).toMatchObject({ points: 10, community_id: 'gexiang' });
    expect(await grantsOf(world)).toMatchObject([{ grantedBy: world.gexiang.id, approvedBy: colleague.id, remaining: 10 }]);
    expect(await statusNow()).toBe('approved');
    expect(await proposalById(world.store, id)).toMatchObject({
      decidedBy: colleague.id,
      decisionReason: '同意',
      result: JSON.stringify(result),
    });
  });

  it('is not approved by the officer who proposed it', async () => {
    const { world, id, decide } = await proposed();
    expect(await refusedAlone(world, approveProposal, decide(world.gexiang), 'same_officer')).toEqual({ proposal_id: id });
  });

  it('is not approved from another account of the same person: of the same resident, or of another registration of theirs', async () => {
    const { world, id, decide } = await proposed();
    const { store, gexiang } = world;
    const [own, again] = [await world.register('gexiang'), await world.register('gexiang')];
    const said = { communityId: 'gexiang', why: 'device', foundAt: 1, same: 1, answer: '同一人', answeredBy: gexiang.id, answeredAt: 1 };
    // The one who was registered later comes first.
    await world.run(book, { rows: [put('samePerson', { residentId: again, otherId: own, ...said, version: 0 })] });
    const proposer = (await officerById(store, gexiang.id))!;
    await world.run(book, { rows: [put('officer', { ...proposer, residentId: own })] });
    const account = async (residentId: string | null): Promise<Acting> => {
      const { id: officerId } = await world.must(appointOfficer, { name: '王一', communityId: 'gexiang', residentId });
      return { id: officerId, communityId: 'gexiang' };
    };
    for (const who of [own, again]) {
      expect(await refusedAlone(world, approveProposal, decide(await account(who)), 'same_officer')).toEqual({ proposal_id: id });
    }
    await world.must(approveProposal, decide(await account(await world.register('gexiang'))));
  });

  it('is not there for an officer of another community, nor of the street', async () => {
    const { world, id, decide } = await proposed();
    for (const by of [world.wanhe, await officerOf(world, null)]) {
      expect(await refusedAlone(world, approveProposal, decide(by), 'proposal_not_found')).toEqual({ proposal_id: id });
      await refusedAlone(world, declineProposal, decide(by), 'proposal_not_found');
    }
    const nothing = { by: world.gexiang, id: `pro_${'0'.repeat(32)}`, reason: null, secret: someSecret };
    await refusedAlone(world, approveProposal, nothing, 'proposal_not_found');
  });

  it('is declined by a colleague, or withdrawn by the one who proposed, and then decided', async () => {
    for (const own of [false, true]) {
      const { world, id, decide, colleague, statusNow } = await proposed();
      const by = own ? world.gexiang : colleague;
      expect(await world.must(declineProposal, decide(by))).toEqual({ id, status: 'declined', decided_at: world.clock.now });
      expect(await statusNow()).toBe('declined');
      const figures = { status: 'declined', decided_at: world.clock.now };
      expect(await refusedAlone(world, approveProposal, decide(), 'proposal_decided')).toEqual(figures);
      expect(await refusedAlone(world, declineProposal, decide(), 'proposal_decided')).toEqual(figures);
      expect(await grantsOf(world)).toEqual([]);
    }
  });

  it('is approved once, also by two colleagues at the same time', async () => {
    const { world, decide } = await proposed();
    const third = await officerOf(world, 'gexiang');
    const outcomes = await Promise.all([world.run(approveProposal, decide()), world.run(approveProposal, decide(third))]);
    expect(outcomes).toMatchObject([{ reply: { status: 'approved' } }, { refused: 'proposal_decided' }]);
    expect(await grantsOf(world)).toHaveLength(1);
  });

  it('lapses at its deadline, to the millisecond, without a job', async () => {
    const { world, decide, lapsesAt, statusNow } = await proposed();
    expect(lapsesAt).toBe(world.clock.now + 72 * HOUR);
    world.clock.now = lapsesAt - 1;
    expect(await statusNow()).toBe('open');
    world.clock.now = lapsesAt;
    expect(await statusNow()).toBe('lapsed');
    expect(await refusedAlone(world, approveProposal, decide(), 'proposal_lapsed')).toEqual({ lapsed_at: lapsesAt });
    await refusedAlone(world, declineProposal, decide(), 'proposal_lapsed');
  });

  it('stays open where what it proposes is refused, and can be approved when the reason is gone', async () => {
    const { world, decide, statusNow } = await proposed();
    const set = (status: 'active' | 'suspended') => ({ by: world.gexiang, id: world.residentId, status, reason: '核实' });
    await world.must(setResidentStatus, set('suspended'));
    await refusedAlone(world, approveProposal, decide(), 'resident_suspended');
    expect(await statusNow()).toBe('open');
    await world.must(setResidentStatus, set('active'));
    await world.must(approveProposal, decide());
  });

  it('is judged by the rules of the day on which it is approved', async () => {
    const { world, decide } = await proposed('活动-17');
    const other = await world.must(grant, deedOf(world, { externalReference: '活动-17' }));
    expect(await refusedAlone(world, approveProposal, decide(), 'reference_used')).toMatchObject({ grant_id: other.id });
    await world.must(reverseGrant, { by: world.gexiang, grantId: other.id, reason: '登记错误' });
    await refusedAlone(world, approveProposal, decide(), 'reference_used');
  });

  it('has as long as the policy gave it when it was made', async () => {
    const world = await openWorld();
    await enact(world, 'proposal_validity', { hours: 1 });
    const by = await officerOf(world, null);
    const made = await world.must(propose, { by, command: 'policy', input: rate, reason: '调整' });
    expect(made.lapses_at).toBe(world.clock.now + HOUR);
  });

  it('has hours of working days, as the calendar has them when it is made', async () => {
    const world = await openWorld(Date.parse('2026-03-06T17:00:00+08:00'));
    const by = await officerOf(world, null);
    const proposing = { by, command: 'policy', input: rate, reason: '调整' } as const;
    const before = await world.must(propose, proposing);
    expect(before.lapses_at).toBe(Date.parse('2026-03-11T17:00:00+08:00'));
    await enact(world, 'calendar', { off: ['2026-03-10'], on: ['2026-03-07'] });
    expect((await world.must(propose, proposing)).lapses_at).toBe(Date.parse('2026-03-11T17:00:00+08:00'));
    await enact(world, 'calendar', { off: ['2026-03-10', '2026-03-09'], on: [] });
    expect((await world.must(propose, proposing)).lapses_at).toBe(Date.parse('2026-03-13T17:00:00+08:00'));
    expect((await proposalById(world.store, before.id))!.lapsesAt).toBe(before.lapses_at);
  });

  it('of a policy, an officer and a credential is the street’s, of a grant a community’s', async () => {
    const world = await openWorld();
    for (const [command, input] of [
      ['policy', rate],
      ['officer', { name: '赵六', communityId: 'gexiang' }],
      ['credential', credentialOf(world.gexiang)],
    ] as const) {
      expect(await refusedAlone(world, propose, { by: world.gexiang, command, input, reason: '调整' }, 'street_only')).toEqual({});
    }
    const deed = { by: street, command: 'grant' as const, input: deedOf(world), reason: '表彰' };
    expect(await refusedAlone(world, propose, deed, 'community_only')).toEqual({});
  });
});

describe('officers and their credentials', () => {
  it('are made by two officers of the street', async () => {
    const world = await openWorld();
    const by = await officerOf(world, null);
    const officer = await byTwo(world, by, 'officer', { name: '赵六', communityId: 'gexiang' });
    expect(officer).toEqual({ id: expect.stringMatching(/^off_/), community_id: 'gexiang' });
    const acting = { id: (officer as { id: string }).id, communityId: 'gexiang' };
    const client = await byTwo(world, by, 'credential', credentialOf(acting));
    expect(client).toMatchObject({ kind: 'officer', community_id: 'gexiang', sealed_secret: 'sealed' });
    const { read, tables } = world.store;
    expect(await read.select().from(tables.client)).toMatchObject([{ officerId: acting.id, secretHash: someSecret.secretHash }]);
  });

  it('are for a community and an officer who are there when it is approved', async () => {
    const world = await openWorld();
    const [by, second] = [await officerOf(world, null), await officerOf(world, null)];
    const nobody = { id: `off_${'0'.repeat(32)}`, communityId: null };
    const cases = [
      ['officer', { name: '赵六', communityId: 'nowhere' }, 'community_not_found'],
      ['credential', credentialOf(nobody), 'officer_not_found'],
      ['credential', { ...credentialOf(world.gexiang), scopes: ['ledger:read'] }, 'scope_not_grantable'],
    ] as const;
    for (const [command, input, code] of cases) {
      const { id } = await world.must(propose, { by, command, input, reason: '新人' });
      await refusedAlone(world, approveProposal, { by: second, id, reason: null, secret: someSecret }, code);
    }
  });

  it('leave no secret in the proposal, sealed or not', async () => {
    const world = await openWorld();
    await byTwo(world, await officerOf(world, null), 'credential', credentialOf(world.gexiang));
    const { read, tables } = world.store;
    const [proposal] = await read.select().from(tables.proposal);
    expect(Object.keys(JSON.parse(proposal!.result!))).toEqual(['id', 'kind', 'community_id', 'scopes', 'created_at']);
    expect(JSON.stringify(proposal)).not.toMatch(/secret|sealed/);
  });

  it('are approved neither by who proposed them nor outside of the street', async () => {
    const world = await openWorld();
    const by = await officerOf(world, null);
    const made = async (command: 'officer' | 'credential', input: object) =>
      (await world.must(propose, { by, command, input, reason: '新人' })).id;
    const ids = [await made('officer', { name: '不存在', communityId: null }), await made('credential', credentialOf(world.gexiang))];
    for (const id of ids) {
      const approval = { id, reason: null, secret: someSecret };
      await refusedAlone(world, approveProposal, { by, ...approval }, 'same_officer');
      await refusedAlone(world, approveProposal, { by: world.gexiang, ...approval }, 'proposal_not_found');
    }
  });
});

it('proposals are listed by what they are at the time: a lapsed one is not open any more', async () => {
  const { world, id, decide, lapsesAt } = await proposed();
  const { by, approvedBy: _, ...input } = deedOf(world);
  world.clock.advance(HOUR);
  const later = (await world.must(propose, { by, command: 'grant', input, reason: '表彰' })).id;
  const ids = async (status: ProposalStatus | undefined, communityId: string | null = 'gexiang') =>
    (await proposalsPage(world.store, { communityId, status, residentId: undefined, at: world.clock.now }, { limit: 10 })).map(
      (row) => row.id,
    );
  expect(await ids('open')).toEqual([later, id]);
  expect(await ids('open', 'wanhe')).toEqual([]);
  world.clock.now = lapsesAt;
  expect(await ids('open')).toEqual([later]);
  expect(await ids('lapsed')).toEqual([id]);
  await world.must(approveProposal, { ...decide(), id: later });
  expect([await ids('approved'), await ids('declined'), await ids(undefined)]).toEqual([[later], [], [later, id]]);
});
