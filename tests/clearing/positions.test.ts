/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { businessDayAt, dailyPositions, type Position, positionsOf, tallyClosedDays } from '../../src/clearing/index.ts';
import { duesOf } from '../../src/clearing/frozen.ts';
import { account, addDays, closeDay, cr, dr, entryId, put, type Row } from '../../src/ledger/index.ts';
import type { RedemptionReply } from '../../src/redeem/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { book } from '../support/scheme.ts';
import { enact, succeed } from '../support/two-officers.ts';

const [FIRST, SECOND, THIRD] = ['2026-03-02', '2026-03-03', '2026-03-04'] as const;
const three = ['gexiang', 'taiyan', 'wanhe'] as const;
const everybody = (from: string, through: string) => ({ communityId: null, from, through });

/** A position as a line: `gexiang wanhe to 100/1000 from 0/0 net -100/-1000`, points and fen. */
function lineOf({ communityId, counterpartyId, dueTo, dueFrom, net }: Position): string {
  const [to, from, both] = [dueTo, dueFrom, net].map(({ points, fen }) => `${points}/${fen}`);
  return `${communityId} ${counterpartyId} to ${to} from ${from} net ${both}`;
}

/** Redemptions among three communities, one of them undone on the day after. */
async function openTwoDays(): Promise<Communities> {
  const scheme = await openCommunities(three);
  const returned = await scheme.spend('gexiang', 'wanhe', 2);
  await scheme.spend('gexiang', 'wanhe');
  await scheme.spend('wanhe', 'gexiang');
  await scheme.spend('taiyan', 'taiyan');
  scheme.goOnTo(SECOND);
  await scheme.reverse(returned);
  return scheme;
}

describe('positions', () => {
  it('are gross and net, in points and fen, of every pair from both sides over a range of days', async () => {
    const { world } = await openTwoDays();
    expect((await positionsOf(world.store, everybody(FIRST, SECOND))).map(lineOf)).toEqual([
      'gexiang wanhe to 100/1000 from 100/1000 net 0/0',
      'taiyan taiyan to 100/1000 from 100/1000 net 0/0',
      'wanhe gexiang to 100/1000 from 100/1000 net 0/0',
    ]);
    expect((await positionsOf(world.store, everybody(FIRST, FIRST))).map(lineOf)).toEqual([
      'gexiang wanhe to 300/3000 from 100/1000 net -200/-2000',
      'taiyan taiyan to 100/1000 from 100/1000 net 0/0',
      'wanhe gexiang to 100/1000 from 300/3000 net 200/2000',
    ]);
    expect(await positionsOf(world.store, everybody(THIRD, '2026-12-31'))).toEqual([]);
  });

  it('day by day may be below zero where more was undone than redeemed', async () => {
    const { world } = await openTwoDays();
    const days = await dailyPositions(world.store, everybody(FIRST, THIRD));
    expect(days.map((each) => `${each.day} ${lineOf(each)}`)).toEqual([
      `${FIRST} gexiang wanhe to 300/3000 from 100/1000 net -200/-2000`,
      `${FIRST} taiyan taiyan to 100/1000 from 100/1000 net 0/0`,
      `${FIRST} wanhe gexiang to 100/1000 from 300/3000 net 200/2000`,
      `${SECOND} gexiang wanhe to -200/-2000 from 0/0 net 200/2000`,
      `${SECOND} wanhe gexiang to 0/0 from -200/-2000 net -200/-2000`,
    ]);
  });

  it('of one community are those that it is in, seen from its side', async () => {
    const { world } = await openTwoDays();
    const of = async (communityId: string) => (await positionsOf(world.store, { communityId, from: FIRST, through: FIRST })).map(lineOf);
    expect(await of('wanhe')).toEqual(['wanhe gexiang to 100/1000 from 300/3000 net 200/2000']);
    expect(await of('taiyan')).toEqual(['taiyan taiyan to 100/1000 from 100/1000 net 0/0']);
    expect(await of('nowhere')).toEqual([]);
  });

  it('are still there after a run has netted and paid them', async () => {
    const scheme = await openTwoDays();
    const { store } = scheme.world;
    const before = await dailyPositions(store, everybody(FIRST, SECOND));
    scheme.goOnTo(THIRD);
    const { id } = await scheme.settle(SECOND);
    await scheme.confirmAll(id);
    await scheme.payAll(id);
    expect((await duesOf(store, FIRST, SECOND)).filter(({ fen }) => fen !== 0)).toEqual([]);
    expect(await dailyPositions(store, everybody(FIRST, SECOND))).toEqual(before);
  });

  it('are the successor’s from its day on', async () => {
    const scheme = await openCommunities(three);
    const { world } = scheme;
    await succeed(world, 'wanhe', 'taiyan', SECOND);
    await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo(SECOND);
    await scheme.spend('gexiang', 'wanhe');
    const days = await dailyPositions(world.store, { communityId: 'gexiang', from: FIRST, through: SECOND });
    expect(days.map((each) => `${each.day} ${lineOf(each)}`)).toEqual([
      `${FIRST} gexiang wanhe to 100/1000 from 0/0 net -100/-1000`,
      `${SECOND} gexiang taiyan to 100/1000 from 0/0 net -100/-1000`,
    ]);
  });

  it('have the fen that an adjustment moved, on its day, and no points of it', async () => {
    const scheme = await openTwoDays();
    const { world } = scheme;
    // 10 yuan were booked as owed by Gexiang to Wanhe; Wanhe should have borne them itself.
    const wrong = [
      dr(account.cost('gexiang'), 1_000),
      cr(account.dueTo('gexiang', 'wanhe', SECOND), 1_000),
      dr(account.dueFrom('wanhe', 'gexiang', SECOND), 1_000),
      cr(account.payable('wanhe', scheme.of('wanhe').merchantId, SECOND), 1_000),
    ];
    const right = [dr(account.cost('wanhe'), 1_000), cr(account.payable('wanhe', scheme.of('wanhe').merchantId, SECOND), 1_000)];
    const mirror = wrong.map((leg) => ({ ...leg, amount: 0 - leg.amount }));
    const [mirrorId, rightId] = [await booked(scheme, mirror), await booked(scheme, right)];
    const officers = { proposedBy: world.gexiang.id, approvedBy: world.gexiang.id };
    const row: Row<'adjustment'> = {
      entryId: entryId({ id: 'e'.repeat(32) }),
      id: `adj_${'0'.repeat(32)}`,
      mirrorId,
      rightId,
      businessDay: SECOND,
      reason: '记错',
      ...officers,
      at: 0,
    };
    await world.must(book, { rows: [put('adjustment', row)] });
    expect((await positionsOf(world.store, everybody(SECOND, SECOND))).map(lineOf)).toEqual([
      'gexiang wanhe to -200/-3000 from 0/0 net 200/3000',
      'wanhe gexiang to 0/0 from -200/-3000 net -200/-3000',
      'wanhe wanhe to 0/1000 from 0/1000 net 0/0',
    ]);
  });

  it('are asked through the business day that is open, which after an early close is the next one', async () => {
    const { world } = await openTwoDays();
    expect(await businessDayAt(world.store, world.clock.now)).toBe(SECOND);
    await world.must(closeDay, { day: SECOND, cutOffHour: 10 });
    expect(await businessDayAt(world.store, world.clock.now)).toBe(THIRD);
  });
});

/** Books an entry of its own, and gives its id. */
async function booked({ world }: Communities, postings: Parameters<typeof entryOf>[0]): Promise<string> {
  const { entry } = world.store.tables;
  const ids = async () => (await world.store.read.select({ id: entry.id }).from(entry)).map(({ id }) => id);
  const before = new Set(await ids());
  await world.must(book, { entries: [entryOf(postings, world.clock.now)] });
  return (await ids()).find((id) => !before.has(id))!;
}

function entryOf(postings: ReturnType<typeof dr>[], effectiveAt: number) {
  return { kind: 'adjustment', effectiveAt, subject: `adj_${'0'.repeat(32)}`, postings };
}

type Step = { readonly act: string; readonly issuer: string; readonly acquirer: string; readonly n: number };

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('spend', 'spend', 'spend', 'reverse', 'reverse', 'next day', 'tally', 'settle'),
  issuer: fc.constantFrom(...three),
  acquirer: fc.constantFrom(...three),
  n: fc.nat({ max: 20 }),
});

/** Takes random steps; gives what the scheme came to, the first day that no run has settled, and the last one. */
async function walked(steps: readonly Step[]): Promise<{ scheme: Communities; unsettledFrom: string; day: string }> {
  const scheme = await openCommunities(three);
  const { store: view, engine } = scheme.world;
  await enact(scheme.world, 'reversal_window', { hours: 720 });
  const standing: RedemptionReply[] = [];
  let [day, unsettledFrom]: string[] = [FIRST, FIRST];
  for (const { act, issuer, acquirer, n } of steps) {
    const yesterday = addDays(day!, -1);
    if (act === 'spend') standing.push(await scheme.spend(issuer, acquirer, 1 + (n % 3)));
    if (act === 'reverse' && standing.length > 0) await scheme.reverse(standing.splice(n % standing.length, 1)[0]!);
    if (act === 'tally') await tallyClosedDays({ view, engine });
    if (act === 'settle' && yesterday >= unsettledFrom!) {
      await scheme.settle(yesterday);
      unsettledFrom = day;
    }
    if (act === 'next day') scheme.goOnTo((day = addDays(day!, 1)));
  }
  return { scheme, unsettledFrom: unsettledFrom!, day: day! };
}

it('what positions owe each other is what stands on the accounts of the days that are not settled', async () => {
  const numRuns = inject('engine') === 'sqlite' ? 6 : 2;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25, size: 'max' }), async (steps) => {
      const { scheme, unsettledFrom, day } = await walked(steps);
      const { store } = scheme.world;
      const owed = (await duesOf(store, unsettledFrom, day)).filter(({ fen }) => fen !== 0);
      const positions = await dailyPositions(store, everybody(unsettledFrom, day));
      const told = positions.filter(({ communityId, counterpartyId, dueTo }) => communityId !== counterpartyId && dueTo.fen !== 0);
      expect(told.map((each) => `${each.day} ${each.communityId} ${each.counterpartyId} ${each.dueTo.fen}`).toSorted()).toEqual(
        owed.map((due) => `${due.day} ${due.debtor} ${due.creditor} ${due.fen}`).toSorted(),
      );
      // 100 points are 1000 fen here, and each pair is told from both sides.
      expect(positions.filter(({ dueTo }) => dueTo.points * 10 !== dueTo.fen)).toEqual([]);
      const whole = await positionsOf(store, everybody(FIRST, day));
      expect(whole.reduce((sum, { net }) => sum + net.fen, 0)).toBe(0);
      expect((await audit(store)).ok).toBe(true);
    }),
    { numRuns, ...(process.env['CALLMI_SEED'] && { seed: Number(process.env['CALLMI_SEED']) }) },
  );
});
