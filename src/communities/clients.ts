import { idOf } from '../store/index.ts';
import { type Command, type Facts, isRefusal, one, put, type Refusal, type Row, type Want } from '../ledger/index.ts';
import { type Acting, keepsRegisterOf } from './acting.ts';
import { refuse } from './refusals.ts';
import { type ClientKind, grantableScopes, type Scope } from './scopes.ts';

const DAY = 86_400_000;

/** What a client acts for. */
export type Binding =
  | { readonly kind: 'till'; readonly merchantId: string; /** Null: any store of the merchant. */ readonly storeId: string | null }
  | { readonly kind: 'officer'; readonly officerId: string }
  | { readonly kind: 'resident'; readonly residentId: string }
  | { readonly kind: 'machine'; /** Null: the whole scheme. */ readonly communityId: string | null };

export type CreateClientInput = {
  /** The officer who makes it. */
  readonly by: Acting;
  readonly name: string;
  readonly binding: Binding;
  /** Null: all that its kind may be allowed. */
  readonly scopes: readonly Scope[] | null;
  /** Keyed hash (hex) of the secret, and the secret sealed for the answer and its replays. */
  readonly secretHash: string;
  readonly sealedSecret: string;
};

export type ClientReply = {
  id: string;
  kind: ClientKind;
  community_id: string | null;
  scopes: readonly Scope[];
  created_at: number;
  sealed_secret: string;
};

/** Makes a credential for a till, an officer, a resident or another machine. */
export const createClient: Command<CreateClientInput, ClientReply> = {
  name: 'create-client',
  load: ({ binding }) => wantBinding(binding),
  decide(facts, { by, name, binding, scopes, secretHash, sealedSecret }, { id: commandId, at }) {
    const bound = boundTo(facts, binding);
    if (isRefusal(bound)) return bound;
    if (!keepsRegisterOf(by, bound.communityId)) return refuse('foreign_community', { community_id: bound.communityId });
    if (binding.kind === 'officer' && by.communityId !== null) return refuse('street_only');
    const grantable = grantableScopes(binding.kind, bound.communityId);
    const foreign = (scopes ?? []).filter((scope) => !grantable.includes(scope));
    if (foreign.length > 0) return refuse('scope_not_grantable', { scopes: foreign, grantable });
    const row: Row<'client'> = {
      id: idOf('cli', commandId),
      kind: binding.kind,
      name,
      scopes: (scopes ?? grantable).join(' '),
      merchantId: null,
      storeId: null,
      officerId: null,
      residentId: null,
      ...bound,
      secretHash,
      previousSecretHash: null,
      previousSecretUntil: null,
      status: 'active',
      createdAt: at,
      version: 0,
    };
    const { id, communityId } = row;
    return {
      rows: [put('client', row)],
      reply: {
        id,
        kind: binding.kind,
        community_id: communityId,
        scopes: scopes ?? grantable,
        created_at: at,
        sealed_secret: sealedSecret,
      },
    };
  },
};

function wantBinding(binding: Binding): Want[] {
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

type Bound = { readonly communityId: string | null } & Partial<Pick<Row<'client'>, 'merchantId' | 'storeId' | 'officerId' | 'residentId'>>;

/** The columns of a client's binding, or the refusal if it names what is not there. */
function boundTo(facts: Facts, binding: Binding): Bound | Refusal {
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
      if (!resident) return refuse('resident_not_found', { resident_id: binding.residentId });
      return { communityId: resident.communityId, residentId: resident.id };
    }
    case 'machine': {
      const { communityId } = binding;
      if (communityId !== null && !facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
      return { communityId };
    }
  }
}

export type RotateClientInput = { readonly by: Acting; readonly id: string; readonly secretHash: string; readonly sealedSecret: string };

/** Gives a client a new secret; the old one stays good for a day, so that no till stands still. */
export const rotateClient: Command<RotateClientInput, { id: string; previous_secret_until: number; sealed_secret: string }> = {
  name: 'rotate-client',
  load: ({ id }) => [one('client', id)],
  decide(facts, { by, id, secretHash, sealedSecret }, { at }) {
    const client = activeClient(facts, by, id);
    if (isRefusal(client)) return client;
    const previousSecretUntil = at + DAY;
    const row = { ...client, secretHash, previousSecretHash: client.secretHash, previousSecretUntil };
    return { rows: [put('client', row)], reply: { id, previous_secret_until: previousSecretUntil, sealed_secret: sealedSecret } };
  },
};

/** Ends a credential for good. */
export const revokeClient: Command<{ readonly by: Acting; readonly id: string }, { id: string; status: 'revoked' }> = {
  name: 'revoke-client',
  load: ({ id }) => [one('client', id)],
  decide(facts, { by, id }) {
    const client = activeClient(facts, by, id);
    if (isRefusal(client)) return client;
    return { rows: [put('client', { ...client, status: 'revoked' })], reply: { id, status: 'revoked' } };
  },
};

function activeClient(facts: Facts, by: Acting, id: string): Row<'client'> | Refusal {
  const client = facts.get('client', id);
  if (!client || !keepsRegisterOf(by, client.communityId)) return refuse('client_not_found', { client_id: id });
  // Whoever held a colleague's credential could be both of two officers.
  if (client.officerId !== null && client.officerId !== by.id && by.communityId !== null) return refuse('street_only');
  if (client.status !== 'active') return refuse('client_revoked', { client_id: id });
  return client;
}
