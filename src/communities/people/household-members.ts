/** How residents come into a household, and leave it. */
import { type Acting, actsFor } from '../../access/index.ts';
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
import { HOUSEHOLD_CHARACTERS, HOUSEHOLD_CODE_LENGTH } from '../../text/index.ts';
import { refuse } from '../refusals.ts';
import { headedHousehold, isNowIn, leaves, mayNotJoin, type Member, membersNow, wantHeaded } from './households.ts';
import { notSpending } from './standing.ts';

const CODE_MS = 24 * 3_600_000;
/** More than live together, and few enough that all of them leave in one command. */
const MEMBERS_MAX = 20;

/** A random code, each as likely as any other: bytes beyond the last whole multiple of the characters are drawn again. */
export function newHouseholdCode(chance: (bytes: number) => Uint8Array): string {
  const kinds = HOUSEHOLD_CHARACTERS.length;
  let code = '';
  while (code.length < HOUSEHOLD_CODE_LENGTH) {
    const [byte] = chance(1);
    if (byte! < 256 - (256 % kinds)) code += HOUSEHOLD_CHARACTERS[byte! % kinds];
  }
  return code;
}

export type MintHouseholdCodeInput = { readonly headId: string; readonly codeHash: string; readonly sealedCode: string };

type MintHouseholdCodeReply = { household_id: string; expires_at: number; sealed_code: string };

/** Makes a code with which others join the head's household within a day. */
export const mintHouseholdCode: Command<MintHouseholdCodeInput, MintHouseholdCodeReply> = {
  name: 'mint-household-code',
  load: ({ headId }, known) => [one('resident', headId), ...wantHeaded({ by: null, headId }, known)],
  decide: decideMintHouseholdCode,
};

function decideMintHouseholdCode(
  facts: Facts,
  { headId, codeHash: hash, sealedCode }: MintHouseholdCodeInput,
  { at }: Call,
): Decision<MintHouseholdCodeReply> {
  const inactive = notSpending(facts.get('resident', headId)!);
  if (inactive) return inactive;
  const household = headedHousehold(facts, { by: null, headId });
  if ('refused' in household) return household;
  const row = { hash, householdId: household.id, mintedAt: at, expiresAt: at + CODE_MS };
  return {
    rows: [put('householdCode', row)],
    reply: { household_id: household.id, expires_at: row.expiresAt, sealed_code: sealedCode },
  };
}

type JoinedReply = { household_id: string; resident_id: string; since: number };

export type JoinHouseholdInput = { readonly residentId: string; readonly codeHash: string };

/** A resident joins in their own session by the head's code: the head consents by giving it, the member by typing it. */
export const joinHousehold: Command<JoinHouseholdInput, JoinedReply> = {
  name: 'join-household',
  load: loadJoinHousehold,
  decide: decideJoinHousehold,
};

function loadJoinHousehold({ residentId, codeHash }: JoinHouseholdInput, known: Known): readonly Want[] {
  const code = known.get('householdCode', codeHash);
  return [one('householdCode', codeHash), ...(code ? wantJoining(code.householdId, residentId) : [])];
}

function decideJoinHousehold(facts: Facts, { residentId, codeHash }: JoinHouseholdInput, { at }: Call): Decision<JoinedReply> {
  const code = facts.get('householdCode', codeHash);
  if (!code || at >= code.expiresAt) return refuse('household_code_wrong');
  const household = facts.get('household', code.householdId)!;
  return joined(facts, household, { residentId, how: 'code', by: null, reason: null }, at);
}

export type AddHouseholdMemberInput = {
  readonly by: Acting;
  readonly householdId: string;
  readonly residentId: string;
  readonly reason: string;
};

/** An officer of the household's community adds a resident at a counter. */
export const addHouseholdMember: Command<AddHouseholdMemberInput, JoinedReply> = {
  name: 'add-household-member',
  load: ({ householdId, residentId }) => wantJoining(householdId, residentId),
  decide: decideAddHouseholdMember,
};

function decideAddHouseholdMember(
  facts: Facts,
  { by, householdId, residentId, reason }: AddHouseholdMemberInput,
  { at }: Call,
): Decision<JoinedReply> {
  const household = facts.get('household', householdId);
  if (!household) return refuse('household_not_found', { household_id: householdId });
  if (!actsFor(by, household.communityId)) return refuse('foreign_community', { community_id: household.communityId });
  return joined(facts, household, { residentId, how: 'counter', by: by.id, reason }, at);
}

/** The facts that `joined` needs. The group also has the row of a member who left in this very moment, and comes back. */
function wantJoining(householdId: string, residentId: string): Want[] {
  return [
    one('household', householdId),
    one('resident', residentId),
    one('householdOf', residentId),
    many('householdMember', 'household', householdId),
  ];
}

type Joining = Pick<Member, 'residentId' | 'how' | 'by' | 'reason'>;

/** The household's row is written as well, so that it does not end, and no two are its last member, in another process. */
function joined(facts: Facts, household: Row<'household'>, joining: Joining, at: number): Decision<JoinedReply> {
  const { residentId } = joining;
  const refused = mayNotEnter(facts, household, residentId);
  if (refused) return refused;
  const { id: householdId } = household;
  return {
    rows: [
      put('household', household),
      put('householdMember', { householdId, since: at, until: null, ...joining, version: 0 }),
      isNowIn(facts, residentId, householdId),
    ],
    reply: { household_id: householdId, resident_id: residentId, since: at },
  };
}

function mayNotEnter(facts: Facts, { id, endedAt }: Row<'household'>, residentId: string): Refusal | undefined {
  if (endedAt !== null) return refuse('household_ended', { household_id: id, ended_at: endedAt });
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  if (membersNow(facts, id).length >= MEMBERS_MAX) return refuse('household_full', { household_id: id, at_most: MEMBERS_MAX });
  return mayNotJoin(facts, resident);
}

export type LeaveHouseholdInput = {
  /** An officer of the household's community or of the member's home, at a counter; null: the member's own session. */
  readonly by: Acting | null;
  readonly residentId: string;
  /** Why the officer does it; null: the member does. */
  readonly reason: string | null;
};

type LeaveHouseholdReply = { household_id: string; resident_id: string; left_at: number };

/** A member leaves. The head stays while others are in it; a head who is alone ends it by leaving. */
export const leaveHousehold: Command<LeaveHouseholdInput, LeaveHouseholdReply> = {
  name: 'leave-household',
  load: loadLeaveHousehold,
  decide: decideLeaveHousehold,
};

function loadLeaveHousehold({ residentId }: LeaveHouseholdInput, known: Known): readonly Want[] {
  const id = known.get('householdOf', residentId)?.householdId ?? null;
  const own = [one('householdOf', residentId), one('resident', residentId)];
  return id === null ? own : [...own, one('household', id), many('householdMember', 'household', id)];
}

function decideLeaveHousehold(facts: Facts, { by, residentId, reason }: LeaveHouseholdInput, { at }: Call): Decision<LeaveHouseholdReply> {
  const id = facts.get('householdOf', residentId)?.householdId ?? null;
  if (id === null) return refuse('not_in_household', { resident_id: residentId });
  const household = facts.get('household', id)!;
  // A member who moved away leaves at the counter of the new home.
  const served = [household, facts.get('resident', residentId)!].some(({ communityId }) => by === null || actsFor(by, communityId));
  if (!served) return refuse('foreign_community', { community_id: household.communityId });
  const members = membersNow(facts, id);
  const isHead = household.headId === residentId;
  if (isHead && members.length > 1) return refuse('household_head_stays', { household_id: id, others: members.length - 1 });
  const member = members.find((each) => each.residentId === residentId)!;
  const rows: RowChange[] = [put('household', isHead ? { ...household, endedAt: at } : household), ...leaves(facts, member, at, reason)];
  return { rows, reply: { household_id: id, resident_id: residentId, left_at: at } };
}
