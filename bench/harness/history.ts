/** A past for a scheme: grants, vouchers and redemptions of some days two months ago, by the same people at the same merchants, however many. */
import { randomBytes } from 'node:crypto';
import { grant } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { issueVoucher, redeem, type RedeemInput } from '../../src/redeem/index.ts';
import type { Service } from '../../src/service.ts';
import { RULE_POINTS, type Scheme, VOUCHER_POINTS } from './scheme.ts';
import { progressOf, submitAll } from './submit.ts';
import { grantsTo, mintCodes } from './vouchers.ts';

const DAY_MS = 86_400_000;
/** Always as many days, so that the number of accounts does not grow with the number of entries. */
const DAYS = 10;
/** A grant, the issue of a voucher and its redemption. */
const ENTRIES_A_CYCLE = 3;
const CYCLES_AT_ONCE = 1_000;

/** Clock that the preparation moves; epoch milliseconds. */
export type MovingClock = { now: number };

/** Writes a history of so many entries, from `clock.now` on. Gives its entries per second. */
export async function writeHistory(service: Service, scheme: Scheme, clock: MovingClock, entries: number): Promise<number> {
  const began = performance.now();
  const start = clock.now;
  const cycles = Math.ceil(entries / ENTRIES_A_CYCLE);
  const tell = progressOf('entries of history', entries);
  const atOnce = Math.min(CYCLES_AT_ONCE, Math.ceil(cycles / DAYS));
  for (let done = 0; done < cycles; done += atOnce) {
    clock.now = start + Math.floor((done / cycles) * DAYS) * DAY_MS;
    await cycle(service, scheme, done, Math.min(atOnce, cycles - done));
    tell((done + atOnce) * ENTRIES_A_CYCLE);
  }
  return (entries * 1_000) / (performance.now() - began);
}

/** Some deeds at a time are granted, turned into vouchers, shown and redeemed. Only residents who can sign in have a history. */
async function cycle(service: Service, scheme: Scheme, from: number, count: number): Promise<void> {
  const day = dayOf(service.clock());
  const people = Array.from({ length: count }, (_, n) => scheme.holders[(from + n) % scheme.holders.length]!);
  const deeds = people.flatMap((resident) => grantsTo(scheme, resident, day, [VOUCHER_POINTS / RULE_POINTS]));
  await submitAll(service, grant, deeds);
  const wishes = people.map(({ id }) => ({ residentId: id, offerId: scheme.offerId, quantity: 1, by: null }));
  const vouchers = await submitAll(service, issueVoucher, wishes);
  const open = vouchers.map(({ id, resident_id: residentId, shares }) => ({ id, residentId, issuers: shares.map(({ issuer }) => issuer) }));
  const shown = await mintCodes(service, open);
  const inputs = shown.map(({ codeHash }, n): RedeemInput => {
    // One till after another: even a short history has been at each of them on each day, and so has made all the accounts.
    const { merchantId, storeId, terminalId } = scheme.tills[(from + n) % scheme.tills.length]!;
    const orderNo = randomBytes(6).toString('hex');
    return { merchantId, storeId, terminalId, codeHash, orderNo, orderAmountFen: 5_000, presentedAt: null };
  });
  await submitAll(service, redeem, inputs);
}
