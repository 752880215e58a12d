import { idOf } from '../store/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  many,
  one,
  put,
  type Row,
  type RowChange,
  type Want,
} from '../ledger/index.ts';
import { refuse } from './refusals.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The length of a session: a working day behind a counter or in an office, and so long on a personal phone that people rarely sign in
 * again.
 */
const STAFF_MS = 12 * HOUR;
const RESIDENT_MS = 90 * DAY;

/** A person who is signed in: the client and the login; null: a resident, who has no login. */
export type Person = { readonly clientId: string; readonly loginId: string | null };

/** The result of a try to sign in. A failed try is not a refusal: it must be counted, and a refusal writes nothing. */
export type SignInReply =
  | { readonly failed: 'wrong' | 'totp_required' | 'name_required' }
  /** `retry_at`: the instant from which another try counts. */
  | { readonly failed: 'locked'; readonly retry_at: number }
  | { readonly session_id: string };

/** The session that a command starts. */
export function newSession(client: Row<'client'>, loginId: string | null, device: string, { id, at }: Call): Row<'session'> {
  const expiresAt = at + (client.kind === 'resident' ? RESIDENT_MS : STAFF_MS);
  return { id: idOf('ses', id), clientId: client.id, loginId, device, startedAt: at, expiresAt, endedAt: null, version: 0 };
}

export type EndSessionInput = Person & { readonly id: string };

type EndSessionReply = { id: string; ended_at: number };

/** Ends one's own session; a session that has ended already does not change. */
export const endSession: Command<EndSessionInput, EndSessionReply> = {
  name: 'end-session',
  load: loadEndSession,
  decide: decideEndSession,
};

function loadEndSession({ id }: EndSessionInput): readonly Want[] {
  return [one('session', id)];
}

function decideEndSession(facts: Facts, { clientId, loginId, id }: EndSessionInput, { at }: Call): Decision<EndSessionReply> {
  const session = facts.get('session', id);
  if (session?.clientId !== clientId || session.loginId !== loginId) return refuse('session_not_found', { session_id: id });
  if (session.endedAt !== null) return { reply: { id, ended_at: session.endedAt } };
  return { rows: [put('session', { ...session, endedAt: at })], reply: { id, ended_at: at } };
}

/** The facts that `openSessions` needs. */
export function wantSessions(clientId: string): Want {
  return many('session', 'client', clientId);
}

/** The sessions of a login that are good at `at`. */
export function openSessions(facts: Facts, { id, clientId }: Pick<Row<'login'>, 'id' | 'clientId'>, at: number): Row<'session'>[] {
  return openSessionsOf(facts, { clientId, loginId: id }, at);
}

/** The sessions of a person that are good at `at`. */
export function openSessionsOf(facts: Facts, { clientId, loginId }: Person, at: number): Row<'session'>[] {
  const all = facts.list('session', 'client', clientId);
  return all.filter((session) => session.loginId === loginId && session.endedAt === null && at < session.expiresAt);
}

export function ended(sessions: readonly Row<'session'>[], at: number): RowChange[] {
  return sessions.map((session) => put('session', { ...session, endedAt: at }));
}
