import { idOf } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type AppointOfficerInput = {
  readonly name: string;
  /** Null: an officer of the street office. */
  readonly communityId: string | null;
};

type AppointOfficerReply = { id: string; community_id: string | null };

/**
 * The street appoints officers. Reached through a proposal only, since whoever appointed alone could make up the second officer of every
 * two; the first ones are appointed when the scheme is set up.
 */
export const appointOfficer: Command<AppointOfficerInput, AppointOfficerReply> = {
  name: 'appoint-officer',
  load: loadAppointOfficer,
  decide: decideAppointOfficer,
};

function loadAppointOfficer({ communityId }: AppointOfficerInput): readonly Want[] {
  return communityId === null ? [] : [one('community', communityId)];
}

function decideAppointOfficer(
  facts: Facts,
  { name, communityId }: AppointOfficerInput,
  { id: commandId }: Call,
): Decision<AppointOfficerReply> {
  if (communityId !== null && !facts.get('community', communityId)) {
    return refuse('community_not_found', { community_id: communityId });
  }
  const id = idOf('off', commandId);
  return { rows: [put('officer', { id, communityId, name, version: 0 })], reply: { id, community_id: communityId } };
}
