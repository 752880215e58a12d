import { type Auth, authOf } from './http/auth.ts';
import { type Submit, type SubmitItem, submitOf, type SubmitOnce, type SubmitOutcome } from './http/commands.ts';
import { type DeviceCookie, deviceCookieOf } from './http/device-cookie.ts';
import { carryOutGrantList } from '../communities/index.ts';
import type { Given } from './http/given.ts';
import { GuessGuard } from './http/guess-guard.ts';
import { metricsOfService } from './http/books-metrics.ts';
import type { Metrics } from './http/metrics.ts';
import { outageLog, type TellOutage } from './http/outage-log.ts';
import { type Passwords, passwordsOf } from './passwords.ts';
import { Lanes } from './lanes.ts';
import { Mints } from './mints.ts';
import { Pace } from './pace.ts';
import { type Redeeming, redeemingOf } from './till.ts';
import { type ReadWorkbook, workbookReader } from './workbook-reader.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Wrong tries, each kind by itself: by client and address, for a whole community centre may share one; those of tills by terminal. */
type Guards = {
  /** Codes that a till presents, and PINs. */
  readonly lanes: Lanes;
  /** Codes of households, by resident and address. */
  readonly households: GuessGuard;
  /** Phones that an officer looks up. */
  readonly phones: GuessGuard;
  /** Secrets, for a client at an address: knowing a client's id must not be enough to lock it out. */
  readonly secrets: GuessGuard;
  /** Requests for one-time codes, by strangers: for a phone at an address, and for all phones; in ten minutes, an hour, and a day. */
  readonly asks: GuessGuard;
  readonly asksOfHour: GuessGuard;
  readonly asksOfDay: GuessGuard;
  /** Passwords and one-time codes of strangers, by address. */
  readonly signIns: GuessGuard;
  /** The same from an address that has missed too often, for a login or phone at the address. */
  readonly floods: GuessGuard;
  /** One-time codes for people who register on their own phone, by address: each is a message to a number that nobody knows. */
  readonly registrationCodes: GuessGuard;
  /** Wrong codes at a registration: for a phone at an address, and for all phones. */
  readonly registrationTries: GuessGuard;
};

/** The paces of what leaves rows each time that it is done. */
type Paces = {
  /** A resident takes and cancels vouchers, or asks for what is not theirs. */
  readonly vouchers: Pace;
  /** A resident founds, joins and leaves households, or makes their codes. */
  readonly households: Pace;
  /** A resident asks to be erased, or withdraws it. */
  readonly leaving: Pace;
  /** The right password of a login is sent from one address. */
  readonly signIns: Pace;
  /** An officer tries a list of people, which tells of many phones whether they are registered. */
  readonly lists: Pace;
};

/** The dependencies of routes. All state between requests is in here, except the streams of events. */
export type Deps = Given & {
  readonly auth: Auth;
  readonly guards: Guards;
  readonly mints: Mints;
  readonly paces: Paces;
  readonly redeeming: Redeeming;
  readonly metrics: Metrics;
  readonly tellOutage: TellOutage;
  readonly passwords: Passwords;
  readonly devices: DeviceCookie;
  readonly readWorkbook: ReadWorkbook;
  /** Begins to grant the rows of an approved list; the jobs go on with what is left of it. */
  readonly carryOut: (grantListId: string) => void;
  readonly submit: Submit;
  readonly submitOutcome: SubmitOutcome;
  readonly submitOnce: SubmitOnce;
  readonly submitItem: SubmitItem;
};

/** Makes the dependencies of the service from its input, without any state yet. */
export function depsOf(given: Given): Deps {
  const metrics = given.metrics ?? metricsOfService(given);
  const guards = guardsOf();
  const tellOutage = outageLog(given.clock);
  return {
    ...given,
    metrics,
    tellOutage,
    auth: authOf(given),
    guards,
    mints: new Mints(),
    paces: pacesOf(),
    redeeming: redeemingOf(given, guards.lanes),
    passwords: passwordsOf(given),
    devices: deviceCookieOf(given),
    readWorkbook: workbookReader(),
    carryOut: carryingOut(given),
    ...submitOf({ ...given, metrics, tellOutage }),
  };
}

function carryingOut({ store: view, engine, logger }: Given): Deps['carryOut'] {
  return (grantListId) => {
    carryOutGrantList({ view, engine }, grantListId).catch((error: unknown) => {
      logger.warn({ err: error, grantListId }, 'a list of grants was interrupted: the jobs go on with it');
    });
  };
}

function pacesOf(): Paces {
  return {
    vouchers: new Pace({ atOnce: 100, perHour: 10, code: 'vouchers_too_often' }),
    households: new Pace({ atOnce: 40, perHour: 4, code: 'done_too_often' }),
    leaving: new Pace({ atOnce: 40, perHour: 4, code: 'done_too_often' }),
    signIns: new Pace({ atOnce: 100, perHour: 20, code: 'done_too_often' }),
    lists: new Pace({ atOnce: 30, perHour: 30, code: 'list_tried_too_often' }),
  };
}

function guardsOf(): Guards {
  return {
    lanes: new Lanes(),
    households: new GuessGuard({ clientMax: 5, addressMax: 100, windowMs: 60 * MINUTE_MS }),
    phones: new GuessGuard({ clientMax: 20, addressMax: 100, windowMs: 5 * MINUTE_MS }),
    secrets: new GuessGuard({ clientMax: 10, addressMax: 100, windowMs: 5 * MINUTE_MS }),
    asks: new GuessGuard({ clientMax: 5, addressMax: 100, windowMs: 10 * MINUTE_MS }),
    asksOfHour: new GuessGuard({ clientMax: 5, addressMax: 500, windowMs: 60 * MINUTE_MS }),
    asksOfDay: new GuessGuard({ clientMax: 10, addressMax: 500, windowMs: DAY_MS }),
    signIns: new GuessGuard({ clientMax: 20, addressMax: 100, windowMs: 5 * MINUTE_MS }),
    floods: new GuessGuard({ clientMax: 4, addressMax: 100, windowMs: 15 * MINUTE_MS }),
    registrationCodes: new GuessGuard({ clientMax: 10, addressMax: 300, windowMs: DAY_MS }),
    registrationTries: new GuessGuard({ clientMax: 10, addressMax: 60, windowMs: 15 * MINUTE_MS }),
  };
}
