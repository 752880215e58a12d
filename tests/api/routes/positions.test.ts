/** The clock stands at 2026-03-02 10:00 in Shanghai. */
import { describe, expect, it } from 'vitest';
import { reviseActionRule } from '../../../src/communities/index.ts';
import { closeDay } from '../../../src/ledger/index.ts';
import { redeem } from '../../../src/redeem/index.ts';
import { type Communities, openCommunities } from '../../support/communities.ts';
import type { Caller } from '../../support/counter.ts';
import { expectFields, expectProblem, listed, type Offices, openOffices, read } from '../../support/offices.ts';
import { hexNo } from '../../support/rows.ts';
import { enact, succeed } from '../../support/two-officers.ts';
import { hourlyRule } from '../../support/world.ts';

const [FIRST, SECOND] = ['2026-03-02', '2026-03-03'] as const;

type Three = Offices & {
  readonly scheme: Communities;
  readonly taiyan: Caller;
  readonly machineOfWanhe: Caller;
  readonly machineOfAll: Caller;
};

async function openThree(): Promise<Three> {
  const offices = await openOffices();
  const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe'], offices.world);
  return {
    ...offices,
    scheme,
    taiyan: await offices.as({ kind: 'officer', officerId: scheme.of('taiyan').officer.id }),
    machineOfWanhe: await offices.as({ kind: 'machine', communityId: 'wanhe' }),
    machineOfAll: await offices.as({ kind: 'machine', communityId: null }),
  };
}

function linesPath(issuer: string, acquirer: string, day: string = FIRST): string {
  return `/v1/positions/redemptions?issuer=${issuer}&acquirer=${acquirer}&business_day=${day}`;
}

function grantsPath(redemptionId: string): string {
  return `/v1/positions/redemptions/${redemptionId}/grants`;
}

/** The limit of each position that the caller sees. */
async function limits(caller: Caller, query = ''): Promise<unknown[]> {
  const { items } = await read(caller, `/v1/positions?${query}`);
  return (items as Record<string, unknown>[]).map((item) => [item['counterparty_id'], item['limit']]);
}

const amounts = (points: number, fen: number) => ({ points, fen });

/** 60 points of Gexiang, of two grants, and 40 of Wanhe, in one voucher that was redeemed at the supermarket in Wanhe. */
async function redeemedOfBoth({ world }: Offices) {
  const grants = [await world.grantHours(world.gexiang, world.residentId, 2), await world.grantHours(world.gexiang, world.residentId, 4)];
  const ofWanhe = await world.grantHours(world.wanhe, world.residentId, 4);
  return { grants, ofWanhe, redemption: await world.redeemVoucher(await world.takeVoucher()) };
}

describe('GET /v1/positions', () => {
  it('gives a community its own, and the street office and a machine of the whole scheme all', async () => {
    const { scheme, gexiang, taiyan, street, machine, machineOfAll } = await openThree();
    await scheme.spend('gexiang', 'wanhe', 3);
    await scheme.spend('wanhe', 'gexiang');
    await scheme.spend('taiyan', 'taiyan');
    const own = {
      business_day: null,
      community_id: 'gexiang',
      counterparty_id: 'wanhe',
      due_to: amounts(300, 3_000),
      due_from: amounts(100, 1_000),
      net: amounts(-200, -2_000),
      limit: null,
    };
    for (const caller of [gexiang, machine]) {
      expect(await read(caller, '/v1/positions')).toEqual({ from: '2026-03-01', through: FIRST, items: [own] });
    }
    const atHome = { community_id: 'taiyan', counterparty_id: 'taiyan', net: amounts(0, 0) };
    expect((await read(taiyan, '/v1/positions'))['items']).toMatchObject([atHome]);
    for (const caller of [street, machineOfAll]) {
      const { items } = await read(caller, '/v1/positions');
      expect(items).toMatchObject([own, atHome, { community_id: 'wanhe', counterparty_id: 'gexiang', net: amounts(200, 2_000) }]);
    }
    expect((await read(street, '/v1/positions?community_id=taiyan'))['items']).toMatchObject([atHome]);
    expectProblem(await taiyan.get('/v1/positions?community_id=gexiang'), 'foreign_community');
  });

  it('is for a range of business days or for each of them, this month so far if none are named', async () => {
    const { scheme, gexiang } = await openThree();
    const returned = await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo(SECOND);
    await scheme.reverse(returned);
    await scheme.spend('gexiang', 'taiyan');
    const items = async (query: string) =>
      ((await read(gexiang, `/v1/positions?${query}`))['items'] as any[]).map(
        ({ business_day, counterparty_id, due_to }) => `${business_day} ${counterparty_id} ${due_to.fen}`,
      );
    expect(await items('')).toEqual(['null taiyan 1000', 'null wanhe 0']);
    expect(await items(`from=${FIRST}&through=${FIRST}`)).toEqual(['null wanhe 1000']);
    expect(await items('by=day')).toEqual([`${FIRST} wanhe 1000`, `${SECOND} taiyan 1000`, `${SECOND} wanhe -1000`]);
    scheme.goOnTo('2026-04-01');
    expect(await items('')).toEqual([]);
    expect(await items('through=2026-03-31')).toEqual(['null taiyan 1000', 'null wanhe 0']);
  });

  it('has today’s by itself after today was closed early', async () => {
    const { scheme, world, gexiang } = await openThree();
    await world.must(closeDay, { day: FIRST, cutOffHour: 10 });
    await scheme.spend('gexiang', 'wanhe');
    expect(await read(gexiang, '/v1/positions')).toMatchObject({ through: SECOND, items: [{ due_to: amounts(100, 1_000) }] });
  });

  it('tells both of a pair how near whoever owes the other is to the limit, net over the range', async () => {
    const { scheme, world, gexiang, wanhe, taiyan } = await openThree();
    await enact(world, 'position_limit', { fen: 20_000, pairs: { 'gexiang>wanhe': 5_000 } });
    await scheme.spend('gexiang', 'wanhe', 4);
    scheme.goOnTo(SECOND);
    await scheme.spend('wanhe', 'gexiang');
    await scheme.spend('gexiang', 'taiyan');
    await scheme.spend('taiyan', 'gexiang');
    const named = { limit_fen: 5_000, used_percent: 60, warning: null };
    expect(await limits(gexiang)).toEqual([
      ['taiyan', null],
      ['wanhe', named],
    ]);
    expect(await limits(wanhe)).toEqual([['gexiang', named]]);
    const warned = { limit_fen: 5_000, used_percent: 80, warning: 70 };
    expect(await limits(gexiang, `through=${FIRST}`)).toEqual([['wanhe', warned]]);
    expect(await limits(wanhe, `from=${SECOND}`)).toEqual([['gexiang', { limit_fen: 20_000, used_percent: 5, warning: null }]]);
    expect(await limits(taiyan, 'by=day')).toEqual([['gexiang', null]]);
    await enact(world, 'position_limit', { fen: null, pairs: {} });
    expect(await limits(wanhe)).toEqual([['gexiang', null]]);
  });

  it('refuses ranges that are none, or too long, or of days that are none', async () => {
    const { gexiang } = await openOffices();
    expectFields(await gexiang.get(`/v1/positions?from=${SECOND}&through=${FIRST}`), 'query/through');
    expectFields(await gexiang.get('/v1/positions?from=2025-01-01&through=2026-01-02'), 'query/through');
    await read(gexiang, '/v1/positions?from=2025-01-01&through=2026-01-01');
    expectFields(await gexiang.get('/v1/positions?by=day&from=2026-01-01&through=2026-02-01'), 'query/through');
    await read(gexiang, '/v1/positions?by=day&from=2026-01-01&through=2026-01-31');
    await read(gexiang, '/v1/positions?from=9999-12-31&through=9999-12-31');
    expectFields(await gexiang.get('/v1/positions?from=2026-02-30'), 'query/from');
    expectFields(await gexiang.get('/v1/positions?from=0000-01-01&through=0000-01-02'), 'query/from', 'query/through');
    expectFields(await gexiang.get('/v1/positions?by=month'), 'query/by');
  });
});

describe('GET /v1/positions/redemptions', () => {
  it('shows the acquirer what happened at its shops, and the issuer the way to its grants', async () => {
    const offices = await openThree();
    const { world, gexiang, wanhe, machine, machineOfWanhe } = offices;
    const { redemption } = await redeemedOfBoth(offices);
    const common = {
      kind: 'redemption',
      id: redemption.id,
      redemption_id: redemption.id,
      at: new Date(redemption.redeemed_at).toISOString(),
      issuer: 'gexiang',
      acquirer: 'wanhe',
      points: 60,
      fen: 600,
    };
    const atTheShop = {
      merchant_id: world.merchantId,
      store_id: world.storeId,
      terminal_id: world.terminalId,
      request_no: redemption.request_no,
      order_no: redemption.order_no,
      resident_name: '葛**',
    };
    for (const caller of [wanhe, machineOfWanhe]) {
      expect(await listed(caller, linesPath('gexiang', 'wanhe'))).toEqual([{ ...common, redemption: atTheShop, grants: null }]);
    }
    for (const caller of [gexiang, machine]) {
      const lines = await listed(caller, linesPath('gexiang', 'wanhe'));
      expect(lines).toEqual([{ ...common, redemption: null, grants: grantsPath(redemption.id) }]);
    }
    expect(await listed(wanhe, linesPath('wanhe', 'wanhe'))).toEqual([
      { ...common, issuer: 'wanhe', points: 40, fen: 400, redemption: atTheShop, grants: grantsPath(redemption.id) },
    ]);
    expect(await listed(gexiang, linesPath('wanhe', 'gexiang'))).toEqual([]);
  });

  it('shows nobody else anything', async () => {
    const offices = await openThree();
    await redeemedOfBoth(offices);
    const { taiyan, street, machineOfAll, till, resident } = offices;
    for (const caller of [taiyan, street, machineOfAll]) {
      for (const issuer of ['gexiang', 'wanhe', 'nowhere']) {
        const answer = await caller.get(linesPath(issuer, 'wanhe'));
        expectProblem(answer, 'foreign_community', { details: { community_id: issuer } });
      }
    }
    for (const caller of [till, resident]) expectProblem(await caller.get(linesPath('gexiang', 'wanhe')), 'insufficient_scope');
  });

  it('comes in pages that give every line once, and together what the position comes to', async () => {
    const { scheme, world, wanhe, gexiang } = await openThree();
    const { merchantId, storeId } = scheme.of('wanhe');
    const made = [];
    for (let n = 0; n < 9; n++) {
      made.push(await scheme.spend(n % 3 === 2 ? 'taiyan' : 'gexiang', 'wanhe', 1 + (n % 2)));
      await world.grantHours(world.gexiang, world.residentId, 10);
      const codeHash = await world.showCode(await world.takeVoucher());
      const till = n % 2 === 0 ? { merchantId: world.merchantId, storeId: world.storeId } : { merchantId, storeId };
      made.push(await world.must(redeem, { ...till, terminalId: null, codeHash, orderNo: 'A', orderAmountFen: 90_000, presentedAt: null }));
    }
    for (const redemption of made.slice(0, 5)) await scheme.reverse(redemption);
    const whole = await listed(wanhe, linesPath('gexiang', 'wanhe'), 100);
    expect(whole.map(({ kind }) => kind)).toEqual([...Array(4).fill('reversal'), ...Array(15).fill('redemption')]);
    for (const limit of [1, 2, 3, 19]) expect(await listed(wanhe, linesPath('gexiang', 'wanhe'), limit)).toEqual(whole);
    const sum = (of: 'points' | 'fen') => whole.reduce((total, line) => total + line[of], 0);
    const { items } = await read(gexiang, '/v1/positions');
    expect(items[0].due_to).toEqual(amounts(sum('points'), sum('fen')));
    const reversal = whole.find(({ kind }) => kind === 'reversal')!;
    expect(reversal).toMatchObject({ id: expect.stringMatching(/^rev_/), redemption_id: expect.stringMatching(/^red_/) });
    expect(reversal['fen']).toBeLessThan(0);
  });

  it('goes past a day of other issuers, however long', async () => {
    const { scheme, world, wanhe } = await openThree();
    const { redemption, voucher } = world.store.tables;
    await scheme.spend('taiyan', 'wanhe');
    const last = await scheme.spend('gexiang', 'wanhe');
    await copied(scheme, 450);
    expect(await world.store.read.$count(redemption)).toBe(452);
    expect(await world.store.read.$count(voucher)).toBe(2);
    expect(await listed(wanhe, linesPath('gexiang', 'wanhe'))).toMatchObject([{ id: last.id }]);
    expect(await listed(wanhe, linesPath('taiyan', 'wanhe'), 100)).toHaveLength(451);
  });

  it('is of the communities that bear and pay it on its day, and a reversal of those of its own', async () => {
    const { scheme, world, gexiang, wanhe, taiyan } = await openThree();
    await succeed(world, 'wanhe', 'taiyan', SECOND);
    const returned = await scheme.spend('gexiang', 'wanhe');
    scheme.goOnTo(SECOND);
    await scheme.reverse(returned);
    const later = await scheme.spend('gexiang', 'wanhe', 2);
    const ids = async (caller: Caller, acquirer: string, day: string) =>
      (await listed(caller, linesPath('gexiang', acquirer, day))).map(({ redemption_id, fen }) => [redemption_id, fen]);
    expect(await ids(wanhe, 'wanhe', FIRST)).toEqual([[returned.id, 1_000]]);
    expect(await ids(taiyan, 'taiyan', FIRST)).toEqual([]);
    expect(await ids(wanhe, 'wanhe', SECOND)).toEqual([]);
    for (const caller of [gexiang, taiyan]) {
      expect(await ids(caller, 'taiyan', SECOND)).toEqual([
        [returned.id, -1_000],
        [later.id, 2_000],
      ]);
    }
    expectProblem(await wanhe.get(linesPath('gexiang', 'taiyan', SECOND)), 'foreign_community');
  });

  it('names what is missing or wrong in the query', async () => {
    const { gexiang } = await openOffices();
    expectFields(await gexiang.get('/v1/positions/redemptions'), 'query/issuer', 'query/acquirer', 'query/business_day');
    expectFields(await gexiang.get(linesPath('gexiang', 'wanhe', '2026-02-30')), 'query/business_day');
    const [grants, crossed] = [['grt_' + '0'.repeat(32)], ['redemption', `sto_${'0'.repeat(32)}`, `rev_${'0'.repeat(32)}`]];
    for (const key of [grants, crossed]) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
      expectFields(await gexiang.get(`${linesPath('gexiang', 'wanhe')}&cursor=${cursor}`), 'query/cursor');
    }
  });
});

/** Writes redemptions of the first voucher anew, as many as a busy day has: only the day and the shop count here. */
async function copied({ world: { store } }: Communities, times: number): Promise<void> {
  const [first] = await store.read.select().from(store.tables.redemption);
  const rows = Array.from({ length: times }, (_, n) => ({ ...first!, id: `red_${hexNo(n)}` }));
  await store.transaction((tx) => tx.write('redemption', rows));
}

describe('GET /v1/positions/redemptions/{id}/grants', () => {
  it('leads the issuer to its deeds, and each issuer only to its own', async () => {
    const offices = await openThree();
    const { world, gexiang, wanhe, machine } = offices;
    const { redemption, grants, ofWanhe } = await redeemedOfBoth(offices);
    const behind = (grantId: string, points: number, communityId: string, ruleId: string) => ({
      grant_id: grantId,
      community_id: communityId,
      resident_id: world.residentId,
      points,
      granted_points: points,
      lot: { expires_on: '2027-12-31' },
      deed: {
        action_rule_id: ruleId,
        rule_version: 1,
        rule_name: '志愿服务',
        class: 'volunteer',
        quantity: points / 10,
        occurred_on: FIRST,
        description: '社区清洁',
        external_reference: null,
      },
      granted_at: new Date(Date.parse(`${FIRST}T10:00:00+08:00`)).toISOString(),
    });
    const own = [behind(grants[0]!, 20, 'gexiang', world.ruleId), behind(grants[1]!, 40, 'gexiang', world.ruleId)].toSorted((a, b) =>
      a.grant_id < b.grant_id ? -1 : 1,
    );
    for (const caller of [gexiang, machine]) {
      for (const limit of [1, 2, 5]) expect(await listed(caller, grantsPath(redemption.id), limit)).toEqual(own);
    }
    expect(await listed(wanhe, grantsPath(redemption.id))).toEqual([behind(ofWanhe, 40, 'wanhe', world.wanheRuleId)]);
  });

  it('shows only the points that the voucher took of a grant, and the rule as it was', async () => {
    const { world, gexiang } = await openThree();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 25);
    const redemption = await world.redeemVoucher(await world.takeVoucher());
    await world.must(reviseActionRule, { by: world.gexiang, id: world.ruleId, terms: { ...hourlyRule, name: '巡逻', points: 20 } });
    expect(await listed(gexiang, grantsPath(redemption.id))).toMatchObject([
      { grant_id: grantId, points: 100, granted_points: 250, deed: { rule_version: 1, rule_name: '志愿服务' } },
    ]);
  });

  it('are a successor’s, also those that the community before it granted', async () => {
    const offices = await openThree();
    const { scheme, world, gexiang, taiyan, wanhe } = offices;
    const grantId = await world.grantHours(world.gexiang, world.residentId, 10);
    const voucherId = await world.takeVoucher();
    await succeed(world, 'gexiang', 'taiyan', SECOND);
    scheme.goOnTo(SECOND);
    const { id } = await world.redeemVoucher(voucherId);
    expect(await listed(taiyan, grantsPath(id))).toMatchObject([{ grant_id: grantId, community_id: 'gexiang', points: 100 }]);
    for (const caller of [gexiang, wanhe]) expectProblem(await caller.get(grantsPath(id)), 'redemption_not_found');
  });

  it('are both communities’ where one bore the redemption, and its successor got back what was undone', async () => {
    const { scheme, world, gexiang, taiyan, wanhe } = await openThree();
    const grantId = await world.grantHours(world.gexiang, world.residentId, 10);
    const redemption = await world.redeemVoucher(await world.takeVoucher());
    await succeed(world, 'gexiang', 'taiyan', SECOND);
    expectProblem(await taiyan.get(grantsPath(redemption.id)), 'redemption_not_found');
    world.clock.now = Date.parse(`${SECOND}T09:00:00+08:00`);
    await scheme.reverse(redemption);
    for (const caller of [gexiang, taiyan]) expect(await listed(caller, grantsPath(redemption.id))).toMatchObject([{ grant_id: grantId }]);
    expectProblem(await wanhe.get(grantsPath(redemption.id)), 'redemption_not_found');
  });

  it('shows nobody else whether the redemption is there', async () => {
    const offices = await openThree();
    const { taiyan, wanhe, street, machineOfAll, till, resident, scheme } = offices;
    const { id } = await scheme.spend('gexiang', 'wanhe');
    const nowhere = `red_${'0'.repeat(32)}`;
    for (const caller of [taiyan, wanhe]) {
      for (const each of [id, nowhere]) {
        expectProblem(await caller.get(grantsPath(each)), 'redemption_not_found', { details: { redemption_id: each } });
      }
    }
    for (const caller of [street, machineOfAll]) {
      for (const each of [id, nowhere]) expectProblem(await caller.get(grantsPath(each)), 'wrong_client');
    }
    for (const caller of [till, resident]) expectProblem(await caller.get(grantsPath(id)), 'insufficient_scope');
  });
});
