/** The client that everybody acts through who signs in for one resident, officer, store or merchant. */
import { hexOf, idOf } from '../store/index.ts';
import { type Facts, isRefusal, one, put, type Refusal, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { type Binding, boundTo, newClient, NOBODYS_SECRET, wantBinding } from './clients.ts';
import { type ClientKind, grantableScopes } from './scopes.ts';

/** Whom people sign in for. */
export type PeoplesBinding = Exclude<Binding, { kind: 'machine' }>;

/** Its client has the digits of whom it acts for: whoever makes it first, there is one. */
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
 * The standing client as it is from now on: made if there is none yet, and allowed all that its kind may be. It has no secret, so that nobody
 * can be it without signing in. Or the refusal if whom it acts for is not there.
 */
export function standingClient(facts: Facts, binding: PeoplesBinding, at: number): Row<'client'> | Refusal {
  const id = standingClientId(binding);
  const bound = boundTo(facts, binding);
  if (isRefusal(bound)) return bound;
  const known = facts.get('client', id);
  if (known) return allowedAll(known);
  const scopes = grantableScopes(binding.kind, bound.communityId);
  return newClient(bound, { id, kind: binding.kind, name: 'sign-in', scopes, secretHash: NOBODYS_SECRET, createdAt: at });
}

/** A standing client with all that its kind may be allowed now, which may have become more since it was made. */
export function allowedAll(client: Row<'client'>): Row<'client'> {
  return { ...client, scopes: grantableScopes(client.kind as ClientKind, client.communityId).join(' ') };
}

/** The change that makes a standing client what it is to be; none if it is that already. */
export function keepingClient(facts: Facts, client: Row<'client'>): RowChange[] {
  const known = facts.get('client', client.id);
  return known?.scopes === client.scopes ? [] : [put('client', client)];
}
