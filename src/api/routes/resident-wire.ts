/** How residents look on the wire, and their phones on the way in. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { maskedName, maskedPhone, type Secrets } from '../../access/index.ts';
import type { Row } from '../../store/index.ts';
import { nameFor } from '../office.ts';
import { communityId, id, rfc3339, text, time } from '../http/wire.ts';

/** A Chinese mobile number, with or without +86; gives its eleven digits. */
export const phone = z
  .string()
  .regex(/^(\+86)?1[3-9]\d{9}$/, 'must be a mobile number: 11 digits, +86 before them if you like')
  .transform((number) => number.slice(-11))
  .meta({ description: 'A mobile number of eleven digits, +86 before it or not.', examples: ['13800001234'] });

const shownPhone = z.string().meta({ description: 'Masked.', examples: ['138****1234'] });

export const resident = z
  .strictObject({
    id: id('res'),
    community_id: communityId.meta({ description: 'The home community.' }),
    name: text(40),
    phone: shownPhone,
    status: z.enum(['active', 'suspended']),
    status_reason: z.string().nullable(),
    registered_at: time,
  })
  .meta({ id: 'Resident' });

export function presentResident(request: FastifyRequest, secrets: Secrets, row: Row<'resident'>): z.output<typeof resident> {
  return {
    id: row.id,
    community_id: row.communityId,
    name: nameFor(request, row.name),
    phone: maskedPhone(secrets.open(row.phoneSealed)),
    status: row.status as 'active' | 'suspended',
    status_reason: row.statusReason,
    registered_at: rfc3339(row.registeredAt),
  };
}

/** A resident as an officer of any community may know one: enough to be sure that it is the right person. */
export const knownResident = z
  .strictObject({ id: id('res'), community_id: communityId, name: z.string().meta({ description: 'Masked.' }), phone: shownPhone })
  .meta({ id: 'KnownResident' });

export function presentKnownResident(row: Row<'resident'>, number: string): z.output<typeof knownResident> {
  return { id: row.id, community_id: row.communityId, name: maskedName(row.name), phone: maskedPhone(number) };
}
