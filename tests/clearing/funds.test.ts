import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { contribute, fundOf, movementsPage } from '../../src/clearing/index.ts';
import { hledgerJournal } from '../../src/ledger/index.ts';
import { balancesOf } from '../support/balances.ts';
import { plansOf } from '../support/plans.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { officerOf } from '../support/two-officers.ts';
import { openWorld, type World } from '../support/world.ts';

async function openTreasury() {
  const world = await openWorld();
  const clerk = await officerOf(world, null);
  const contribution = (bankReference: string, fen = 50_000, communityId = 'gexiang') => ({ by: clerk, communityId, fen, bankReference });
  return { world, clerk, contribution };
}

const moneyOf = async ({ store }: World) =>
  (await balancesOf(store)).filter(({ unit }) => unit === 'fen').map(({ path, balance }) => [path, balance]);

describe('a contribution', () => {
  it('is an entry in the community’s own book, and a movement on its bank account', async () => {
    const { world, contribution } = await openTreasury();
    const made = await world.must(contribute, contribution('B-1'));
    expect(made).toEqual({
      id: `con_${made.entry_id.slice(4)}`,
      community_id: 'gexiang',
      fen: 50_000,
      bank_reference: 'B-1',
      business_day: '2026-03-02',
      booked_at: world.clock.now,
      entry_id: made.entry_id,
    });
    expect(await moneyOf(world)).toEqual([
      ['bank:gexiang', 50_000],
      ['fund:gexiang', -50_000],
    ]);
    expect(await movementsPage(world.store, 'gexiang', { limit: 5 })).toEqual([
      {
        reference: 'B-1',
        communityId: 'gexiang',
        kind: 'contribution',
        fen: 50_000,
        subject: made.id,
        entryId: made.entry_id,
        bookedAt: world.clock.now,
      },
    ]);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('stands in the book that the community exports, and in no other’s', async () => {
    const { world, contribution } = await openTreasury();
    const { id } = await world.must(contribute, contribution('B-1'));
    const bookOf = async (community: string) => (await Array.fromAsync(hledgerJournal(world.store, community))).join('');
    const book = await bookOf('gexiang');
    expect(book).toContain('contribution  ; effective:2026-03-02');
    expect(book).toContain(`subject:${id}\n    bank:gexiang  50000 fen\n    fund:gexiang  -50000 fen\n`);
    expect(await bookOf('wanhe')).not.toContain('fen\n    ');
  });

  it('counts once for a reference of the bank’s, however many arrive together; another account has references of its own', async () => {
    const { world, contribution } = await openTreasury();
    const outcomes = await Promise.all([1, 2, 3].map(() => world.run(contribute, contribution('B-1'))));
    expect(outcomes.filter((outcome) => 'reply' in outcome)).toHaveLength(1);
    const [first] = await movementsPage(world.store, 'gexiang', { limit: 1 });
    expect(await refusedAlone(world, contribute, contribution('B-1', 70_000), 'bank_reference_used')).toEqual({
      bank_reference: 'B-1',
      kind: 'contribution',
      subject: first!.subject,
      fen: 50_000,
      booked_at: world.clock.now,
    });
    await world.must(contribute, contribution('B-1', 1, 'wanhe'));
    expect(await moneyOf(world)).toEqual([
      ['bank:gexiang', 50_000],
      ['bank:wanhe', 1],
      ['fund:gexiang', -50_000],
      ['fund:wanhe', -1],
    ]);
  });

  it.each(['b-1', '\uFF22-1', 'B\u200B-1', 'B\u20101'])('counts once in whatever spelling its reference comes: %j', async (spelling) => {
    const { world, contribution } = await openTreasury();
    await world.must(contribute, contribution('B-1'));
    expect(await refusedAlone(world, contribute, contribution(spelling), 'bank_reference_used')).toMatchObject({
      bank_reference: spelling,
      stored_as: 'B-1',
      fen: 50_000,
    });
    await world.must(contribute, contribution('B1'));
    await world.must(contribute, contribution(spelling, 1, 'wanhe'));
    expect((await movementsPage(world.store, 'wanhe', { limit: 1 }))[0]!.reference).toBe(spelling);
    const together = await Promise.all(['C-9', 'c-9', '\uFF23-9'].map((reference) => world.run(contribute, contribution(reference))));
    expect(together).toMatchObject([
      { reply: { bank_reference: 'C-9' } },
      { details: { stored_as: 'C-9' } },
      { details: { stored_as: 'C-9' } },
    ]);
  });

  it('takes the longest reference that folding makes out of a sent one', async () => {
    const { world, contribution } = await openTreasury();
    const longest = '\uFDFA'.repeat(64);
    await world.must(contribute, contribution(longest));
    await refusedAlone(world, contribute, contribution(`\u200B${longest}`), 'bank_reference_used');
  });

  it('is attested by the street office, for a community that is there', async () => {
    const { world, contribution } = await openTreasury();
    await refusedAlone(world, contribute, { ...contribution('B-1'), by: world.gexiang }, 'street_only');
    const details = await refusedAlone(world, contribute, contribution('B-1', 1, 'nowhere'), 'community_not_found');
    expect(details).toEqual({ community_id: 'nowhere' });
  });
});

it('a fund tells what came in, what was spent, what is promised and what the bank holds', async () => {
  const { world, contribution } = await openTreasury();
  const now = () => fundOf(world.store, 'gexiang', world.clock.now);
  expect(await now()).toEqual({ fundFen: 0, costFen: 0, openPoints: 0, openFen: 0, bankFen: 0 });
  await world.must(contribute, contribution('B-1'));
  await world.grantHours(world.gexiang, world.residentId, 25);
  await world.redeemVoucher(await world.takeVoucher());
  expect(await now()).toEqual({ fundFen: 50_000, costFen: 1_000, openPoints: 150, openFen: 1_500, bankFen: 50_000 });
});

it('a page of movements costs the same however many there are', async () => {
  const { world, contribution } = await openTreasury();
  await world.must(contribute, contribution('B-1'));
  const [{ entryId } = { entryId: '' }] = await movementsPage(world.store, 'gexiang', { limit: 1 });
  const plans = await plansOf(world, () => movementsPage(world.store, 'gexiang', { limit: 1, after: entryId }));
  expect(plans.length).toBeGreaterThan(0);
  for (const { statement, scans, sorts } of plans) expect([scans, sorts], statement).toEqual([[], false]);
});
