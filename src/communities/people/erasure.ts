/** A resident's leaving, until it begins: requested by the person or by two officers, and withdrawn while there is time. */
import { idOf, type Row, rowByKey, type View } from '../../store/index.ts';
import {
  balanceOf,
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  many,
  one,
  put,
  walletOf,
  type Want,
} from '../../ledger/index.ts';
import { type Acting, actsFor, areRight, type CodeTyped, usedUp, wantTyped, type WrongCode, wrongCode } from '../../access/index.ts';
import { matter } from '../matter.ts';
import { refuse } from '../refusals.ts';
import { notChangeable } from './phone-changes.ts';
import { notStaying } from './standing.ts';

const DAY_MS = 86_400_000;

/** The time for which an erasure can be withdrawn. */
const NOTICE_MS = 7 * DAY_MS;

export type RequestErasureInput = {
  readonly residentId: string;
  /** The code, and the hash of the number that it was sent to. */
  readonly code: CodeTyped;
  readonly phoneHash: string;
};

type Requested = { id: string; resident_id: string; points: number; due_at: number };

export type RequestErasureReply = WrongCode | Requested;

/** Requests that one be erased after seven days, by a fresh code; says how many points are lost with it. */
export const requestErasure: Command<RequestErasureInput, RequestErasureReply> = {
  name: 'request-erasure',
  load: ({ residentId, code }, known) => [...wantRequested(residentId, known), ...wantTyped([code])],
  decide: decideRequestErasure,
};

function decideRequestErasure(
  facts: Facts,
  { residentId, code, phoneHash }: RequestErasureInput,
  call: Call,
): Decision<RequestErasureReply> {
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  const unchangeable = notChangeable(resident, call.at);
  if (unchangeable) return unchangeable;
  if (resident.phoneHash !== phoneHash || !areRight(facts, [code], call.at)) return wrongCode(facts, [code], call.at);

  // From here on it succeeds.
  const requested = requestedBy(facts, resident, noErasure, call);
  return { ...requested, rows: [...requested.rows, ...usedUp(facts, [code])] };
}

type RequestForInput = {
  readonly residentId: string;
  /** The two officers of the home community. */
  readonly by: Acting;
  readonly approvedBy: string;
};

/** Requests it for somebody who asks at the counter; reached through a proposal only. */
const requestErasureFor: Command<RequestForInput, Requested> = {
  name: 'request-erasure-for',
  load: ({ residentId }, known) => wantRequested(residentId, known),
  decide: decideRequestErasureFor,
};

export const erasureMatter = matter('erasure', {
  office: 'community',
  command: requestErasureFor,
  complete: ({ residentId }: Pick<RequestForInput, 'residentId'>, { proposedBy, approvedBy }) => ({
    residentId,
    by: proposedBy,
    approvedBy,
  }),
  concerned: { resident: (_, { residentId }) => residentId },
});

function decideRequestErasureFor(facts: Facts, { residentId, by, approvedBy }: RequestForInput, call: Call): Decision<Requested> {
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  if (!actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const leaving = notStaying(resident);
  if (leaving) return leaving;
  return requestedBy(facts, resident, { ...noErasure, requestedBy: by.id, approvedBy }, call);
}

function wantRequested(residentId: string, known: Known): Want[] {
  const lots = known.list('lot', 'resident', residentId);
  return [
    one('resident', residentId),
    many('lot', 'resident', residentId),
    many('voucher', 'person', residentId),
    ...lots.map((lot) => balanceOf(walletOf(lot))),
  ];
}

type Begun = Omit<Row<'erasure'>, 'id' | 'residentId' | 'requestedAt' | 'points' | 'dueAt'> & { readonly points: number };

function requestedBy(facts: Facts, resident: Row<'resident'>, begun: Begun, { id: commandId, at }: Call) {
  const id = idOf('era', commandId);
  const points = pointsLost(facts, resident.id);
  const dueAt = at + NOTICE_MS;
  return {
    rows: [
      put('erasure', { ...begun, id, residentId: resident.id, requestedAt: at, points, dueAt }),
      put('resident', { ...resident, erasureId: id }),
    ],
    reply: { id, resident_id: resident.id, points, due_at: dueAt },
  };
}

/** An erasure before anything was done. */
export const noErasure = {
  requestedBy: null,
  approvedBy: null,
  points: 0,
  withdrawnAt: null,
  endedAt: null,
  blankedAt: null,
  finishedAt: null,
  version: 0,
} as const;

/** The points in a resident's wallet and open vouchers: nobody gets them back. */
function pointsLost(facts: Facts, residentId: string): number {
  const inLots = facts.list('lot', 'resident', residentId).map((lot) => 0 - facts.balance(walletOf(lot)));
  const open = facts.list('voucher', 'person', residentId).filter(({ state }) => state === 'issued' || state === 'suspended');
  return [...inLots, ...open.map(({ points }) => points)].reduce((sum, points) => sum + points, 0);
}

export type WithdrawErasureInput = {
  readonly erasureId: string;
  /** The person, or an officer of the home community. */
  readonly by: { readonly residentId: string } | Acting;
};

type WithdrawErasureReply = { id: string; withdrawn_at: number };

/** Withdraws an erasure before it is due: the person stays. */
export const withdrawErasure: Command<WithdrawErasureInput, WithdrawErasureReply> = {
  name: 'withdraw-erasure',
  load: loadWithdrawErasure,
  decide: decideWithdrawErasure,
};

function loadWithdrawErasure({ erasureId }: WithdrawErasureInput, known: Known): readonly Want[] {
  const erasure = known.get('erasure', erasureId);
  return [one('erasure', erasureId), ...(erasure ? [one('resident', erasure.residentId)] : [])];
}

function decideWithdrawErasure(facts: Facts, { erasureId, by }: WithdrawErasureInput, { at }: Call): Decision<WithdrawErasureReply> {
  const erasure = facts.get('erasure', erasureId);
  if (!erasure || ('residentId' in by && by.residentId !== erasure.residentId))
    return refuse('erasure_not_found', { erasure_id: erasureId });
  const resident = facts.get('resident', erasure.residentId)!;
  if (!('residentId' in by) && !actsFor(by, resident.communityId))
    return refuse('foreign_community', { community_id: resident.communityId });
  if (erasure.withdrawnAt !== null) return refuse('erasure_withdrawn', { erasure_id: erasureId, withdrawn_at: erasure.withdrawnAt });
  if (at >= erasure.dueAt) return refuse('erasure_due', { erasure_id: erasureId, due_at: erasure.dueAt });
  return {
    rows: [put('erasure', { ...erasure, withdrawnAt: at }), put('resident', { ...resident, erasureId: null })],
    reply: { id: erasureId, withdrawn_at: at },
  };
}

export function erasureById(view: View, id: string): Promise<Row<'erasure'> | undefined> {
  return rowByKey(view, 'erasure', id);
}
