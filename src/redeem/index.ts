export { redeemChecks } from './audit.ts';
export { redemptionCounters, removedPapers } from './counters.ts';
export { clawBackGrant, clawBackMatter } from './claw-back.ts';
export { isCode, mintCode, newCode } from './codes.ts';
export { isOpen } from './ending.ts';
export { eraseAgain, type Erased, type EraseDeps, eraseDue } from './erasing.ts';
export { expireVoucher } from './expiry.ts';
export { closeDayOver, expireDue, type Expiries, type JobDeps } from './jobs.ts';
export { type VoucherMessage, voucherMessages } from './messages.ts';
export { addOffer, type AddOfferInput, type AddOfferReply, setOfferStatus, type SetOfferStatusInput } from './offers.ts';
export {
  namesOfOffer,
  namesOfRedemptions,
  type MerchantStatus,
  type OfferNames,
  type OfferState,
  offerState,
  offerStates,
  type RedemptionNames,
  type VoucherState,
  voucherState,
  voucherStates,
} from './names.ts';
export {
  codeByHash,
  offerById,
  offersOnSale,
  presentedNow,
  reconciliation,
  type ReconciliationLine,
  redemptionById,
  type RedemptionState,
  redemptionsOfStore,
  voucherById,
  voucherMarks,
  vouchersOf,
} from './queries.ts';
export { countWrongPin, newPin, printPaper } from './papers.ts';
export { isUsedUp, notRedeemable, type Presented } from './presented.ts';
export { redeem, type RedeemInput, type RedemptionReply, redemptionReply } from './redemptions.ts';
export { redeemRefusals } from './refusals.ts';
export { isOwn, reverseRedemption, type ReversalReply } from './reversals.ts';
export { voidRedemption, type VoidReply } from './voids.ts';
export { type Action, type BookedLine, type Finding, type List, type TillLine, type Totals } from './till-book.ts';
export { type BookDifference, compareBooks } from './till-book-reads.ts';
export { cancelVoucher, issueVoucher, notSpendable, setVoucherStatus, type VoucherReply } from './vouchers.ts';
