/** Everything that takes two officers, whichever folder it is of. */
import { communityProposables, proposalCommands } from '../communities/index.ts';

const proposables = { ...communityProposables };

export type ProposableName = keyof typeof proposables;

export const { propose, approveProposal } = proposalCommands(proposables);
