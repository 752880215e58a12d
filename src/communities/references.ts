/** A community's own references for its grants. Each counts once, for ever, in whatever spelling it comes. */
import { foldedReference } from '../text/index.ts';
import { type Facts, type Known, one, put, type Refusal, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

/** The facts that `referenceUsed` needs. */
export function wantReference(communityId: string, reference: string, known: Known): Want[] {
  const folded = foldedReference(reference);
  const other = known.get('foldedGrantReference', folded, communityId);
  return [
    one('foldedGrantReference', folded, communityId),
    one('grantReference', reference, communityId),
    ...(other ? [one('grant', other.grantId)] : []),
  ];
}

/**
 * The refusal of a reference that was used already. Grants that were made before references were folded may have the same one in several
 * spellings: then the very spelling counts first.
 */
export function referenceUsed(facts: Facts, communityId: string, reference: string): Refusal | undefined {
  const same = facts.get('grantReference', reference, communityId);
  if (same) return refuse('reference_used', { external_reference: reference, grant_id: same.grantId });
  const other = facts.get('foldedGrantReference', foldedReference(reference), communityId);
  if (!other) return undefined;
  const storedAs = facts.get('grant', other.grantId)!.externalReference!;
  return refuse('reference_used', { external_reference: reference, stored_as: storedAs, grant_id: other.grantId });
}

/** The rows of a grant's reference: as it was sent, and in the form in which references are compared. */
export function referenceRows({ communityId, externalReference: reference, id: grantId }: Row<'grant'>): RowChange[] {
  if (reference === null) return [];
  return [
    put('grantReference', { communityId, reference, grantId }),
    put('foldedGrantReference', { communityId, folded: foldedReference(reference), grantId }),
  ];
}
