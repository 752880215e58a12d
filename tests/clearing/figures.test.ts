/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { figuresOfDays, tallyClosedDays } from '../../src/clearing/index.ts';
import { reverseGrant } from '../../src/communities/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { cancelVoucher, closeDayOver, expireDue } from '../../src/redeem/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import type { Raw } from '../support/raw.ts';
import { brokenBy } from '../support/tampering.ts';
import { byTwo, enact, succeed } from '../support/two-officers.ts';
import type { World } from '../support/world.ts';

const nothing = {
  grants: 0,
  pointsGranted: 0,
  pointsTakenBack: 0,
  vouchers: 0,
  pointsIssued: 0,
  redemptions: 0,
  reversals: 0,
  pointsRedeemed: 0,
  fenRedeemed: 0,
  pointsExpired: 0,
};

async function tally({ store: view, engine }: World): Promise<void> {
  while ((await tallyClosedDays({ view, engine })) > 0);
}

/** What is kept, by day and community, without what is zero. */
async function kept({ store }: World): Promise<Record<string, Record<string, object>>> {
  const days: Record<string, Record<string, object>> = {};
  for await (const { day, figures } of figuresOfDays(store, '2026-01-01', '2027-12-31')) {
    const some = ({ communityId, ...all }: (typeof figures)[number]) => {
      expect(Object.keys(all)).toEqual(Object.keys(nothing));
      return [communityId, Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0))];
    };
    days[day] = Object.fromEntries(figures.map(some));
  }
  return days;
}

async function expectSound({ store }: World): Promise<void> {
  expect((await audit(store)).checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
}

async function close({ world, goOnTo }: Communities, day: string, next: string): Promise<void> {
  goOnTo(next);
  await world.must(closeDay, { day });
}

describe('the figures of a closed day', () => {
  it('count what each community granted, and what became of its points wherever they were spent', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    await scheme.spend('gexiang', 'wanhe', 2);
    const undone = await scheme.spend('wanhe', 'wanhe');
    // A resident who holds 60 points of one community and 40 of the other takes one voucher of both.
    await world.grantHours(world.gexiang, world.residentId, 6);
    await world.grantHours(world.wanhe, world.residentId, 4);
    await world.redeemVoucher(await world.takeVoucher());
    await world.must(reverseGrant, {
      by: world.gexiang,
      grantId: await world.grantHours(world.gexiang, world.residentId, 3),
      reason: '误发',
    });
    await close(scheme, '2026-03-02', '2026-03-03');
    await scheme.reverse(undone);
    await close(scheme, '2026-03-03', '2026-03-04');
    await tally(world);
    expect(await kept(world)).toEqual({
      '2026-03-02': {
        gexiang: {
          grants: 3,
          pointsGranted: 290,
          pointsTakenBack: 30,
          vouchers: 2,
          pointsIssued: 260,
          redemptions: 2,
          pointsRedeemed: 260,
          fenRedeemed: 2_600,
        },
        wanhe: { grants: 2, pointsGranted: 140, vouchers: 2, pointsIssued: 140, redemptions: 2, pointsRedeemed: 140, fenRedeemed: 1_400 },
      },
      '2026-03-03': { wanhe: { reversals: 1, pointsRedeemed: -100, fenRedeemed: -1_000 } },
    });
    await expectSound(world);
  });

  it('count what expired, out of a wallet or out of a voucher', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    await world.grantHours(world.gexiang, world.residentId, 15);
    scheme.goOnTo('2027-12-30');
    const cancelled = await world.takeVoucher();
    scheme.goOnTo('2028-01-01');
    await world.must(closeDay, { day: '2027-12-31' });
    await expireDue({ view: world.store, engine: world.engine, clock: () => world.clock.now });
    await world.must(cancelVoucher, { by: { residentId: world.residentId }, voucherId: cancelled, reason: '不用了' });
    await close(scheme, '2028-01-01', '2028-01-02');
    await tally(world);
    const days: string[] = [];
    for await (const { day, figures } of figuresOfDays(world.store, '2028-01-01', '2028-01-01'))
      days.push(`${day} ${figures.map((each) => `${each.communityId} ${each.pointsExpired}`).join()}`);
    expect(days).toEqual(['2028-01-01 gexiang 150']);
    await expectSound(world);
  });

  it('count a claw-back as points that were taken back, and not below zero as expired', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    const grantId = await world.grantHours(world.gexiang, world.residentId, 12);
    await world.redeemVoucher(await world.takeVoucher());
    await byTwo(world, world.gexiang, 'clawback', { grantId });
    await close(scheme, '2026-03-02', '2026-03-03');
    await tally(world);
    expect((await kept(world))['2026-03-02']).toEqual({
      gexiang: {
        grants: 1,
        pointsGranted: 120,
        pointsTakenBack: 120,
        vouchers: 1,
        pointsIssued: 100,
        redemptions: 1,
        pointsRedeemed: 100,
        fenRedeemed: 1_000,
      },
    });
    await expectSound(world);
  });

  it('leave points with their issuer and the fen with its successor', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    await succeed(world, 'gexiang', 'wanhe', '2026-03-03');
    await world.grantHours(world.gexiang, world.residentId, 10);
    await close(scheme, '2026-03-02', '2026-03-03');
    await world.redeemVoucher(await world.takeVoucher());
    await close(scheme, '2026-03-03', '2026-03-04');
    await tally(world);
    expect((await kept(world))['2026-03-03']).toEqual({
      gexiang: { vouchers: 1, pointsIssued: 100, redemptions: 1, pointsRedeemed: 100 },
      wanhe: { fenRedeemed: 1_000 },
    });
  });

  it('are those of the business day, whichever hour it is over at', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    const { world } = scheme;
    await enact(world, 'cut_off', { hour: 18 });
    const deps = { view: world.store, engine: world.engine, clock: () => world.clock.now };
    await scheme.spend('gexiang', 'wanhe');
    world.clock.now = Date.parse('2026-03-02T18:00:00+08:00');
    expect(await closeDayOver(deps)).toBe('2026-03-02');
    await scheme.spend('gexiang', 'wanhe', 2);
    world.clock.now = Date.parse('2026-03-03T18:30:00+08:00');
    await closeDayOver(deps);
    await tally(world);
    const redeemed = Object.entries(await kept(world)).map(([day, { gexiang }]) => [day, (gexiang as typeof nothing).pointsRedeemed]);
    expect(redeemed).toEqual([
      ['2026-03-02', 100],
      ['2026-03-03', 200],
    ]);
    await expectSound(world);
  });

  it('are kept of every day since the first entry, also of those on which nothing was, and of none that is open', async () => {
    const scheme = await openCommunities(['gexiang', 'wanhe']);
    await scheme.spend('gexiang', 'wanhe');
    await close(scheme, '2026-03-04', '2026-03-05');
    await scheme.spend('gexiang', 'wanhe');
    await tally(scheme.world);
    expect(Object.keys(await kept(scheme.world))).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    expect((await kept(scheme.world))['2026-03-03']).toEqual({});
  });
});

async function tampered(tamper: (raw: Raw) => Promise<void>): Promise<Record<string, string>> {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  await scheme.spend('gexiang', 'wanhe');
  await close(scheme, '2026-03-02', '2026-03-03');
  await tally(scheme.world);
  return brokenBy(scheme.world, tamper);
}

describe('the audit of figures names', () => {
  it('S9: figures that the entries of their day do not come to', async () => {
    const found = await tampered((raw) => raw.exec(`update day_figures set figures = replace(figures, '"grants":1', '"grants":2')`));
    expect(found).toEqual({ S9: expect.stringMatching(/^2026-03-02: .*"grants":2.* was kept, .*"grants":1.* is counted$/) });
  });

  it('S9: an entry on a day that was tallied without it', async () => {
    const found = await tampered((raw) => raw.exec(`update entry set business_day = ${raw.day('2026-03-01')} where kind = 'grant'`));
    expect(found['S9']).toMatch(/^2026-03-02: .*"grants":1.* was kept, .*"grants":0.* is counted$/);
  });
});
