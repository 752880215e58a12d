/**
 * The steps of an erasure, each a command of the job. Each may be sent again at any time: one that has nothing left to do says so, and is no
 * refusal, which would be kept for ever.
 */
import type { Row } from '../../store/index.ts';
import {
  account,
  balanceOf,
  type Call,
  type Command,
  cr,
  type Decision,
  dr,
  type Facts,
  type Known,
  many,
  one,
  put,
  type RowChange,
  walletOf,
  type Want,
} from '../../ledger/index.ts';
import { accessEnded, freePhone, wantAccessOf } from '../../access/index.ts';
import type { LotKey } from '../lots.ts';
import { heldInNone, householdLeft, wantHouseholdOf } from './leaving-household.ts';
import { noErasure } from './erasure.ts';
import { questionsEnded, wantQuestionsOf } from './same-person.ts';
import { endedSearchKeys, wantSearchKeys } from './search-keys.ts';
import { isErased } from './standing.ts';

export type StepInput = { readonly erasureId: string };

/** `done`: whether there was something left to do. */
export type StepReply = { done: boolean };

/** The decision of a step that has nothing left to do. */
export const nothing: Decision<StepReply> = { reply: { done: false } };

/** The erasure, if it is under way at `at`. */
function underWay(facts: Pick<Known, 'get'>, erasureId: string, at: number): Row<'erasure'> | undefined {
  const erasure = facts.get('erasure', erasureId);
  return erasure && erasure.withdrawnAt === null && at >= erasure.dueAt ? erasure : undefined;
}

/**
 * Ends a person: from now on they neither sign in, earn nor spend. Sent again, it takes what a command that was under way has given them since:
 * a session, a credential, a household.
 */
export const endPerson: Command<StepInput, StepReply> = { name: 'end-person', load: loadEndPerson, decide: decideEndPerson };

function loadEndPerson({ erasureId }: StepInput, known: Known): readonly Want[] {
  const residentId = known.get('erasure', erasureId)?.residentId;
  if (residentId === undefined) return [one('erasure', erasureId)];
  const resident = known.get('resident', residentId);
  const phone = resident && known.get('residentPhone', resident.phoneHash);
  return [
    one('erasure', erasureId),
    one('resident', residentId),
    one('registration', residentId),
    ...wantSearchKeys(residentId),
    ...(resident ? [one('residentPhone', resident.phoneHash)] : []),
    // Read after the number, whose row a sign-in writes: so none makes a client or a session in between.
    ...(phone || (resident && isErased(resident)) ? wantAccessOf(residentId) : []),
    ...wantHouseholdOf(residentId, known),
    ...wantQuestionsOf(residentId),
  ];
}

function decideEndPerson(facts: Facts, { erasureId }: StepInput, { at }: Call): Decision<StepReply> {
  const erasure = underWay(facts, erasureId, at);
  if (!erasure) return nothing;
  const { residentId } = erasure;
  const rows = [
    ...(erasure.endedAt === null ? endedNow(facts, erasure, at) : []),
    ...accessEnded(facts, residentId, at),
    ...householdLeft(facts, residentId, at),
  ];
  return { rows, reply: { done: rows.length > 0 } };
}

function endedNow(facts: Facts, erasure: Row<'erasure'>, at: number): RowChange[] {
  const { residentId } = erasure;
  const resident = facts.get('resident', residentId)!;
  const ended = put('erasure', { ...erasure, endedAt: at });
  if (isErased(resident)) return [ended];
  const registration = facts.get('registration', residentId);
  return [
    ended,
    put('resident', { ...resident, status: 'ended' }),
    // No officer is asked any more.
    ...(registration?.decidedAt === null ? [put('registration', { ...registration, decidedAt: at })] : []),
    ...questionsEnded(facts, residentId, at),
    ...endedSearchKeys(facts, resident),
    // The number does not change, but is written all the same: a sign-in at the same time conflicts, and finds nobody.
    put('residentPhone', facts.get('residentPhone', resident.phoneHash)!),
    ...heldInNone(facts, residentId),
  ];
}

type WaiveLotInput = StepInput & LotKey;

/** Lets the points of a lot go: nobody may spend them any more. */
export const waiveLot: Command<WaiveLotInput, StepReply> = { name: 'waive-lot', load: loadWaiveLot, decide: decideWaiveLot };

function loadWaiveLot({ erasureId, residentId, communityId, expiresOn }: WaiveLotInput): readonly Want[] {
  return [
    one('erasure', erasureId),
    balanceOf(walletOf({ residentId, communityId, expiresOn })),
    many('grant', 'unspentInLot', residentId, communityId, expiresOn),
  ];
}

function decideWaiveLot(facts: Facts, { erasureId, residentId, communityId, expiresOn }: WaiveLotInput, { at }: Call): Decision<StepReply> {
  const wallet = walletOf({ residentId, communityId, expiresOn });
  const points = 0 - facts.balance(wallet);
  if (endedBy(facts, erasureId, at)?.residentId !== residentId || points === 0) return nothing;
  const postings = [dr(wallet, points), cr(account.expired(communityId), points)];
  return {
    entries: [{ kind: 'lot_waiver', effectiveAt: at, subject: residentId, postings }],
    rows: facts.list('grant', 'unspentInLot', residentId, communityId, expiresOn).map((grant) => put('grant', { ...grant, remaining: 0 })),
    reply: { done: true },
  };
}

/** The erasure, if its person has ended. */
export function endedBy(facts: Pick<Known, 'get'>, erasureId: string, at: number): Row<'erasure'> | undefined {
  const erasure = underWay(facts, erasureId, at);
  return erasure?.endedAt == null ? undefined : erasure;
}

type ReleaseInput = StepInput & {
  /** The officers that the person is said to be. */
  readonly officerIds: readonly string[];
};

/** Sets the person's numbers free, the former ones too, and unties the officers that they are. */
export const releaseNumbers: Command<ReleaseInput, StepReply> = { name: 'release-phone', load: loadRelease, decide: decideRelease };

function loadRelease({ erasureId, officerIds }: ReleaseInput, known: Known): readonly Want[] {
  const residentId = known.get('erasure', erasureId)?.residentId;
  if (residentId === undefined) return [one('erasure', erasureId)];
  return [
    one('erasure', erasureId),
    one('resident', residentId),
    many('phoneChange', 'person', residentId),
    ...numbersOf(known, residentId).map((hash) => one('residentPhone', hash)),
    ...officerIds.map((id) => one('officer', id)),
  ];
}

function numbersOf(known: Pick<Known, 'get' | 'list'>, residentId: string): string[] {
  const changes = known.list('phoneChange', 'person', residentId);
  const now = known.get('resident', residentId)?.phoneHash;
  return [...new Set([...(now === undefined ? [] : [now]), ...changes.flatMap(({ formerHash, newHash }) => [formerHash, newHash])])];
}

function decideRelease(facts: Facts, { erasureId, officerIds }: ReleaseInput, { at }: Call): Decision<StepReply> {
  const erasure = endedBy(facts, erasureId, at);
  if (!erasure) return nothing;
  const { residentId } = erasure;
  const phones = numbersOf(facts, residentId).map((hash) => facts.get('residentPhone', hash));
  const officers = officerIds.map((id) => facts.get('officer', id));
  const rows: RowChange[] = [
    ...phones.filter((phone) => phone?.residentId === residentId).map((phone) => put('residentPhone', freePhone(phone!.hash))),
    // The officer says anew who they are: they may register again.
    ...officers
      .filter((officer) => officer?.residentId === residentId)
      .map((officer) => put('officer', { ...officer!, residentId: null, residentSince: null })),
  ];
  return { rows, reply: { done: rows.length > 0 } };
}

type MarkInput = StepInput & { readonly step: 'blankedAt' | 'finishedAt' };

/** Notes that a step of an erasure is done. */
export const markErasure: Command<MarkInput, StepReply> = { name: 'mark-erasure', load: loadMark, decide: decideMark };

function loadMark({ erasureId }: MarkInput): readonly Want[] {
  return [one('erasure', erasureId)];
}

function decideMark(facts: Facts, { erasureId, step }: MarkInput, { at }: Call): Decision<StepReply> {
  const erasure = endedBy(facts, erasureId, at);
  if (!erasure || erasure[step] !== null) return nothing;
  return { rows: [put('erasure', { ...erasure, [step]: at })], reply: { done: true } };
}

type RedoInput = { readonly erasureId: string; readonly residentId: string };

/**
 * Begins an erasure again that was carried out before the books were set back to a backup. Another one that is open in these books was withdrawn
 * meanwhile: a person has one at a time.
 */
export const redoErasure: Command<RedoInput, StepReply> = { name: 'redo-erasure', load: loadRedo, decide: decideRedo };

function loadRedo({ erasureId, residentId }: RedoInput, known: Known): readonly Want[] {
  const other = known.get('resident', residentId)?.erasureId ?? null;
  return [one('erasure', erasureId), one('resident', residentId), ...(other === null ? [] : [one('erasure', other)])];
}

function decideRedo(facts: Facts, { erasureId, residentId }: RedoInput, { at }: Call): Decision<StepReply> {
  const resident = facts.get('resident', residentId);
  const erasure = facts.get('erasure', erasureId);
  if (!resident || (erasure && erasure.finishedAt !== null)) return nothing;
  const begun = erasure ?? { ...noErasure, id: erasureId, residentId, requestedAt: at, dueAt: at };
  const other = resident.erasureId === null || resident.erasureId === erasureId ? undefined : facts.get('erasure', resident.erasureId);
  return {
    rows: [
      put('erasure', { ...begun, withdrawnAt: null, dueAt: Math.min(begun.dueAt, at) }),
      put('resident', { ...resident, erasureId }),
      ...(other ? [put('erasure', { ...other, withdrawnAt: at })] : []),
    ],
    reply: { done: true },
  };
}
