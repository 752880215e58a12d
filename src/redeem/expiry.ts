import { type Call, type Command, type Decision, type Facts, type Known, one, put, startOfDay, type Want } from '../ledger/index.ts';
import { ended, isOpen } from './ending.ts';
import { refuse } from './refusals.ts';
import { wantReturn } from './sources.ts';

type ExpireVoucherInput = { readonly voucherId: string };

type ExpireVoucherReply = { voucher_id: string; points: number };

/** Books the expiry of a voucher whose date is past. */
export const expireVoucher: Command<ExpireVoucherInput, ExpireVoucherReply> = {
  name: 'expire-voucher',
  load: loadExpireVoucher,
  decide: decideExpireVoucher,
};

function loadExpireVoucher({ voucherId }: ExpireVoucherInput, known: Known, at: number): readonly Want[] {
  return [one('voucher', voucherId), ...wantReturn(voucherId, known, at)];
}

function decideExpireVoucher(facts: Facts, { voucherId }: ExpireVoucherInput, { at }: Call): Decision<ExpireVoucherReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher) return refuse('voucher_not_found', { voucher_id: voucherId });
  if (!isOpen(voucher) || at < voucher.validUntil) return refuse('voucher_not_due', { voucher_id: voucherId });
  return { ...ended(facts, [voucher], at, null), reply: { voucher_id: voucherId, points: voucher.points } };
}

/** How long after the beginning of a day a command of the day before may still be under way. */
const UNDER_WAY_MS = 10 * 60_000;

/** Whether no voucher or lot that ended before `day` began can become due any more: then its expiry can be finished. */
export function canFinishExpiry(day: string, at: number): boolean {
  return at >= startOfDay(day) + UNDER_WAY_MS;
}

type FinishExpiryInput = { readonly day: string };

type FinishExpiryReply = { day: string };

/** Notes that everything that ended before `day` began is booked, so that the job does not look for it again. */
export const finishExpiry: Command<FinishExpiryInput, FinishExpiryReply> = {
  name: 'finish-expiry',
  load: loadFinishExpiry,
  decide: decideFinishExpiry,
};

function loadFinishExpiry({ day }: FinishExpiryInput): readonly Want[] {
  return [one('expiryDay', day)];
}

function decideFinishExpiry(facts: Facts, { day }: FinishExpiryInput, { at }: Call): Decision<FinishExpiryReply> {
  return {
    rows: facts.get('expiryDay', day) ? [] : [put('expiryDay', { day, bookedAt: at })],
    reply: { day },
  };
}
