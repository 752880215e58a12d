/** People who register on their own phone, and the officers who confirm or decline it. Nothing can be spent until then. */
import {
  type Acting,
  actsFor,
  type CodeOfStranger,
  firstSession,
  isFree,
  standingClientId,
  triedByStranger,
  usedUp,
  wantTypedByStranger,
} from '../../access/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  isRefusal,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../../ledger/index.ts';
import { idOf } from '../../store/index.ts';
import { refuse } from '../refusals.ts';
import { registered, type Told } from '../residents.ts';
import { consentOnPhone } from './consents.ts';
import { NOTICE_VERSION } from './notice.ts';
import { endedSearchKeys, wantSearchKeys } from './search-keys.ts';
import { differentPersons, nameAdded, namesakes, samePersonQuestion, wantNamesakes } from './same-person.ts';

export type RegisterOneselfInput = Told & {
  /** The version of the notice to which the person consents. */
  readonly noticeVersion: number;
  readonly code: CodeOfStranger;
  readonly device: string;
};

/** A wrong code is no refusal: it must be counted, and a refusal writes nothing. */
type RegisterOneselfReply = { readonly failed: 'wrong' } | { id: string; community_id: string; registered_at: number; session_id: string };

/** Registers somebody on their own phone, as `unconfirmed`, and begins a session. Only a right code learns that the phone is registered. */
export const registerOneself: Command<RegisterOneselfInput, RegisterOneselfReply> = {
  name: 'register-oneself',
  load: loadRegisterOneself,
  decide: decideRegisterOneself,
};

function loadRegisterOneself({ communityId, phoneHash, code }: RegisterOneselfInput): readonly Want[] {
  return [one('community', communityId), one('residentPhone', phoneHash), ...wantTypedByStranger(code)];
}

function decideRegisterOneself(
  facts: Facts,
  { noticeVersion, code, device, ...told }: RegisterOneselfInput,
  call: Call,
): Decision<RegisterOneselfReply> {
  const { communityId, phoneHash } = told;
  const { at } = call;
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  if (noticeVersion !== NOTICE_VERSION) return refuse('notice_outdated', { notice_version: NOTICE_VERSION });
  const tried = triedByStranger(facts, code, at);
  if (tried !== true) return tried;
  if (!isFree(facts.get('residentPhone', phoneHash), at)) return refuse('phone_registered');

  // From here on it succeeds.
  const id = idOf('res', call.id);
  const session = firstSession({ residentId: id, communityId }, device, call);
  return {
    rows: [
      ...registered(id, told, 'unconfirmed', at),
      consentOnPhone(id, at),
      put('registration', { residentId: id, communityId, madeAt: at, decidedAt: null, decidedBy: null, version: 0 }),
      ...usedUp(facts, [code]),
      ...session.rows,
    ],
    reply: { id, community_id: communityId, registered_at: at, session_id: session.id },
  };
}

type DecideRegistrationInput = { readonly by: Acting; readonly residentId: string };

type Waiting = { readonly resident: Row<'resident'>; readonly registration: Row<'registration'> };

/** The registration, if this officer may decide it and nobody has. */
function waiting(facts: Facts, { by, residentId }: DecideRegistrationInput): Waiting | Refusal {
  const resident = facts.get('resident', residentId);
  const registration = facts.get('registration', residentId);
  if (!resident || !registration) return refuse('registration_not_found', { resident_id: residentId });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  if (resident.status !== 'unconfirmed') return refuse('registration_decided', { resident_id: residentId, status: resident.status });
  return { resident, registration };
}

function decided({ registration }: Waiting, by: Acting, at: number) {
  return put('registration', { ...registration, decidedAt: at, decidedBy: by.id });
}

export type ConfirmRegistrationInput = DecideRegistrationInput & {
  /** The officer's words why it is another person than those of the same name; null: nothing is said. */
  readonly differentPerson: string | null;
};

type ConfirmRegistrationReply = { resident_id: string; status: 'active'; decided_at: number };

/** Confirms that the registration is right: from now on the resident can spend. */
export const confirmRegistration: Command<ConfirmRegistrationInput, ConfirmRegistrationReply> = {
  name: 'confirm-registration',
  load: loadConfirmRegistration,
  decide: decideConfirmRegistration,
};

function loadConfirmRegistration({ residentId }: ConfirmRegistrationInput, known: Known): readonly Want[] {
  const resident = known.get('resident', residentId);
  return [one('resident', residentId), one('registration', residentId), ...(resident ? wantNamesakes(resident, known) : [])];
}

function decideConfirmRegistration(facts: Facts, input: ConfirmRegistrationInput, { at }: Call): Decision<ConfirmRegistrationReply> {
  const found = waiting(facts, input);
  if (isRefusal(found)) return found;
  const { resident } = found;
  const { by, differentPerson } = input;
  const asked = namesakes(facts, resident);
  const question = samePersonQuestion(asked, differentPerson);
  if (question) return question;

  // From here on it succeeds.
  return {
    rows: [
      put('resident', { ...resident, status: 'active' }),
      decided(found, by, at),
      nameAdded(facts, resident),
      ...differentPersons(facts, resident, asked, { by, answer: differentPerson, at, isNew: false }),
    ],
    reply: { resident_id: resident.id, status: 'active', decided_at: at },
  };
}

export type DeclineRegistrationInput = DecideRegistrationInput & { readonly reason: string };

type DeclineRegistrationReply = { resident_id: string; status: 'declined'; decided_at: number };

/** Declines a registration: nobody signs in with it any more, and the phone is free again. */
export const declineRegistration: Command<DeclineRegistrationInput, DeclineRegistrationReply> = {
  name: 'decline-registration',
  load: loadDeclineRegistration,
  decide: decideDeclineRegistration,
};

function loadDeclineRegistration({ residentId }: DeclineRegistrationInput, known: Known): readonly Want[] {
  const resident = known.get('resident', residentId);
  const phone = resident ? [one('residentPhone', resident.phoneHash)] : [];
  return [
    one('resident', residentId),
    one('registration', residentId),
    one('client', clientOf(residentId)),
    ...wantSearchKeys(residentId),
    ...phone,
  ];
}

function decideDeclineRegistration(facts: Facts, input: DeclineRegistrationInput, { at }: Call): Decision<DeclineRegistrationReply> {
  const found = waiting(facts, input);
  if (isRefusal(found)) return found;

  // From here on it succeeds.
  const { resident } = found;
  const { by, reason } = input;
  const phone = facts.get('residentPhone', resident.phoneHash);
  const client = facts.get('client', clientOf(resident.id));
  return {
    rows: [
      put('resident', { ...resident, status: 'declined', statusReason: reason }),
      decided(found, by, at),
      ...(phone?.residentId === resident.id ? [put('residentPhone', { ...phone, residentId: null, heldUntil: null })] : []),
      ...(client ? [put('client', { ...client, status: 'revoked' })] : []),
      ...endedSearchKeys(facts, resident),
    ],
    reply: { resident_id: resident.id, status: 'declined', decided_at: at },
  };
}

function clientOf(residentId: string): string {
  return standingClientId({ kind: 'resident', residentId });
}
