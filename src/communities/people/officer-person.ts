import { type Acting } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Row, type Want } from '../../ledger/index.ts';
import { matter } from '../matter.ts';
import { refuse } from '../refusals.ts';
import { notThere } from './standing.ts';

const ANSWER_MS = 365 * 86_400_000;

type Officer = Pick<Row<'officer'>, 'residentSince'>;

/** The instant until which the statement of who an officer is as a resident counts; null: it was never stated. Epoch milliseconds. */
export function personUntil({ residentSince }: Officer): number | null {
  return residentSince === null ? null : residentSince + ANSWER_MS;
}

/** Whether it is stated, and was stated or confirmed within a year, which resident an officer is, or that the officer is none. */
export function isPersonStated(officer: Officer | undefined, at: number): boolean {
  return officer !== undefined && at < (personUntil(officer) ?? 0);
}

export type StateOfficerPersonInput = {
  readonly officerId: string;
  /** Null: the officer is no resident. */
  readonly residentId: string | null;
};

type OfficerPersonReply = { officer_id: string; stated_until: number };

/** States or changes which resident an officer is. Reached through a proposal only: nobody chooses alone whom an officer may not grant to. */
const stateOfficerPerson: Command<StateOfficerPersonInput, OfficerPersonReply> = {
  name: 'state-officer-person',
  load: loadStateOfficerPerson,
  decide: decideStateOfficerPerson,
};

export const officerPersonMatter = matter('officer_person', {
  office: 'street',
  command: stateOfficerPerson,
  complete: (stated: StateOfficerPersonInput) => stated,
  concerned: { resident: (_, { residentId }) => residentId },
});

function loadStateOfficerPerson({ officerId, residentId }: StateOfficerPersonInput): readonly Want[] {
  return [one('officer', officerId), ...(residentId === null ? [] : [one('resident', residentId)])];
}

function decideStateOfficerPerson(
  facts: Facts,
  { officerId, residentId }: StateOfficerPersonInput,
  { at }: Call,
): Decision<OfficerPersonReply> {
  const officer = facts.get('officer', officerId);
  if (!officer) return refuse('officer_not_found', { officer_id: officerId });
  const resident = residentId === null ? undefined : facts.get('resident', residentId);
  if (residentId !== null && !resident) return refuse('resident_not_found', { resident_id: residentId });
  const gone = resident && notThere(resident);
  if (gone) return gone;
  return answered({ ...officer, residentId }, at);
}

/** The rows and the reply of an answer that is given at `at`. */
function answered(officer: Row<'officer'>, at: number): Decision<OfficerPersonReply> {
  const row = { ...officer, residentSince: at };
  return { rows: [put('officer', row)], reply: { officer_id: row.id, stated_until: at + ANSWER_MS } };
}

export type ConfirmOfficerPersonInput = {
  readonly by: Acting;
  /** The statement as the officer knows it: it is confirmed, and never changed by this. */
  readonly residentId: string | null;
};

/** The officer confirms for another year that the statement is true, also after it has run out. */
export const confirmOfficerPerson: Command<ConfirmOfficerPersonInput, OfficerPersonReply> = {
  name: 'confirm-officer-person',
  load: loadConfirmOfficerPerson,
  decide: decideConfirmOfficerPerson,
};

function loadConfirmOfficerPerson({ by }: ConfirmOfficerPersonInput): readonly Want[] {
  return [one('officer', by.id)];
}

function decideConfirmOfficerPerson(
  facts: Facts,
  { by, residentId }: ConfirmOfficerPersonInput,
  { at }: Call,
): Decision<OfficerPersonReply> {
  const officer = facts.get('officer', by.id);
  if (!officer) return refuse('officer_not_found', { officer_id: by.id });
  if (officer.residentSince === null || officer.residentId !== residentId) {
    return refuse('officer_person_differs', { officer_id: by.id });
  }
  return answered(officer, at);
}
