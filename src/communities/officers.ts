import { idOf } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { createClient, type CreateClientInput, giveOfficerLogin, type OfficersLoginInput } from '../access/index.ts';
import { matter } from './matter.ts';
import { notThere } from './people/standing.ts';
import { refuse } from './refusals.ts';

type AppointOfficerInput = {
  readonly name: string;
  /** Null: an officer of the street office. */
  readonly communityId: string | null;
  /** The resident who the officer is; null: none. Left out in what was proposed before it was asked: not stated. */
  readonly residentId?: string | null;
};

type AppointOfficerReply = { id: string; community_id: string | null };

/**
 * The street office appoints officers. Reached through a proposal only, since an officer who appointed alone could invent the second
 * officer for every proposal; the first ones are appointed when the scheme is set up.
 */
export const appointOfficer: Command<AppointOfficerInput, AppointOfficerReply> = {
  name: 'appoint-officer',
  load: loadAppointOfficer,
  decide: decideAppointOfficer,
};

export const officerMatter = matter('officer', {
  office: 'street',
  command: appointOfficer,
  complete: (officer: AppointOfficerInput) => officer,
  concerned: { resident: (_, { residentId }) => residentId ?? null },
});

/** A credential for an existing officer, the first one or another. */
export const credentialMatter = matter('credential', {
  office: 'street',
  command: createClient,
  complete: (credential: OfficersCredential, { proposedBy, approvedBy, secret }): CreateClientInput => ({
    ...credential,
    ...secret,
    by: proposedBy,
    approvedBy,
  }),
});

type OfficersCredential = Pick<CreateClientInput, 'name' | 'scopes'> & {
  readonly binding: Extract<CreateClientInput['binding'], { kind: 'officer' }>;
};

/** A login for an existing officer, or a new password for the login that the officer has. */
export const loginMatter = matter('login', {
  office: 'street',
  command: giveOfficerLogin,
  complete: (login: Pick<OfficersLoginInput, 'officerId' | 'name'>, { proposedBy, password }) => ({
    ...login,
    ...password!,
    temporary: true,
    by: proposedBy,
  }),
});

function loadAppointOfficer({ communityId, residentId }: AppointOfficerInput): readonly Want[] {
  return [...(communityId === null ? [] : [one('community', communityId)]), ...(residentId == null ? [] : [one('resident', residentId)])];
}

function decideAppointOfficer(
  facts: Facts,
  { name, communityId, residentId }: AppointOfficerInput,
  { id: commandId, at }: Call,
): Decision<AppointOfficerReply> {
  if (communityId !== null && !facts.get('community', communityId)) {
    return refuse('community_not_found', { community_id: communityId });
  }
  const resident = residentId == null ? undefined : facts.get('resident', residentId);
  if (residentId != null && !resident) return refuse('resident_not_found', { resident_id: residentId });
  const gone = resident && notThere(resident);
  if (gone) return gone;
  const id = idOf('off', commandId);
  const person = { residentId: residentId ?? null, residentSince: residentId === undefined ? null : at };
  return { rows: [put('officer', { id, communityId, name, ...person, version: 0 })], reply: { id, community_id: communityId } };
}
