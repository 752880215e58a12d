import { describe, expect, it } from 'vitest';
import { audit, checkLine } from '../../src/cli/audit.ts';
import {
  disputePosition,
  openSettlementRun,
  partiesOf,
  paymentsOfRun,
  payoutsPage,
  positionsOfRun,
  resolveDispute,
  settleThrough,
} from '../../src/clearing/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { entriesAfter, journalLines } from '../support/journal.ts';
import { enact } from '../support/two-officers.ts';
import { street } from '../support/world.ts';

const open = (number: number, throughDay: string) => ({ by: street, number, throughDay });

const three = ['gexiang', 'taiyan', 'wanhe'];

async function expectWhole({ world }: Communities): Promise<void> {
  const { ok, checks } = await audit(world.store);
  expect(ok, checks.map(checkLine).join('')).toBe(true);
}

/** Accounts of a kind that do not stand at zero. */
async function openAccounts({ world }: Communities, kinds: readonly string[]): Promise<string[]> {
  const all = await balances(world.store, {});
  return all
    .filter(({ path, balance }) => balance !== 0 && kinds.includes(path.split(':')[0]!))
    .map(({ path, balance }) => `${path} ${balance}`);
}

describe('a settlement run', () => {
  it('nets what communities owe each other, and everything of the period is zero once it is paid', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    await scheme.spend('gexiang', 'wanhe', 3);
    await scheme.spend('taiyan', 'wanhe', 2);
    await scheme.spend('wanhe', 'taiyan', 1);
    await scheme.spend('wanhe', 'wanhe', 1);
    const [before] = (await entriesAfter(world.store, undefined)).slice(-1);
    scheme.goOnTo('2026-03-03');
    const run = await scheme.settle('2026-03-02');
    expect(run).toMatchObject({ number: 1, state: 'closed', grossFen: 6_000, netFen: 4_000, unconfirmed: 4, unpaid: 4 });

    const netting = await entriesAfter(world.store, before!.id);
    expect(netting.map(({ kind, postings }) => [kind, ...journalLines(postings)])).toEqual([
      ['netting', 'dr due-to:gexiang:wanhe:2026-03-02 3000   cr clearing:gexiang:2026-03-02 3000   fen'],
      [
        'netting',
        'dr due-to:taiyan:wanhe:2026-03-02 2000   cr due-from:taiyan:wanhe:2026-03-02 1000  cr clearing:taiyan:2026-03-02 1000   fen',
      ],
      [
        'netting',
        'dr due-to:wanhe:taiyan:2026-03-02 1000  dr clearing:wanhe:2026-03-02 4000   cr due-from:wanhe:gexiang:2026-03-02 3000  cr due-from:wanhe:taiyan:2026-03-02 2000   fen',
      ],
    ]);
    const payments = await paymentsOfRun(world.store, run.id, null);
    expect(payments.map(({ debtorId, creditorId, fen }) => ({ debtorId, creditorId, fen }))).toEqual([
      { debtorId: 'gexiang', creditorId: 'wanhe', fen: 3_000 },
      { debtorId: 'taiyan', creditorId: 'wanhe', fen: 1_000 },
    ]);
    const payouts = await payoutsPage(world.store, run.id, null, { limit: 10 });
    expect(payouts.map(({ communityId, fen, state }) => ({ communityId, fen, state }))).toEqual([
      { communityId: 'taiyan', fen: 1_000, state: 'due' },
      { communityId: 'wanhe', fen: 6_000, state: 'due' },
    ]);
    await expectWhole(scheme);

    await scheme.confirmAll(run.id);
    expect(await scheme.payAll(run.id)).toMatchObject({ state: 'paid', unconfirmed: 0, unpaid: 0 });
    expect(await openAccounts(scheme, ['due-to', 'due-from', 'clearing', 'payable'])).toEqual([]);
    expect(await openAccounts(scheme, ['bank', 'cost'])).toEqual([
      'bank:gexiang -3000',
      'bank:taiyan -2000',
      'bank:wanhe -2000',
      'cost:gexiang 3000',
      'cost:taiyan 2000',
      'cost:wanhe 2000',
    ]);
    await expectWhole(scheme);
  });

  it('carries a merchant whose day was undone to its next payout, and never collects from it', async () => {
    const scheme = await openCommunities(three);
    const redeemed = await scheme.spend('gexiang', 'wanhe', 2);
    scheme.goOnTo('2026-03-03');
    const first = await scheme.settle('2026-03-02');
    await scheme.confirmAll(first.id);
    await scheme.payAll(first.id);
    await scheme.reverse(redeemed);
    scheme.goOnTo('2026-03-04');
    const second = await scheme.settle('2026-03-03');
    expect(second).toMatchObject({ number: 2, fromDay: '2026-03-03', grossFen: 2_000, netFen: 2_000, unpaid: 1 });
    expect(await payoutsPage(scheme.world.store, second.id, null, { limit: 10 })).toMatchObject([{ state: 'carried', fen: -2_000 }]);
    expect(await openAccounts(scheme, ['payable'])).toEqual([`payable:wanhe:${scheme.of('wanhe').merchantId}:2026-03-04 2000`]);
    await scheme.spend('gexiang', 'wanhe', 5);
    scheme.goOnTo('2026-03-05');
    const third = await scheme.settle('2026-03-04');
    expect(await payoutsPage(scheme.world.store, third.id, null, { limit: 10 })).toMatchObject([{ state: 'due', fen: 3_000 }]);
    for (const run of [second, third]) {
      await scheme.confirmAll(run.id);
      expect(await scheme.payAll(run.id)).toMatchObject({ state: 'paid' });
    }
    expect(await openAccounts(scheme, ['due-to', 'due-from', 'clearing', 'payable'])).toEqual([]);
    expect(await openAccounts(scheme, ['bank'])).toEqual(['bank:gexiang -5000']);
    await expectWhole(scheme);
  });

  it('with nothing to settle is paid as soon as it closes', async () => {
    const scheme = await openCommunities(three);
    scheme.goOnTo('2026-03-03');
    expect(await scheme.settle('2026-03-02')).toMatchObject({ state: 'paid', grossFen: 0, netFen: 0 });
    await expectWhole(scheme);
  });

  it('is the one that there is where all days that are over are settled, also after the cut-off has moved back', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    const deps = { view: world.store, engine: world.engine, clock: () => world.clock.now };
    await enact(world, 'cut_off', { hour: 20 });
    world.clock.now = Date.parse('2026-03-02T20:30:00+08:00');
    const run = await settleThrough(deps);
    expect(run).toMatchObject({ number: 1, throughDay: '2026-03-02' });
    await enact(world, 'cut_off', { hour: 24 });
    world.clock.advance(1);
    expect(await settleThrough(deps)).toEqual(run);
    expect(await settleThrough(deps, '2026-03-01')).toMatchObject({ refused: 'settlement_day_settled' });
  });

  it('follows the run before, and one is open at a time', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    await world.refused(openSettlementRun, { ...open(1, '2026-03-02'), by: world.gexiang }, 'street_only');
    expect(await world.refused(openSettlementRun, open(1, '2026-03-01'), 'settlement_day_settled')).toMatchObject({
      from_day: '2026-03-02',
    });
    await world.refused(openSettlementRun, open(1, '2027-03-03'), 'settlement_period_too_long');
    // While it is open there is no other, so it is not over days that could not be closed for long.
    await world.refused(openSettlementRun, open(1, '2026-03-02'), 'business_day_not_over');
    scheme.goOnTo('2026-03-03');
    const { id } = await world.must(openSettlementRun, open(1, '2026-03-02'));
    expect(await world.refused(openSettlementRun, open(1, '2026-03-02'), 'settlement_run_open')).toEqual({ run_id: id });
    expect(await world.refused(openSettlementRun, open(2, '2026-03-03'), 'settlement_run_open')).toEqual({ run_id: id });
  });

  it('keeps the names that communities had, and marks what is disputed without waiting for it', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo('2026-03-03');
    const { id: runId } = await scheme.settle('2026-03-02');
    expect((await partiesOf(world.store, runId)).map(({ communityId, name, netFen }) => [communityId, name, netFen])).toEqual([
      ['gexiang', '葛巷社区', -1_000],
      ['wanhe', '万和社区', 1_000],
    ]);
    const dispute = { by: world.gexiang, runId, counterpartyId: 'wanhe', reason: '不是本社区的积分' };
    await world.refused(disputePosition, { ...dispute, by: street }, 'community_only');
    await world.refused(disputePosition, { ...dispute, counterpartyId: 'taiyan' }, 'position_not_found');
    await world.must(disputePosition, dispute);
    await world.refused(disputePosition, dispute, 'dispute_open');
    expect(await positionsOfRun(world.store, runId, 'gexiang')).toMatchObject([{ disputeReason: '不是本社区的积分', dueToFen: 1_000 }]);
    const resolution = { runId, communityId: 'gexiang', counterpartyId: 'wanhe', resolution: '已核实' };
    await world.refused(resolveDispute, { ...resolution, by: world.wanhe }, 'foreign_community');
    await world.must(resolveDispute, { ...resolution, by: street });
    await world.refused(resolveDispute, { ...resolution, by: street }, 'dispute_not_open');
    await scheme.confirmAll(runId);
    expect(await scheme.payAll(runId)).toMatchObject({ state: 'paid' });
  });
});
