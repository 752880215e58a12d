import { hexOf, idOf } from '../store/index.ts';
import {
  account,
  type Call,
  type Command,
  cr,
  type Decision,
  dr,
  entryId,
  type Facts,
  type Known,
  one,
  type Posting,
  put,
  type Row,
  SKEW_MS,
  type Want,
} from '../ledger/index.ts';
import { bearerOf, duePostings, policyAt, voucherShares, wantPolicies, wantSuccession } from '../communities/index.ts';
import { orderUse, wantOrder } from './orders.ts';
import { pinProblem, wantWrongPins, wrongPinsKey } from './papers.ts';
import { refuse } from './refusals.ts';
import { notRedeemable, type Presented } from './presented.ts';

const HOUR = 3_600_000;

export type RedeemInput = {
  /** The merchant that the till is bound to. */
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string | null;
  /** Keyed hash (hex) of the code that was shown. */
  readonly codeHash: string;
  /** Keyed hash (hex) of the code and the PIN that was typed in; left out or null: there was none. */
  readonly pinHash?: string | null;
  /** The till's own number of the order: unique in its store and order day but for vouchers on the same order. */
  readonly orderNo: string;
  /** The amount of the order before the voucher, in fen. A cash voucher needs it. */
  readonly orderAmountFen: number | null;
  /** For a redemption that was stored and forwarded, the instant at which the code was shown (epoch milliseconds); null: now. */
  readonly presentedAt: number | null;
};

export type RedemptionReply = {
  id: string;
  voucher_id: string;
  merchant_id: string;
  store_id: string;
  terminal_id: string | null;
  request_no: string;
  order_no: string;
  points: number;
  discount_fen: number;
  business_day: string;
  redeemed_at: number;
  presented_at: number | null;
  reversible_until: number;
  entry_id: string;
};

/** Redeems the voucher behind a code: its points leave escrow, the merchant is owed its face, and each issuer bears its share. */
export const redeem: Command<RedeemInput, RedemptionReply> = {
  name: 'redeem',
  load: loadRedeem,
  decide: decideRedeem,
  recall: {
    want: (commandId) => one('redemption', idOf('red', commandId)),
    reply: (facts, commandId) => redemptionReply(facts.get('redemption', idOf('red', commandId))!),
  },
};

function loadRedeem(input: RedeemInput, known: Known, at: number): Want[] {
  const { merchantId, storeId, terminalId, codeHash } = input;
  const code = known.get('code', codeHash);
  const voucher = code && known.get('voucher', code.voucherId);
  const merchant = known.get('merchant', merchantId);
  const wants = [
    ...wantPolicies('offline_window', 'reversal_window', 'redemption_cycles'),
    one('code', codeHash),
    one('store', storeId),
    one('merchant', merchantId),
    ...wantOrder(input, voucher?.faceFen, known, at),
  ];
  if (terminalId !== null) wants.push(one('terminal', terminalId));
  if (code) wants.push(one('voucher', code.voucherId), ...wantWrongPins(code));
  if (voucher) wants.push(one('resident', voucher.residentId));
  if (voucher?.redemptionId) wants.push(one('redemption', voucher.redemptionId));
  // Only now, so that all of them are one read.
  if (voucher && merchant) wants.push(...wantBearers(voucher, merchant, known));
  return wants;
}

function decideRedeem(facts: Facts, input: RedeemInput, call: Call): Decision<RedemptionReply> {
  const { merchantId, storeId, terminalId, presentedAt, orderAmountFen } = input;
  const { at } = call;
  const store = facts.get('store', storeId);
  if (!store || store.merchantId !== merchantId) return refuse('store_not_found', { store_id: storeId });
  const terminal = terminalId === null ? undefined : facts.get('terminal', terminalId);
  if (terminalId !== null && terminal?.storeId !== storeId) return refuse('terminal_not_found', { terminal_id: terminalId });
  const earliest = at - policyAt(facts, 'offline_window', at).hours * HOUR;
  if (presentedAt !== null && (presentedAt < earliest || presentedAt > at + SKEW_MS)) {
    const direction = presentedAt < earliest ? 'behind' : 'ahead';
    const latest = at + SKEW_MS;
    return refuse('presented_at_out_of_range', { presented_at: presentedAt, direction, earliest_at: earliest, latest_at: latest });
  }
  const presented = presentedFacts(facts, input, at);
  const problem = notRedeemable(presented);
  if (problem) return problem;
  const { voucher, code, merchant, wrongPins } = presented as Presented & { voucher: Row<'voucher'>; code: Row<'code'> };
  const unproven = pinProblem(code, input.pinHash ?? null, wrongPins);
  if (unproven) return unproven;
  if (voucher.kind === 'cash' && orderAmountFen === null) return refuse('order_amount_required');
  const order = orderUse(facts, input, voucher.faceFen, at);
  if (order && 'refused' in order) return order;

  // From here on it succeeds.
  const row = redemptionRow(input, voucher, order?.key ?? null, policyAt(facts, 'reversal_window', at).hours, call);
  const postings = redemptionPostings(facts, voucher, merchant, call.day);
  return {
    entries: [{ kind: 'redemption', effectiveAt: presentedAt ?? at, subject: row.id, postings }],
    rows: [
      put('redemption', row),
      put('voucher', {
        ...voucher,
        state: 'redeemed',
        redemptionId: row.id,
        lastRedemptionId: row.id,
        redeemedAt: Math.max(at, code.mintedAt, voucher.redeemedAt ?? 0),
        cycles: voucher.cycles + 1,
      }),
    ],
    uses: order ? [order] : [],
    reply: redemptionReply(row),
  };
}

function presentedFacts(facts: Facts, { codeHash, merchantId, presentedAt }: RedeemInput, at: number): Presented {
  const code = facts.get('code', codeHash);
  const voucher = code && facts.get('voucher', code.voucherId);
  return {
    code,
    voucher,
    resident: voucher && facts.get('resident', voucher.residentId),
    redemption: voucher?.redemptionId ? facts.get('redemption', voucher.redemptionId) : undefined,
    merchant: facts.get('merchant', merchantId)!,
    presentedAt,
    at,
    maxCycles: policyAt(facts, 'redemption_cycles', at).max,
    wrongPins: code?.pinHash == null ? 0 : facts.used(wrongPinsKey(code)),
  };
}

/** The facts that `redemptionPostings` needs. */
export function wantBearers(voucher: Row<'voucher'>, merchant: Row<'merchant'>, known: Known): Want[] {
  return wantSuccession(known, merchant.communityId, ...voucherShares(voucher).map(({ issuer }) => issuer));
}

/**
 * A redemption's legs on a business day: for each issuer its points out of escrow, its cost and the dues for it. Cost and dues belong to
 * the communities that have succeeded issuer and acquirer by that day.
 */
export function redemptionPostings(facts: Facts, voucher: Row<'voucher'>, merchant: Row<'merchant'>, day: string): Posting[] {
  const acquirer = bearerOf(facts, merchant.communityId, day);
  return voucherShares(voucher).flatMap(({ issuer, points, fen }) => {
    const spent = [dr(account.escrow(issuer), points), cr(account.redeemed(issuer), points)];
    return [...spent, ...duePostings([{ community: bearerOf(facts, issuer, day), fen }], acquirer, merchant.id, day)];
  });
}

function redemptionRow(
  input: RedeemInput,
  voucher: Row<'voucher'>,
  orderKey: string | null,
  reversibleHours: number,
  { id, at, day, client, key }: { id: string; at: number; day: string; client: string; key: string },
): Row<'redemption'> {
  const { merchantId, storeId, terminalId, orderNo, orderAmountFen, presentedAt } = input;
  return {
    id: idOf('red', id),
    voucherId: voucher.id,
    merchantId,
    storeId,
    terminalId,
    client,
    requestNo: key,
    orderNo,
    orderAmountFen,
    orderKey,
    points: voucher.points,
    fen: voucher.faceFen,
    businessDay: day,
    at,
    presentedAt,
    reversibleUntil: at + reversibleHours * HOUR,
  };
}

/** The reply for a redemption, as it was made. */
export function redemptionReply(row: Row<'redemption'>): RedemptionReply {
  return {
    id: row.id,
    voucher_id: row.voucherId,
    merchant_id: row.merchantId,
    store_id: row.storeId,
    terminal_id: row.terminalId,
    request_no: row.requestNo,
    order_no: row.orderNo,
    points: row.points,
    discount_fen: row.fen,
    business_day: row.businessDay,
    redeemed_at: row.at,
    presented_at: row.presentedAt,
    reversible_until: row.reversibleUntil,
    entry_id: redemptionEntry(row.id),
  };
}

/** The id of a redemption's entry, which has the redemption's digits. */
export function redemptionEntry(redemptionId: string): string {
  return entryId({ id: hexOf(redemptionId) });
}
