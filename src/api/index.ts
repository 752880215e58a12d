export { buildApp } from './app.ts';
export type { ApiConfig, DeliverCode, SigningKeys } from './http/given.ts';
export { createLogger } from './http/log.ts';
export { approveProposal, type ProposableName, propose } from './proposables.ts';
export { sentenceOf } from './http/problem.ts';
