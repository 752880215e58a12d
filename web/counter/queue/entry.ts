/** An attempt to redeem whose outcome is not known yet, and what is to be done about it next. Pure: nothing here asks anybody. */
import type { Order, Redemption } from '../teller.ts';

/** How long people at a counter wait for an answer before it counts as lost. */
export const ANSWER_MS = 4_000;

/**
 * How long after an attempt a cashier who says nothing is taken to have given no discount, as they were told: then it is voided. Nobody stands
 * at a counter longer than that.
 */
const DECIDE_MS = 120_000;

export type Outcome =
  | { readonly status: 'succeeded'; readonly redemption: Redemption }
  | { readonly status: 'refused'; readonly code: string; readonly message: string; readonly detail: string }
  /** It does not count; `undone`: it had been done, and was undone. */
  | { readonly status: 'voided'; readonly undone: boolean };

/** The details of a voucher that the cashier saw on redeeming it; without a network only the face value, from the resident's phone. */
export type Seen = { readonly title: string | null; readonly residentName: string | null; readonly faceFen: number | null };

export type Entry = {
  readonly requestNo: string;
  /** The key of the counter that it belongs to. All tills of one counter act as one client, so the next cashier there can settle it. */
  readonly counter: string;
  /** Sent as it is, however often. */
  readonly order: Order;
  readonly seen: Seen;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The time at which the code was shown (RFC 3339), if it was accepted without a network, to be forwarded later; null otherwise. */
  readonly presentedAt: string | null;
  /** Whether that is still by this device's clock alone: it is corrected once, before it is sent for the first time. */
  readonly byOwnClock?: boolean;
  /** Whether the discount was handed out, as far as the cashier has said. */
  readonly given: 'given' | 'not_given' | 'unsaid';
  /** The advice that makes sure it never counts, with its own key. */
  readonly void: { readonly key: string; readonly reason: string } | null;
  readonly outcome: Outcome | null;
};

type Step = 'rest' | 'ask' | 'forward' | 'void' | 'give_up';

/** The next step for an entry at `now`, in epoch milliseconds. */
export function stepOf({ outcome, void: advice, presentedAt, startedAt, given }: Entry, now: number): Step {
  if (outcome) return 'rest';
  if (advice) return 'void';
  if (presentedAt !== null) return 'forward';
  // The sender is still waiting for the answer.
  if (now < startedAt + ANSWER_MS) return 'rest';
  return given === 'unsaid' && now >= startedAt + DECIDE_MS ? 'give_up' : 'ask';
}

/** When an entry that rests is to be looked at again; undefined: it is settled. */
export function restsUntil({ outcome, startedAt }: Entry): number | undefined {
  return outcome ? undefined : startedAt + ANSWER_MS;
}

/** The time at which the code was shown, by the service's clock if it is known. */
export function presented(at: number, offsetMs: number | undefined): Pick<Entry, 'presentedAt' | 'byOwnClock'> {
  return { presentedAt: new Date(at + (offsetMs ?? 0)).toISOString(), byOwnClock: offsetMs === undefined };
}

/** The entry with its time by the service's clock, which is then sent as it is, however often. */
export function corrected(entry: Entry, offsetMs: number | undefined): Entry {
  if (entry.presentedAt === null || !entry.byOwnClock) return entry;
  return { ...entry, ...presented(Date.parse(entry.presentedAt), offsetMs ?? 0) };
}

/** The entry with an outcome, unless the cashier has meanwhile said that it must not count: then only the void's own outcome decides. */
export function settled(entry: Entry, outcome: Outcome, byVoid = false): Entry {
  return entry.outcome || (entry.void && !byVoid) ? entry : { ...entry, outcome };
}

/** The entry with the advice that it must never count. Its void decides then, whatever is known of it. */
export function withVoid(entry: Entry, key: string, reason: string): Entry {
  if (entry.void || entry.outcome?.status === 'voided' || entry.outcome?.status === 'refused') return entry;
  return { ...entry, given: 'not_given', void: { key, reason }, outcome: null };
}

/**
 * The discount was handed out and the code, shown in time, came too late: it is forwarded, as an attempt of its own. Undefined where that
 * is not so.
 */
export function forwardedAfter(entry: Entry, outcome: Outcome, requestNo: string): Entry | undefined {
  if (entry.given !== 'given' || entry.presentedAt !== null || entry.void) return undefined;
  if (outcome.status !== 'refused' || outcome.code !== 'code_expired') return undefined;
  return { ...entry, requestNo, ...presented(entry.startedAt, undefined) };
}
