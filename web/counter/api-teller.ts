import { allPages, answer, api, ApiProblem, NoAnswer, PAGE_MAX } from '../api/client.ts';
import { keyed } from '../api/attempt.ts';
import { textIn } from '../../src/text/index.ts';
import { timedFetch } from '../api/clock.ts';
import { ANSWER_MS } from './queue/entry.ts';
import type { Order, StoredOrder, Teller } from './teller.ts';

const PATIENT_MS = 20_000;
const REDEMPTIONS_A_DAY_MAX = 10_000;

/** The API, which is not waited for longer than people at a counter can wait. */
export const apiTeller: Teller = {
  inspect: (code) => answer(api.POST('/v1/vouchers/inspect', { body: { code }, signal: soon() })),

  redeem: (order, requestNo) => answer(api.POST('/v1/redemptions', { ...keyed(requestNo), body: plain(order), signal: soon() })),

  async becameOf(requestNo) {
    try {
      const { items } = await answer(api.GET('/v1/redemptions', { params: { query: { request_no: requestNo } }, signal: soon() }));
      return items[0];
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'redemption_request_unknown') return undefined;
      throw error;
    }
  },

  async forward(items) {
    const body = { items: items.map((item) => plain(item)) };
    const reply = await answer(api.POST('/v1/redemption-batches', { body, signal: patient() }));
    return reply.items;
  },

  void: (requestNo, reason, key) =>
    answer(api.POST('/v1/redemption-voids', { ...keyed(key), body: { request_no: requestNo, reason }, signal: soon() })),

  async redemptionsOf(storeId, day) {
    const found = await allPages((cursor) => {
      const query = { store_id: storeId, day, limit: PAGE_MAX, ...(cursor && { cursor }) };
      return answer(api.GET('/v1/redemptions', { params: { query }, signal: patient() }));
    }, REDEMPTIONS_A_DAY_MAX);
    return found.flatMap(({ redemption }) => redemption ?? []).toSorted((a, b) => b.redeemed_at.localeCompare(a.redeemed_at));
  },

  reverse: (id, reason, key) =>
    answer(
      api.POST('/v1/redemptions/{id}/reversals', {
        params: { path: { id }, ...keyed(key).params },
        body: { reason },
        signal: patient(),
      }),
    ),

  day: (date) => answer(api.GET('/v1/reconciliations/{date}', { params: { path: { date } }, signal: patient() })) as never,

  async fileOf(date) {
    const params = { path: { date }, query: { format: 'csv' } } as const;
    // As a blob, since a text would lose its byte order mark.
    return answer(api.GET('/v1/reconciliations/{date}', { params, parseAs: 'blob', signal: patient() }));
  },

  async compare(date, book) {
    // Sent as UTF-8, whatever the till has written; what is no text at all is refused by the API.
    const body = textIn(new Uint8Array(await book.arrayBuffer())) ?? book;
    return answer(
      api.POST('/v1/reconciliations/{date}/diff', {
        params: { path: { date } },
        body: body as never,
        bodySerializer: (sent) => sent as unknown as Blob,
        headers: { 'Content-Type': 'text/csv' },
        signal: patient(),
      }),
    );
  },

  async reach() {
    const response = await timedFetch(new Request('/healthz', { signal: soon(), cache: 'no-store' })).catch((cause: unknown) => {
      throw new NoAnswer('no answer', { cause });
    });
    if (!response.ok) throw new NoAnswer('not well');
  },
};

function soon(): AbortSignal {
  return AbortSignal.timeout(ANSWER_MS);
}

function patient(): AbortSignal {
  return AbortSignal.timeout(PATIENT_MS);
}

/** As the contract's types have it. */
function plain<T extends Order | StoredOrder>(order: T): T {
  return { ...order };
}
