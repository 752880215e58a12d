export { redeemChecks } from './audit.ts';
export { isCode, mintCode, newCode } from './codes.ts';
export { addOffer, type AddOfferInput, setOfferStatus, type SetOfferStatusInput, worth } from './offers.ts';
export { notRedeemable, redeem, type RedeemInput, type RedemptionReply } from './redemptions.ts';
export { redeemRefusals } from './refusals.ts';
export { reverseRedemption, type ReversalReply, voidRedemption, type VoidReply } from './reversals.ts';
export { cancelVoucher, expireVoucher, issueVoucher, setVoucherStatus, type Share, type VoucherReply, voucherShares } from './vouchers.ts';
