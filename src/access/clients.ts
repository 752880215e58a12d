import { idOf } from '../store/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  isRefusal,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  sameHash,
  type Want,
} from '../ledger/index.ts';
import { type Acting, actsFor, isSystem, keepsRegisterOf } from './acting.ts';
import { refuse } from './refusals.ts';
import { type ClientKind, grantableScopes, type Scope } from './scopes.ts';
import { textsOfNewCredential, textsOfSecret, toTell, toTellOnce, wantText } from './texts.ts';

const DAY = 86_400_000;

/** The hash that stands for no secret: for a client through which only people who sign in act. */
export const NOBODYS_SECRET = '0'.repeat(32);

/** The party that a client acts for. */
export type Binding =
  | { readonly kind: 'till'; readonly merchantId: string; /** Null: any store of the merchant. */ readonly storeId: string | null }
  | { readonly kind: 'officer'; readonly officerId: string }
  | { readonly kind: 'resident'; readonly residentId: string }
  | { readonly kind: 'machine'; /** Null: the whole scheme. */ readonly communityId: string | null };

/** A secret as a command takes it: its keyed hash (hex), and itself sealed for the answer and its replays. */
export type FreshSecret = { readonly secretHash: string; readonly sealedSecret: string };

export type CreateClientInput = FreshSecret & {
  /** The officer who makes it. */
  readonly by: Acting;
  /** The second officer, whom an officer's credential needs; null for every other kind. */
  readonly approvedBy: string | null;
  readonly name: string;
  readonly binding: Binding;
  /** Null: all that its kind may be allowed. */
  readonly scopes: readonly Scope[] | null;
};

type ClientReply = {
  id: string;
  kind: ClientKind;
  community_id: string | null;
  scopes: readonly Scope[];
  created_at: number;
  sealed_secret: string;
};

/**
 * Makes a credential for a till, an officer, a resident or another machine. An officer's credential is made through a proposal only, since
 * an officer who made it alone could act as that officer too. A resident's is made by the home community, which knows the resident.
 */
export const createClient: Command<CreateClientInput, ClientReply> = {
  name: 'create-client',
  load: loadCreateClient,
  decide: decideCreateClient,
};

function loadCreateClient({ binding }: CreateClientInput): readonly Want[] {
  return wantBinding(binding);
}

function decideCreateClient(
  facts: Facts,
  { by, approvedBy, name, binding, scopes, secretHash, sealedSecret }: CreateClientInput,
  { id: commandId, at }: Call,
): Decision<ClientReply> {
  const bound = boundTo(facts, binding);
  if (isRefusal(bound)) return bound;
  const { communityId } = bound;
  if (!keepsCredential(by, bound)) return refuse('foreign_community', { community_id: communityId });
  if (binding.kind === 'officer' && by.communityId !== null) return refuse('street_only');
  if (binding.kind === 'officer' && approvedBy === null) return refuse('second_officer_required', { officer_id: binding.officerId });
  const grantable = grantableScopes(binding.kind, communityId);
  const foreign = (scopes ?? []).filter((scope) => !grantable.includes(scope));
  if (foreign.length > 0) return refuse('scope_not_grantable', { scopes: foreign, grantable });
  const { kind } = binding;
  const row = newClient(bound, { id: idOf('cli', commandId), kind, name, scopes: scopes ?? grantable, secretHash, createdAt: at });
  const resident = binding.kind === 'resident' ? [put('resident', facts.get('resident', binding.residentId)!)] : [];
  return {
    // The resident does not change, but is written all the same: somebody who moves meanwhile takes this client along.
    rows: [put('client', row), ...resident, ...textsOfNewCredential(row).map(toTell)],
    reply: {
      id: row.id,
      kind: binding.kind,
      community_id: communityId,
      scopes: scopes ?? grantable,
      created_at: at,
      sealed_secret: sealedSecret,
    },
  };
}

export type NewClient = Pick<Row<'client'>, 'id' | 'name' | 'secretHash' | 'createdAt'> & {
  readonly kind: ClientKind;
  readonly scopes: readonly Scope[];
};

/** The row of a new client. */
export function newClient(bound: Bound, { scopes, ...client }: NewClient): Row<'client'> {
  return {
    ...client,
    scopes: scopes.join(' '),
    merchantId: null,
    storeId: null,
    officerId: null,
    residentId: null,
    ...bound,
    previousSecretHash: null,
    previousSecretUntil: null,
    status: 'active',
    version: 0,
  };
}

/** The facts that a binding refers to. */
export function wantBinding(binding: Binding): Want[] {
  switch (binding.kind) {
    case 'till':
      return [one('merchant', binding.merchantId), ...(binding.storeId === null ? [] : [one('store', binding.storeId)])];
    case 'officer':
      return [one('officer', binding.officerId)];
    case 'resident':
      return [one('resident', binding.residentId)];
    case 'machine':
      return binding.communityId === null ? [] : [one('community', binding.communityId)];
  }
}

export type Bound = { readonly communityId: string | null } & Partial<
  Pick<Row<'client'>, 'merchantId' | 'storeId' | 'officerId' | 'residentId'>
>;

/** The columns of a client's binding, or the refusal if it names something that does not exist. */
export function boundTo(facts: Facts, binding: Binding): Bound | Refusal {
  switch (binding.kind) {
    case 'till': {
      const { merchantId, storeId } = binding;
      const merchant = facts.get('merchant', merchantId);
      if (!merchant) return refuse('merchant_not_found', { merchant_id: merchantId });
      const store = storeId === null ? undefined : facts.get('store', storeId);
      if (storeId !== null && store?.merchantId !== merchantId) return refuse('store_not_found', { store_id: storeId });
      return { communityId: merchant.communityId, merchantId, storeId };
    }
    case 'officer': {
      const officer = facts.get('officer', binding.officerId);
      if (!officer) return refuse('officer_not_found', { officer_id: binding.officerId });
      return { communityId: officer.communityId, officerId: officer.id };
    }
    case 'resident': {
      const resident = facts.get('resident', binding.residentId);
      if (!resident || resident.status === 'ended') return refuse('resident_not_found', { resident_id: binding.residentId });
      return { communityId: resident.communityId, residentId: resident.id };
    }
    case 'machine': {
      const { communityId } = binding;
      if (communityId !== null && !facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
      return { communityId };
    }
  }
}

/** Whether the officer may make this credential and its secrets: only the home community may make a resident's, not the street office. */
function keepsCredential(by: Acting, { communityId, residentId = null }: Pick<Bound, 'communityId' | 'residentId'>): boolean {
  return keepsRegisterOf(by, communityId) && (residentId === null || actsFor(by, communityId!) || isSystem(by));
}

export type RotateClientInput = FreshSecret & {
  /** The officer who rotates it, or the client itself, which proves by the hash of its secret that it has more than a token. */
  readonly by: Acting | { readonly ownSecretHash: string };
  readonly id: string;
  /** Whether a secret that is still good after the last rotation may end now; left out: no. */
  readonly force?: boolean;
};

type RotateClientReply = { id: string; previous_secret_until: number; sealed_secret: string };

/**
 * Gives a client a new secret. The old one stays good for a day, so that tills keep working; another rotation within that day would end it
 * early, so it must be forced. An officer's old secret ends at once: another officer saw the first one, and must not be able to go on using
 * it.
 */
export const rotateClient: Command<RotateClientInput, RotateClientReply> = {
  name: 'rotate-client',
  load: loadRotateClient,
  decide: decideRotateClient,
};

function loadRotateClient({ id }: RotateClientInput, known: Known, at: number): readonly Want[] {
  const client = known.get('client', id);
  return [one('client', id), ...(client ? textsOfSecret(client, at).map(wantText) : [])];
}

function decideRotateClient(
  facts: Facts,
  { by, id, secretHash, sealedSecret, force = false }: RotateClientInput,
  { at }: Call,
): Decision<RotateClientReply> {
  const client = 'ownSecretHash' in by ? provenClient(facts, by.ownSecretHash, id) : keptClient(facts, by, id);
  if (isRefusal(client)) return client;
  const { officerId, previousSecretUntil: lastUntil } = client;
  if (lastUntil !== null && at < lastUntil && !force)
    return refuse('rotated_recently', { client_id: id, previous_secret_until: lastUntil });
  const previousSecretUntil = officerId === null ? at + DAY : at;
  const row = { ...client, secretHash, previousSecretHash: client.secretHash, previousSecretUntil };
  return {
    rows: [put('client', row), ...textsOfSecret(client, at).flatMap((text) => toTellOnce(facts, text))],
    reply: { id, previous_secret_until: previousSecretUntil, sealed_secret: sealedSecret },
  };
}

/** When a client that is not an officer's was last given another secret, in epoch milliseconds; null: never. */
export function secretReplacedAt({ previousSecretUntil }: Pick<Row<'client'>, 'previousSecretUntil'>): number | null {
  return previousSecretUntil === null ? null : previousSecretUntil - DAY;
}

/** The client, if this officer may give it a new secret. */
function keptClient(facts: Facts, by: Acting, id: string): Row<'client'> | Refusal {
  const client = activeClient(facts, by, id);
  if (isRefusal(client)) return client;
  if (client.secretHash === NOBODYS_SECRET) return refuse('client_of_people', { client_id: id });
  const { officerId } = client;
  if (officerId !== null && officerId !== by.id) return refuse('credential_of_another', { client_id: id, officer_id: officerId });
  return keepsCredential(by, client) ? client : refuse('foreign_community', { community_id: client.communityId });
}

/** The client that proves itself by its secret. The secret before it, good for a day, proves nothing here: somebody else may have it. */
function provenClient(facts: Facts, ownSecretHash: string, id: string): Row<'client'> | Refusal {
  const client = facts.get('client', id);
  if (client?.status !== 'active') return refuse('client_revoked', { client_id: id });
  if (sameHash(ownSecretHash, client.secretHash)) return client;
  const replaced = client.previousSecretHash !== null && sameHash(ownSecretHash, client.previousSecretHash);
  return refuse(replaced ? 'secret_replaced' : 'secret_wrong', { client_id: id });
}

type RevokeClientInput = { readonly by: Acting; readonly id: string };

type RevokeClientReply = { id: string; status: 'revoked' };

/**
 * Ends a credential for good. An officer's credential is ended by that officer or by one of the street office, without a second officer: a
 * stolen credential must end quickly.
 */
export const revokeClient: Command<RevokeClientInput, RevokeClientReply> = {
  name: 'revoke-client',
  load: loadRevokeClient,
  decide: decideRevokeClient,
};

function loadRevokeClient({ id }: RevokeClientInput): readonly Want[] {
  return [one('client', id)];
}

function decideRevokeClient(facts: Facts, { by, id }: RevokeClientInput): Decision<RevokeClientReply> {
  const client = activeClient(facts, by, id);
  if (isRefusal(client)) return client;
  const { officerId } = client;
  if (officerId !== null && officerId !== by.id && by.communityId !== null)
    return refuse('credential_of_another', { client_id: id, officer_id: officerId });
  return { rows: [put('client', { ...client, status: 'revoked' })], reply: { id, status: 'revoked' } };
}

function activeClient(facts: Facts, by: Acting, id: string): Row<'client'> | Refusal {
  const client = facts.get('client', id);
  if (!client || !keepsRegisterOf(by, client.communityId)) return refuse('client_not_found', { client_id: id });
  if (client.status !== 'active') return refuse('client_revoked', { client_id: id });
  return client;
}
