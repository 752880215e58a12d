/** How a resident's wallet and statement look on the wire. */
import { z } from 'zod';
import type { Movement, Wallet } from '../../communities/index.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { communityId, count, day, id, rfc3339, time } from '../http/wire.ts';

export const wallet = z
  .strictObject({
    resident_id: id('res'),
    points: count.meta({ description: 'What can be spent.' }),
    lots: z.array(z.strictObject({ community_id: communityId, expires_on: day.meta({ description: 'The last day.' }), points: count })),
  })
  .meta({ id: 'Wallet' });

export function presentWallet(residentId: string, held: Wallet): z.output<typeof wallet> {
  return { resident_id: residentId, ...onWire(held) };
}

const booked = codecOf('entry', ['kind'], {
  effectiveAt: 'When it happened.',
  subject: 'The id of the grant or the voucher that it is about.',
});
export const movement = z
  .strictObject({
    ...booked.shape,
    entry_id: id('ent'),
    at: time.meta({ description: 'When it was booked.' }),
    community_id: communityId.meta({ description: 'Who granted these points.' }),
    expires_on: day,
    points: count.meta({ description: 'Came in; negative: went out.' }),
    description: z.string().nullable(),
  })
  .meta({ id: 'Movement' });

/** The sort key of a statement's pages: an entry, and a leg in it. */
export const statementKey = z.tuple([id('ent'), z.int()]);

export function keyOfMovement({ entry, seq }: Movement): [string, number] {
  return [entry.id, seq];
}

export function presentMovement(leg: Movement): z.output<typeof movement> {
  const { entry, seq: _, ...moved } = leg;
  return { ...booked.present(entry), entry_id: entry.id, at: rfc3339(entry.recordedAt), ...onWire(moved) };
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
