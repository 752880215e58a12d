export { buildApp } from './app.ts';
export type { ApiConfig, AppDeps, SigningKeys } from './deps.ts';
export { createLogger } from './log.ts';
