/** Finds out what became of entries, or makes sure that they do not count. */
import { newKey } from '../../api/attempt.ts';
import { ApiProblem } from '../../api/client.ts';
import type { Redemption, Teller } from '../teller.ts';
import type { Offset } from '../../api/clock.ts';
import { corrected, type Entry, forwardedAfter, type Outcome, settled, stepOf, withVoid } from './entry.ts';
import type { Shelf } from './shelf.ts';

/** Items that are forwarded at once. */
const BATCH = 50;

export type Settling = {
  readonly shelf: Shelf;
  readonly teller: Teller;
  readonly now: () => number;
  /** How far this device's clock is from the service's. */
  readonly offset: Offset;
  /** Why the page voids what the cashier has said nothing about. */
  readonly unsaid: string;
};

/** Goes through some entries once. Throws what keeps it from going on: no answer, no session, too many requests. */
export async function settleAll(entries: readonly Entry[], settling: Settling): Promise<void> {
  const { shelf, teller, now, unsaid } = settling;
  for (const entry of entries) {
    const step = stepOf(entry, now());
    if (step === 'ask') await conclude(settling, entry, await asked(teller, entry));
    if (step === 'void') await voidIt(settling, entry);
    if (step === 'give_up') {
      const advised = withVoid(entry, newKey(), unsaid);
      await shelf.update(entry.requestNo, (current) => (current.given === 'unsaid' ? advised : current));
    }
  }
  const stored = await timed(
    settling,
    entries.filter((entry) => stepOf(entry, now()) === 'forward'),
  );
  for (let from = 0; from < stored.length; from += BATCH) await forward(settling, stored.slice(from, from + BATCH));
}

/** Stored entries with their times by the service's clock. Where no answer has told its time yet, it is asked for first. */
async function timed({ shelf, teller, offset }: Settling, stored: readonly Entry[]): Promise<readonly Entry[]> {
  const waiting = stored.filter(({ byOwnClock }) => byOwnClock);
  if (waiting.length > 0 && offset() === undefined) await teller.reach();
  const found = offset();
  for (const { requestNo } of waiting) await shelf.update(requestNo, (current) => corrected(current, found));
  return stored.map((entry) => corrected(entry, found));
}

async function conclude({ shelf }: Settling, { requestNo }: Entry, outcome: Outcome): Promise<void> {
  const next = newKey();
  await shelf.update(requestNo, (current) => forwardedAfter(current, outcome, next) ?? settled(current, outcome));
}

/** Reads what became of it; if it was not seen, sends the very same again. */
async function asked(teller: Teller, { requestNo, order }: Entry): Promise<Outcome> {
  const became = await teller.becameOf(requestNo);
  if (!became) return outcomeOf(() => teller.redeem(order, requestNo));
  const { status, redemption, refusal } = became;
  if (status === 'succeeded') return { status, redemption: redemption! };
  if (status === 'refused') return refused(refusal!);
  return { status: 'voided', undone: redemption !== null };
}

/** The outcome of sending a redemption. Throws where it was not decided. */
export async function outcomeOf(send: () => Promise<Redemption>): Promise<Outcome> {
  try {
    return outcomeOfMade(await send());
  } catch (error) {
    if (!decided(error)) throw error;
    if (error.code === 'request_voided') return { status: 'voided', undone: false };
    return refused(error.body);
  }
}

/** An answer that comes again tells how the redemption stands now: it may have been undone since. */
function outcomeOfMade(redemption: Redemption): Outcome {
  return redemption.now.status === 'succeeded' ? { status: 'succeeded', redemption } : { status: 'voided', undone: true };
}

async function voidIt({ shelf, teller }: Settling, entry: Entry): Promise<void> {
  const outcome = await voided(teller, entry);
  await shelf.update(entry.requestNo, (current) => (current.void ? settled(current, outcome, true) : current));
}

async function voided(teller: Teller, { requestNo, void: advice }: Entry): Promise<Outcome> {
  try {
    const { reversed } = await teller.void(requestNo, advice!.reason, advice!.key);
    return { status: 'voided', undone: reversed };
  } catch (error) {
    if (!decided(error)) throw error;
    return refused(error.body);
  }
}

async function forward(settling: Settling, entries: readonly Entry[]): Promise<void> {
  const items = entries.map(({ requestNo, order, presentedAt }) => ({ ...order, request_no: requestNo, presented_at: presentedAt! }));
  try {
    // Each is answered in its place.
    for (const [n, { redemption, refusal }] of (await settling.teller.forward(items)).entries()) {
      await conclude(settling, entries[n]!, redemption ? outcomeOfMade(redemption) : forwardRefused(refusal!));
    }
  } catch (error) {
    if (!decided(error)) throw error;
    // One item may be the fault for which all were turned away: each goes alone.
    if (entries.length > 1) for (const entry of entries) await forward(settling, [entry]);
    else await conclude(settling, entries[0]!, refused(error.body));
  }
}

type Refused = { readonly code: string; readonly cashier_message: string; readonly detail: string; readonly action: string };

function forwardRefused(refusal: Refused): Outcome {
  return refusal.code === 'request_voided' ? { status: 'voided', undone: false } : refused(refusal);
}

function refused({ code, cashier_message: message, detail, action }: Refused): Outcome {
  return { status: 'refused', code, message, detail: `${detail} ${action}` };
}

/** Whether an answer decides an attempt for good. Without a session, a right or patience nothing was decided, and of a server in trouble nobody knows. */
function decided(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && !error.outcomeUnknown && ![401, 403, 408, 429].includes(error.status);
}
