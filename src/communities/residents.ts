import { idOf, nameKey, type Row, rowByKey, type View } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, one, put, type RowChange, type Want } from '../ledger/index.ts';
import { type Acting, actsFor, freePhone, isFree, keepsRegisterOf } from '../access/index.ts';
import { type ConsentGiven, consentTaken } from './people/consents.ts';
import { differentPersons, nameAdded, namesakes, samePersonQuestion, wantNamesakes } from './people/same-person.ts';
import { newSearchKeys } from './people/search-keys.ts';
import { notThere, type Standing } from './people/standing.ts';
import { refuse } from './refusals.ts';

/** The data of a resident; for the phone its keyed hash (hex), by which it is looked up, and the sealed number. */
export type Told = Readonly<Pick<Row<'resident'>, 'communityId' | 'name' | 'phoneHash' | 'phoneSealed'>> & {
  /** The keyed hash (hex) of the phone's last digits, by which officers find the resident; left out: the service fills it in. */
  readonly phoneEnd?: string;
};
export type RegisterResidentInput = Told & {
  readonly by: Acting;
  readonly consent: ConsentGiven;
  /** The officer's words why it is another person than those of the same name; null: nothing is said. */
  readonly differentPerson: string | null;
};

type RegisterResidentReply = { id: string; community_id: string; registered_at: number };

export const registerResident: Command<RegisterResidentInput, RegisterResidentReply> = {
  name: 'register-resident',
  load: loadRegisterResident,
  decide: decideRegisterResident,
};

function loadRegisterResident({ communityId, name, phoneHash }: RegisterResidentInput, known: Known): readonly Want[] {
  const named = wantNamesakes({ communityId, name }, known);
  // Read after those of the name: of somebody who was registered a moment ago, both are seen, and the refusal is that of the number.
  const phone = known.has(named[0]!) ? [one('residentPhone', phoneHash)] : [];
  return [one('community', communityId), ...named, ...phone];
}

function decideRegisterResident(
  facts: Facts,
  { by, consent, differentPerson, ...told }: RegisterResidentInput,
  { id: commandId, at }: Call,
): Decision<RegisterResidentReply> {
  const { communityId, phoneHash } = told;
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  if (!keepsRegisterOf(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  if (!isFree(facts.get('residentPhone', phoneHash), at)) return refuse('phone_taken');
  const asked = namesakes(facts, told);
  const question = samePersonQuestion(asked, differentPerson);
  if (question) return question;

  // From here on it succeeds.
  const id = idOf('res', commandId);
  return {
    rows: [
      ...registered(id, told, 'active', at),
      nameAdded(facts, told),
      consentTaken(id, consent, by, at),
      ...differentPersons(facts, { id, communityId }, asked, { by, answer: differentPerson, at, isNew: true }),
    ],
    reply: { id, community_id: communityId, registered_at: at },
  };
}

/** The rows of a resident who is registered at `at`, with the phone, and the keys by which officers find both. */
export function registered(id: string, { phoneEnd, ...told }: Told, status: Standing, at: number): RowChange[] {
  const { communityId, name, phoneHash, phoneSealed } = told;
  const resident: Row<'resident'> = {
    id,
    communityId,
    name,
    nameKey: nameKey(name),
    phoneHash,
    phoneSealed,
    status,
    statusReason: null,
    registeredAt: at,
    spendsFrom: null,
    papersFrom: null,
    erasureId: null,
    version: 0,
  };
  return [
    put('resident', resident),
    put('residentPhone', { ...freePhone(phoneHash), residentId: id }),
    ...newSearchKeys(resident, phoneEnd),
  ];
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
  if (resident.status === 'unconfirmed') return refuse('resident_unconfirmed', { resident_id: id });
  if (resident.status === 'declined') return refuse('resident_declined', { resident_id: id });
  const gone = notThere(resident);
  if (gone) return gone;
  if (resident.status === status) return refuse('status_unchanged', { status });
  return { rows: [put('resident', { ...resident, status, statusReason: reason })], reply: { id, status } };
}

export function residentById(view: View, id: string): Promise<Row<'resident'> | undefined> {
  return rowByKey(view, 'resident', id);
}
