import { type Auth, authOf } from './http/auth.ts';
import { type Submit, type SubmitItem, submitOf, type SubmitOnce, type SubmitOutcome } from './http/commands.ts';
import type { Given } from './http/given.ts';
import { GuessGuard } from './http/guess-guard.ts';
import { metricsOfService } from './http/books-metrics.ts';
import type { Metrics } from './http/metrics.ts';
import { type Passwords, passwordsOf } from './passwords.ts';
import { type Redeeming, redeemingOf } from './till.ts';

const MINUTE_MS = 60_000;

/** Wrong tries by client and address, each kind by itself. A whole community centre may share one address. */
type Guards = {
  /** Codes that a till presents, PINs, and phones that an officer looks up. */
  readonly guesses: GuessGuard;
  /** Secrets, for a client at an address: knowing a client's id must not be enough to lock it out. */
  readonly secrets: GuessGuard;
  /** Requests for one-time codes, by phone. */
  readonly asks: GuessGuard;
  /** Passwords and one-time codes, for a login or phone at an address. */
  readonly signIns: GuessGuard;
};

/** The dependencies of routes. All state between requests is in here, except the streams of events. */
export type Deps = Given & {
  readonly auth: Auth;
  readonly guards: Guards;
  readonly redeeming: Redeeming;
  readonly metrics: Metrics;
  readonly passwords: Passwords;
  readonly submit: Submit;
  readonly submitOutcome: SubmitOutcome;
  readonly submitOnce: SubmitOnce;
  readonly submitItem: SubmitItem;
};

/** Makes the dependencies of the service from its input, without any state yet. */
export function depsOf(given: Given): Deps {
  const metrics = given.metrics ?? metricsOfService(given);
  const guards = guardsOf();
  return {
    ...given,
    metrics,
    auth: authOf(given),
    guards,
    redeeming: redeemingOf(given, guards.guesses),
    passwords: passwordsOf(given),
    ...submitOf({ ...given, metrics }),
  };
}

function guardsOf(): Guards {
  return {
    guesses: new GuessGuard({ clientMax: 20, addressMax: 100, windowMs: 5 * MINUTE_MS }),
    secrets: new GuessGuard({ clientMax: 10, addressMax: 100, windowMs: 5 * MINUTE_MS }),
    asks: new GuessGuard({ clientMax: 20, addressMax: 100, windowMs: 10 * MINUTE_MS }),
    signIns: new GuessGuard({ clientMax: 20, addressMax: 100, windowMs: 5 * MINUTE_MS }),
  };
}
