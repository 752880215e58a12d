/** Households: the residents who live together. Nobody grants to the own household, and a household is known by days: who leaves was in it before. */
import { type Acting, actsFor } from '../../access/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  isRefusal,
  type Known,
  many,
  one,
  put,
  type Refusal,
  type Row,
  type RowChange,
  type Want,
} from '../../ledger/index.ts';
import { idOf } from '../../store/index.ts';
import { refuse } from '../refusals.ts';
import { notSpending } from './standing.ts';

type Household = Row<'household'>;
export type Member = Row<'householdMember'>;

/** The head's own session (`by` null), or an officer of the household's community at a counter, who says why. */
export type Headed =
  | { readonly by: null; readonly headId: string }
  | { readonly by: Acting; readonly householdId: string; readonly reason: string };

export type FoundHouseholdInput = {
  /** An officer of the head's home community at a counter; null: the head's own session. */
  readonly by: Acting | null;
  readonly headId: string;
  /** Why the officer does it; null: the head does. */
  readonly reason: string | null;
};

type FoundHouseholdReply = { id: string; community_id: string; head_id: string; founded_at: number };

/** Founds a household with its head as the only member. */
export const foundHousehold: Command<FoundHouseholdInput, FoundHouseholdReply> = {
  name: 'found-household',
  load: loadFoundHousehold,
  decide: decideFoundHousehold,
};

function loadFoundHousehold({ headId }: FoundHouseholdInput): readonly Want[] {
  return [one('resident', headId), one('householdOf', headId)];
}

function decideFoundHousehold(
  facts: Facts,
  { by, headId, reason }: FoundHouseholdInput,
  { id: commandId, at }: Call,
): Decision<FoundHouseholdReply> {
  const head = facts.get('resident', headId);
  if (!head) return refuse('resident_not_found', { resident_id: headId });
  if (by && !actsFor(by, head.communityId)) return refuse('foreign_community', { community_id: head.communityId });
  const closed = mayNotJoin(facts, head);
  if (closed) return closed;

  // From here on it succeeds.
  const household = { id: idOf('hou', commandId), communityId: head.communityId, headId, foundedAt: at, endedAt: null, version: 0 };
  const entered = { householdId: household.id, residentId: headId, since: at, until: null, how: 'head', version: 0 };
  return {
    rows: [
      put('household', household),
      put('householdMember', { ...entered, by: by?.id ?? null, reason }),
      isNowIn(facts, headId, household.id),
    ],
    reply: { id: household.id, community_id: household.communityId, head_id: headId, founded_at: at },
  };
}

/** The refusal of a resident who may not spend either (erased, suspended, not confirmed yet), or is in a household already. */
export function mayNotJoin(facts: Facts, resident: Row<'resident'>): Refusal | undefined {
  const { id } = resident;
  const barred = notSpending(resident);
  if (barred) return barred;
  const current = facts.get('householdOf', id)?.householdId ?? null;
  return current === null ? undefined : refuse('in_household_already', { resident_id: id, household_id: current });
}

/** The change by which a resident is in a household from now on; null: in none. */
export function isNowIn(facts: Facts, residentId: string, householdId: string | null): RowChange {
  return put('householdOf', { residentId, householdId, version: facts.get('householdOf', residentId)?.version ?? 0 });
}

/** The members who are in a household now. */
export function membersNow(facts: Facts, householdId: string): Member[] {
  return facts.list('householdMember', 'household', householdId).filter(({ until }) => until === null);
}

/** The changes by which a member leaves at `at`. A clock that was set back does not make the time negative. */
export function leaves(facts: Facts, member: Member, at: number, reason: string | null): RowChange[] {
  const left = { ...member, until: Math.max(member.since, at), reason: withReason(member.reason, reason) };
  return [put('householdMember', left), isNowIn(facts, member.residentId, null)];
}

/** The reasons of officers about one member, in their order. */
function withReason(before: string | null, reason: string | null): string | null {
  return before !== null && reason !== null ? `${before}；${reason}` : (reason ?? before);
}

function headedId(known: Pick<Known, 'get'>, of: Headed): string | null {
  return of.by === null ? (known.get('householdOf', of.headId)?.householdId ?? null) : of.householdId;
}

/** The facts that `headedHousehold` and `membersNow` need. */
export function wantHeaded(of: Headed, known: Known): Want[] {
  const id = headedId(known, of);
  const own = of.by === null ? [one('householdOf', of.headId)] : [];
  return id === null ? own : [...own, one('household', id), many('householdMember', 'household', id)];
}

/** The household that its head or an officer decides about, or why they may not. */
export function headedHousehold(facts: Facts, of: Headed): Household | Refusal {
  const id = headedId(facts, of);
  if (of.by === null && id === null) return refuse('not_in_household', { resident_id: of.headId });
  const household = facts.get('household', id!);
  if (!household) return refuse('household_not_found', { household_id: id! });
  if (of.by === null && household.headId !== of.headId) return refuse('household_head_only', { household_id: household.id });
  if (of.by !== null && !actsFor(of.by, household.communityId)) return refuse('foreign_community', { community_id: household.communityId });
  if (household.endedAt !== null) return refuse('household_ended', { household_id: household.id, ended_at: household.endedAt });
  return household;
}

function reasonOf(of: Headed): string | null {
  return of.by === null ? null : of.reason;
}

export type HandOverHouseholdInput = {
  readonly of: Headed;
  /** The member who is the head from now on. */
  readonly toId: string;
};

type HandOverHouseholdReply = { household_id: string; head_id: string };

/** Makes another member the head; an officer does it for a head who cannot. */
export const handOverHousehold: Command<HandOverHouseholdInput, HandOverHouseholdReply> = {
  name: 'hand-over-household',
  load: ({ of }, known) => wantHeaded(of, known),
  decide: decideHandOver,
};

function decideHandOver(facts: Facts, { of, toId }: HandOverHouseholdInput): Decision<HandOverHouseholdReply> {
  const household = headedHousehold(facts, of);
  if ('refused' in household) return household;
  const member = membersNow(facts, household.id).find(({ residentId }) => residentId === toId);
  if (!member) return refuse('not_in_household', { resident_id: toId });
  return {
    rows: [
      put('household', { ...household, headId: toId }),
      put('householdMember', { ...member, reason: withReason(member.reason, reasonOf(of)) }),
    ],
    reply: { household_id: household.id, head_id: toId },
  };
}

export type EndHouseholdInput = { readonly of: Headed };

type EndHouseholdReply = { household_id: string; ended_at: number };

/** Ends a household: all members leave it. */
export const endHousehold: Command<EndHouseholdInput, EndHouseholdReply> = {
  name: 'end-household',
  load: loadEndHousehold,
  decide: decideEndHousehold,
};

function loadEndHousehold({ of }: EndHouseholdInput, known: Known): readonly Want[] {
  const id = headedId(known, of);
  const members = id === null ? [] : known.list('householdMember', 'household', id);
  return [...wantHeaded(of, known), ...members.map(({ residentId }) => one('householdOf', residentId))];
}

function decideEndHousehold(facts: Facts, { of }: EndHouseholdInput, { at }: Call): Decision<EndHouseholdReply> {
  const household = headedHousehold(facts, of);
  if (isRefusal(household)) return household;
  return {
    rows: [
      put('household', { ...household, endedAt: at }),
      ...membersNow(facts, household.id).flatMap((member) => leaves(facts, member, at, reasonOf(of))),
    ],
    reply: { household_id: household.id, ended_at: at },
  };
}
