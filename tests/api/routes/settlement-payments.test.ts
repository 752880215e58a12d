import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, read } from '../../support/offices.ts';
import { NO_PAYMENT, openSettling } from '../../support/settling-offices.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const pathOf = ({ id }: Record<string, any>) => `/v1/settlement-payments/${id}`;
const booked = (reference: string) => ({ bank_reference: reference });

/** A closed run whose payments nobody has confirmed yet. */
async function openPayments() {
  const settling = await openSettling();
  const run = await settling.closedRun();
  return { ...settling, run, payments: await settling.paymentsOf(run['id']) };
}

describe('a net payment', () => {
  it('is confirmed by both sides, made by the debtor and received by the creditor', async () => {
    const { gexiang, wanhe, world, run, payments } = await openPayments();
    const path = pathOf(payments.gexiang);
    const open = { confirmed_at: null, confirmed_by: null, confirmed_by_name: null, booked_at: null, bank_reference: null };
    const unconfirmed = {
      id: payments.gexiang['id'],
      run_id: run['id'],
      fen: 3_000,
      debtor: { community_id: 'gexiang', ...open },
      creditor: { community_id: 'wanhe', ...open },
      status: 'unconfirmed',
    };
    expect(await read(gexiang, path)).toEqual(unconfirmed);
    const debtor = { ...unconfirmed.debtor, confirmed_at: '2026-03-03T02:00:00.000Z', confirmed_by: world.gexiang.id };
    // A community reads the names of its own officers.
    const named = { confirmed_by_name: '王一' };
    expect((await gexiang.post(`${path}/confirmation`, {})).body).toEqual({ ...unconfirmed, debtor: { ...debtor, ...named } });
    world.clock.advance(HOUR_MS);
    const creditor = { ...unconfirmed.creditor, confirmed_at: '2026-03-03T03:00:00.000Z', confirmed_by: world.wanhe.id };
    const confirmed = { ...unconfirmed, debtor, creditor: { ...creditor, ...named }, status: 'confirmed' };
    expect((await wanhe.post(`${path}/confirmation`, {})).body).toEqual(confirmed);
    world.clock.advance(HOUR_MS);
    const received = { ...creditor, booked_at: '2026-03-03T04:00:00.000Z', bank_reference: 'B-2' };
    // It does not matter which bank is faster.
    const first = await wanhe.post(`${path}/received`, booked('B-2'));
    expect([first.status, first.body]).toEqual([200, { ...confirmed, creditor: { ...received, ...named } }]);
    const made = { ...debtor, booked_at: '2026-03-03T04:00:00.000Z', bank_reference: 'B-2' };
    const second = await gexiang.post(`${path}/made`, booked('B-2'));
    expect([second.status, second.body]).toEqual([
      200,
      { ...unconfirmed, debtor: { ...made, ...named }, creditor: received, status: 'settled' },
    ]);
  });

  it('is answered the same again to the same request, whatever became of it', async () => {
    const { gexiang, wanhe, world, payments } = await openPayments();
    const path = pathOf(payments.gexiang);
    const steps: [typeof gexiang, string, object][] = [
      [gexiang, 'confirmation', {}],
      [wanhe, 'confirmation', {}],
      [gexiang, 'made', booked('B-1')],
      [wanhe, 'received', booked('B-2')],
    ];
    const send = ([who, what, body]: (typeof steps)[number], n: number) => who.post(`${path}/${what}`, body, `step-${n}`);
    const answers = [];
    for (const [n, step] of steps.entries()) {
      world.clock.advance(HOUR_MS);
      answers.push(await send(step, n));
    }
    world.clock.advance(30 * DAY_MS);
    const before = await world.store.read.$count(world.store.tables.entry);
    for (const [n, step] of steps.entries()) {
      const again = await send(step, n);
      expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([200, answers[n]!.text, 'true']);
    }
    expect(await world.store.read.$count(world.store.tables.entry)).toBe(before);
  });

  it('is seen by its two communities and the street office, and by nobody else', async () => {
    const { street, gexiang, wanhe, taiyan, machine, till, resident, run, payments } = await openPayments();
    const listing = `/v1/settlement-runs/${run['id']}/payments`;
    const debtors = async (who: typeof street) =>
      (await read(who, listing))['items'].map(({ debtor }: Record<string, any>) => debtor.community_id);
    expect(await debtors(street)).toEqual(['gexiang', 'taiyan']);
    expect(await debtors(wanhe)).toEqual(['gexiang', 'taiyan']);
    expect(await debtors(gexiang)).toEqual(['gexiang']);
    expect(await debtors(machine)).toEqual(['gexiang']);
    expect(await debtors(taiyan)).toEqual(['taiyan']);
    const path = pathOf(payments.gexiang);
    for (const who of [street, gexiang, wanhe, machine]) expect((await read(who, path))['fen']).toBe(3_000);
    expectProblem(await taiyan.get(path), 'payment_not_found');
    expectProblem(await street.get(pathOf({ id: NO_PAYMENT })), 'payment_not_found', { details: { payment_id: NO_PAYMENT } });
    for (const who of [till, resident]) expectProblem(await who.get(path), 'insufficient_scope');
  });

  it('is confirmed and booked by the officers of its own sides, each once, in order', async () => {
    const settling = await openPayments();
    const { street, gexiang, wanhe, taiyan, machine, till, resident, payments, refuses } = settling;
    const path = pathOf(payments.gexiang);
    const confirm = (who: typeof street) => () => who.post(`${path}/confirmation`, {});
    const make =
      (who: typeof street, reference = 'B-1') =>
      () =>
        who.post(`${path}/made`, booked(reference));
    const receive =
      (who: typeof street, reference = 'B-1') =>
      () =>
        who.post(`${path}/received`, booked(reference));
    for (const who of [machine, till, resident]) {
      for (const act of [confirm(who), make(who), receive(who)]) await refuses(act, 'insufficient_scope');
    }
    for (const act of [confirm(taiyan), make(taiyan), receive(taiyan), make(wanhe), receive(gexiang), make(street), receive(street)]) {
      await refuses(act, 'foreign_community');
    }
    const escalates = { details: { escalates_at: '2026-03-10T02:00:00.000Z' } };
    await refuses(confirm(street), 'payment_not_escalated', escalates);
    await refuses(make(gexiang), 'payment_not_confirmed');
    await confirm(gexiang)();
    await refuses(confirm(gexiang), 'payment_confirmed');
    for (const act of [make(gexiang), receive(wanhe)]) await refuses(act, 'payment_not_confirmed');
    await confirm(wanhe)();
    for (const [act, again] of [
      [make(gexiang), make(gexiang, 'B-9')],
      [receive(wanhe), receive(wanhe, 'B-9')],
    ] as const) {
      expect((await act()).status).toBe(200);
      await refuses(again, 'payment_booked', { details: { booked_at: '2026-03-03T02:00:00.000Z', bank_reference: 'B-1' } });
    }
    for (const what of ['confirmation', 'made', 'received']) {
      const body = what === 'confirmation' ? {} : booked('B-1');
      await refuses(() => gexiang.post(`${pathOf({ id: NO_PAYMENT })}/${what}`, body), 'payment_not_found');
    }
    expectFields(await gexiang.post(`${path}/made`, {}), '/bank_reference');
    expectFields(await gexiang.post(`${path}/received`, booked('')), '/bank_reference');
  });

  it('takes a bank reference that stands for no other movement of the same account', async () => {
    const { gexiang, wanhe, taiyan, payments, refuses } = await openPayments();
    for (const [side, officer] of [
      ['gexiang', gexiang],
      ['taiyan', taiyan],
    ] as const) {
      for (const who of [officer, wanhe]) await who.post(`${pathOf(payments[side])}/confirmation`, {});
    }
    expect((await wanhe.post(`${pathOf(payments.gexiang)}/received`, booked('B-1'))).status).toBe(200);
    await refuses(() => wanhe.post(`${pathOf(payments.taiyan)}/received`, booked('B-1')), 'bank_reference_used', {
      details: { bank_reference: 'B-1', subject: payments.gexiang['id'], booked_at: '2026-03-03T02:00:00.000Z' },
    });
    // Another community's bank numbers its own.
    expect((await taiyan.post(`${pathOf(payments.taiyan)}/made`, booked('B-1'))).status).toBe(200);
  });

  it('that is not confirmed in time is escalated: then the street office confirms for whoever has not', async () => {
    const { street, gexiang, world, payments, refuses } = await openPayments();
    const [half, none] = [pathOf(payments.gexiang), pathOf(payments.taiyan)];
    await gexiang.post(`${half}/confirmation`, {});
    world.clock.advance(7 * DAY_MS - 1);
    await refuses(() => street.post(`${half}/confirmation`, {}), 'payment_not_escalated');
    expect(await read(street, none)).toMatchObject({ status: 'unconfirmed' });
    world.clock.advance(1);
    expect(await read(street, none)).toMatchObject({ status: 'escalated' });
    const confirmed = (await street.post(`${half}/confirmation`, {})).body;
    expect(confirmed).toMatchObject({ status: 'confirmed', debtor: { confirmed_by: world.gexiang.id } });
    expect(confirmed['creditor']).toMatchObject({ confirmed_at: '2026-03-10T02:00:00.000Z' });
    expect(confirmed['creditor'].confirmed_by).not.toBe(world.wanhe.id);
    const both = (await street.post(`${none}/confirmation`, {})).body;
    expect(both['debtor'].confirmed_by).toBe(both['creditor'].confirmed_by);
    await refuses(() => street.post(`${none}/confirmation`, {}), 'payment_confirmed');
  });
});
