/** The end of everything by which a resident signs in or acts. */
import { type Facts, many, put, type RowChange, type Want } from '../ledger/index.ts';
import { endSessionsOf, wantSessionsOf } from './resident-sessions.ts';

/** The facts that `accessEnded` needs. */
export function wantAccessOf(residentId: string): Want[] {
  return [many('client', 'person', residentId), wantSessionsOf(residentId)];
}

/** A resident's clients, revoked, and their sessions, ended at `at`. */
export function accessEnded(facts: Facts, residentId: string, at: number): RowChange[] {
  const active = facts.list('client', 'person', residentId).filter(({ status }) => status !== 'revoked');
  return [...active.map((client) => put('client', { ...client, status: 'revoked' })), ...endSessionsOf(facts, residentId, at).rows];
}
