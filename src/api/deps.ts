import type { Auth } from './http/auth.ts';
import type { Submit, SubmitItem, SubmitOnce, SubmitOutcome } from './http/commands.ts';
import type { Given } from './http/given.ts';
import type { GuessGuard } from './http/guess-guard.ts';
import type { Metrics } from './http/metrics.ts';
import type { Passwords } from './passwords.ts';
import type { Redeeming } from './till.ts';

/** What a route may use. */
export type Deps = Given & {
  readonly auth: Auth;
  /** Wrong codes and unknown phones, by client and address. */
  readonly guard: GuessGuard;
  readonly redeeming: Redeeming;
  readonly metrics: Metrics;
  readonly passwords: Passwords;
  readonly submit: Submit;
  readonly submitOutcome: SubmitOutcome;
  readonly submitOnce: SubmitOnce;
  readonly submitItem: SubmitItem;
};
