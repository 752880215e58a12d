/** One-time codes, with which residents sign in. The rows and the answer are the same whether or not a resident has the phone. */
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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const VALID_MS = 5 * MINUTE;
const TRIES_MAX = 5;
/** The pause between two codes for one phone. */
const PAUSE_MS = MINUTE;
/** The number of codes for one phone that may be requested within an hour of the first of them. */
const HOUR_MAX = 5;

export type AskSignInCodeInput = {
  /** Keyed hashes (hex): of the phone, and of the phone with the code. */
  readonly phoneHash: string;
  readonly codeHash: string;
};

type AskSignInCodeReply = { expires_at: number; resend_at: number };

/** Replaces the last code for a phone. The caller looks up afterwards whether a resident has the phone. */
export const askSignInCode: Command<AskSignInCodeInput, AskSignInCodeReply> = {
  name: 'ask-sign-in-code',
  load: loadAskSignInCode,
  decide: decideAskSignInCode,
};

function loadAskSignInCode({ phoneHash }: AskSignInCodeInput): readonly Want[] {
  return [one('signInCode', phoneHash)];
}

function decideAskSignInCode(facts: Facts, { phoneHash, codeHash }: AskSignInCodeInput, { at }: Call): Decision<AskSignInCodeReply> {
  const before = facts.get('signInCode', phoneHash);
  const tooOften = before && askedTooOften(before, at);
  if (tooOften) return tooOften;
  const counting = before && at < before.countedFrom + HOUR ? before : { asked: 0, countedFrom: at };
  const counted = { asked: counting.asked + 1, countedFrom: counting.countedFrom };
  const row = { phoneHash, codeHash, sentAt: at, expiresAt: at + VALID_MS, failures: 0, used: 0, ...counted, version: 0 };
  const resendAt = Math.max(at + PAUSE_MS, counted.asked < HOUR_MAX ? 0 : counted.countedFrom + HOUR);
  return { rows: [put('signInCode', row)], reply: { expires_at: row.expiresAt, resend_at: resendAt } };
}

function askedTooOften({ sentAt, asked, countedFrom }: Row<'signInCode'>, at: number): Refusal | undefined {
  const from = Math.max(sentAt + PAUSE_MS, asked < HOUR_MAX ? 0 : countedFrom + HOUR);
  return at < from ? refuse('code_asked_too_often', { retry_after_seconds: Math.ceil((from - at) / 1_000) }) : undefined;
}

export type SignInByCodeInput = AskSignInCodeInput & { readonly device: string };

/** Begins a session for the resident who has the phone. A suspended resident may look, but cannot spend. */
export const signInByCode: Command<SignInByCodeInput, SignInReply> = {
  name: 'sign-in-by-code',
  load: loadSignInByCode,
  decide: decideSignInByCode,
};

function loadSignInByCode({ phoneHash, codeHash }: SignInByCodeInput, known: Known): readonly Want[] {
  const code = known.get('signInCode', phoneHash);
  // With a wrong code nothing about the resident is read, because the time that it takes would show that there is one.
  const bindings = code && sameHash(code.codeHash, codeHash) ? bindingsOf(known, phoneHash) : [];
  return [one('signInCode', phoneHash), one('residentPhone', phoneHash), ...bindings.flatMap(wantStandingClient)];
}

function decideSignInByCode(facts: Facts, { phoneHash, codeHash, device }: SignInByCodeInput, call: Call): Decision<SignInReply> {
  const code = facts.get('signInCode', phoneHash);
  if (!code || code.used === 1 || code.failures >= TRIES_MAX || call.at >= code.expiresAt) return wrong;
  const [binding] = bindingsOf(facts, phoneHash);
  if (!sameHash(code.codeHash, codeHash) || !binding) {
    return { rows: [put('signInCode', { ...code, failures: code.failures + 1 })], ...wrong };
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

const wrong = { reply: { failed: 'wrong' } } as const;

/** The resident who has a phone, or none. */
function bindingsOf(known: Pick<Known, 'get'>, phoneHash: string): PeoplesBinding[] {
  const phone = known.get('residentPhone', phoneHash);
  return phone ? [{ kind: 'resident', residentId: phone.residentId }] : [];
}
