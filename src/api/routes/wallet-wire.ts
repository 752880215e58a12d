/** How a resident's wallet and statement look on the wire. */
import { z } from 'zod';
import type { Month, Movement, Wallet } from '../../communities/index.ts';
import { communityId, count, day, id, rfc3339, time } from '../http/wire.ts';

export const wallet = z
  .strictObject({
    resident_id: id('res'),
    points: count.meta({ description: 'What can be spent.' }),
    lots: z.array(z.strictObject({ community_id: communityId, expires_on: day.meta({ description: 'The last day.' }), points: count })),
  })
  .meta({ id: 'Wallet' });

export function presentWallet(residentId: string, { points, lots }: Wallet): z.output<typeof wallet> {
  return {
    resident_id: residentId,
    points,
    lots: lots.map((lot) => ({ community_id: lot.communityId, expires_on: lot.expiresOn, points: lot.points })),
  };
}

export const movement = z
  .strictObject({
    entry_id: id('ent'),
    kind: z.string(),
    at: time.meta({ description: 'When it was booked.' }),
    effective_at: time.meta({ description: 'When it happened.' }),
    community_id: communityId.meta({ description: 'Who granted these points.' }),
    expires_on: day,
    points: count.meta({ description: 'Came in; negative: went out.' }),
    subject: z.string().meta({ description: 'The id of the grant or the voucher that it is about.' }),
    description: z.string().nullable(),
  })
  .meta({ id: 'Movement' });

/** The sort key of a statement's pages: an entry, and a leg in it. */
export const statementKey = z.tuple([id('ent'), z.int()]);

export function keyOfMovement({ entry, seq }: Movement): [string, number] {
  return [entry.id, seq];
}

export function presentMovement({ entry, communityId: issuer, expiresOn, points, description }: Movement): z.output<typeof movement> {
  return {
    entry_id: entry.id,
    kind: entry.kind,
    at: rfc3339(entry.recordedAt),
    effective_at: rfc3339(entry.effectiveAt),
    community_id: issuer,
    expires_on: expiresOn,
    points,
    subject: entry.subject,
    description,
  };
}

export const month = z
  .strictObject({
    month: z.string().meta({ description: 'Of Asia/Shanghai.', examples: ['2026-11'] }),
    earned: count,
    spent: count.meta({ description: 'Turned into vouchers.' }),
    returned: count.meta({ description: 'Back from vouchers that were cancelled or have expired.' }),
    expired: count,
    taken_back: count.meta({ description: 'Of grants that were reversed or clawed back.' }),
  })
  .meta({ id: 'Month' });

export function presentMonth({ takenBack, ...sums }: Month): z.output<typeof month> {
  return { ...sums, taken_back: takenBack };
}
