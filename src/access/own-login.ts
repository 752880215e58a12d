/** Changes that people make to their own login while they are signed in. */
import { type Call, type Command, type Decision, type Facts, type Known, one, put, type Want } from '../ledger/index.ts';
import { type FailedTry, tried, type TriedPassword, unlocked } from './passwords-tried.ts';
import { refuse } from './refusals.ts';
import { ended, openSessions, wantSessions } from './sessions.ts';
import { counts, type TriedTotp } from './sign-in.ts';
import { forgotten, slotsOf, wantSlots } from './wrong-tries.ts';

type Failed = FailedTry['reply'];

export type SetPasswordInput = {
  readonly loginId: string;
  readonly current: TriedPassword;
  /** The hash of the new password. */
  readonly passwordHash: string;
  /** The session in which it is set; it continues. */
  readonly sessionId: string;
};

type SetPasswordReply = Failed | { readonly ended_session_ids: readonly string[] };

/** Sets a new password, and ends every other session of the login. */
export const setPassword: Command<SetPasswordInput, SetPasswordReply> = {
  name: 'set-password',
  load: loadSetPassword,
  decide: decideSetPassword,
};

function loadSetPassword({ loginId, current }: SetPasswordInput, known: Known): readonly Want[] {
  return [...wantSlots(slotsOf(current.by)), ...wantLoginAndSessions(loginId, known)];
}

function decideSetPassword(facts: Facts, { current, passwordHash, sessionId }: SetPasswordInput, { at }: Call): Decision<SetPasswordReply> {
  const login = tried(facts, current, at);
  if ('reply' in login) return login;
  const others = openSessions(facts, login, at).filter(({ id }) => id !== sessionId);
  return {
    rows: [
      put('login', { ...login, ...unlocked, passwordHash, passwordTemporary: 0 }),
      ...ended(others, at),
      ...forgotten(facts, current.by),
    ],
    reply: { ended_session_ids: others.map(({ id }) => id) },
  };
}

/** A login, and the sessions of its client once that is known. */
export function wantLoginAndSessions(loginId: string, known: Known): Want[] {
  const login = known.get('login', loginId);
  return [one('login', loginId), ...(login ? [wantSessions(login.clientId)] : [])];
}

type BeginTotpInput = { readonly loginId: string; readonly totpSealed: string };

type BeginTotpReply = { id: string };

/** Stores the secret of an authenticator app, which takes effect with its first code. */
export const beginTotp: Command<BeginTotpInput, BeginTotpReply> = { name: 'begin-totp', load: loadBeginTotp, decide: decideBeginTotp };

function loadBeginTotp({ loginId }: BeginTotpInput): readonly Want[] {
  return [one('login', loginId)];
}

function decideBeginTotp(facts: Facts, { loginId, totpSealed }: BeginTotpInput): Decision<BeginTotpReply> {
  const login = facts.get('login', loginId)!;
  if (login.totpConfirmed === 1) return refuse('totp_confirmed');
  return { rows: [put('login', { ...login, totpSealed, totpStep: null })], reply: { id: loginId } };
}

type ConfirmTotpInput = { readonly loginId: string; readonly totp: TriedTotp };

type ConfirmTotpReply = { id: string };

/** From now on every sign-in needs a code. */
export const confirmTotp: Command<ConfirmTotpInput, ConfirmTotpReply> = {
  name: 'confirm-totp',
  load: loadConfirmTotp,
  decide: decideConfirmTotp,
};

function loadConfirmTotp({ loginId }: ConfirmTotpInput): readonly Want[] {
  return [one('login', loginId)];
}

function decideConfirmTotp(facts: Facts, { loginId, totp }: ConfirmTotpInput): Decision<ConfirmTotpReply> {
  const login = facts.get('login', loginId)!;
  if (login.totpConfirmed === 1) return refuse('totp_confirmed');
  if (login.totpSealed === null) return refuse('totp_not_begun');
  if (!counts(login, totp)) return refuse('totp_code_wrong');
  return { rows: [put('login', { ...login, totpConfirmed: 1, totpStep: totp.step })], reply: { id: loginId } };
}

type RemoveTotpInput = { readonly loginId: string; readonly password: TriedPassword };

type RemoveTotpReply = Failed | { readonly id: string };

/** Requires the password, so that a session that was left open is not enough. */
export const removeTotp: Command<RemoveTotpInput, RemoveTotpReply> = {
  name: 'remove-totp',
  load: loadRemoveTotp,
  decide: decideRemoveTotp,
};

function loadRemoveTotp({ loginId, password }: RemoveTotpInput): readonly Want[] {
  return [...wantSlots(slotsOf(password.by)), one('login', loginId)];
}

function decideRemoveTotp(facts: Facts, { password }: RemoveTotpInput, { at }: Call): Decision<RemoveTotpReply> {
  const login = tried(facts, password, at);
  if ('reply' in login) return login;
  return { rows: [put('login', { ...login, ...unlocked, ...noTotp }), ...forgotten(facts, password.by)], reply: { id: login.id } };
}

export const noTotp = { totpSealed: null, totpConfirmed: 0, totpStep: null } as const;
