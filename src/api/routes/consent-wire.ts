/** Consents on the wire: as an officer takes them, and as they are shown. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ConsentGiven } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { faulty } from '../http/field-codes.ts';
import { nameFor } from '../office.ts';
import { properName, reference } from '../http/wire.ts';

const paperNumber = reference(40).meta({ description: 'The number of the signed sheet.' });

/** A consent to the privacy notice as it stands, which an officer took. */
export const consentGiven = z
  .strictObject({
    how: z.enum(['paper', 'counter']).meta({ description: 'On a signed sheet, or by word at the counter.' }),
    paper_number: paperNumber.optional(),
    under_14: z.boolean().optional().meta({ description: 'Whether the person is under 14: then a guardian consents.' }),
    guardian: properName(40).optional().meta({ description: 'The name of the guardian who consents for a child under 14.' }),
  })
  .check(({ value, issues }) => {
    if (value.under_14 !== true || value.guardian !== undefined) return;
    issues.push({ code: 'custom', path: ['guardian'], message: faulty('missing'), input: value });
  });

/** The same as a command takes it. */
export function consentOf({ how, paper_number: number, guardian }: Pick<z.output<typeof consentGiven>, keyof Given>): ConsentGiven {
  return { how, paperNumber: number ?? null, guardian: guardian ?? null };
}

type Given = Readonly<Record<'how' | 'paper_number' | 'guardian', unknown>>;

const codec = codecOf('consent', ['noticeVersion', 'paperNumber', 'at'], {
  how: z.enum(['phone', 'paper', 'counter']),
  guardian: 'The guardian who consented for a child under 14.',
  takenBy: 'The officer who took it; null: the person, on their own phone.',
});
export const consent = z.strictObject(codec.shape).meta({ id: 'Consent' });

export function presentConsent(request: FastifyRequest, row: Row<'consent'>): z.output<typeof consent> {
  return { ...codec.present(row), guardian: row.guardian === null ? null : nameFor(request, row.guardian) };
}
