/** Everything that takes two officers, whichever folder it is of. */
import { clearingProposables } from '../clearing/index.ts';
import { communityProposables, proposalCommands } from '../communities/index.ts';

const proposables = { ...communityProposables, ...clearingProposables };

export type ProposableName = keyof typeof proposables;

export const { propose, approveProposal } = proposalCommands(proposables);
