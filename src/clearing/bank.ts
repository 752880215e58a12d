/** Movements on the bank accounts of communities. A bank's reference stands for one movement on one account, once. */
import { type Facts, put, type Refusal, type Row, type RowChange } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

type BankMovementDraft = Omit<Row<'bankMovement'>, 'bookedAt'>;

/** The row of a movement, positive in, negative out. */
export function bankMoved(movement: BankMovementDraft, at: number): RowChange {
  return put('bankMovement', { ...movement, bookedAt: at });
}

/** The refusal of a reference that stands for another movement already. Its row, or the absence of one, must be loaded. */
export function bankReferenceUsed(facts: Facts, communityId: string, reference: string): Refusal | undefined {
  const used = facts.get('bankMovement', reference, communityId);
  if (!used) return undefined;
  const { kind, subject, fen, bookedAt } = used;
  return refuse('bank_reference_used', { bank_reference: reference, kind, subject, fen, booked_at: bookedAt });
}
