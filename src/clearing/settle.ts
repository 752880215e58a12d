import { closeDay, type Command, type Engine, isRefusal, lastDayOver, type Refusal, SYSTEM_CLIENT } from '../ledger/index.ts';
import { readPolicy } from '../communities/index.ts';
import type { Row, View } from '../store/index.ts';
import { closeSettlementRun } from './closing.ts';
import { closedBy, frozenOf } from './frozen.ts';
import { newestRun, nextRunNumber, runById } from './queries.ts';
import { openSettlementRun } from './runs.ts';

export type SettleDeps = {
  readonly view: View;
  readonly engine: Engine;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

/**
 * Closes the period in one step: its business days, where they are open, and a settlement run over them. Each of its three commands is either
 * carried out or not, so that the same again finishes what was cut short, and changes nothing where all is done. Without a day it settles the
 * run that is open, or else all days that are over. Gives the run as it then stands, or why it could not be closed.
 */
export async function settleThrough(deps: SettleDeps, day?: string): Promise<Row<'settlementRun'> | Refusal> {
  const { view, clock } = deps;
  const at = clock();
  const { hour } = await readPolicy(view, 'cut_off', at);
  const newest = await newestRun(view);
  const throughDay = day ?? (newest?.state === 'open' ? newest.throughDay : lastDayOver(at, hour));
  if (newest && newest.state !== 'open' && newest.throughDay === throughDay) return newest;

  if ((await closedBy(view, throughDay)) === undefined) {
    const closed = await submit(deps, closeDay, { day: throughDay, cutOffHour: hour });
    // Somebody else may have closed it meanwhile.
    if (isRefusal(closed) && closed.refused !== 'business_day_closed') return closed;
  }
  if (newest?.state !== 'open' || newest.throughDay !== throughDay) {
    const opened = await submit(deps, openSettlementRun, { by: system, number: await nextRunNumber(view), throughDay });
    if (isRefusal(opened)) return opened;
  }
  const run = (await newestRun(view))!;
  const closed = await submit(deps, closeSettlementRun, { by: system, runId: run.id, ...(await frozenOf(view, run)) });
  return isRefusal(closed) ? closed : (await runById(view, run.id))!;
}

const system = { id: SYSTEM_CLIENT, communityId: null };

async function submit<I, R extends object>({ engine, clock }: SettleDeps, command: Command<I, R>, input: I): Promise<R | Refusal> {
  const key = `${command.name}:${clock()}`;
  const outcome = await engine.submit({ command, input, client: SYSTEM_CLIENT, key, hash: '', actor: SYSTEM_CLIENT });
  return isRefusal(outcome) ? outcome : outcome.reply;
}
