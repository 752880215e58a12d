/** The office for which a request is made, and the communities that this office may see. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actsFor, keepsRegisterOf, maskedName, shownName } from '../access/index.ts';
import { type NamedResident, residentById } from '../communities/index.ts';
import { isId, type Row, rowsById, type Store, type View } from '../store/index.ts';
import { officerOf } from './http/principal.ts';
import { fieldProblem, Problem } from './http/problem.ts';

/** The community of an officer or a machine; null: the street office, or a machine of the whole scheme. */
export function officeOf({ principal }: FastifyRequest): string | null {
  return principal.community ?? null;
}

/** Throws `foreign_community` unless the office belongs to that community, or is the street office. */
export function assertSees(request: FastifyRequest, communityId: string | null): void {
  const by = { id: request.principal.actor, communityId: officeOf(request) };
  if (!keepsRegisterOf(by, communityId)) throw new Problem('foreign_community', { details: { community_id: communityId } });
}

/** The community whose rows a list shows: the caller's own; for the street office the one that it names, or null if it names none. */
export function communityAsked(request: FastifyRequest, named: string | undefined): string | null {
  if (named !== undefined) assertSees(request, named);
  return named ?? officeOf(request);
}

/** The community of a request: the one named, or the office's own. Throws a problem with the field if the street office names none. */
export function communityMeant(request: FastifyRequest, named: string | undefined, pointer: string): string {
  const meant = named ?? officeOf(request);
  if (meant === null) throw fieldProblem(pointer, 'community_missing');
  return meant;
}

/** The one community whose rows a list shows. Throws as `communityAsked` does, and a problem with the field if the street office names none. */
export function communityListed(request: FastifyRequest, named: string | undefined): string {
  return communityMeant(request, communityAsked(request, named) ?? undefined, 'query/community_id');
}

/** A resident's name: in full to an officer who keeps the register of the home community, masked to everybody else. */
export function residentNameFor(request: FastifyRequest, { name, communityId }: NamedResident): string {
  const by = { id: request.principal.actor, communityId: officeOf(request) };
  return keepsRegisterOf(by, communityId) ? nameFor(request, name) : maskedName(name);
}

/** A person's name: in full to an officer, masked to a machine. */
export function nameFor({ principal }: FastifyRequest, name: string): string {
  return principal.officer === undefined ? maskedName(name) : shownName(name);
}

/** A resident whose register the office keeps or oversees. Throws `resident_not_found` or `foreign_community`. */
export async function seenResident(store: Store, request: FastifyRequest, residentId: string): Promise<Row<'resident'>> {
  const resident = await residentThere(store, residentId);
  assertSees(request, resident.communityId);
  return resident;
}

async function residentThere(store: Store, residentId: string): Promise<Row<'resident'>> {
  const resident = await residentById(store, residentId);
  if (!resident) throw new Problem('resident_not_found', { details: { resident_id: residentId } });
  return resident;
}

/** A resident of the officer's own community. Throws `resident_not_found` or `foreign_community`. */
export async function ownResident(store: Store, request: FastifyRequest, residentId: string): Promise<Row<'resident'>> {
  const by = officerOf(request);
  const resident = await residentThere(store, residentId);
  if (!actsFor(by, resident.communityId)) throw new Problem('foreign_community', { details: { community_id: resident.communityId } });
  return resident;
}

export const officerName = z
  .string()
  .nullable()
  .meta({ description: 'Null: nobody, no officer, or an officer of an office whose register the caller does not keep.' });

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
