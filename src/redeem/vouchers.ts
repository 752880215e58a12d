import { hexOf, idOf } from '../store/index.ts';
import {
  account,
  balanceOf,
  type Call,
  type Command,
  cr,
  dayOf,
  type Decision,
  dr,
  entryId,
  type Facts,
  isRefusal,
  type Known,
  many,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { type Acting, actsFor } from '../access/index.ts';
import { notSpending, policyAt, type Share, voucherShares, wantPolicies } from '../communities/index.ts';
import { ended } from './ending.ts';
import { endOfVoucher, worth } from './offers.ts';
import { refuse } from './refusals.ts';
import { drawPoints, sharesOf, wantReturn } from './sources.ts';

/** The refusal to redeem a voucher at `at`, or undefined if it can be redeemed. A past date counts, whether or not the expiry is booked. */
export function notSpendable(voucher: Row<'voucher'>, at: number): Refusal | undefined {
  const { id: voucher_id, state, validUntil } = voucher;
  if (state === 'redeemed') return refuse('voucher_redeemed', { voucher_id });
  if (state === 'cancelled') return refuse('voucher_cancelled', { voucher_id });
  if (state === 'expired' || at >= validUntil) return refuse('voucher_expired', { voucher_id, valid_until: validUntil });
  if (state === 'suspended') return refuse('voucher_suspended', { voucher_id });
  return undefined;
}

/** The merchant that a voucher is bound to, if it is bound to one. */
export function wantBoundMerchant(voucher: Row<'voucher'> | undefined): Want[] {
  return voucher?.merchantId == null ? [] : [one('merchant', voucher.merchantId)];
}

/** The refusal to show a code for a voucher that no shop takes, since its only merchant is suspended. Needs `wantBoundMerchant`. */
export function notTaken(facts: Facts, { merchantId }: Row<'voucher'>): Refusal | undefined {
  if (merchantId === null || facts.get('merchant', merchantId)!.status === 'active') return undefined;
  return refuse('merchant_suspended', { merchant_id: merchantId });
}

export type IssueVoucherInput = {
  readonly residentId: string;
  readonly offerId: string;
  /** Multiples of a cash offer; 1 for an item. */
  readonly quantity: number;
  /** The officer who acts on the resident's behalf; null: the resident. */
  readonly by: Acting | null;
};

export type VoucherReply = {
  id: string;
  resident_id: string;
  offer_id: string;
  kind: string;
  points: number;
  face_fen: number;
  merchant_id: string | null;
  shares: readonly Share[];
  issued_at: number;
  valid_until: number;
  entry_id: string;
};

/** Turns points into a voucher: the lots that expire first are drawn first, within a lot the oldest grants. */
export const issueVoucher: Command<IssueVoucherInput, VoucherReply> = {
  name: 'issue-voucher',
  load: wantIssueFacts,
  decide: decideIssueVoucher,
  recall: {
    want: (commandId) => one('voucher', idOf('vch', commandId)),
    reply: (facts, commandId) => voucherReply(facts.get('voucher', idOf('vch', commandId))!),
  },
};

function decideIssueVoucher(facts: Facts, { residentId, offerId, quantity, by }: IssueVoucherInput, call: Call): Decision<VoucherReply> {
  const { at } = call;
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  if (by && !actsFor(by, resident.communityId)) return refuse('foreign_community', { community_id: resident.communityId });
  const barred = notSpending(resident);
  if (barred) return barred;
  const offer = facts.get('offer', offerId);
  if (!offer) return refuse('offer_not_found', { offer_id: offerId });
  if (offer.status !== 'active') return refuse('offer_withdrawn', { offer_id: offerId });
  const merchant = offer.merchantId === null ? undefined : facts.get('merchant', offer.merchantId);
  if (merchant && merchant.status !== 'active') return refuse('merchant_suspended', { merchant_id: merchant.id });
  if (offer.kind === 'item' && quantity !== 1) return refuse('quantity_not_allowed', { at_most: 1 });
  const points = offer.points * quantity;
  const most = worth(points, policyAt(facts, 'rate', at));
  const faceFen = offer.settlementFen ?? most;
  if (faceFen > most) return refuse('offer_above_rate', { settlement_fen: faceFen, at_most_fen: most });
  if (faceFen === 0) return refuse('voucher_worthless', { points });
  const drawn = drawPoints(facts, facts.list('lot', 'resident', residentId), points, dayOf(at));
  if (isRefusal(drawn)) return drawn;

  // From here on it succeeds.
  const row = voucherRow(call, residentId, offer, points, faceFen, sharesOf(drawn, faceFen), policyAt(facts, 'voucher_validity', at).days);
  const shares = voucherShares(row);
  return {
    entries: [
      {
        kind: 'voucher_issue',
        effectiveAt: at,
        subject: row.id,
        postings: [
          ...drawn.map(({ wallet, points: part }) => dr(wallet, part)),
          ...shares.map((share) => cr(account.escrow(share.issuer), share.points)),
        ],
      },
    ],
    rows: [
      put('voucher', row),
      ...drawn.map(({ grant, points: part }) => put('grant', { ...grant, remaining: grant.remaining - part })),
      ...drawn.map(({ grant, points: part }) => put('voucherSource', { voucherId: row.id, grantId: grant.id, points: part })),
    ],
    reply: voucherReply(row),
  };
}

function wantIssueFacts({ residentId, offerId }: IssueVoucherInput, known: Known, at: number): Want[] {
  const offer = known.get('offer', offerId);
  const lots = known.list('lot', 'resident', residentId).filter(({ expiresOn }) => expiresOn >= dayOf(at));
  return [
    ...wantPolicies('rate', 'voucher_validity'),
    one('resident', residentId),
    one('offer', offerId),
    many('lot', 'resident', residentId),
    ...(offer?.merchantId ? [one('merchant', offer.merchantId)] : []),
    ...lots.flatMap(({ communityId, expiresOn }) => [
      balanceOf(account.wallet(communityId, residentId, expiresOn)),
      many('grant', 'unspentInLot', residentId, communityId, expiresOn),
    ]),
  ];
}

function voucherRow(
  { id, at, actor }: { readonly id: string; readonly at: number; readonly actor: string },
  residentId: string,
  offer: Row<'offer'>,
  points: number,
  faceFen: number,
  shares: readonly Share[],
  validDays: number,
): Row<'voucher'> {
  return {
    id: idOf('vch', id),
    residentId,
    offerId: offer.id,
    kind: offer.kind,
    points,
    faceFen,
    shares: JSON.stringify(shares),
    merchantId: offer.merchantId,
    state: 'issued',
    stateReason: null,
    issuedAt: at,
    issuedBy: actor,
    validUntil: endOfVoucher(at, validDays),
    cycles: 0,
    redemptionId: null,
    redeemedAt: null,
    version: 0,
  };
}

/** The reply for a voucher, as it was issued; the id of its entry has the same digits. */
function voucherReply(row: Row<'voucher'>): VoucherReply {
  return {
    id: row.id,
    resident_id: row.residentId,
    offer_id: row.offerId,
    kind: row.kind,
    points: row.points,
    face_fen: row.faceFen,
    merchant_id: row.merchantId,
    shares: voucherShares(row),
    issued_at: row.issuedAt,
    valid_until: row.validUntil,
    entry_id: entryId({ id: hexOf(row.id) }),
  };
}

export type CancelVoucherInput = {
  readonly voucherId: string;
  /** The resident who cancels their own voucher, or the officer of their community who does it for them. */
  readonly by: { readonly residentId: string } | Acting;
  readonly reason: string;
};

type CancelVoucherReply = { voucher_id: string; points: number; cancelled_at: number; entry_id: string };

/** Gives a voucher's points back to the lots they came from; if a lot's date is past, its points expire. */
export const cancelVoucher: Command<CancelVoucherInput, CancelVoucherReply> = {
  name: 'cancel-voucher',
  load: loadCancelVoucher,
  decide: decideCancelVoucher,
};

function loadCancelVoucher({ voucherId }: CancelVoucherInput, known: Known, at: number): readonly Want[] {
  return [...wantVoucherAndResident(voucherId, known), ...wantReturn(voucherId, known, at)];
}

function decideCancelVoucher(facts: Facts, { voucherId, by, reason }: CancelVoucherInput, call: Call): Decision<CancelVoucherReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher) return refuse('voucher_not_found', { voucher_id: voucherId });
  const foreign = notOwned(facts, voucher, by);
  if (foreign) return foreign;
  const spent = notSpendable(voucher, call.at);
  if (spent) return spent;

  // From here on it succeeds.
  return {
    ...ended(facts, [voucher], call.at, reason),
    reply: { voucher_id: voucherId, points: voucher.points, cancelled_at: call.at, entry_id: entryId(call) },
  };
}

export type SetVoucherStatusInput = {
  readonly by: Acting;
  readonly id: string;
  readonly status: 'issued' | 'suspended';
  readonly reason: string;
};

type SetVoucherStatusReply = { id: string; status: 'issued' | 'suspended' };

/** Suspends a voucher that could be redeemed, or makes a suspended one good again. Its dates run on meanwhile. */
export const setVoucherStatus: Command<SetVoucherStatusInput, SetVoucherStatusReply> = {
  name: 'set-voucher-status',
  load: loadSetVoucherStatus,
  decide: decideSetVoucherStatus,
};

function loadSetVoucherStatus({ id }: SetVoucherStatusInput, known: Known): readonly Want[] {
  return wantVoucherAndResident(id, known);
}

function decideSetVoucherStatus(
  facts: Facts,
  { by, id, status, reason }: SetVoucherStatusInput,
  { at }: Call,
): Decision<SetVoucherStatusReply> {
  const voucher = facts.get('voucher', id);
  if (!voucher) return refuse('voucher_not_found', { voucher_id: id });
  const foreign = notOwned(facts, voucher, by);
  if (foreign) return foreign;
  if (voucher.state === status) return refuse('status_unchanged', { status });
  const spent = notSpendable({ ...voucher, state: voucher.state === 'suspended' ? 'issued' : voucher.state }, at);
  if (spent) return spent;
  return { rows: [put('voucher', { ...voucher, state: status, stateReason: reason })], reply: { id, status } };
}

function wantVoucherAndResident(voucherId: string, known: Known): Want[] {
  const voucher = known.get('voucher', voucherId);
  return [one('voucher', voucherId), ...(voucher ? [one('resident', voucher.residentId)] : [])];
}

function notOwned(facts: Facts, voucher: Row<'voucher'>, by: { readonly residentId: string } | Acting): Refusal | undefined {
  if ('residentId' in by) {
    return by.residentId === voucher.residentId ? undefined : refuse('voucher_not_found', { voucher_id: voucher.id });
  }
  const { communityId } = facts.get('resident', voucher.residentId)!;
  return actsFor(by, communityId) ? undefined : refuse('foreign_community', { community_id: communityId });
}
