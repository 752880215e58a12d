/** Residents on the wire, as officers who keep their register see them. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { maskedPhone, type Secrets } from '../../access/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { nameFor } from '../office.ts';
import { text } from '../http/wire.ts';

export const residentStatus = z.enum(['active', 'suspended', 'unconfirmed', 'declined', 'ended']).meta({
  description:
    '`unconfirmed`: registered on their own phone, and cannot spend until an officer confirms it. `declined`: no officer confirmed it. `ended`: the resident was erased.',
});
export const shownPhone = z.string().meta({ description: 'Masked.', examples: ['138****1234'] });

const shown = codecOf('resident', ['id', 'name', 'statusReason', 'registeredAt', 'erasureId'], {
  communityId: 'The home community.',
  spendsFrom: 'The time from which points can be spent again, after the number was changed at a counter; null: they can be spent.',
  status: residentStatus,
});
export const resident = z.strictObject({ ...shown.shape, phone: shownPhone }).meta({ id: 'Resident' });

export function presentResident(request: FastifyRequest, secrets: Secrets, row: Row<'resident'>): z.output<typeof resident> {
  return { ...shown.present(row), name: nameFor(request, row.name), phone: maskedPhone(secrets.open(row.phoneSealed)) };
}

export const differentPerson = text(200).meta({
  description: 'Why it is another person than the residents of the same name, in words.',
});
