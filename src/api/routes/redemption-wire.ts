/** How redemptions look on the wire. */
import { z } from 'zod';
import { maskedName } from '../../access/index.ts';
import { mangledBy } from '../../text/index.ts';
import type { Done, Refusal } from '../../ledger/index.ts';
import { redemptionById, type RedemptionNames, type RedemptionReply, redemptionReply, type RedemptionState } from '../../redeem/index.ts';
import type { Row, View } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { problemBody, problemOf } from '../http/problem.ts';
import { count, id, mangledFault, rfc3339, rfc3339OrNull, time } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';

/** The caller's number for an attempt to redeem; it is the Idempotency-Key of that attempt. */
export const requestNo = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, mangledFault(mangledBy, faulty('not_a_request_no')))
  .meta({ description: "The caller's number for an attempt: the Idempotency-Key with which it was sent." });

const booked = codecOf(
  'redemption',
  ['id', 'voucherId', 'merchantId', 'storeId', 'terminalId', 'requestNo', 'orderNo', 'points', 'businessDay', 'reversibleUntil'],
  { presentedAt: 'For a redemption that was stored and forwarded, the time at which the code was shown.' },
);
const undone = codecOf('redemptionReversal', ['id', 'reason', 'businessDay']);
const status = z.enum(['succeeded', 'reversed', 'voided']);
export const redemption = z
  .strictObject({
    ...booked.shape,
    status,
    discount_fen: count.meta({ description: 'The amount taken off the order, in fen.' }),
    redeemed_at: time,
    entry_id: id('ent'),
    reversal: z.strictObject({ ...undone.shape, reversed_at: time }).nullable(),
    title: z.string().optional().meta({
      description: "The voucher's title. The title and the name come with a redemption that is read by its id or in the list of a day.",
    }),
    resident_name: z.string().optional().meta({ description: 'Masked: 陈**.' }),
    now: z.strictObject({ status, at: time.meta({ description: 'Since when it stands so.' }) }).meta({
      description: 'How it stands at the time of the answer. In a replay, only this and `cashier_message` may have changed.',
    }),
    cashier_message: z.string(),
  })
  .meta({
    id: 'Redemption',
    examples: [
      {
        id: 'red_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b',
        voucher_id: 'vch_0199c2a4b2c07d4e9b6c7d8e9f0a1b2c',
        merchant_id: 'mer_0199b8d1a3e07f5a8c7d9e0f1a2b3c4d',
        store_id: 'sto_0199b8d2c4f07a6b9d8e0f1a2b3c4d5e',
        terminal_id: null,
        request_no: 'till-3-20261123-0187',
        order_no: '20261123-0187',
        points: 100,
        discount_fen: 1_000,
        business_day: '2026-11-23',
        redeemed_at: '2026-11-23T02:00:00.000Z',
        presented_at: null,
        reversible_until: '2026-11-24T02:00:00.000Z',
        entry_id: 'ent_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b',
        status: 'succeeded',
        reversal: null,
        now: { status: 'succeeded', at: '2026-11-23T02:00:00.000Z' },
        cashier_message: '已核销，抵扣 10 元',
      },
    ],
  });

/**
 * Presents a redemption in the answer to its request: as it was made, the same in every replay, but for how it stands now. Only a replay
 * has to look.
 */
export async function presentMade(view: View, { reply, replayed }: Done<RedemptionReply>): Promise<z.output<typeof redemption>> {
  const reversal = replayed ? (await redemptionById(view, reply.id))?.reversal : undefined;
  return presentReply(reply, reversal);
}

/** How a redemption that was made at `at` stands, for the till and its cashier. */
function standing(
  at: string,
  fen: number,
  reversal: Row<'redemptionReversal'> | null,
): Pick<z.output<typeof redemption>, 'now' | 'cashier_message'> {
  if (reversal) return { now: { status: kindOf(reversal), at: rfc3339(reversal.at) }, cashier_message: '该核销已撤销' };
  return { now: { status: 'succeeded', at }, cashier_message: `已核销，抵扣 ${yuan(fen)} 元` };
}

function kindOf({ kind }: Row<'redemptionReversal'>) {
  return kind as 'reversed' | 'voided';
}

/** A redemption as it was made, with the reversal that it has now: only `now` and the cashier's text tell of that. */
export function presentReply(reply: RedemptionReply, reversal: Row<'redemptionReversal'> | null = null) {
  const redeemedAt = rfc3339(reply.redeemed_at);
  return {
    ...reply,
    status: 'succeeded' as 'succeeded' | 'reversed' | 'voided',
    redeemed_at: redeemedAt,
    presented_at: rfc3339OrNull(reply.presented_at),
    reversible_until: rfc3339(reply.reversible_until),
    reversal: null as z.output<typeof redemption>['reversal'],
    ...standing(redeemedAt, reply.discount_fen, reversal),
  };
}

/** A redemption as it stands; with the names of its voucher and resident for people who look at it. */
export function presentState({ redemption: row, reversal }: RedemptionState, names?: RedemptionNames): z.output<typeof redemption> {
  const reply = redemptionReply(row);
  const made = {
    ...presentReply(reply, reversal),
    ...(names && { title: names.title, resident_name: maskedName(names.residentName) }),
  };
  if (!reversal) return made;
  return {
    ...made,
    status: kindOf(reversal),
    reversal: { ...undone.present(reversal), reversed_at: rfc3339(reversal.at) },
  };
}

/** A refusal within an answer that is a success as a whole. */
export const refusal = z
  .strictObject({
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    action: z.string(),
    cashier_message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Refusal' });

export function presentRefusal(refused: Refusal, requestId: string): z.output<typeof refusal> {
  const { code, title, detail, action, cashier_message, details } = problemBody(problemOf(refused), requestId);
  return { code, title, detail, action, cashier_message, ...(details && { details }) };
}

/** The outcome of a request number. */
export const redemptionRequest = z
  .strictObject({
    request_no: z.string(),
    status: z.enum(['succeeded', 'reversed', 'voided', 'refused']),
    redemption: redemption.nullable(),
    refusal: refusal.nullable(),
  })
  .meta({ id: 'RedemptionRequest' });

/** Fen as yuan, without superfluous zeros. */
export function yuan(fen: number): string {
  return String(fen / 100);
}
