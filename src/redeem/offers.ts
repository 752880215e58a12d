import { idOf } from '../store/index.ts';
import {
  addDays,
  type Call,
  type Command,
  dayOf,
  type Decision,
  type Facts,
  type Known,
  one,
  put,
  startOfDay,
  type Want,
} from '../ledger/index.ts';
import { type Acting, keepsRegisterOf } from '../access/index.ts';
import { policyAt, type PolicyValue, wantPolicies } from '../communities/index.ts';
import { refuse } from './refusals.ts';

/** The value of points in fen at a rate, rounded down. */
export function worth(points: number, rate: PolicyValue<'rate'>): number {
  return Math.floor((points * rate.fen) / rate.points);
}

/** The end of a voucher that is issued at `at`, in epoch milliseconds: it is good today and on the whole of its last day. */
export function endOfVoucher(at: number, validDays: number): number {
  return startOfDay(addDays(dayOf(at), validDays + 1));
}

export type AddOfferInput = {
  readonly by: Acting;
  readonly title: string;
  /** The price in points; for cash, of one multiple. */
  readonly points: number;
} & (
  | { /** Takes money off at any merchant of any community. */ readonly kind: 'cash' }
  | {
      /** One thing at one merchant, who is owed `settlementFen` for it. */
      readonly kind: 'item';
      readonly merchantId: string;
      readonly settlementFen: number;
    }
);

export type AddOfferReply = {
  id: string;
  /** The offer as it was told: replies that are stored from before have only its id. */
  told?: {
    readonly faceFen: number;
    readonly validUntil: number;
    readonly communityName: string | null;
    readonly merchantStatus: string | null;
  };
};

/** Puts something on sale: cash by the street, an item by the merchant's own community or the street. */
export const addOffer: Command<AddOfferInput, AddOfferReply> = { name: 'add-offer', load: loadAddOffer, decide: decideAddOffer };

function loadAddOffer(input: AddOfferInput, known: Known): readonly Want[] {
  const merchant = input.kind === 'item' ? known.get('merchant', input.merchantId) : undefined;
  const wants = [...wantPolicies('rate', 'voucher_validity'), ...(input.kind === 'item' ? [one('merchant', input.merchantId)] : [])];
  return merchant ? [...wants, one('community', merchant.communityId)] : wants;
}

function decideAddOffer(facts: Facts, input: AddOfferInput, { id: commandId, at }: Call): Decision<AddOfferReply> {
  const { by, kind, title, points } = input;
  const id = idOf('ofr', commandId);
  const common = { id, kind, title, points, status: 'active', statusReason: null, createdAt: at, version: 0 };
  const rate = policyAt(facts, 'rate', at);
  const validUntil = endOfVoucher(at, policyAt(facts, 'voucher_validity', at).days);
  if (kind === 'cash') {
    if (by.communityId !== null) return refuse('foreign_community');
    const told = { faceFen: worth(points, rate), validUntil, communityName: null, merchantStatus: null };
    return { rows: [put('offer', { ...common, settlementFen: null, merchantId: null, communityId: null })], reply: { id, told } };
  }
  const { merchantId, settlementFen } = input;
  const merchant = facts.get('merchant', merchantId);
  if (!merchant) return refuse('merchant_not_found', { merchant_id: merchantId });
  if (!keepsRegisterOf(by, merchant.communityId)) return refuse('foreign_community', { community_id: merchant.communityId });
  const most = worth(points, rate);
  if (settlementFen > most) return refuse('offer_above_rate', { settlement_fen: settlementFen, at_most_fen: most });
  const { communityId, status: merchantStatus } = merchant;
  const told = { faceFen: settlementFen, validUntil, communityName: facts.get('community', communityId)!.name, merchantStatus };
  return { rows: [put('offer', { ...common, settlementFen, merchantId, communityId })], reply: { id, told } };
}

export type SetOfferStatusInput = {
  readonly by: Acting;
  readonly id: string;
  readonly status: 'active' | 'withdrawn';
  readonly reason: string;
};

type SetOfferStatusReply = { id: string; status: 'active' | 'withdrawn' };

/** Takes an offer off sale, or puts it back. Vouchers already issued keep their worth. */
export const setOfferStatus: Command<SetOfferStatusInput, SetOfferStatusReply> = {
  name: 'set-offer-status',
  load: loadSetOfferStatus,
  decide: decideSetOfferStatus,
};

function loadSetOfferStatus({ id }: SetOfferStatusInput): readonly Want[] {
  return [one('offer', id)];
}

function decideSetOfferStatus(facts: Facts, { by, id, status, reason }: SetOfferStatusInput): Decision<SetOfferStatusReply> {
  const offer = facts.get('offer', id);
  if (!offer) return refuse('offer_not_found', { offer_id: id });
  if (!keepsRegisterOf(by, offer.communityId)) return refuse('foreign_community', { community_id: offer.communityId });
  if (offer.status === status) return refuse('status_unchanged', { status });
  return { rows: [put('offer', { ...offer, status, statusReason: reason })], reply: { id, status } };
}
