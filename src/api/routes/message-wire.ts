/** Messages on the wire: each kind with the figures, ids and names from which a page makes a sentence. */
import { z } from 'zod';
import type { AccessMessage, Message } from '../../access/index.ts';
import type { CommunityMessage } from '../../communities/index.ts';
import type { VoucherMessage } from '../../redeem/index.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day, rfc3339, time } from '../http/wire.ts';

/** Every message that there is. */
export type AnyMessage = AccessMessage | CommunityMessage | VoucherMessage;

const lot = { points: count, community_id: communityId, expires_on: day };
const grant = { ...lot, description: z.string() };
const ofVoucher = { title: z.string(), points: count, face_fen: count, valid_until: time };
const redemption = { ...ofVoucher, merchant_name: z.string(), store_name: z.string() };
const credential = { name: z.string() };
const membership = { how: z.enum(['head', 'code', 'counter']) };

const detailsOf = {
  points_received: grant,
  points_reversed: grant,
  points_clawed_back: grant,
  points_expiring: lot,
  points_expired: lot,
  voucher_taken: ofVoucher,
  voucher_redeemed: redemption,
  voucher_reversed: redemption,
  voucher_expiring: ofVoucher,
  voucher_expired: ofVoucher,
  paper_printed: ofVoucher,
  signed_in: { device: z.string() },
  number_changed: { how: z.enum(['codes', 'counter']), closed_until: time.nullable() },
  number_change_stopped: {},
  spending_closed: { closed_until: time },
  moved: { from_id: communityId, to_id: communityId },
  household_joined: membership,
  household_left: membership,
  credential_made: credential,
  secret_replaced: credential,
  erasure_requested: { due_at: time, points: count },
  erasure_withdrawn: {},
} satisfies Record<AnyMessage['kind'], z.ZodRawShape>;

const kinds = Object.keys(detailsOf) as [AnyMessage['kind'], ...AnyMessage['kind'][]];

const subject = z
  .string()
  .nullable()
  .meta({ description: 'The id of the grant, the voucher or the credential that it is about; null: of none.' });
const at = time.meta({
  description: 'The time at which it happened. A message that something is about to end has the time from which it is told.',
});

function told<K extends AnyMessage['kind']>(kind: K) {
  const details = z.strictObject<(typeof detailsOf)[K]>(detailsOf[kind]);
  return z.strictObject({ id: z.string(), kind: z.literal(kind), at, subject, details });
}

type Told = { [K in AnyMessage['kind']]: ReturnType<typeof told<K>> }[AnyMessage['kind']];

export const message = z.discriminatedUnion('kind', kinds.map(told) as unknown as [Told, ...Told[]]).meta({ id: 'Message' });

/** The sort key of messages, newest first: the instant, the digits of what it tells of, and the kind. */
export const messageKey = z.tuple([z.int(), z.string().regex(/^[0-9a-f]{32}$/), z.enum(kinds)]);
export type MessageKey = z.output<typeof messageKey>;

export function keyOfMessage({ at: when, order, kind }: AnyMessage): MessageKey {
  return [when, order, kind];
}

/** Below zero if the first message comes before the second one: it is newer. */
export function newestFirst([at1, order1, kind1]: MessageKey, [at2, order2, kind2]: MessageKey): number {
  if (at1 !== at2) return at2 - at1;
  const [one, other] = [`${order1} ${kind1}`, `${order2} ${kind2}`];
  return one === other ? 0 : one > other ? -1 : 1;
}

export function presentMessage(shown: AnyMessage): z.output<typeof message> {
  const { order, details, ...rest }: Message<string, object> = shown;
  const presented: unknown = { ...rest, id: `${rest.at}-${rest.kind}-${order}`, at: rfc3339(rest.at), details: onWire(details) };
  return presented as z.output<typeof message>;
}
