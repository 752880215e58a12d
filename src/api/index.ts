export { buildApp } from './app.ts';
export type { ApiConfig, ClockTrouble, CodePurpose, DeliverCode, SigningKeys } from './http/given.ts';
export { metricsOfService } from './http/books-metrics.ts';
export { metricsServer } from './http/metrics.ts';
export { createLogger } from './http/log.ts';
export { approveProposal, type MatterName, propose } from './routes/matters.ts';
export { sentenceOf } from './http/problem.ts';
