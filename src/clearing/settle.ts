import { system } from '../access/index.ts';
import { closeDay, type Command, type Engine, isRefusal, lastDayOver, type Refusal } from '../ledger/index.ts';
import { readPolicy } from '../communities/index.ts';
import type { Row, View } from '../store/index.ts';
import { closeSettlementRun } from './closing.ts';
import { closedBy, frozenOf } from './frozen.ts';
import { newestRun, nextRunNumber, runById } from './queries.ts';
import { refuse } from './refusals.ts';
import { openSettlementRun } from './runs.ts';

export type SettleDeps = {
  readonly view: View;
  readonly engine: Engine;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

/**
 * Closes the period in one step: its business days, if they are open, and a settlement run over them. Each of its three commands is carried
 * out as a whole or not at all, so calling it again finishes an interrupted settlement, and changes nothing if all is done; steps that
 * others have done meanwhile count as done. Without a day it settles the open run, or else all days that are over. Returns the run as it
 * then stands, or the refusal to close it.
 */
export async function settleThrough(deps: SettleDeps, day?: string): Promise<Row<'settlementRun'> | Refusal> {
  const { view, clock } = deps;
  const at = clock();
  const { hour } = await readPolicy(view, 'cut_off', at);
  const newest = await newestRun(view);
  const throughDay = day ?? (newest?.state === 'open' ? newest.throughDay : lastDayOver(at, hour));
  if (newest?.state === 'open' && newest.throughDay !== throughDay) return refuse('settlement_run_open', { run_id: newest.id });
  if (newest && newest.state !== 'open' && isSettledBy(newest, throughDay, day)) return newest;

  if ((await closedBy(view, throughDay)) === undefined) {
    const closed = await submit(deps, throughDay, closeDay, { day: throughDay, cutOffHour: hour });
    if (isRefusal(closed) && closed.refused !== 'business_day_closed') return closed;
  }
  const run = newest?.state === 'open' ? newest : await opened(deps, throughDay);
  if (isRefusal(run) || run.state !== 'open') return run;
  const closed = await submit(deps, throughDay, closeSettlementRun, { by: system, runId: run.id, ...(await frozenOf(view, run)) });
  if (isRefusal(closed) && closed.refused !== 'settlement_run_closed') return closed;
  return (await runById(view, run.id))!;
}

/** Whether a closed run is the requested one: the one through a day, or, without a day, any that has settled all days that are over. */
function isSettledBy(run: Row<'settlementRun'>, throughDay: string, asked: string | undefined): boolean {
  return run.throughDay === throughDay || (asked === undefined && run.throughDay > throughDay);
}

/** Opens the next run; returns the one that somebody else has opened meanwhile, if it is through the same day. */
async function opened(deps: SettleDeps, throughDay: string): Promise<Row<'settlementRun'> | Refusal> {
  const { view } = deps;
  const reply = await submit(deps, throughDay, openSettlementRun, { by: system, number: await nextRunNumber(view), throughDay });
  const newest = await newestRun(view);
  return newest?.throughDay === throughDay ? newest : isRefusal(reply) ? reply : (await runById(view, reply.id))!;
}

/** Submits a step. Its key contains the day: somebody else may settle through another day at the same moment. */
async function submit<I, R extends object>(deps: SettleDeps, throughDay: string, command: Command<I, R>, input: I): Promise<R | Refusal> {
  const outcome = await deps.engine.bySystem(command, input, `${command.name}:${throughDay}:${deps.clock()}`);
  return isRefusal(outcome) ? outcome : outcome.reply;
}
