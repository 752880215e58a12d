/** Settlement runs: the business days that are settled together. */
import { idOf } from '../store/index.ts';
import {
  addDays,
  type Call,
  type Command,
  dayOf,
  type Decision,
  type Facts,
  many,
  one,
  put,
  type Row,
  type Want,
} from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { refuse } from './refusals.ts';

/** Closing reads and posts the open amounts of every day of the period. */
const PERIOD_DAYS_MAX = 366;

export type RunState = 'open' | 'closed' | 'confirmed' | 'paid';

/** The id of the run with a number: 1 for the first. So two runs cannot have one number. */
function runId(number: number): string {
  return idOf('run', number.toString(16).padStart(32, '0'));
}

export type OpenRunInput = {
  /** An officer of the street office. */
  readonly by: Acting;
  /** The next number, as far as is known. */
  readonly number: number;
  /** The cut-off: the last business day that is settled, of Asia/Shanghai. */
  readonly throughDay: string;
};

export type OpenRunReply = { id: string; number: number; from_day: string; through_day: string; opened_at: number };

/** Opens a run over the days after the last run; the first run begins with the establishment of the scheme. */
export const openSettlementRun: Command<OpenRunInput, OpenRunReply> = {
  name: 'open-settlement-run',
  load: loadOpenSettlementRun,
  decide: decideOpenSettlementRun,
};

function loadOpenSettlementRun({ number }: OpenRunInput): readonly Want[] {
  return [one('scheme', 'founded_at'), one('settlementRun', runId(number)), ...wantBefore(number)];
}

function decideOpenSettlementRun(facts: Facts, { by, number, throughDay }: OpenRunInput, { at, day }: Call): Decision<OpenRunReply> {
  if (by.communityId !== null) return refuse('street_only');
  const before = number > 1 ? facts.get('settlementRun', runId(number - 1)) : undefined;
  const there = facts.get('settlementRun', runId(number)) ?? before;
  if (there && (there !== before || there.state === 'open')) return refuse('settlement_run_open', { run_id: there.id });
  const fromDay = before ? addDays(before.throughDay, 1) : dayOf(Number(facts.get('scheme', 'founded_at')!.value));
  if (throughDay < fromDay) return refuse('settlement_day_settled', { through_day: throughDay, from_day: fromDay });
  const last = addDays(fromDay, PERIOD_DAYS_MAX - 1);
  if (throughDay > last) return refuse('settlement_period_too_long', { from_day: fromDay, latest_through_day: last });
  // A day that is not over could not be closed for long, and there is only one open run at a time.
  if (throughDay >= day) return refuse('business_day_not_over', { day: throughDay });
  const id = runId(number);
  const row = { ...bareRun, id, number, fromDay, throughDay, state: 'open', openedAt: at, openedBy: by.id };
  return {
    rows: [put('settlementRun', row)],
    reply: { id, number, from_day: fromDay, through_day: throughDay, opened_at: at },
  };
}

function wantBefore(number: number): Want[] {
  return number > 1 ? [one('settlementRun', runId(number - 1))] : [];
}

const bareRun = {
  closedAt: null,
  closedBy: null,
  confirmedAt: null,
  paidAt: null,
  grossFen: null,
  netFen: null,
  escalatesAt: null,
  unconfirmed: 0,
  unpaid: 0,
  version: 0,
} satisfies Partial<Row<'settlementRun'>>;

/**
 * A closed run with the status that follows from its counts: confirmed when both sides of every payment have confirmed, paid when nothing
 * is left to be paid.
 */
export function advanced(run: Row<'settlementRun'>, at: number): Row<'settlementRun'> {
  const confirmedAt = run.unconfirmed === 0 ? (run.confirmedAt ?? at) : null;
  const paidAt = confirmedAt !== null && run.unpaid === 0 ? at : null;
  return { ...run, confirmedAt, paidAt, state: paidAt !== null ? 'paid' : confirmedAt !== null ? 'confirmed' : 'closed' };
}

const closedStates = ['closed', 'confirmed', 'paid'] satisfies RunState[];

/** The facts that `isSettled` needs: all closed runs, which are few. */
export function wantClosedRuns(): Want[] {
  return closedStates.map((state) => many('settlementRun', 'state', state));
}

/** Whether a closed run has settled a business day: runs follow one another without gaps, so the last closed one decides. */
export function isSettled(facts: Facts, day: string): boolean {
  return closedStates.some((state) => facts.list('settlementRun', 'state', state).some(({ throughDay }) => throughDay >= day));
}

/** A run as it was when it had just been opened: the reply to its opening, also later. */
export function asOpened(run: Row<'settlementRun'>): Row<'settlementRun'> {
  return { ...run, ...bareRun, state: 'open' };
}

/** A run as it was when it had just been closed with so many payments and payouts. */
export function asClosed(run: Row<'settlementRun'>, { payments, payouts }: { payments: number; payouts: number }): Row<'settlementRun'> {
  const counts = { unconfirmed: payments * 2, unpaid: payments + payouts };
  return advanced({ ...run, ...counts, confirmedAt: null, paidAt: null }, run.closedAt!);
}
