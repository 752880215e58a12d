export { redeemChecks } from './audit.ts';
export { isCode, mintCode, newCode } from './codes.ts';
export { expireVoucher } from './expiry.ts';
export { closeYesterday, expireDue, type Expiries, type JobDeps } from './jobs.ts';
export { addOffer, type AddOfferInput, setOfferStatus, type SetOfferStatusInput } from './offers.ts';
export {
  offerById,
  offersOnSale,
  presentedNow,
  reconciliation,
  type ReconciliationLine,
  redemptionById,
  type RedemptionState,
  redemptionsOfStore,
  requestByNumber,
  storeById,
  voucherById,
  vouchersOf,
} from './queries.ts';
export { isUsedUp, notRedeemable, type Presented } from './presented.ts';
export { redeem, type RedeemInput, type RedemptionReply, redemptionReply } from './redemptions.ts';
export { redeemRefusals } from './refusals.ts';
export { isOwn, reverseRedemption, type ReversalReply, voidRedemption, type VoidReply } from './reversals.ts';
export { cancelVoucher, issueVoucher, notSpendable, setVoucherStatus, type VoucherReply } from './vouchers.ts';
