import { idOf, nameKey, type Row, rowByKey, type View } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { type Acting, actsFor, freePhone, isFree, keepsRegisterOf } from '../access/index.ts';
import { newSearchKeys } from './people/search-keys.ts';
import { refuse } from './refusals.ts';

/** The data of a resident; for the phone its keyed hash (hex), by which it is looked up, and the sealed number. */
type Told = Readonly<Pick<Row<'resident'>, 'communityId' | 'name' | 'phoneHash' | 'phoneSealed'>>;
export type RegisterResidentInput = Told & {
  readonly by: Acting;
  /** The keyed hash (hex) of the phone's last digits, by which officers find the resident; left out: the service fills it in. */
  readonly phoneEnd?: string;
};

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
  { by, phoneEnd, ...told }: RegisterResidentInput,
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
      ...newSearchKeys({ id, ...told }, phoneEnd),
    ],
    reply: { id, community_id: communityId, registered_at: at },
  };
}

/** `suspended` stops earning and spending until it is `active` again. */
export type Status = 'active' | 'suspended';

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
  if (resident.status === status) return refuse('status_unchanged', { status });
  return { rows: [put('resident', { ...resident, status, statusReason: reason })], reply: { id, status } };
}

export function residentById(view: View, id: string): Promise<Row<'resident'> | undefined> {
  return rowByKey(view, 'resident', id);
}
