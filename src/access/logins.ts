/** Logins, with which officers and cashiers sign in. */
import { hexOf, idOf } from '../store/index.ts';
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
  type Want,
} from '../ledger/index.ts';
import { type Acting, keepsRegisterOf } from './acting.ts';
import type { Binding } from './clients.ts';
import { noTotp, wantLoginAndSessions } from './own-login.ts';
import { unlocked } from './passwords-tried.ts';
import type { FreshPassword } from './passwords.ts';
import { refuse } from './refusals.ts';
import { ended, openSessions, wantSessions } from './sessions.ts';
import { keepingClient, standingClient, standingClientId, wantStandingClient } from './standing-clients.ts';

type TillBinding = Extract<Binding, { kind: 'till' }>;

export type CreateLoginInput = FreshPassword & {
  readonly by: Acting;
  /** The name that is typed at sign-in, in lower case. */
  readonly name: string;
  readonly personName: string;
  /** Whether somebody else knows the password, so that its owner has to set another. */
  readonly temporary: boolean;
  readonly binding: TillBinding;
};

export type LoginReply = { id: string; client_id: string; created_at: number; sealed_password: string };

/**
 * A login for a cashier. All cashiers of one counter act through one client, so that the next one can settle the requests that the last one
 * left.
 */
export const createLogin: Command<CreateLoginInput, LoginReply> = {
  name: 'create-login',
  load: loadCreateLogin,
  decide: decideCreateLogin,
};

function loadCreateLogin({ name, binding }: CreateLoginInput): readonly Want[] {
  return [one('loginName', name), ...wantStandingClient(binding)];
}

function decideCreateLogin(
  facts: Facts,
  { by, name, personName, temporary, binding, ...password }: CreateLoginInput,
  { id: commandId, at }: Call,
): Decision<LoginReply> {
  const client = standingClient(facts, binding, at);
  if ('refused' in client) return client;
  if (!keepsRegisterOf(by, client.communityId)) return refuse('foreign_community', { community_id: client.communityId });
  if (client.status !== 'active') return refuse('client_revoked', { client_id: client.id });
  if (facts.get('loginName', name)) return refuse('login_name_taken');
  const row = newLogin({ id: idOf('lgn', commandId), clientId: client.id, name, personName, createdBy: by.id, createdAt: at });
  const login = { ...row, passwordHash: password.passwordHash, passwordTemporary: temporary ? 1 : 0 };
  return { rows: [...keepingClient(facts, client), ...named(login)], reply: replyOf(login, password) };
}

export type OfficersLoginInput = FreshPassword & {
  readonly by: Acting;
  readonly officerId: string;
  readonly name: string;
  readonly temporary: boolean;
};

type OfficersLoginReply = LoginReply & { officer_id: string; ended_session_ids: readonly string[] };

/**
 * An officer's only login: a new one, or a new password for it, which unlocks it, ends its sessions and removes its authenticator app.
 * Reached only through a proposal, since an officer who made it alone could act as that officer, or when the scheme is set up, or by the
 * command line.
 */
export const giveOfficerLogin: Command<OfficersLoginInput, OfficersLoginReply> = {
  name: 'give-officer-login',
  load: loadGiveOfficerLogin,
  decide: decideGiveOfficerLogin,
};

function loadGiveOfficerLogin({ officerId, name }: OfficersLoginInput): readonly Want[] {
  const binding = { kind: 'officer', officerId } as const;
  const own = [one('login', officersLogin(officerId)), wantSessions(standingClientId(binding))];
  return [one('loginName', name), ...wantStandingClient(binding), ...own];
}

function decideGiveOfficerLogin(
  facts: Facts,
  { by, officerId, name, temporary, ...password }: OfficersLoginInput,
  { at }: Call,
): Decision<OfficersLoginReply> {
  const client = standingClient(facts, { kind: 'officer', officerId }, at);
  if ('refused' in client) return client;
  if (client.status !== 'active') return refuse('client_revoked', { client_id: client.id });
  const id = officersLogin(officerId);
  const before = facts.get('login', id);
  if (before && before.name !== name) return refuse('login_named_otherwise', { login_id: id });
  if (!before && facts.get('loginName', name)) return refuse('login_name_taken');
  const { name: personName } = facts.get('officer', officerId)!;
  const row = before ?? newLogin({ id, clientId: client.id, name, personName, createdBy: by.id, createdAt: at });
  const login = { ...renewed(row, password), passwordTemporary: temporary ? 1 : 0 };
  const sessions = openSessions(facts, login, at);
  return {
    rows: [...keepingClient(facts, client), ...(before ? [put('login', login)] : named(login)), ...ended(sessions, at)],
    reply: { ...replyOf(login, password), officer_id: officerId, ended_session_ids: idsOf(sessions) },
  };
}

/** An officer's login has the officer's digits, so there is only one. */
function officersLogin(officerId: string): string {
  return idOf('lgn', hexOf(officerId));
}

export type ResetPasswordInput = FreshPassword & { readonly by: Acting; readonly id: string };

type ResetReply = { id: string; sealed_password: string; ended_session_ids: readonly string[] };

/** A new password for a cashier's login, which unlocks it, ends its sessions and removes its authenticator app. */
export const resetPassword: Command<ResetPasswordInput, ResetReply> = {
  name: 'reset-password',
  load: loadResetPassword,
  decide: decideResetPassword,
};

function loadResetPassword({ id }: ResetPasswordInput, known: Known): readonly Want[] {
  return wantLoginAndClient(id, known);
}

function decideResetPassword(facts: Facts, { by, id, ...password }: ResetPasswordInput, { at }: Call): Decision<ResetReply> {
  const found = activeLogin(facts, by, id);
  if ('refused' in found) return found;
  const { login, client } = found;
  if (client.officerId !== null) return refuse('second_officer_required', { officer_id: client.officerId });
  const sessions = openSessions(facts, login, at);
  return {
    rows: [put('login', { ...renewed(login, password), passwordTemporary: 1 }), ...ended(sessions, at)],
    reply: { id, sealed_password: password.sealedPassword, ended_session_ids: idsOf(sessions) },
  };
}

type EndReply = { id: string; status: 'ended'; ended_session_ids: readonly string[] };

type EndLoginInput = { readonly by: Acting; readonly id: string };

/**
 * Ends a login and its sessions. An officer's login is ended by that officer or by one of the street office, without a second officer: a
 * stolen login must end quickly.
 */
export const endLogin: Command<EndLoginInput, EndReply> = { name: 'end-login', load: loadEndLogin, decide: decideEndLogin };

function loadEndLogin({ id }: EndLoginInput, known: Known): readonly Want[] {
  return wantLoginAndClient(id, known);
}

function decideEndLogin(facts: Facts, { by, id }: EndLoginInput, { at }: Call): Decision<EndReply> {
  const found = activeLogin(facts, by, id);
  if ('refused' in found) return found;
  const { login, client } = found;
  if (client.officerId !== null && client.officerId !== by.id && by.communityId !== null) {
    return refuse('credential_of_another', { client_id: client.id, officer_id: client.officerId });
  }
  const sessions = openSessions(facts, login, at);
  return {
    rows: [put('login', { ...login, status: 'ended' }), ...ended(sessions, at)],
    reply: { id, status: 'ended', ended_session_ids: idsOf(sessions) },
  };
}

function wantLoginAndClient(id: string, known: Known): Want[] {
  const login = known.get('login', id);
  return [...wantLoginAndSessions(id, known), ...(login ? [one('client', login.clientId)] : [])];
}

function activeLogin(facts: Facts, by: Acting, id: string): { login: Row<'login'>; client: Row<'client'> } | Refusal {
  const login = facts.get('login', id);
  const client = login && facts.get('client', login.clientId)!;
  if (!client || !keepsRegisterOf(by, client.communityId)) return refuse('login_not_found', { login_id: id });
  if (login.status !== 'active') return refuse('login_ended', { login_id: id });
  return { login, client };
}

type NewLogin = Pick<Row<'login'>, 'id' | 'clientId' | 'name' | 'personName' | 'createdBy' | 'createdAt'>;

function newLogin(login: NewLogin): Row<'login'> {
  return { ...login, passwordHash: '', passwordTemporary: 1, ...noTotp, ...unlocked, status: 'active', version: 0 };
}

function renewed(login: Row<'login'>, { passwordHash }: FreshPassword): Row<'login'> {
  return { ...login, passwordHash, ...noTotp, ...unlocked, status: 'active' };
}

function named(login: Row<'login'>) {
  return [put('login', login), put('loginName', { name: login.name, loginId: login.id })];
}

function idsOf(sessions: readonly Row<'session'>[]): string[] {
  return sessions.map(({ id }) => id);
}

function replyOf({ id, clientId, createdAt }: Row<'login'>, { sealedPassword }: FreshPassword): LoginReply {
  return { id, client_id: clientId, created_at: createdAt, sealed_password: sealedPassword };
}
