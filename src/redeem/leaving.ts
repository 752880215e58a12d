import { endedBy, type StepInput, type StepReply } from '../communities/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, one, type Want } from '../ledger/index.ts';
import { ended, isOpen } from './ending.ts';
import { wantReturn } from './sources.ts';

type EndVoucherInput = StepInput & { readonly voucherId: string };

/** Ends an open voucher of somebody who is being erased; its points expire. */
export const endVoucher: Command<EndVoucherInput, StepReply> = { name: 'end-voucher', load: loadEndVoucher, decide: decideEndVoucher };

function loadEndVoucher({ erasureId, voucherId }: EndVoucherInput, known: Known, at: number): readonly Want[] {
  return [one('erasure', erasureId), one('voucher', voucherId), ...wantReturn(voucherId, known, at)];
}

function decideEndVoucher(facts: Facts, { erasureId, voucherId }: EndVoucherInput, { at }: Call): Decision<StepReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher || voucher.residentId !== endedBy(facts, erasureId, at)?.residentId || !isOpen(voucher)) return { reply: { done: false } };
  return { ...ended(facts, [voucher], at, null), reply: { done: true } };
}
