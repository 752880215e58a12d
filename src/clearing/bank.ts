/**
 * Movements on the bank accounts of communities. A bank's reference stands for one movement on one account, once, in whatever spelling it
 * comes.
 */
import { foldedReference } from '../text/index.ts';
import { type Facts, type Known, one, put, type Refusal, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

type BankMovementDraft = Omit<Row<'bankMovement'>, 'bookedAt'>;

/** The rows of a movement, positive in, negative out: itself, and its reference in the form in which references are compared. */
export function bankMoved(movement: BankMovementDraft, at: number): RowChange[] {
  const { reference, communityId } = movement;
  return [
    put('bankMovement', { ...movement, bookedAt: at }),
    put('bankReference', { folded: foldedReference(reference), communityId, reference }),
  ];
}

/** The facts that `bankReferenceUsed` needs. */
export function wantBankReference(communityId: string, reference: string, known: Known): Want[] {
  const folded = foldedReference(reference);
  const other = known.get('bankReference', folded, communityId);
  return [
    one('bankReference', folded, communityId),
    one('bankMovement', reference, communityId),
    ...(other ? [one('bankMovement', other.reference, communityId)] : []),
  ];
}

/**
 * The refusal of a reference that stands for another movement already. Movements that were booked before references were folded may have
 * the same one in several spellings: then the very spelling counts first.
 */
export function bankReferenceUsed(facts: Facts, communityId: string, reference: string): Refusal | undefined {
  const other = facts.get('bankReference', foldedReference(reference), communityId);
  const used = facts.get('bankMovement', reference, communityId) ?? (other && facts.get('bankMovement', other.reference, communityId));
  if (!used) return undefined;
  const { kind, subject, fen, bookedAt } = used;
  const storedAs = used.reference === reference ? {} : { stored_as: used.reference };
  return refuse('bank_reference_used', { bank_reference: reference, ...storedAs, kind, subject, fen, booked_at: bookedAt });
}
