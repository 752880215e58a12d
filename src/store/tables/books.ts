/** The books, and what the engine itself keeps. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';

export function bookTables(kit: Kit) {
  const { table, id, text, integer, instant, day, hash, primaryKey, check } = kit;

  const entry = table('entry', {
    id: id('id', 'ent').primaryKey(),
    kind: text('kind').notNull(),
    /** The open business day it was booked on. */
    businessDay: day('business_day').notNull(),
    effectiveAt: instant('effective_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** The id of what it is about: a grant, a voucher, a redemption. */
    subject: text('subject').notNull(),
    reverses: id('reverses', 'ent'),
    /** The paths of its accounts, separated by spaces: they lead to its postings without a second index. */
    accounts: text('accounts').notNull(),
  });

  /** Stored in account order, so that an account's statement is one range and a batch touches few pages. */
  const posting = table(
    'posting',
    {
      account: text('account').notNull(),
      entry: id('entry', 'ent').notNull(),
      seq: integer('seq').notNull(),
      /** Debit positive, credit negative, in the account's unit. */
      amount: integer('amount').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.account, t.entry, t.seq] }),
      check('posting_amount', sql`${t.amount} <> 0 and ${t.amount} between -9007199254740991 and 9007199254740991`),
    ],
  );

  const account = table(
    'account',
    {
      path: text('path').primaryKey(),
      kind: text('kind').notNull(),
      /** The community in whose book it stands. */
      community: text('community').notNull(),
      unit: text('unit').notNull(),
      /** Debits less credits of all its postings. */
      balance: integer('balance').notNull(),
    },
    (t) => [
      check('account_unit', sql`${t.unit} in ('point', 'fen')`),
      check('account_wallet_floor', sql`${t.kind} <> 'wallet' or ${t.balance} <= 0`),
      check('account_balance', sql`${t.balance} between -9007199254740991 and 9007199254740991`),
    ],
  );

  /** One row a command ever accepted: idempotency and audit trail in one. */
  const request = table(
    'request',
    {
      client: id('client', 'cli').notNull(),
      key: text('key').notNull(),
      /** Keyed hash of method, route and the body as sent. Empty for a tombstone. */
      hash: hash('hash').notNull(),
      command: text('command').notNull(),
      commandId: text('command_id').notNull(),
      /** Who acted: an officer, a resident, a merchant, or the client itself. */
      actor: text('actor').notNull(),
      at: instant('at').notNull(),
      /** JSON: `{"reply": …}` or `{"refused": code, "details": …}`; ids only, no names; secrets sealed. */
      outcome: text('outcome').notNull(),
      /** Set by a void: from then on this request number only ever answers `request_voided`. */
      voidedAt: instant('voided_at'),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.client, t.key] })],
  );

  const businessDay = table('business_day', { day: day('day').primaryKey(), closedAt: instant('closed_at').notNull() });

  /** What has been used of a limit. The limit itself belongs to the command that increments it. */
  const limitUse = table('limit_use', { key: text('key').primaryKey(), used: integer('used').notNull() }, (t) => [
    check('limit_use_used', sql`${t.used} >= 0`),
  ]);

  /** Facts of the whole database: when it was founded, the fingerprints of its keys. */
  const scheme = table('scheme', { name: text('name').primaryKey(), value: text('value').notNull() });

  return { entry, posting, account, request, businessDay, limitUse, scheme };
}
