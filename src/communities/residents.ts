import { idOf, nameKey, type Row, rowByKey, type View } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { type Acting, actsFor, keepsRegisterOf } from '../access/index.ts';
import { refuse } from './refusals.ts';

/** The data of a resident; for the phone its keyed hash (hex), by which it is looked up, and the sealed number. */
type Told = Readonly<Pick<Row<'resident'>, 'communityId' | 'name' | 'phoneHash' | 'phoneSealed'>>;
export type RegisterResidentInput = Told & { readonly by: Acting };

type RegisterResidentReply = { id: string; community_id: string; registered_at: number };

export const registerResident: Command<RegisterResidentInput, RegisterResidentReply> = {
  name: 'register-resident',
  load: loadRegisterResident,
  decide: decideRegisterResident,
};

function loadRegisterResident({ communityId, phoneHash }: RegisterResidentInput): readonly Want[] {
  return [one('community', communityId), one('residentPhone', phoneHash)];
}

function decideRegisterResident(
  facts: Facts,
  { by, ...told }: RegisterResidentInput,
  { id: commandId, at }: Call,
): Decision<RegisterResidentReply> {
  const { communityId, phoneHash } = told;
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  if (!keepsRegisterOf(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  if (!isFree(facts.get('residentPhone', phoneHash), at)) return refuse('phone_taken');
  const id = idOf('res', commandId);
  const status = {
    status: 'active',
    statusReason: null,
    registeredAt: at,
    spendsFrom: null,
    papersFrom: null,
    erasureId: null,
    version: 0,
  };
  return {
    rows: [
      put('resident', { id, nameKey: nameKey(told.name), ...told, ...status }),
      put('residentPhone', { ...freePhone(phoneHash), residentId: id }),
    ],
    reply: { id, community_id: communityId, registered_at: at },
  };
}

type Phone = Row<'residentPhone'>;

/** A phone that belongs to nobody. */
export function freePhone(hash: string): Phone {
  return { hash, residentId: null, heldUntil: null, heardAt: null, version: 0 };
}

/** Whether somebody may register a phone: nobody has it, and nobody holds it against a change. */
export function isFree(phone: Phone | undefined, at: number): boolean {
  if (!phone || phone.residentId === null) return true;
  return phone.heldUntil !== null && at >= phone.heldUntil;
}

/** The resident who signs in with a phone; undefined: nobody has it any more. */
export function ownerOf(phone: Phone | undefined): string | undefined {
  return phone?.heldUntil === null ? (phone.residentId ?? undefined) : undefined;
}

/** `suspended` stops earning and spending until it is `active` again. */
export type Status = 'active' | 'suspended';

/** Whether somebody has left for good: their row stays, and names nobody. */
export function isErased({ status }: Pick<Row<'resident'>, 'status'>): boolean {
  return status === 'ended';
}

export type SetStatusInput = { readonly by: Acting; readonly id: string; readonly status: Status; readonly reason: string };

type SetResidentStatusReply = { id: string; status: Status };

export const setResidentStatus: Command<SetStatusInput, SetResidentStatusReply> = {
  name: 'set-resident-status',
  load: loadSetResidentStatus,
  decide: decideSetResidentStatus,
};

function loadSetResidentStatus({ id }: SetStatusInput): readonly Want[] {
  return [one('resident', id)];
}

function decideSetResidentStatus(facts: Facts, { by, id, status, reason }: SetStatusInput): Decision<SetResidentStatusReply> {
  const resident = facts.get('resident', id);
  if (!resident) return refuse('resident_not_found', { resident_id: id });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  if (isErased(resident)) return refuse('resident_erased', { resident_id: id });
  if (resident.status === status) return refuse('status_unchanged', { status });
  return { rows: [put('resident', { ...resident, status, statusReason: reason })], reply: { id, status } };
}

export function residentById(view: View, id: string): Promise<Row<'resident'> | undefined> {
  return rowByKey(view, 'resident', id);
}
