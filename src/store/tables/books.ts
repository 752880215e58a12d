/** The books, and the engine's own tables. */
import { sql, type SQL } from 'drizzle-orm';
import type { Kit } from '../kit.ts';

/** The first byte of wallets' ids; the chart of accounts takes it from here, since an index depends on it. */
export const WALLET_CODE = 2;

/** The condition for postings on wallets: of the index on them, and of every query that uses this index. */
export function walletPostings(bytes: Kit['bytes']): SQL {
  const code = (n: number) => bytes(n.toString(16).padStart(2, '0'));
  return sql`account >= ${code(WALLET_CODE)} and account < ${code(WALLET_CODE + 1)}`;
}

export function bookTables(kit: Kit) {
  const ofWallet = walletPostings(kit.bytes);
  const { table, id, anyId, word, reference, integer, instant, day, hash, primaryKey, index, check } = kit;

  const entry = table('entry', {
    id: id('id', 'ent').primaryKey(),
    kind: word('kind').notNull(),
    /** The open business day it was booked on. */
    businessDay: day('business_day').notNull(),
    effectiveAt: instant('effective_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** The id of its subject: a grant, a voucher, a redemption. */
    subject: anyId('subject').notNull(),
    reverses: id('reverses', 'ent'),
  });

  /**
   * Stored in the order of the entries, so that all postings of a batch lie on a few pages at the end. Only wallets, whose statements are
   * read, have an index of their own.
   */
  const posting = table(
    'posting',
    {
      account: hash('account').notNull(),
      entry: id('entry', 'ent').notNull(),
      /** Its place in the entry. */
      seq: integer('seq').notNull(),
      /** Debit positive, credit negative, in the account's unit. */
      amount: integer('amount').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.entry, t.seq] }),
      index('posting_wallet').on(t.account, t.entry).where(ofWallet),
      check('posting_amount', sql`${t.amount} <> 0 and ${t.amount} between -9007199254740991 and 9007199254740991`),
    ],
  );

  /**
   * A balance, in as many rows as there are stripes: each writer adds to its own row of an account that everybody posts to, and the balance
   * is the sum. An account with a floor has stripe 0 only, and is changed under its `version`.
   */
  const account = table(
    'account',
    {
      /** 16 bytes that follow from the path. */
      id: hash('id').notNull(),
      stripe: integer('stripe').notNull(),
      path: word('path').notNull(),
      kind: word('kind').notNull(),
      /** The community in whose book it stands. */
      community: word('community').notNull(),
      unit: word('unit').notNull(),
      /** Debits less credits of its postings. */
      balance: integer('balance').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.stripe] }),
      index('account_path').on(t.path),
      check('account_unit', sql`${t.unit} in ('point', 'fen')`),
      check('account_wallet_floor', sql`${t.kind} <> 'wallet' or (${t.balance} <= 0 and ${t.stripe} = 0)`),
      check('account_balance', sql`${t.balance} between -9007199254740991 and 9007199254740991`),
    ],
  );

  /** One row for each decided command: idempotency and audit trail in one. Ordered by key: keys that grow with time lie together. */
  const request = table(
    'request',
    {
      key: reference('key').notNull(),
      client: id('client', 'cli').notNull(),
      /** Keyed hash of method, route and the body as sent. Empty for a tombstone. */
      hash: hash('hash').notNull(),
      command: word('command').notNull(),
      commandId: hash('command_id').notNull(),
      /** The actor: an officer, a resident, a merchant, or the client itself. */
      actor: anyId('actor').notNull(),
      at: instant('at').notNull(),
      /** JSON: `{"reply": …}` or `{"refused": code, "details": …}`; ids only, no names; secrets sealed. Null: the reply is a row that the command made. */
      outcome: word('outcome'),
      /** Set by a void: from then on this request number only ever answers `request_voided`. */
      voidedAt: instant('voided_at'),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.key, t.client] })],
  );

  /** The days that are closed. A day before all others exists from the beginning: every batch locks its row. */
  const businessDay = table('business_day', { day: day('day').primaryKey(), closedAt: instant('closed_at').notNull() });

  /** The used part of a limit. The limit itself belongs to the command that increments it. */
  const limitUse = table(
    'limit_use',
    {
      /** 16 bytes that follow from the limit, with its day in front. */
      id: hash('id').primaryKey(),
      used: integer('used').notNull(),
      /** The ceiling of its last change; null if that change had none. */
      atMost: integer('at_most'),
    },
    (t) => [check('limit_use_at_most', sql`${t.atMost} is null or ${t.used} <= ${t.atMost}`)],
  );

  /** Facts about the whole database: the time of its establishment, the fingerprints of its keys. */
  const scheme = table('scheme', { name: word('name').primaryKey(), value: word('value').notNull() });

  /** The findings of an audit. */
  const auditReport = table('audit_report', {
    id: id('id', 'aud').primaryKey(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    /** 1: nothing is broken. */
    ok: integer('ok').notNull(),
    /** JSON: each check, the number of things that it checked, and the broken one. */
    checks: word('checks').notNull(),
  });

  return { entry, posting, account, request, businessDay, limitUse, scheme, auditReport };
}
