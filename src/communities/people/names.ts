/** Corrections of names in the register. */
import { nameKey } from '../../store/index.ts';
import { type Acting, actsFor } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, one, put, Unavailable, type Want } from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { namedLater, wantNamesakes } from './same-person.ts';
import { notStaying } from './standing.ts';
import { changedSearchKeys, wantSearchKeys } from './search-keys.ts';

export type CorrectNameInput = { readonly by: Acting; readonly id: string; readonly name: string; readonly reason: string };

type CorrectNameReply = { id: string; corrected_at: number };

/**
 * Corrects a resident's name. The one before is kept with the reason, so that an officer can see who the resident was called. Throws
 * `Unavailable` at the instant of another correction.
 */
export const correctResidentName: Command<CorrectNameInput, CorrectNameReply> = {
  name: 'correct-resident-name',
  load: loadCorrectName,
  decide: decideCorrectName,
};

function loadCorrectName({ id, name }: CorrectNameInput, known: Known, at: number): readonly Want[] {
  const resident = known.get('resident', id);
  return [
    one('resident', id),
    one('nameCorrection', id, at),
    ...wantSearchKeys(id),
    ...(resident ? wantNamesakes({ ...resident, name }, known) : []),
  ];
}

function decideCorrectName(facts: Facts, { by, id, name, reason }: CorrectNameInput, { at }: Call): Decision<CorrectNameReply> {
  const resident = facts.get('resident', id);
  if (!resident) return refuse('resident_not_found', { resident_id: id });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const leaving = notStaying(resident);
  if (leaving) return leaving;
  if (resident.name === name) return refuse('name_unchanged');
  // A correction is known by its instant, and none takes the place of another.
  if (facts.get('nameCorrection', id, at)) throw new Unavailable('the name was corrected in this very moment');

  // From here on it succeeds.
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
