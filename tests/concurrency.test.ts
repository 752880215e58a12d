import { describe, expect, it } from 'vitest';
import { answered, callAt as askAt, expectWhole, prepare, redeemAt as sendAt, startServer } from './support/server.ts';

// A server that is behind says so: nothing is decided by that.
const redeemAt = (...sent: Parameters<typeof sendAt>) => answered(() => sendAt(...sent));
const callAt = (...sent: Parameters<typeof askAt>) => answered(() => askAt(...sent));

describe('over real sockets', () => {
  it('200 parallel redemptions of one voucher make one, and 199 refusals that say when', async () => {
    const prepared = await prepare(1);
    const server = await startServer(prepared);
    const { code } = prepared.shown[0]!;
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => redeemAt(server, `P-${n}`, code)));
    const made = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 409).map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    expect([made.length, refused.length]).toEqual([1, 199]);
    const { redeemed_at: at, request_no: requestNo } = JSON.parse(made[0]!.text) as Record<string, unknown>;
    for (const problem of refused)
      expect(problem).toMatchObject({ code: 'voucher_redeemed', details: { redeemed_at: at, request_no: requestNo } });
    await server.stop('SIGTERM');
    await expectWhole(prepared);
  });

  it('the same key 50 times in parallel makes one redemption and 50 equal answers', async () => {
    const prepared = await prepare(1);
    const server = await startServer(prepared);
    const { code } = prepared.shown[0]!;
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeemAt(server, 'SAME', code)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await server.stop('SIGTERM');
    await expectWhole(prepared);
  });

  it('redeem, reverse, void, cancel and read race without breaking the books', async () => {
    const prepared = await prepare(40);
    const server = await startServer(prepared);
    const reason = { reason: '竞争' };
    const races = prepared.shown.map(async ({ code, voucherId }, n) => {
      const requestNo = `X-${n}`;
      const first = redeemAt(server, requestNo, code);
      const rivals = [
        redeemAt(server, `Y-${n}`, code),
        callAt(server, 'POST', '/v1/redemption-voids', { request_no: requestNo, ...reason }, `V-${n}`),
        callAt(server, 'GET', `/v1/redemptions?request_no=${requestNo}`),
        callAt(server, 'POST', `/v1/me/vouchers/${voucherId}/cancellation`, reason, `C-${n}`, server.residentAuthorization),
      ];
      const made = await first;
      if (made.status === 201) {
        const { id } = JSON.parse(made.text) as { id: string };
        rivals.push(callAt(server, 'POST', `/v1/redemptions/${id}/reversals`, reason, `R-${n}`), redeemAt(server, requestNo, code));
      }
      const answers = await Promise.all(rivals);
      expect([made, ...answers].filter(({ status }) => status >= 500)).toEqual([]);
      expect(answers[1]!.status).toBe(200);
      // Either may have come first: the voided number stays void.
      expect(JSON.parse((await redeemAt(server, requestNo, code)).text)).toMatchObject({ code: 'request_voided' });
    });
    await Promise.all(races);
    await server.stop('SIGTERM');
    await expectWhole(prepared);
  });
});
