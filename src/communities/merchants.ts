import { idOf } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, many, one, put, type Want } from '../ledger/index.ts';
import { sameName } from '../text/index.ts';
import { type Acting, keepsRegisterOf } from '../access/index.ts';
import type { SetStatusInput, Status } from './residents.ts';
import { refuse } from './refusals.ts';
import { hasBeenSucceeded } from './succession.ts';

export type AddMerchantInput = {
  readonly by: Acting;
  /** The home community: the acquirer. */
  readonly communityId: string;
  readonly name: string;
};

type AddMerchantReply = { id: string; community_id: string };

export const addMerchant: Command<AddMerchantInput, AddMerchantReply> = {
  name: 'add-merchant',
  load: loadAddMerchant,
  decide: decideAddMerchant,
};

function loadAddMerchant({ communityId }: AddMerchantInput): readonly Want[] {
  return [one('community', communityId), many('merchant', 'community', communityId)];
}

function decideAddMerchant(
  facts: Facts,
  { by, communityId, name }: AddMerchantInput,
  { id: commandId, at }: Call,
): Decision<AddMerchantReply> {
  const community = facts.get('community', communityId);
  if (!community) return refuse('community_not_found', { community_id: communityId });
  if (!keepsRegisterOf(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  const over = hasBeenSucceeded(facts, communityId, at);
  if (over) return over;
  const alike = namedAlike(facts.list('merchant', 'community', communityId), name);
  if (alike) return refuse('merchant_name_taken', { merchant_id: alike.id, community_id: communityId });
  const id = idOf('mer', commandId);
  return {
    // The community is written as it is, so that of two merchants who are added by two processes one sees the other.
    rows: [put('community', community), put('merchant', { id, communityId, name, status: 'active', statusReason: null, version: 0 })],
    reply: { id, community_id: communityId },
  };
}

/** The first of these whose name looks like another: people at a till and in a list tell them apart by it alone. */
function namedAlike<R extends { readonly id: string; readonly name: string }>(rows: readonly R[], name: string): R | undefined {
  const sought = sameName(name);
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).find((row) => sameName(row.name) === sought);
}

type SetMerchantStatusReply = { id: string; status: Status };

/** Suspends a merchant or resumes it. A suspended merchant's tills cannot redeem; its payables stay owed. */
export const setMerchantStatus: Command<SetStatusInput, SetMerchantStatusReply> = {
  name: 'set-merchant-status',
  load: loadSetMerchantStatus,
  decide: decideSetMerchantStatus,
};

function loadSetMerchantStatus({ id }: SetStatusInput): readonly Want[] {
  return [one('merchant', id)];
}

function decideSetMerchantStatus(facts: Facts, { by, id, status, reason }: SetStatusInput): Decision<SetMerchantStatusReply> {
  const merchant = facts.get('merchant', id);
  if (!merchant) return refuse('merchant_not_found', { merchant_id: id });
  if (!keepsRegisterOf(by, merchant.communityId)) return refuse('foreign_community', { community_id: merchant.communityId });
  if (merchant.status === status) return refuse('status_unchanged', { status });
  return { rows: [put('merchant', { ...merchant, status, statusReason: reason })], reply: { id, status } };
}

/** The place where residents find a store. */
export type Place = {
  /** In words; null: unknown. */
  readonly address: string | null;
  /** In millionths of a degree (WGS 84): both, or neither. */
  readonly latitudeE6: number | null;
  readonly longitudeE6: number | null;
};

const nowhere: Place = { address: null, latitudeE6: null, longitudeE6: null };

export type AddStoreInput = { readonly by: Acting; readonly merchantId: string; readonly name: string; readonly place?: Place };

type AddStoreReply = { id: string; merchant_id: string };

export const addStore: Command<AddStoreInput, AddStoreReply> = { name: 'add-store', load: loadAddStore, decide: decideAddStore };

function loadAddStore({ merchantId }: AddStoreInput): readonly Want[] {
  return [one('merchant', merchantId), many('store', 'merchant', merchantId)];
}

function decideAddStore(
  facts: Facts,
  { by, merchantId, name, place: { address, latitudeE6, longitudeE6 } = nowhere }: AddStoreInput,
  { id: commandId }: Call,
): Decision<AddStoreReply> {
  const merchant = facts.get('merchant', merchantId);
  if (!merchant) return refuse('merchant_not_found', { merchant_id: merchantId });
  if (!keepsRegisterOf(by, merchant.communityId)) return refuse('foreign_community', { community_id: merchant.communityId });
  const alike = namedAlike(facts.list('store', 'merchant', merchantId), name);
  if (alike) return refuse('store_name_taken', { store_id: alike.id, merchant_id: merchantId });
  const id = idOf('sto', commandId);
  return {
    // The merchant is written as it is, for the same reason as a community above.
    rows: [put('merchant', merchant), put('store', { id, merchantId, name, address, latitudeE6, longitudeE6, version: 0 })],
    reply: { id, merchant_id: merchantId },
  };
}

export type SetStorePlaceInput = { readonly by: Acting; readonly id: string; readonly place: Place };

type SetStorePlaceReply = { id: string };

/** Changes the place of a store. */
export const setStorePlace: Command<SetStorePlaceInput, SetStorePlaceReply> = {
  name: 'set-store-place',
  load: loadSetStorePlace,
  decide: decideSetStorePlace,
};

function loadSetStorePlace({ id }: SetStorePlaceInput, known: Known): readonly Want[] {
  return wantStoreAndMerchant(id, known);
}

function decideSetStorePlace(
  facts: Facts,
  { by, id, place: { address, latitudeE6, longitudeE6 } }: SetStorePlaceInput,
): Decision<SetStorePlaceReply> {
  const store = facts.get('store', id);
  if (!store) return refuse('store_not_found', { store_id: id });
  const { communityId } = facts.get('merchant', store.merchantId)!;
  if (!keepsRegisterOf(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  return { rows: [put('store', { ...store, address, latitudeE6, longitudeE6 })], reply: { id } };
}

function wantStoreAndMerchant(storeId: string, known: Known): Want[] {
  const store = known.get('store', storeId);
  return [one('store', storeId), ...(store ? [one('merchant', store.merchantId)] : [])];
}

export type AddTerminalInput = { readonly by: Acting; readonly storeId: string; readonly name: string };

type AddTerminalReply = { id: string; store_id: string; merchant_id: string };

export const addTerminal: Command<AddTerminalInput, AddTerminalReply> = {
  name: 'add-terminal',
  load: loadAddTerminal,
  decide: decideAddTerminal,
};

function loadAddTerminal({ storeId }: AddTerminalInput, known: Known): readonly Want[] {
  return wantStoreAndMerchant(storeId, known);
}

function decideAddTerminal(facts: Facts, { by, storeId, name }: AddTerminalInput, { id: commandId }: Call): Decision<AddTerminalReply> {
  const store = facts.get('store', storeId);
  if (!store) return refuse('store_not_found', { store_id: storeId });
  const { communityId } = facts.get('merchant', store.merchantId)!;
  if (!keepsRegisterOf(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  const id = idOf('ter', commandId);
  const { merchantId } = store;
  return {
    rows: [put('terminal', { id, storeId, merchantId, name, version: 0 })],
    reply: { id, store_id: storeId, merchant_id: merchantId },
  };
}
