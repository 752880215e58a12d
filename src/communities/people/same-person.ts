/** Whether two registrations belong to one person: a question that an officer answers in words. */
import { type Acting, isSystem, keepsRegisterOf } from '../../access/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  many,
  one,
  put,
  type Refusal,
  type Row,
  type RowChange,
  type Want,
} from '../../ledger/index.ts';
import { nameKey, nameSlotOf } from '../../store/index.ts';
import { refuse } from '../refusals.ts';
import { notThere } from './standing.ts';

/** So many residents of one name are told of in one question. */
const TOLD_MAX = 20;

type Named = Readonly<Pick<Row<'resident'>, 'communityId' | 'name'>> & {
  /** The resident's own id; left out: there is none yet. */
  readonly id?: string;
};

type Pair = readonly [residentId: string, otherId: string];

/** Two residents as a row has them: the one who was registered later comes first. */
export function pairOf(a: string, b: string): Pair {
  return a > b ? [a, b] : [b, a];
}

/** The facts that `namesakes` needs, for a resident or somebody who is about to be one. */
export function wantNamesakes({ id, communityId, name }: Named, known: Known): Want[] {
  const slot = one('nameSlot', nameSlotOf(communityId, name));
  // They are read once the slot is, so that whoever adds one in between conflicts.
  if (!known.has(slot)) return [slot];
  const key = nameKey(name);
  const others = id === undefined ? [] : known.list('resident', 'named', communityId, key).filter((each) => each.id !== id);
  return [slot, many('resident', 'named', communityId, key), ...others.map((each) => one('samePerson', ...pairOf(id!, each.id)))];
}

/**
 * The residents of the same community who have this name, newest first: not those who wait to be confirmed or were declined, and not those of
 * whom an officer said that it is somebody else.
 */
export function namesakes(facts: Facts, { id, communityId, name }: Named): Row<'resident'>[] {
  const key = nameKey(name);
  const isMeant = (row: Row<'resident'>) => row.communityId === communityId && row.nameKey === key && row.id !== id;
  const isOpen = (row: Row<'resident'>) => id === undefined || facts.get('samePerson', ...pairOf(id, row.id))?.same !== 0;
  return facts
    .list('resident', 'named', communityId, key)
    .filter((row) => isMeant(row) && ['active', 'suspended'].includes(row.status) && isOpen(row))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, TOLD_MAX);
}

/** The change that makes whoever adds a resident of the same name at the same time look again; `wantNamesakes` loads what it needs. */
export function nameAdded(facts: Facts, { communityId, name }: Named): RowChange {
  const slot = nameSlotOf(communityId, name);
  return put('nameSlot', { slot, version: facts.get('nameSlot', slot)?.version ?? 0 });
}

/** The question to the officer, as long as nothing is said about these namesakes. */
export function samePersonQuestion(asked: readonly Row<'resident'>[], differentPerson: string | null): Refusal | undefined {
  if (asked.length === 0 || differentPerson !== null) return undefined;
  return refuse('same_person_question', { resident_ids: asked.map(({ id }) => id) });
}

/** The rows that keep the officer's words: the resident is another person than each of these. */
export function differentPersons(
  facts: Facts,
  { id, communityId }: Pick<Row<'resident'>, 'id' | 'communityId'>,
  asked: readonly Row<'resident'>[],
  { by, answer, at, isNew }: { readonly by: Acting; readonly answer: string | null; readonly at: number; readonly isNew: boolean },
): RowChange[] {
  return asked.map((other) => {
    const [residentId, otherId] = pairOf(id, other.id);
    const before = isNew ? undefined : facts.get('samePerson', residentId, otherId);
    const row = before ?? { residentId, otherId, communityId, why: 'name', foundAt: at, version: 0 };
    return put('samePerson', { ...row, same: 0, answer, answeredBy: isSystem(by) ? null : by.id, answeredAt: at });
  });
}

/** A question that nobody has answered yet, to the community of whoever was registered later; none if it was asked before. */
export function openQuestion(
  facts: Facts,
  [first, second]: readonly [Row<'resident'>, Row<'resident'>],
  { why, at }: { readonly why: 'name' | 'device'; readonly at: number },
): RowChange[] {
  const [residentId, otherId] = pairOf(first.id, second.id);
  if (facts.get('samePerson', residentId, otherId)) return [];
  const { communityId } = residentId === first.id ? first : second;
  const open = { same: null, answer: null, answeredBy: null, answeredAt: null };
  return [put('samePerson', { residentId, otherId, communityId, why, foundAt: at, ...open, version: 0 })];
}

/** The changes where a resident gets the name or the home of others: a question about each of these, unless an officer is asked later, at the confirmation. */
export function namedLater(facts: Facts, resident: Row<'resident'>, at: number): RowChange[] {
  if (resident.status !== 'active' && resident.status !== 'suspended') return [];
  const questions = namesakes(facts, resident).flatMap((other) => openQuestion(facts, [resident, other], { why: 'name', at }));
  return [nameAdded(facts, resident), ...questions];
}

export type AnswerSamePersonInput = {
  readonly by: Acting;
  readonly residentId: string;
  readonly otherId: string;
  readonly same: boolean;
  readonly answer: string;
};

type AnswerSamePersonReply = { resident_id: string; other_id: string; same: boolean; answered_at: number };

/** Answers the question in words. A later answer replaces an earlier one. No officer answers about oneself. */
export const answerSamePerson: Command<AnswerSamePersonInput, AnswerSamePersonReply> = {
  name: 'answer-same-person',
  load: loadAnswerSamePerson,
  decide: decideAnswerSamePerson,
};

function loadAnswerSamePerson({ by, residentId, otherId }: AnswerSamePersonInput): readonly Want[] {
  const people = [one('resident', residentId), one('resident', otherId)];
  return [one('samePerson', ...pairOf(residentId, otherId)), ...people, ...(isSystem(by) ? [] : [one('officer', by.id)])];
}

function decideAnswerSamePerson(
  facts: Facts,
  { by, residentId: sought, otherId: beside, same, answer }: AnswerSamePersonInput,
  { at }: Call,
): Decision<AnswerSamePersonReply> {
  const [residentId, otherId] = pairOf(sought, beside);
  const ids = { resident_id: residentId, other_id: otherId };
  const row = facts.get('samePerson', residentId, otherId);
  if (!row) return refuse('same_person_question_not_found', ids);
  if (!keepsRegisterOf(by, row.communityId)) return refuse('foreign_community', { community_id: row.communityId });
  const gone = notThere(facts.get('resident', residentId)!) ?? notThere(facts.get('resident', otherId)!);
  if (gone) return gone;
  // The answer decides whether the officer may grant to the other registration.
  const own = facts.get('officer', by.id)?.residentId ?? null;
  if (own === residentId || own === otherId) return refuse('officer_concerned', { officer_id: by.id, resident_id: own });
  return {
    rows: [put('samePerson', { ...row, same: same ? 1 : 0, answer, answeredBy: by.id, answeredAt: at })],
    reply: { ...ids, same, answered_at: at },
  };
}

/** The facts that `questionsEnded` needs. */
export function wantQuestionsOf(residentId: string): Want[] {
  return [many('samePerson', 'person', residentId), many('samePerson', 'other', residentId)];
}

/** The open questions about somebody who leaves, closed without words: nobody is asked any more. */
export function questionsEnded(facts: Facts, residentId: string, at: number): RowChange[] {
  const all = [...facts.list('samePerson', 'person', residentId), ...facts.list('samePerson', 'other', residentId)];
  return all.filter(({ same }) => same === null).map((row) => put('samePerson', { ...row, same: 0, answeredAt: at }));
}
