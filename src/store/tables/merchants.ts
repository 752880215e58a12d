/** Merchants: the shops that honour vouchers, with their stores and terminals. */
import type { Kit } from '../kit.ts';
import type { CommunityTable } from './communities.ts';

export function merchantTables(kit: Kit, community: CommunityTable) {
  const { table, id, communityId, word, name, text, integer, index } = kit;

  const merchant = table(
    'merchant',
    {
      id: id('id', 'mer').primaryKey(),
      /** Its home community: the acquirer. */
      communityId: communityId('community_id')
        .notNull()
        .references(() => community.id),
      name: name('name').notNull(),
      status: word('status').notNull(),
      statusReason: text('status_reason'),
      version: integer('version').notNull(),
    },
    (t) => [index('merchant_community').on(t.communityId, t.id)],
  );

  const store = table(
    'store',
    {
      id: id('id', 'sto').primaryKey(),
      merchantId: id('merchant_id', 'mer').notNull(),
      name: name('name').notNull(),
      /** The place where residents find it, in words. */
      address: text('address'),
      /** Its position on a map, in millionths of a degree (WGS 84): both, or neither. */
      latitudeE6: integer('latitude_e6'),
      longitudeE6: integer('longitude_e6'),
      version: integer('version').notNull(),
    },
    (t) => [index('store_merchant').on(t.merchantId, t.id)],
  );

  const terminal = table(
    'terminal',
    {
      id: id('id', 'ter').primaryKey(),
      storeId: id('store_id', 'sto').notNull(),
      merchantId: id('merchant_id', 'mer').notNull(),
      name: name('name').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('terminal_store').on(t.storeId, t.id)],
  );

  return { merchant, store, terminal };
}
