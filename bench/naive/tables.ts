/** The tables of the naive service: what most would draw up for vouchers, a ledger and idempotency. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const client = sqliteTable('client', {
  id: text().primaryKey(),
  secret: text().notNull().unique(),
  merchantId: text().notNull(),
  storeId: text().notNull(),
});

export const merchant = sqliteTable('merchant', { id: text().primaryKey(), communityId: text().notNull(), status: text().notNull() });

export const store = sqliteTable('store', { id: text().primaryKey(), merchantId: text().notNull() });

export const terminal = sqliteTable('terminal', { id: text().primaryKey(), storeId: text().notNull() });

export const resident = sqliteTable('resident', { id: text().primaryKey(), status: text().notNull() });

export const policy = sqliteTable('policy', { name: text().primaryKey(), value: integer().notNull() });

export const voucher = sqliteTable('voucher', {
  id: text().primaryKey(),
  residentId: text().notNull(),
  points: integer().notNull(),
  faceFen: integer().notNull(),
  shares: text({ mode: 'json' }).$type<readonly { issuer: string; points: number; fen: number }[]>().notNull(),
  state: text().notNull(),
  validUntil: integer().notNull(),
  cycles: integer().notNull(),
  redemptionId: text(),
});

export const code = sqliteTable('code', {
  hash: text().primaryKey(),
  voucherId: text().notNull(),
  mintedAt: integer().notNull(),
  expiresAt: integer().notNull(),
  usedBy: text(),
});

export const redemption = sqliteTable(
  'redemption',
  {
    id: text().primaryKey(),
    voucherId: text().notNull(),
    merchantId: text().notNull(),
    storeId: text().notNull(),
    terminalId: text().notNull(),
    clientId: text().notNull(),
    requestNo: text().notNull(),
    orderNo: text().notNull(),
    orderAmountFen: integer().notNull(),
    points: integer().notNull(),
    fen: integer().notNull(),
    businessDay: text().notNull(),
    at: integer().notNull(),
    reversibleUntil: integer().notNull(),
  },
  (t) => [index('redemption_store_day').on(t.storeId, t.businessDay, t.id)],
);

export const request = sqliteTable(
  'request',
  {
    clientId: text().notNull(),
    key: text().notNull(),
    hash: text().notNull(),
    at: integer().notNull(),
    outcome: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.key] })],
);

export const orderUse = sqliteTable('order_use', { key: text().primaryKey(), used: integer().notNull() });

export const entry = sqliteTable('entry', {
  id: text().primaryKey(),
  kind: text().notNull(),
  businessDay: text().notNull(),
  recordedAt: integer().notNull(),
  subject: text().notNull(),
});

export const posting = sqliteTable(
  'posting',
  { entryId: text().notNull(), seq: integer().notNull(), account: text().notNull(), amount: integer().notNull() },
  (t) => [primaryKey({ columns: [t.entryId, t.seq] }), index('posting_account').on(t.account, t.entryId)],
);

export const account = sqliteTable('account', { path: text().primaryKey(), balance: integer().notNull() });

export const all = [
  client,
  merchant,
  store,
  terminal,
  resident,
  policy,
  voucher,
  code,
  redemption,
  request,
  orderUse,
  entry,
  posting,
  account,
];
