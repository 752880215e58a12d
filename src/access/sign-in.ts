import { type Call, type Command, type Decision, type Facts, type Known, one, put, type Row, type Want } from '../ledger/index.ts';
import { lockedUntil, missedTotp, tried, type TriedPassword, unlocked, wrong } from './passwords-tried.ts';
import { newSession, type SignInReply } from './sessions.ts';
import { allowedAll, keepingClient } from './standing-clients.ts';
import { countsIn, forgotten, lockedOutUntil, slotsOf, wantSlots } from './wrong-tries.ts';

/** A code of an authenticator app, compared with a secret before the command. */
export type TriedTotp = {
  readonly totpSealed: string | null;
  /** The time step that the code belongs to; null: none of the current ones. */
  readonly step: number | null;
};

export type SignInByPasswordInput = {
  readonly password: TriedPassword;
  /** Null: none was given. */
  readonly totp: TriedTotp | null;
  readonly device: string;
};

/** Begins a session for an officer or a cashier. A code of an authenticator app counts once. */
export const signInByPassword: Command<SignInByPasswordInput, SignInReply> = {
  name: 'sign-in-by-password',
  load: loadSignInByPassword,
  decide: decideSignInByPassword,
};

function loadSignInByPassword({ password: { loginId, by } }: SignInByPasswordInput, known: Known): readonly Want[] {
  const slots = wantSlots(slotsOf(by));
  if (loginId === null) return slots;
  const login = known.get('login', loginId);
  return [...slots, one('login', loginId), ...(login ? [one('client', login.clientId)] : [])];
}

function decideSignInByPassword(facts: Facts, { password, totp, device }: SignInByPasswordInput, call: Call): Decision<SignInReply> {
  const login = tried(facts, password, call.at);
  if ('reply' in login) return login;
  const client = allowedAll(facts.get('client', login.clientId)!);
  if (client.status !== 'active') return wrong;
  if (login.totpConfirmed === 1 && totp === null) return { reply: { failed: 'totp_required' } };
  const until = lockedOutUntil(countsIn(facts), password.by, call.at, 'password');
  if (login.totpConfirmed === 1 && until !== null) return lockedUntil(until);
  if (login.totpConfirmed === 1 && !counts(login, totp!)) return missedTotp(facts, login, password.by, call.at);

  // From here on it succeeds.
  const session = newSession(client, login.id, device, call);
  const totpStep = login.totpConfirmed === 1 ? totp!.step : login.totpStep;
  // Written even if nothing changes, so that a concurrent change of the password conflicts, and does not leave this session open.
  const kept = [...keepingClient(facts, client), ...forgotten(facts, password.by)];
  const rows = [...kept, put('login', { ...login, ...unlocked, totpStep }), put('session', session)];
  return { rows, reply: { session_id: session.id } };
}

/** Whether a code belongs to this secret and to a later step than any before. */
export function counts(login: Row<'login'>, { totpSealed, step }: TriedTotp): boolean {
  return totpSealed === login.totpSealed && step !== null && step > (login.totpStep ?? -1);
}
