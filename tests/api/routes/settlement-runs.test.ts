import { describe, expect, it } from 'vitest';
import { bookPayouts, payablesOfRun, runById } from '../../../src/clearing/index.ts';
import { expectWhole } from '../../support/server.ts';
import { expectFields, expectProblem, listed, made, read } from '../../support/offices.ts';
import { FIRST_DAY, NO_RUN, openSettling, type Settling } from '../../support/settling-offices.ts';

const RUNS = '/v1/settlement-runs';
const through = (day: string) => ({ through_day: day });

const party = (id: string, to: number, from: number, payable: number, payouts: number) => {
  const fen = { due_to_fen: to, due_from_fen: from, net_fen: from - to, payable_fen: payable };
  return { community_id: id, name: expect.stringMatching(/社区$/) as string, ...fen, payouts };
};

/** Has a community's bank pay all of its payouts of a run. */
async function payOut({ world, of }: Settling, runId: string, communityId: string, payouts: readonly Record<string, any>[]) {
  const results = payouts.map(({ id: payoutId, fen }) => {
    return { payoutId, fen, result: 'paid' as const, bankReference: `out-${payoutId}`, failure: null };
  });
  const payables = await payablesOfRun(world.store, (await runById(world.store, runId))!, communityId);
  await world.must(bookPayouts, { by: of(communityId).officer, runId, results, payables });
}

describe('a settlement run', () => {
  it('is opened, closed, confirmed and paid: the whole story', async () => {
    const settling = await openSettling();
    const { street, gexiang, wanhe, taiyan, world } = settling;
    await settling.dayOver();
    const run = await made(street, RUNS, through(FIRST_DAY));
    expect(run).toEqual({
      id: run['id'],
      number: 1,
      state: 'open',
      from_day: FIRST_DAY,
      through_day: FIRST_DAY,
      opened_at: '2026-03-03T02:00:00.000Z',
      closed_at: null,
      confirmed_at: null,
      paid_at: null,
      gross_fen: null,
      net_fen: null,
      saved_fen: null,
      escalates_at: null,
      unconfirmed: 0,
      unpaid: 0,
    });
    const closed = await street.post(`${RUNS}/${run['id']}/close`, {});
    expect(closed.status, closed.text).toBe(200);
    expect(closed.body).toEqual({
      ...run,
      state: 'closed',
      closed_at: '2026-03-03T02:00:00.000Z',
      gross_fen: 6_000,
      net_fen: 4_000,
      saved_fen: 2_000,
      escalates_at: '2026-03-10T02:00:00.000Z',
      unconfirmed: 4,
      unpaid: 4,
    });
    const whole = await read(street, `${RUNS}/${run['id']}`);
    expect(whole).toEqual({
      ...closed.body,
      parties: [party('gexiang', 3_000, 0, 0, 0), party('taiyan', 2_000, 1_000, 1_000, 1), party('wanhe', 1_000, 5_000, 6_000, 1)],
      left: { due_to_fen: 0, due_from_fen: 0, payable_fen: 7_000, clearing_fen: 8_000 },
    });

    const payments = await settling.paymentsOf(run['id']);
    const officers = { gexiang, taiyan };
    for (const side of ['gexiang', 'taiyan'] as const) {
      const path = `/v1/settlement-payments/${payments[side]['id']}`;
      for (const officer of [officers[side], wanhe]) expect((await officer.post(`${path}/confirmation`, {})).status).toBe(200);
      expect((await officers[side].post(`${path}/made`, { bank_reference: `made-${side}` })).status).toBe(200);
      expect((await wanhe.post(`${path}/received`, { bank_reference: `received-${side}` })).body).toMatchObject({ status: 'settled' });
    }
    expect(await read(wanhe, `${RUNS}/${run['id']}`)).toMatchObject({ state: 'confirmed', unconfirmed: 0, unpaid: 2, paid_at: null });
    for (const [id, officer] of [
      ['taiyan', taiyan],
      ['wanhe', wanhe],
    ] as const) {
      const payouts = await listed(officer, `${RUNS}/${run['id']}/payouts`);
      expect(payouts).toMatchObject([
        { community_id: id, state: 'due', merchant_name: `${id}超市`, bank_reference: null, decided_at: null },
      ]);
      await payOut(settling, run['id'], id, payouts);
    }
    expect(await read(street, `${RUNS}/${run['id']}`)).toMatchObject({
      state: 'paid',
      unpaid: 0,
      paid_at: '2026-03-03T02:00:00.000Z',
      left: { due_to_fen: 0, due_from_fen: 0, payable_fen: 0, clearing_fen: 0 },
    });
    const [paid] = await listed(taiyan, `${RUNS}/${run['id']}/payouts`);
    expect(paid).toMatchObject({ state: 'paid', bank_reference: `out-${paid!['id']}`, decided_at: '2026-03-03T02:00:00.000Z' });
    await expectWhole(world);
  });

  it('answers the same again to the same request, whatever became of it, and does nothing twice', async () => {
    const settling = await openSettling();
    const { street, gexiang, taiyan, wanhe, world } = settling;
    await settling.dayOver();
    const opened = await street.post(RUNS, through(FIRST_DAY), 'open-1');
    const path = `${RUNS}/${opened.body['id']}/close`;
    const closed = await street.post(path, {}, 'close-1');
    for (const [side, officer] of Object.entries({ gexiang, taiyan })) {
      const { id } = (await settling.paymentsOf(opened.body['id']))[side as 'gexiang' | 'taiyan'];
      for (const each of [officer, wanhe]) await each.post(`/v1/settlement-payments/${id}/confirmation`, {});
    }
    const before = await world.store.read.$count(world.store.tables.entry);
    for (const [first, again] of [
      [opened, await street.post(RUNS, through(FIRST_DAY), 'open-1')],
      [closed, await street.post(path, {}, 'close-1')],
    ] as const) {
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect(again.headers['idempotency-replayed']).toBe('true');
    }
    expect(await world.store.read.$count(world.store.tables.entry)).toBe(before);
    await settling.refuses(() => street.post(RUNS, through('2026-03-03'), 'open-1'), 'idempotency_key_reused');
  });

  it('is opened and closed by officers of the street office, and seen by every office', async () => {
    const settling = await openSettling();
    const { street, gexiang, wanhe, taiyan, machine, till, resident } = settling;
    await settling.refuses(() => gexiang.post(RUNS, through(FIRST_DAY)), 'street_only');
    await settling.dayOver();
    const { id } = await made(street, RUNS, through(FIRST_DAY));
    const path = `${RUNS}/${id}`;
    await settling.refuses(() => gexiang.post(`${path}/close`, {}), 'street_only');
    for (const other of [till, resident, machine]) {
      await settling.refuses(() => other.post(RUNS, through(FIRST_DAY)), 'insufficient_scope');
      await settling.refuses(() => other.post(`${path}/close`, {}), 'insufficient_scope');
    }
    await street.post(`${path}/close`, {});

    for (const each of [till, resident]) {
      for (const where of [RUNS, path, `${path}/payouts`, `${path}/payments`, `${path}/positions`]) {
        expectProblem(await each.get(where), 'insufficient_scope');
      }
    }
    const seenBy = async (who: typeof street) => [
      (await read(who, path))['parties'].map((each: Record<string, any>) => each['community_id']),
      (await listed(who, `${path}/payouts`)).map((payout) => payout['community_id']),
    ];
    expect(await seenBy(street)).toEqual([
      ['gexiang', 'taiyan', 'wanhe'],
      ['taiyan', 'wanhe'],
    ]);
    expect(await seenBy(gexiang)).toEqual([['gexiang'], []]);
    expect(await seenBy(machine)).toEqual([['gexiang'], []]);
    expect(await seenBy(taiyan)).toEqual([['taiyan'], ['taiyan']]);
    expect(await listed(street, `${path}/payouts?community_id=wanhe`)).toEqual(await listed(wanhe, `${path}/payouts?community_id=wanhe`));
    expectProblem(await gexiang.get(`${path}/payouts?community_id=wanhe`), 'foreign_community');
  });

  it('is refused where it cannot be, and nothing changes', async () => {
    const settling = await openSettling();
    const { street, gexiang } = settling;
    expectFields(await street.post(RUNS, {}), '/through_day');
    expectFields(await street.post(RUNS, through('2026-02-30')), '/through_day');
    await settling.refuses(() => street.post(RUNS, through('2026-03-01')), 'settlement_day_settled', {
      detail: 'The next run begins on 2026-03-02, and 2026-03-01 is before that day.',
    });
    await settling.refuses(() => street.post(RUNS, through('2027-03-03')), 'settlement_period_too_long', {
      details: { from_day: FIRST_DAY, latest_through_day: '2027-03-02' },
    });
    await settling.refuses(() => street.post(RUNS, through(FIRST_DAY)), 'business_day_not_over', { details: { day: FIRST_DAY } });
    settling.goOnTo('2026-03-03');
    const { id } = await made(street, RUNS, through(FIRST_DAY));
    const close = () => street.post(`${RUNS}/${id}/close`, {});
    for (const day of [FIRST_DAY, '2026-03-03']) {
      await settling.refuses(() => street.post(RUNS, through(day)), 'settlement_run_open', { details: { run_id: id } });
    }
    await settling.refuses(close, 'settlement_days_open', { details: { through_day: FIRST_DAY } });
    await settling.dayOver();
    expect((await close()).status).toBe(200);
    await settling.refuses(close, 'settlement_run_closed', {
      details: { run_id: id, state: 'closed', closed_at: '2026-03-03T02:00:00.000Z' },
    });
    await settling.refuses(() => street.post(RUNS, through(FIRST_DAY)), 'settlement_day_settled');

    await settling.refuses(() => street.post(`${RUNS}/${NO_RUN}/close`, {}), 'settlement_run_not_found');
    for (const what of ['', '/payouts', '/payments', '/positions']) {
      expectProblem(await gexiang.get(`${RUNS}/${NO_RUN}${what}`), 'settlement_run_not_found', { details: { run_id: NO_RUN } });
    }
  });

  it('that settles nothing is paid as soon as it is closed, and stays so answered', async () => {
    const settling = await openSettling();
    await settling.closedRun();
    const empty = await settling.closedRun('2026-03-03');
    expect(empty).toMatchObject({ number: 2, state: 'paid', gross_fen: 0, net_fen: 0, saved_fen: 0, unconfirmed: 0, unpaid: 0 });
    expect(empty['paid_at']).toBe(empty['closed_at']);
    const { id } = empty;
    expect(await read(settling.street, `${RUNS}/${id}`)).toEqual({
      ...empty,
      parties: [],
      left: { due_to_fen: 0, due_from_fen: 0, payable_fen: 0, clearing_fen: 0 },
    });
  });

  it('is listed newest first, in pages, and so are its payouts', async () => {
    const settling = await openSettling();
    const { street, gexiang, spend } = settling;
    const runs = [await settling.closedRun()];
    for (const day of ['2026-03-03', '2026-03-04']) {
      await spend('wanhe', 'gexiang');
      await spend('gexiang', 'wanhe');
      await spend('gexiang', 'taiyan');
      runs.push(await settling.closedRun(day));
    }
    expect(await listed(street, RUNS)).toEqual(runs.toReversed());
    expect(await listed(gexiang, RUNS, 1)).toEqual(runs.toReversed());
    const payouts = `${RUNS}/${runs[1]!['id']}/payouts`;
    const all = await listed(street, payouts, 100);
    expect(all.map((payout) => payout['community_id'])).toEqual(['gexiang', 'taiyan', 'wanhe']);
    expect(await listed(street, payouts, 1)).toEqual(all);
    expectFields(await street.get(`${RUNS}?cursor=2`), 'query/cursor');
    expect(await listed(street, `${payouts}?state=due`)).toEqual(all.filter(({ state }) => state === 'due'));
    expect(await listed(street, `${payouts}?state=failed`)).toEqual([]);
    expectFields(await street.get(`${payouts}?limit=0`), 'query/limit');
  });
});
