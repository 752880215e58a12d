import { type Command, one, put, startOfDay } from '../ledger/index.ts';
import { ended, isOpen } from './ending.ts';
import { refuse } from './refusals.ts';
import { wantReturn } from './sources.ts';

/** Books the expiry of a voucher whose date is past. */
export const expireVoucher: Command<{ readonly voucherId: string }, { voucher_id: string; points: number }> = {
  name: 'expire-voucher',
  load: ({ voucherId }, known, at) => [one('voucher', voucherId), ...wantReturn(voucherId, known, at)],
  decide(facts, { voucherId }, { at }) {
    const voucher = facts.get('voucher', voucherId);
    if (!voucher) return refuse('voucher_not_found', { voucher_id: voucherId });
    if (!isOpen(voucher) || at < voucher.validUntil) return refuse('voucher_not_due', { voucher_id: voucherId });
    return { ...ended(facts, [voucher], at, null), reply: { voucher_id: voucherId, points: voucher.points } };
  },
};

/** How long after the beginning of a day a command of the day before may still be under way. */
const UNDER_WAY_MS = 10 * 60_000;

/** Whether nothing any more can become due that ended before `day` began: then its expiry can be finished. */
export function canFinishExpiry(day: string, at: number): boolean {
  return at >= startOfDay(day) + UNDER_WAY_MS;
}

/** Notes that everything is booked that ended before `day` began, so that nobody looks for it again. */
export const finishExpiry: Command<{ readonly day: string }, { day: string }> = {
  name: 'finish-expiry',
  load: ({ day }) => [one('expiryDay', day)],
  decide: (facts, { day }, { at }) => ({
    rows: facts.get('expiryDay', day) ? [] : [put('expiryDay', { day, bookedAt: at })],
    reply: { day },
  }),
};
