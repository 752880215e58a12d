/** The client through which everybody acts who signs in for one resident, officer, store or merchant. */
import { hexOf, idOf } from '../store/index.ts';
import { type Call, type Facts, isRefusal, one, put, type Refusal, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { type Binding, type Bound, boundTo, newClient, NOBODYS_SECRET, wantBinding } from './clients.ts';
import { type ClientKind, grantableScopes } from './scopes.ts';
import { newSession } from './sessions.ts';

/** The parties that people sign in for. */
export type PeoplesBinding = Exclude<Binding, { kind: 'machine' }>;

/** A standing client has the digits of the party that it acts for, so there is only one, whichever command makes it first. */
export function standingClientId(binding: PeoplesBinding): string {
  return idOf('cli', hexOf(subjectOf(binding)));
}

function subjectOf(binding: PeoplesBinding): string {
  switch (binding.kind) {
    case 'till':
      return binding.storeId ?? binding.merchantId;
    case 'officer':
      return binding.officerId;
    case 'resident':
      return binding.residentId;
  }
}

export function wantStandingClient(binding: PeoplesBinding): Want[] {
  return [...wantBinding(binding), one('client', standingClientId(binding))];
}

/**
 * The standing client as it is from now on: made if there is none yet, and with all scopes of its kind. It has no secret, so that nobody
 * can use it without signing in. Or the refusal if the party that it acts for does not exist.
 */
export function standingClient(facts: Facts, binding: PeoplesBinding, at: number): Row<'client'> | Refusal {
  const id = standingClientId(binding);
  const bound = boundTo(facts, binding);
  if (isRefusal(bound)) return bound;
  const known = facts.get('client', id);
  // Also for somebody who moved while this client was being made.
  if (known) return allowedAll({ ...known, communityId: bound.communityId });
  return newStandingClient(binding, bound, at);
}

function newStandingClient(binding: PeoplesBinding, bound: Bound, at: number): Row<'client'> {
  const id = standingClientId(binding);
  const scopes = grantableScopes(binding.kind, bound.communityId);
  return newClient(bound, { id, kind: binding.kind, name: 'sign-in', scopes, secretHash: NOBODYS_SECRET, createdAt: at });
}

/** The first session of a resident whom this command registers: its id, and the rows that begin it. */
export function firstSession(
  bound: { readonly residentId: string; readonly communityId: string },
  device: string,
  call: Call,
): { readonly id: string; readonly rows: readonly RowChange[] } {
  const client = newStandingClient({ kind: 'resident', residentId: bound.residentId }, bound, call.at);
  const session = newSession(client, null, device, call);
  return { id: session.id, rows: [put('client', client), put('session', session)] };
}

/** A standing client with all scopes that its kind has now, which may be more than when it was made. */
export function allowedAll(client: Row<'client'>): Row<'client'> {
  return { ...client, scopes: grantableScopes(client.kind as ClientKind, client.communityId).join(' ') };
}

/** The change that brings a standing client up to date; none if it is up to date already. */
export function keepingClient(facts: Facts, client: Row<'client'>): RowChange[] {
  const known = facts.get('client', client.id);
  const upToDate = known?.scopes === client.scopes && known.communityId === client.communityId;
  return upToDate ? [] : [put('client', client)];
}
