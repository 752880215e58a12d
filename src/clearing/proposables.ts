import type { Approval, Proposable } from '../communities/index.ts';
import { adjust, type AdjustInput } from './adjustments.ts';

/** What of this folder can be proposed, by name. */
export const clearingProposables = {
  adjustment: {
    office: 'street',
    command: adjust,
    complete: (input: ProposedAdjustment, { proposedBy, approvedBy, reason }: Approval): AdjustInput => ({
      ...input,
      reason,
      proposedBy: proposedBy.id,
      approvedBy,
    }),
  },
} satisfies Record<string, Proposable>;

/** The proposal's reason is the adjustment's. */
export type ProposedAdjustment = Pick<AdjustInput, 'entryId' | 'right'>;
