/**
 * One-time codes that were sent to a phone: how often one may be requested, and what a typed one is worth. Each purpose has rows and hashes of
 * its own, so that a code for one purpose is never good for another.
 */
import {
  type Command,
  type Decision,
  type Facts,
  one,
  put,
  type Refusal,
  type Row,
  type RowChange,
  sameHash,
  type Want,
} from '../ledger/index.ts';
import { refuse } from './refusals.ts';
import { oneMore, remembered } from './wrong-tries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const VALID_MS = 5 * MINUTE;
/** Wrong tries at a code: of one device or address, or of one person. */
export const TRIES_MAX = 5;
/** Wrong tries at a code that strangers may try, of all devices and addresses together. */
export const TRIES_OF_ALL_MAX = 15;
/** The pause between two codes for one phone. */
const PAUSE_MS = MINUTE;
/**
 * The codes for one phone that may be requested within an hour of the first of them, and those that may be requested at first, of which one is
 * forgotten every so often: beyond these, twelve a day.
 */
type Allowance = { readonly anHour: number; readonly atFirst: number };
/** Devices that signed in with it before, and people who are known to the service. */
const OF_KNOWN: Allowance = { anHour: 5, atFirst: 10 };
/** All others together: more than those at one address may have, so that they leave some to the owner of the phone. */
const OF_STRANGERS: Allowance = { anHour: 10, atFirst: 16 };
const LATELY_MS = 2 * HOUR;

/** A code that is requested. */
export type CodeAsked = {
  /** The row of the code: a keyed hash, of the purpose and the phone. */
  readonly row: string;
  /** Keyed hash of the phone with the code. */
  readonly codeHash: string;
  /** The slot in which the requests of a day are counted. */
  readonly slot: string;
  /** Whether somebody asks who is known: a device that signed in with the phone before, a person who is signed in. */
  readonly known: boolean;
};

/** `expires_at` and `resend_at` are epoch milliseconds: the end of the code, and the instant from which another one may be requested. */
export type CodeAskedReply = { expires_at: number; resend_at: number };

/** The facts that `askedOnce` needs. */
export function wantAsked({ row, slot }: CodeAsked): readonly Want[] {
  return [one('signInCode', row), one('wrongTries', slot)];
}

/** Replaces the code in a row, and counts the request; or the refusal if there were too many. */
export function askedOnce(
  facts: Facts,
  { row: key, codeHash, slot, known }: CodeAsked,
  at: number,
): Refusal | { readonly rows: readonly RowChange[]; readonly reply: CodeAskedReply } {
  const allowance = known ? OF_KNOWN : OF_STRANGERS;
  const before = facts.get('signInCode', key);
  const lately = facts.get('wrongTries', slot);
  const tooOften = askedTooOften(Math.max(before ? mayAskAgain(before, allowance, at) : 0, freeAgain(lately, allowance, at)), at);
  if (tooOften) return tooOften;
  const counting = before && isWithin(HOUR, before.countedFrom, at) ? before : { asked: 0, countedFrom: at };
  const counted = { asked: counting.asked + 1, countedFrom: counting.countedFrom };
  const row = { phoneHash: key, codeHash, sentAt: at, expiresAt: at + VALID_MS, failures: 0, used: 0, ...counted, version: 0 };
  const asks = oneMoreAsk(lately, slot, at);
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

function oneMoreAsk(row: Asks | undefined, slot: string, at: number): Asks {
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

/** A code that somebody typed: the row in which the right one is, and the keyed hash of the typed one. */
export type CodeTyped = Pick<CodeAsked, 'row' | 'codeHash'>;

/** The reply to a wrong code. It is no refusal: it must be counted, and a refusal writes nothing. */
export type WrongCode = { readonly failed: 'wrong' };

type Wrong = { readonly rows: RowChange[]; readonly reply: WrongCode };

/** The facts that `areRight`, `wrongCode` and `usedUp` need. */
export function wantTyped(codes: readonly CodeTyped[]): Want[] {
  return codes.map(({ row }) => one('signInCode', row));
}

/** Whether a code may still be tried: `triesMax` wrong tries end it. */
export function isGood({ used, failures, expiresAt }: Row<'signInCode'>, at: number, triesMax = TRIES_MAX): boolean {
  return used === 0 && failures < triesMax && at < expiresAt;
}

/** Whether all of these codes are right and still good. */
export function areRight(facts: Facts, codes: readonly CodeTyped[], at: number): boolean {
  return codes.every(({ row, codeHash }) => {
    const code = facts.get('signInCode', row);
    return code !== undefined && isGood(code, at) && sameHash(code.codeHash, codeHash);
  });
}

/** Counts a wrong try at each of these codes that is still good: nobody learns which of them was wrong. */
export function wrongCode(facts: Facts, codes: readonly CodeTyped[], at: number): Wrong {
  const tried = codes.map(({ row }) => facts.get('signInCode', row)).filter((code) => code !== undefined && isGood(code, at));
  return { rows: tried.map((code) => put('signInCode', { ...code!, failures: code!.failures + 1 })), reply: { failed: 'wrong' } };
}

/** A code that a stranger typed, and the slot in which the wrong tries of this stranger at this code are counted. */
export type CodeOfStranger = CodeTyped & { readonly slot: string };

export function wantTypedByStranger(code: CodeOfStranger): Want[] {
  return [...wantTyped([code]), one('wrongTries', code.slot)];
}

/**
 * Whether a stranger typed a code that is right and still good; or the changes that count a wrong one. Others cannot use up a stranger's tries
 * but by trying from several addresses.
 */
export function triedByStranger(facts: Facts, { row: key, codeHash, slot }: CodeOfStranger, at: number): true | Wrong {
  const code = facts.get('signInCode', key);
  const isOpen = code !== undefined && isGood(code, at, TRIES_OF_ALL_MAX) && remembered(facts.get('wrongTries', slot), at) < TRIES_MAX;
  if (!isOpen) return { rows: [], reply: { failed: 'wrong' } };
  if (sameHash(code.codeHash, codeHash)) return true;
  const rows = [put('signInCode', { ...code, failures: code.failures + 1 }), put('wrongTries', oneMore(facts, slot, at))];
  return { rows, reply: { failed: 'wrong' } };
}

/** The changes that use these codes up. */
export function usedUp(facts: Facts, codes: readonly CodeTyped[]): RowChange[] {
  return codes.map(({ row }) => put('signInCode', { ...facts.get('signInCode', row)!, used: 1 }));
}

export type AskCodesInput = { readonly codes: readonly CodeAsked[] };

/** Replaces the codes in one or more rows, all or none: for what people confirm by a code while they are signed in, or at a counter. */
export const askCodes: Command<AskCodesInput, CodeAskedReply> = {
  name: 'ask-codes',
  load: loadAskCodes,
  decide: decideAskCodes,
};

function loadAskCodes({ codes }: AskCodesInput): readonly Want[] {
  return codes.flatMap(wantAsked);
}

function decideAskCodes(facts: Facts, { codes }: AskCodesInput, { at }: { readonly at: number }): Decision<CodeAskedReply> {
  const asked = codes.map((code) => askedOnce(facts, code, at));
  const made: Exclude<(typeof asked)[number], Refusal>[] = [];
  for (const each of asked) {
    if ('refused' in each) return each;
    made.push(each);
  }
  return {
    rows: made.flatMap(({ rows }) => rows),
    reply: {
      expires_at: Math.min(...made.map(({ reply }) => reply.expires_at)),
      resend_at: Math.max(...made.map(({ reply }) => reply.resend_at)),
    },
  };
}
