/** Residents who move to another community. */
import { areRight, type CodeTyped, usedUp, wantTyped, type WrongCode, wrongCode } from '../../access/index.ts';
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
  Unavailable,
  type Want,
} from '../../ledger/index.ts';
import { refuse } from '../refusals.ts';
import { notChangeable } from './phone-changes.ts';
import { namedLater, wantNamesakes } from './same-person.ts';
import { notMovable } from './standing.ts';
import { changedSearchKeys, wantSearchKeys } from './search-keys.ts';

export type MoveResidentInput = {
  /** An officer of the community that receives the resident. */
  readonly by: { readonly id: string; readonly communityId: string };
  readonly id: string;
  /** The resident's code, with the hash of the number that it was sent to; or the reason, if the resident came to the counter without a phone. */
  readonly proof: { readonly code: CodeTyped; readonly phoneHash: string } | { readonly reason: string };
};

type MoveResidentReply =
  | WrongCode
  | {
      readonly resident_id: string;
      readonly from_id: string;
      readonly to_id: string;
      readonly moved_at: number;
      readonly client_ids: readonly string[];
    };

/** Makes another community a resident's home. Points, grants, vouchers and records stay as they are. Throws `Unavailable` at the instant of another move. */
export const moveResident: Command<MoveResidentInput, MoveResidentReply> = {
  name: 'move-resident',
  load: loadMoveResident,
  decide: decideMoveResident,
};

function loadMoveResident({ by, id, proof }: MoveResidentInput, known: Known, at: number): readonly Want[] {
  const resident = known.get('resident', id);
  const phone = resident && known.get('residentPhone', resident.phoneHash);
  return [
    one('resident', id),
    one('residentMove', id, at),
    one('community', by.communityId),
    ...wantSearchKeys(id),
    ...(resident ? [one('residentPhone', resident.phoneHash), ...wantNamesakes({ ...resident, communityId: by.communityId }, known)] : []),
    // Read after the number, whose row a sign-in writes: so none makes a client of the old home in between.
    ...(phone ? [many('client', 'person', id)] : []),
    ...('code' in proof ? wantTyped([proof.code]) : []),
  ];
}

function decideMoveResident(facts: Facts, { by, id, proof }: MoveResidentInput, { at }: Call): Decision<MoveResidentReply> {
  const resident = facts.get('resident', id);
  if (!resident) return refuse('resident_not_found', { resident_id: id });
  const { communityId: from, phoneHash } = resident;
  const { communityId: to } = by;
  const unmovable = 'code' in proof ? notMovedByCode(resident, to, at) : notMoved(resident, to);
  if (unmovable) return unmovable;
  const { successorId, succeededFrom } = facts.get('community', to)!;
  if (successorId !== null) {
    return refuse('community_succeeded', { community_id: to, successor_id: successorId, succeeded_from: succeededFrom! });
  }
  const codes = 'code' in proof ? [proof.code] : [];
  if ('code' in proof && (proof.phoneHash !== phoneHash || !areRight(facts, codes, at))) return wrongCode(facts, codes, at);
  // A move is known by its instant, and none takes the place of another.
  if (facts.get('residentMove', id, at)) throw new Unavailable('the resident has moved in this very moment');

  // From here on it succeeds.
  const clients = facts.list('client', 'person', id);
  const told = 'code' in proof ? { how: 'code', reason: null } : { how: 'counter', reason: proof.reason };
  return {
    rows: [
      put('resident', { ...resident, communityId: to }),
      ...changedSearchKeys(facts, { ...resident, communityId: to }),
      // The number does not change, but is written all the same: a sign-in at the same time conflicts, and makes no client of the old home.
      put('residentPhone', facts.get('residentPhone', phoneHash)!),
      ...clients.map((client) => put('client', { ...client, communityId: to })),
      put('residentMove', { residentId: id, movedAt: at, fromId: from, toId: to, ...told, movedBy: by.id, version: 0 }),
      ...namedLater(facts, { ...resident, communityId: to }, at),
      ...usedUp(facts, codes),
    ],
    reply: { resident_id: id, from_id: from, to_id: to, moved_at: at, client_ids: clients.map((client) => client.id) },
  };
}

/** The refusal to move a resident to a community; undefined: they may move. */
function notMoved(resident: Row<'resident'>, to: string): Refusal | undefined {
  return resident.communityId === to ? refuse('resident_at_home', { community_id: to }) : notMovable(resident);
}

/** The same by a code at `at`: while a change of the number may be stopped, a code of it may go to somebody else. */
export function notMovedByCode(resident: Row<'resident'>, to: string, at: number): Refusal | undefined {
  return notMoved(resident, to) ?? notChangeable(resident, at);
}
