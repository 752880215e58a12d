/** Redeeming a voucher as most would write it: a query after another, each where it is needed, with the builder. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { NaiveDatabase } from './database.ts';
import * as tables from './tables.ts';

const HOUR_MS = 3_600_000;

export type Till = { readonly id: string; readonly merchantId: string; readonly storeId: string };

export type Wanted = {
  readonly codeHash: string;
  readonly terminalId: string;
  readonly orderNo: string;
  readonly orderAmountFen: number;
  readonly requestNo: string;
};

/** A refusal that the caller is told. */
export class Refused extends Error {}

function ensure(condition: unknown, problem: string): asserts condition {
  if (!condition) throw new Refused(problem);
}

/** Within a transaction: reads, checks and writes all of a redemption. */
export function redeem(db: NaiveDatabase, till: Till, wanted: Wanted) {
  const at = Date.now();
  const day = new Date(at + 8 * HOUR_MS).toISOString().slice(0, 10);
  const policies = new Map(
    db
      .select()
      .from(tables.policy)
      .all()
      .map(({ name, value }) => [name, value]),
  );
  const merchant = placeOf(db, till, wanted.terminalId);
  const { code, voucher } = shownVoucher(db, wanted.codeHash, at, policies.get('redemption_cycles')!);
  ensure(useOrder(db, `${till.storeId}:${day}:${wanted.orderNo}`, voucher.faceFen, wanted.orderAmountFen), 'order_amount_exceeded');

  const id = randomUUID();
  const { codeHash: _, ...said } = wanted;
  const where = { merchantId: merchant.id, storeId: till.storeId, clientId: till.id };
  const when = { businessDay: day, at, reversibleUntil: at + policies.get('reversal_window')! * HOUR_MS };
  const row = { id, voucherId: voucher.id, ...where, ...when, ...said, points: voucher.points, fen: voucher.faceFen };
  db.insert(tables.redemption).values(row).run();
  const redeemed = { state: 'redeemed', redemptionId: id, cycles: voucher.cycles + 1 };
  db.update(tables.voucher).set(redeemed).where(eq(tables.voucher.id, voucher.id)).run();
  db.update(tables.code).set({ usedBy: id }).where(eq(tables.code.hash, code.hash)).run();
  post(db, id, legsOf(voucher.shares, merchant.communityId, merchant.id, day), day, at);
  return row;
}

function placeOf(db: NaiveDatabase, till: Till, terminalId: string) {
  const store = db.select().from(tables.store).where(eq(tables.store.id, till.storeId)).get();
  ensure(store?.merchantId === till.merchantId, 'store_not_found');
  const terminal = db.select().from(tables.terminal).where(eq(tables.terminal.id, terminalId)).get();
  ensure(terminal?.storeId === till.storeId, 'terminal_not_found');
  const merchant = db.select().from(tables.merchant).where(eq(tables.merchant.id, till.merchantId)).get();
  ensure(merchant?.status === 'active', 'merchant_suspended');
  return merchant;
}

function shownVoucher(db: NaiveDatabase, codeHash: string, at: number, maxCycles: number) {
  const code = db.select().from(tables.code).where(eq(tables.code.hash, codeHash)).get();
  ensure(code && code.usedBy === null && at < code.expiresAt, 'code_unknown');
  const voucher = db.select().from(tables.voucher).where(eq(tables.voucher.id, code.voucherId)).get();
  ensure(voucher?.state === 'issued' && at < voucher.validUntil && voucher.cycles < maxCycles, 'voucher_not_redeemable');
  const resident = db.select().from(tables.resident).where(eq(tables.resident.id, voucher.residentId)).get();
  ensure(resident?.status === 'active', 'resident_suspended');
  return { code, voucher };
}

function useOrder(db: NaiveDatabase, key: string, fen: number, atMost: number): boolean {
  const used = db.select().from(tables.orderUse).where(eq(tables.orderUse.key, key)).get()?.used ?? 0;
  if (used + fen > atMost) return false;
  db.insert(tables.orderUse)
    .values({ key, used: fen })
    .onConflictDoUpdate({ target: tables.orderUse.key, set: { used: sql`${tables.orderUse.used} + ${fen}` } })
    .run();
  return true;
}

type Leg = { readonly account: string; readonly amount: number };

function legsOf(shares: typeof tables.voucher.$inferSelect.shares, acquirer: string, merchantId: string, day: string): Leg[] {
  const payable = `payable:${acquirer}:${merchantId}:${day}`;
  return shares.flatMap(({ issuer, points, fen }) => [
    { account: `escrow:${issuer}`, amount: points },
    { account: `redeemed:${issuer}`, amount: 0 - points },
    { account: `cost:${issuer}`, amount: fen },
    ...(issuer === acquirer
      ? []
      : [
          { account: `due-to:${issuer}:${acquirer}:${day}`, amount: 0 - fen },
          { account: `due-from:${acquirer}:${issuer}:${day}`, amount: fen },
        ]),
    { account: payable, amount: 0 - fen },
  ]);
}

function post(db: NaiveDatabase, subject: string, legs: readonly Leg[], day: string, at: number): void {
  const entryId = randomUUID();
  db.insert(tables.entry).values({ id: entryId, kind: 'redemption', businessDay: day, recordedAt: at, subject }).run();
  db.insert(tables.posting)
    .values(legs.map((leg, seq) => ({ entryId, seq, ...leg })))
    .run();
  for (const { account, amount } of legs) {
    db.insert(tables.account)
      .values({ path: account, balance: amount })
      .onConflictDoUpdate({ target: tables.account.path, set: { balance: sql`${tables.account.balance} + ${amount}` } })
      .run();
  }
}
