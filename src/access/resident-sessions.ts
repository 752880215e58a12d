/** The sessions of a resident, which all end when somebody else may have the number. */
import type { Facts, RowChange, Want } from '../ledger/index.ts';
import { ended, openSessionsOf, wantSessions } from './sessions.ts';
import { standingClientId } from './standing-clients.ts';

function clientOf(residentId: string): string {
  return standingClientId({ kind: 'resident', residentId });
}

/** The facts that `endSessionsOf` needs. */
export function wantSessionsOf(residentId: string): Want {
  return wantSessions(clientOf(residentId));
}

/** Ends the sessions of a resident, all but the one in `except`: the changes, and the ids of those that end. */
export function endSessionsOf(
  facts: Facts,
  residentId: string,
  at: number,
  except?: string,
): { readonly rows: RowChange[]; readonly ids: string[] } {
  const open = openSessionsOf(facts, { clientId: clientOf(residentId), loginId: null }, at);
  const others = open.filter(({ id }) => id !== except);
  return { rows: ended(others, at), ids: others.map(({ id }) => id) };
}
