/** The names behind ids in what an office reads: as far as that office may know them. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { keepsRegisterOf } from '../access/index.ts';
import { isId, rowsById, type View } from '../store/index.ts';
import { officeOf } from './office.ts';

export const officerName = z
  .string()
  .nullable()
  .meta({ description: 'Null: nobody, no officer, or one of an office whose register the caller does not keep.' });

/** Gives the name of each of these officers whom the caller may know; null for everybody else. */
export async function officerNames(request: FastifyRequest, view: View, ids: readonly (string | null)[]) {
  const officers = await rowsById(
    view,
    'officer',
    ids.filter((id) => id !== null).filter((id) => isId('off', id)),
  );
  const by = { id: request.principal.actor, communityId: officeOf(request) };
  return (id: string | null): string | null => {
    const officer = id === null ? undefined : officers.get(id);
    const known = officer && request.principal.officer !== undefined && keepsRegisterOf(by, officer.communityId);
    return known ? officer.name : null;
  };
}
