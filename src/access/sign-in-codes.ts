/**
 * One-time codes, with which residents sign in. The rows and the answer are the same whether or not a resident has the phone. Codes that
 * strangers ask for and those that devices ask for which signed in with the phone before are rows of their own: so strangers neither use up
 * what such a device may ask for, nor spoil its code.
 */
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  sameHash,
  type Want,
} from '../ledger/index.ts';
import { refuse } from './refusals.ts';
import { newSession, type SignInReply } from './sessions.ts';
import { keepingClient, type PeoplesBinding, standingClient, wantStandingClient } from './standing-clients.ts';
import { oneMore, remembered } from './wrong-tries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const VALID_MS = 5 * MINUTE;
/** Wrong tries at a code: of one device or address, and of all. */
const TRIES_MAX = 5;
const TRIES_OF_ALL_MAX = 15;
/** The pause between two codes for one phone. */
const PAUSE_MS = MINUTE;
/**
 * The codes for one phone that may be requested within an hour of the first of them, and those that may be requested at first, of which one is
 * forgotten every so often: beyond these, twelve a day.
 */
type Allowance = { readonly anHour: number; readonly atFirst: number };
/** Devices that signed in with it before. */
const OF_KNOWN: Allowance = { anHour: 5, atFirst: 10 };
/** All others together: more than those at one address may have, so that they leave some to the owner of the phone. */
const OF_STRANGERS: Allowance = { anHour: 10, atFirst: 16 };
const LATELY_MS = 2 * HOUR;

export type AskSignInCodeInput = {
  /** The row of the code: the keyed hash of the phone, or, of devices that signed in with it before, another one. */
  readonly row: string;
  /** Keyed hash of the phone with the code. */
  readonly codeHash: string;
  /** The slot in which the requests of a day are counted. */
  readonly slot: string;
  /** Whether a device asks that signed in with the phone before. */
  readonly known: boolean;
};

type AskSignInCodeReply = { expires_at: number; resend_at: number };

/** Replaces the last code for a phone. The caller looks up afterwards whether a resident has the phone. */
export const askSignInCode: Command<AskSignInCodeInput, AskSignInCodeReply> = {
  name: 'ask-sign-in-code',
  load: loadAskSignInCode,
  decide: decideAskSignInCode,
};

function loadAskSignInCode({ row, slot }: AskSignInCodeInput): readonly Want[] {
  return [one('signInCode', row), one('wrongTries', slot)];
}

function decideAskSignInCode(
  facts: Facts,
  { row: key, codeHash, slot, known }: AskSignInCodeInput,
  { at }: Call,
): Decision<AskSignInCodeReply> {
  const allowance = known ? OF_KNOWN : OF_STRANGERS;
  const before = facts.get('signInCode', key);
  const lately = facts.get('wrongTries', slot);
  const tooOften = askedTooOften(Math.max(before ? mayAskAgain(before, allowance, at) : 0, freeAgain(lately, allowance, at)), at);
  if (tooOften) return tooOften;
  const counting = before && isWithin(HOUR, before.countedFrom, at) ? before : { asked: 0, countedFrom: at };
  const counted = { asked: counting.asked + 1, countedFrom: counting.countedFrom };
  const row = { phoneHash: key, codeHash, sentAt: at, expiresAt: at + VALID_MS, failures: 0, used: 0, ...counted, version: 0 };
  const asks = askedOnce(lately, slot, at);
  const resendAt = Math.max(mayAskAgain(row, allowance, at), freeAgain(asks, allowance, at));
  return { rows: [put('signInCode', row), put('wrongTries', asks)], reply: { expires_at: row.expiresAt, resend_at: resendAt } };
}

function mayAskAgain({ sentAt, asked, countedFrom }: Row<'signInCode'>, { anHour }: Allowance, at: number): number {
  const pause = isWithin(PAUSE_MS, sentAt, at) ? sentAt + PAUSE_MS : 0;
  return asked >= anHour && isWithin(HOUR, countedFrom, at) ? Math.max(pause, countedFrom + HOUR) : pause;
}

/** Whether less than `lengthMs` has passed since an instant. If that is yet to come, the clock was set back, and nobody waits for it. */
function isWithin(lengthMs: number, since: number, at: number): boolean {
  return since <= at && at < since + lengthMs;
}

type Asks = Row<'wrongTries'>;

/** The requests that are remembered; `lastAt` moves on by as many times as are forgotten, so that half of one is not lost. */
function asksAt({ count, lastAt }: Asks, at: number): Pick<Asks, 'count' | 'lastAt'> {
  if (at < lastAt) return { count, lastAt: at };
  const over = Math.floor((at - lastAt) / LATELY_MS);
  return over >= count ? { count: 0, lastAt: at } : { count: count - over, lastAt: lastAt + over * LATELY_MS };
}

function askedOnce(row: Asks | undefined, slot: string, at: number): Asks {
  const { count, lastAt } = row ? asksAt(row, at) : { count: 0, lastAt: at };
  return { slot, count: count + 1, lastAt, version: row?.version ?? 0 };
}

/** The instant from which another one is within what may be requested in a day; after a clock was set back, nobody waits for it. */
function freeAgain(row: Asks | undefined, { atFirst }: Allowance, at: number): number {
  if (!row || at < row.lastAt) return 0;
  const { count, lastAt } = asksAt(row, at);
  return count < atFirst ? 0 : lastAt + LATELY_MS;
}

function askedTooOften(from: number, at: number): Refusal | undefined {
  return at < from ? refuse('code_asked_too_often', { retry_after_seconds: Math.ceil((from - at) / 1_000) }) : undefined;
}

export type SignInByCodeInput = {
  /** Keyed hashes (hex): of the phone, and of the phone with the code. */
  readonly phoneHash: string;
  readonly codeHash: string;
  /** The rows in which the code may be, that of the trier first. */
  readonly rows: readonly string[];
  /** The slot in which the trier's wrong tries at this code are counted. */
  readonly slot: string;
  readonly device: string;
};

/** Begins a session for the resident who has the phone. A suspended resident may look, but cannot spend. */
export const signInByCode: Command<SignInByCodeInput, SignInReply> = {
  name: 'sign-in-by-code',
  load: loadSignInByCode,
  decide: decideSignInByCode,
};

function loadSignInByCode({ phoneHash, codeHash, rows, slot }: SignInByCodeInput, known: Known): readonly Want[] {
  const codes = rows.map((row) => known.get('signInCode', row));
  // With a wrong code nothing about the resident is read, because the time that it takes would show that there is one.
  const bindings = codes.some((code) => code && sameHash(code.codeHash, codeHash)) ? bindingsOf(known, phoneHash) : [];
  return [
    ...rows.map((row) => one('signInCode', row)),
    one('wrongTries', slot),
    one('residentPhone', phoneHash),
    ...bindings.flatMap(wantStandingClient),
  ];
}

function decideSignInByCode(
  facts: Facts,
  { phoneHash, codeHash, rows, slot, device }: SignInByCodeInput,
  call: Call,
): Decision<SignInReply> {
  const codes = rows.map((row) => facts.get('signInCode', row)).filter((row) => row !== undefined && isGood(row, call.at));
  const code = codes.find((row) => sameHash(row!.codeHash, codeHash)) ?? codes[0];
  if (!code || remembered(facts.get('wrongTries', slot), call.at) >= TRIES_MAX) return wrong;
  const [binding] = bindingsOf(facts, phoneHash);
  if (!sameHash(code.codeHash, codeHash) || !binding) {
    const failed = put('signInCode', { ...code, failures: code.failures + 1 });
    return { rows: [failed, put('wrongTries', oneMore(facts, slot, call.at))], ...wrong };
  }
  const client = standingClient(facts, binding, call.at);
  if ('refused' in client) return client;
  if (client.status !== 'active') return wrong;

  // From here on it succeeds.
  const session = newSession(client, null, device, call);
  return {
    rows: [...keepingClient(facts, client), put('signInCode', { ...code, used: 1 }), put('session', session)],
    reply: { session_id: session.id },
  };
}

function isGood({ used, failures, expiresAt }: Row<'signInCode'>, at: number): boolean {
  return used === 0 && failures < TRIES_OF_ALL_MAX && at < expiresAt;
}

const wrong = { reply: { failed: 'wrong' } } as const;

/** The resident who has a phone, or none. */
function bindingsOf(known: Pick<Known, 'get'>, phoneHash: string): PeoplesBinding[] {
  const phone = known.get('residentPhone', phoneHash);
  return phone?.residentId != null && phone.heldUntil === null ? [{ kind: 'resident', residentId: phone.residentId }] : [];
}
