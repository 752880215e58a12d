import type { Approval, Proposable } from '../communities/index.ts';
import { clawBackGrant, type ClawBackInput } from './claw-back.ts';

/** What of this folder can be proposed, by name. */
export const redeemProposables = {
  clawback: {
    office: 'community',
    command: clawBackGrant,
    complete: (input: ProposedClawBack, { proposedBy, reason }: Approval): ClawBackInput => ({ ...input, by: proposedBy, reason }),
  },
} satisfies Record<string, Proposable>;

/** The proposal's reason is the claw-back's. */
export type ProposedClawBack = Pick<ClawBackInput, 'grantId'>;
