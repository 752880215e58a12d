import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { setResidentStatus } from '../../src/communities/index.ts';
import { setVoucherStatus } from '../../src/redeem/index.ts';
import { all } from '../support/stores.ts';
import { type Answer, type Counter, openCounter } from '../support/counter.ts';
import { expectFields, expectProblem } from '../support/offices.ts';

const DAY = 86_400_000;

type Paper = { readonly voucherId: string; readonly code: string; readonly pin: string };

/** A voucher of the resident, and a paper that presents it. */
async function openPaper(): Promise<Counter & { readonly paper: Paper; readonly print: () => Promise<Paper> }> {
  const counter = await openCounter();
  const { world, officer } = counter;
  await world.grantHours(world.gexiang, world.residentId, 10);
  const voucherId = await world.takeVoucher();
  const print = async () => {
    // A moment later than whatever was before: a redemption uses up every code that was minted until then.
    world.clock.advance(1);
    const answer = await officer.post(`/v1/vouchers/${voucherId}/papers`, {});
    expect(answer.status, answer.text).toBe(201);
    return { voucherId, code: answer.body['code'] as string, pin: answer.body['pin'] as string };
  };
  return { ...counter, print, paper: await print() };
}

/** Another PIN than this one. */
function wrong(pin: string, n = 1): string {
  return ((Number(pin) + n) % 1_000_000).toString().padStart(6, '0');
}

function codesOf(answers: readonly Answer[]): Record<string, number> {
  return Object.fromEntries(
    Map.groupBy(answers, ({ body }) => body['code'] as string)
      .entries()
      .map(([code, each]) => [code, each.length]),
  );
}

describe('POST /v1/vouchers/{id}/papers', () => {
  it('gives a code that lasts as long as the voucher, and a PIN; a repeated request gives them again', async () => {
    const { officer, resident, paper } = await openPaper();
    const path = `/v1/vouchers/${paper.voucherId}/papers`;
    const voucher = (await resident.get(`/v1/me/vouchers/${paper.voucherId}`)).body;
    const made = await officer.post(path, {}, 'P-1');
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.body).toEqual({
      voucher_id: paper.voucherId,
      code: expect.stringMatching(/^77\d{16}$/),
      pin: expect.stringMatching(/^\d{6}$/),
      minted_at: '2026-03-02T02:00:00.001Z',
      expires_at: voucher['valid_until'],
    });
    expect((await officer.post(path, {}, 'P-1')).text).toBe(made.text);
    const other = (await officer.post(path, {}, 'P-2')).body;
    expect([other['code'], other['pin']]).not.toEqual([made.body['code'], made.body['pin']]);
  });

  it('keeps neither code nor PIN anywhere, and logs neither', async () => {
    const { world, api, till, order, paper } = await openPaper();
    const bad = wrong(paper.pin);
    await till.post('/v1/redemptions', order(paper.code, { pin: bad }), 'R-1');
    await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin }), 'R-2');
    const kept = JSON.stringify([await all(world.store, 'request'), await all(world.store, 'code')]);
    for (const secret of [paper.code, paper.pin, bad]) {
      expect(kept).not.toMatch(new RegExp(`"[^"]*\\b${secret}\\b`));
      expect(api.logged.join('\n')).not.toMatch(new RegExp(`\\b${secret}\\b`));
    }
  });

  it('is for an officer of the home community, and for a voucher that can be redeemed', async () => {
    const { world, officer, wanheOfficer, street, paper } = await openPaper();
    const path = `/v1/vouchers/${paper.voucherId}/papers`;
    expectProblem(await wanheOfficer.post(path, {}), 'foreign_community', { details: { community_id: 'gexiang' } });
    expectProblem(await street.post(path, {}), 'insufficient_scope');
    expectProblem(await officer.post(`/v1/vouchers/vch_${'0'.repeat(32)}/papers`, {}), 'voucher_not_found');
    const by = world.gexiang;
    const reason = '核实中';
    await world.must(setVoucherStatus, { by, id: paper.voucherId, status: 'suspended', reason });
    expectProblem(await officer.post(path, {}), 'voucher_suspended');
    await world.must(setVoucherStatus, { by, id: paper.voucherId, status: 'issued', reason });
    await world.must(setResidentStatus, { by, id: world.residentId, status: 'suspended', reason });
    expectProblem(await officer.post(path, {}), 'resident_suspended');
  });
});

describe('a code on paper', () => {
  it('is inspected like any other, and says that it needs a PIN', async () => {
    const { till, readyCode, paper } = await openPaper();
    expect((await till.post('/v1/vouchers/inspect', { code: paper.code })).body).toMatchObject({
      redeemable: true,
      pin_required: true,
      voucher: { id: paper.voucherId },
      cashier_message: '可以核销，抵扣 10 元，请居民输入 6 位密码',
    });
    const { code } = await readyCode();
    expect((await till.post('/v1/vouchers/inspect', { code })).body).toMatchObject({ redeemable: true, pin_required: false });
  });

  it('is redeemed with its PIN, weeks later, and with no other', async () => {
    const { world, till, order, paper } = await openPaper();
    world.clock.advance(60 * DAY);
    expectProblem(await till.post('/v1/redemptions', order(paper.code)), 'pin_required');
    expectFields(await till.post('/v1/redemptions', order(paper.code, { pin: '12345' })), '/pin');
    const refused = await till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin) }));
    expectProblem(refused, 'pin_wrong', { details: { tries_left: 4 } });
    expect(await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin }))).toMatchObject({
      status: 201,
      body: { voucher_id: paper.voucherId, discount_fen: 1_000 },
    });
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('runs out with its voucher', async () => {
    const { world, till, resident, order, paper } = await openPaper();
    world.clock.now = Date.parse((await resident.get(`/v1/me/vouchers/${paper.voucherId}`)).body['valid_until']);
    expectProblem(await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin })), 'code_expired');
  });

  it('is used up by a redemption, also once that is reversed: then another is printed', async () => {
    const { world, till, order, paper, print } = await openPaper();
    const made = (await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin }))).body;
    await till.post(`/v1/redemptions/${made['id']}/reversals`, { reason: '退货' });
    expectProblem(await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin })), 'code_used');
    const another = await print();
    expect((await till.post('/v1/redemptions', order(another.code, { pin: another.pin }))).status).toBe(201);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('takes a PIN that it does not need for nothing', async () => {
    const { till, order, readyCode } = await openPaper();
    expect((await till.post('/v1/redemptions', order((await readyCode()).code, { pin: '123456' }))).status).toBe(201);
  });
});

describe('wrong PINs', () => {
  it('end the paper at the fifth, and not the voucher: another paper is good', async () => {
    const { world, till, order, paper, print } = await openPaper();
    for (let n = 1; n <= 5; n++) {
      const refused = await till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin, n) }));
      expectProblem(refused, 'pin_wrong', { details: { tries_left: 5 - n } });
    }
    expectProblem(await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin })), 'pin_locked', { details: { at_most: 5 } });
    expect((await till.post('/v1/vouchers/inspect', { code: paper.code })).body).toMatchObject({
      redeemable: false,
      refusal: { code: 'pin_locked' },
    });
    const another = await print();
    expect((await till.post('/v1/redemptions', order(another.code, { pin: another.pin }))).status).toBe(201);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('are counted once for each attempt, however often it is sent', async () => {
    const { till, order, paper } = await openPaper();
    const first = await till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin) }), 'R-1');
    for (let n = 0; n < 6; n++) {
      const again = await till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin) }), 'R-1');
      expect([again.body['details'], again.headers['idempotency-replayed']]).toEqual([first.body['details'], 'true']);
    }
    expectProblem(await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin }), 'R-1'), 'idempotency_key_reused');
    expectProblem(await till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin) }), 'R-2'), 'pin_wrong', {
      details: { tries_left: 3 },
    });
    expect((await till.post('/v1/redemptions', order(paper.code, { pin: paper.pin }), 'R-3')).status).toBe(201);
  });

  it('are no more than five, also if all are sent at once', async () => {
    const { world, till, order, paper } = await openPaper();
    await till.authorize();
    const guesses = Array.from({ length: 15 }, (_, n) => till.post('/v1/redemptions', order(paper.code, { pin: wrong(paper.pin, n + 1) })));
    expect(codesOf(await Promise.all(guesses))).toEqual({ pin_wrong: 5, pin_locked: 10 });
    expect((await all(world.store, 'limitUse')).find(({ atMost }) => atMost === 5)).toMatchObject({ used: 5 });
  });

  it('in a batch count like those at a till, and the right one redeems what was stored', async () => {
    const { world, till, order, paper } = await openPaper();
    const presentedAt = new Date(world.clock.now).toISOString();
    const item = (n: number, pin?: string) => ({
      ...order(paper.code, { request_no: `B-${n}`, presented_at: presentedAt, ...(pin !== undefined && { pin }) }),
    });
    world.clock.advance(60_000);
    const items = [item(1), item(2, wrong(paper.pin)), item(3, wrong(paper.pin, 2)), item(4, paper.pin)];
    const sent = await till.post('/v1/redemption-batches', { items });
    const refusals = sent.body['items'].map(({ refusal }: { refusal: { code: string; details?: object } | null }) => refusal?.code ?? null);
    expect(refusals).toEqual(['pin_required', 'pin_wrong', 'pin_wrong', null]);
    expect(sent.body['items'][2].refusal.details).toEqual({ tries_left: 3 });
    expect((await till.post('/v1/redemption-batches', { items })).body).toEqual(sent.body);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('are guesses, which turn a client away', async () => {
    const { till, order, print } = await openPaper();
    for (let papers = 0; papers < 4; papers++) {
      const { code, pin } = await print();
      for (let n = 1; n <= 5; n++) expectProblem(await till.post('/v1/redemptions', order(code, { pin: wrong(pin, n) })), 'pin_wrong');
    }
    const { code, pin } = await print();
    expectProblem(await till.post('/v1/redemptions', order(code, { pin })), 'too_many_guesses');
  });
});
