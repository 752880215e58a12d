/** Everything that takes two officers, whichever folder it is of. */
import { clearingProposables } from '../clearing/index.ts';
import { communityProposables, proposalCommands } from '../communities/index.ts';
import { redeemProposables } from '../redeem/index.ts';

const proposables = { ...communityProposables, ...redeemProposables, ...clearingProposables };

export type ProposableName = keyof typeof proposables;

export const { propose, approveProposal } = proposalCommands(proposables);
