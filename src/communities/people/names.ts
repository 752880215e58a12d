/** Corrections of names in the register. */
import { nameKey } from '../../store/index.ts';
import { type Acting, actsFor } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, one, put, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { namedLater, wantNamesakes } from './same-person.ts';
import { notStaying } from './standing.ts';
import { changedSearchKeys, wantSearchKeys } from './search-keys.ts';

export type CorrectNameInput = { readonly by: Acting; readonly id: string; readonly name: string; readonly reason: string };

type CorrectNameReply = { id: string; corrected_at: number };

/** Corrects a resident's name. The one before is kept with the reason, so that an officer can see who the resident was called. */
export const correctResidentName: Command<CorrectNameInput, CorrectNameReply> = {
  name: 'correct-resident-name',
  load: loadCorrectName,
  decide: decideCorrectName,
};

function loadCorrectName({ id, name }: CorrectNameInput, known: Known): readonly Want[] {
  const resident = known.get('resident', id);
  return [one('resident', id), ...wantSearchKeys(id), ...(resident ? wantNamesakes({ ...resident, name }, known) : [])];
}

function decideCorrectName(facts: Facts, { by, id, name, reason }: CorrectNameInput, { at }: Call): Decision<CorrectNameReply> {
  const resident = facts.get('resident', id);
  if (!resident) return refuse('resident_not_found', { resident_id: id });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const leaving = notStaying(resident);
  if (leaving) return leaving;
  if (resident.name === name) return refuse('name_unchanged');
  const corrected = { ...resident, name, nameKey: nameKey(name) };
  const correction = { residentId: id, correctedAt: at, formerName: resident.name, reason, correctedBy: by.id, version: 0 };
  return {
    rows: [
      put('resident', corrected),
      ...changedSearchKeys(facts, corrected),
      put('nameCorrection', correction),
      ...namedLater(facts, corrected, at),
    ],
    reply: { id, corrected_at: at },
  };
}
