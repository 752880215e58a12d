export { buildApp } from './app.ts';
export type { ApiConfig, DeliverCode, SigningKeys } from './deps.ts';
export { createLogger } from './log.ts';
export { approveProposal, type ProposableName, propose } from './proposables.ts';
export { sentenceOf } from './problem.ts';
