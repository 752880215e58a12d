import { and, desc, eq, lt } from 'drizzle-orm';
import { isOneOf, type Page, type Row, rowByKey, type View } from '../../store/index.ts';

/** Merchants, newest first: of one community, or all if `communityId` is null. */
export async function merchantsPage({ read, tables: { merchant } }: View, communityId: string | null, { limit, after }: Page) {
  const ofCommunity = communityId === null ? undefined : eq(merchant.communityId, communityId);
  return read
    .select()
    .from(merchant)
    .where(and(ofCommunity, after === undefined ? undefined : lt(merchant.id, after)))
    .orderBy(desc(merchant.id))
    .limit(limit + 1);
}

export function merchantById(view: View, id: string): Promise<Row<'merchant'> | undefined> {
  return rowByKey(view, 'merchant', id);
}

/** A merchant's stores, newest first. */
export async function storesPage({ read, tables: { store } }: View, merchantId: string, { limit, after }: Page): Promise<Row<'store'>[]> {
  return read
    .select()
    .from(store)
    .where(and(eq(store.merchantId, merchantId), after === undefined ? undefined : lt(store.id, after)))
    .orderBy(desc(store.id))
    .limit(limit + 1);
}

/** A store and its terminals, by their names. */
export type StoreWithTerminals = Pick<Row<'store'>, 'id' | 'name'> & { readonly terminals: Pick<Row<'terminal'>, 'id' | 'name'>[] };

/** The stores of a merchant, or the one of them, with their terminals; newest first, at most so many stores. */
export async function storesWithTerminals(
  view: View,
  { merchantId, storeId }: { readonly merchantId: string; readonly storeId: string | null },
  atMost: number,
): Promise<StoreWithTerminals[]> {
  const { store, terminal } = view.tables;
  const stores = await view.read
    .select({ id: store.id, name: store.name })
    .from(store)
    .where(and(eq(store.merchantId, merchantId), storeId === null ? undefined : eq(store.id, storeId)))
    .orderBy(desc(store.id))
    .limit(atMost);
  const ids = stores.map(({ id }) => id);
  const terminals = await view.read
    .select({ id: terminal.id, name: terminal.name, storeId: terminal.storeId })
    .from(terminal)
    .where(isOneOf(view, terminal.storeId, ids))
    .orderBy(desc(terminal.id));
  const of = Map.groupBy(terminals, (each) => each.storeId);
  return stores.map((each) => ({ ...each, terminals: (of.get(each.id) ?? []).map(({ id, name }) => ({ id, name })) }));
}

/** A store with its merchant and community. */
export type StoreFound = { readonly store: Row<'store'>; readonly merchant: Row<'merchant'>; readonly community: Row<'community'> };

/**
 * The stores where vouchers may be redeemed: those of active merchants, newest first, of one community, of one merchant, or of all (null).
 */
export async function storesFound(
  { read, tables }: View,
  { communityId, merchantId }: { readonly communityId: string | null; readonly merchantId: string | null },
  { limit, after }: Page,
): Promise<StoreFound[]> {
  const { store, merchant, community } = tables;
  const ofCommunity = communityId === null ? undefined : eq(merchant.communityId, communityId);
  const ofMerchant = merchantId === null ? undefined : eq(store.merchantId, merchantId);
  return read
    .select({ store, merchant, community })
    .from(store)
    .innerJoin(merchant, eq(merchant.id, store.merchantId))
    .innerJoin(community, eq(community.id, merchant.communityId))
    .where(and(eq(merchant.status, 'active'), ofCommunity, ofMerchant, after === undefined ? undefined : lt(store.id, after)))
    .orderBy(desc(store.id))
    .limit(limit + 1);
}

/** A store's terminals, newest first. */
export async function terminalsPage({ read, tables: { terminal } }: View, storeId: string, { limit, after }: Page) {
  return read
    .select()
    .from(terminal)
    .where(and(eq(terminal.storeId, storeId), after === undefined ? undefined : lt(terminal.id, after)))
    .orderBy(desc(terminal.id))
    .limit(limit + 1);
}

export function terminalById(view: View, id: string): Promise<Row<'terminal'> | undefined> {
  return rowByKey(view, 'terminal', id);
}

export function storeById(view: View, id: string): Promise<Row<'store'> | undefined> {
  return rowByKey(view, 'store', id);
}
