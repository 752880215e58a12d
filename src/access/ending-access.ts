/** The end of everything by which a resident signs in or acts. */
import { type Facts, type Known, many, put, type RowChange, type Want } from '../ledger/index.ts';

/** The facts that `accessEnded` needs. */
export function wantAccessOf(residentId: string, known: Known): Want[] {
  const clients = known.list('client', 'person', residentId);
  return [many('client', 'person', residentId), ...clients.map(({ id }) => many('session', 'client', id))];
}

/** A resident's clients, revoked, and their sessions, ended at `at`. */
export function accessEnded(facts: Facts, residentId: string, at: number): RowChange[] {
  const clients = facts.list('client', 'person', residentId);
  const sessions = clients.flatMap(({ id }) => facts.list('session', 'client', id));
  return [
    ...clients.filter(({ status }) => status !== 'revoked').map((client) => put('client', { ...client, status: 'revoked' })),
    ...sessions.filter(({ endedAt }) => endedAt === null).map((session) => put('session', { ...session, endedAt: at })),
  ];
}
