import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { machineClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { type ClockGap, clockGap, dayOf, GAP_DAYS_MAX } from '../ledger/index.ts';
import { openService, type Service } from '../service.ts';
import { openReadable, type View } from '../store/index.ts';
import { databaseUrl } from './database.ts';

/** Runs `work` on the command's scheme, which must exist, open for writing beside a running server. */
export async function writing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  await existing(command);
  return establishing(command, work);
}

/** Opens the command's database for reading: this reports a missing one in a sentence, and makes nothing. */
export async function existing(command: Command): Promise<void> {
  await (await openReadable(databaseUrl(command))).close();
}

/** The same on a database that is made if it does not exist. */
export function establishing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  return onService(command, async (service) => {
    await assertClock(service.store, service.clock());
    return work(service);
  });
}

/** Throws if the clock cannot be believed: whatever is written by it would be dated wrongly for good. */
async function assertClock(view: View, now: number): Promise<void> {
  const gap = await clockGap(view, now);
  if (gap) throw new Error(sayGap(gap, now));
}

/** A clock that does not fit the books, in one sentence for the operator. */
function sayGap({ clock, known }: ClockGap, now: number): string {
  const says = `the clock says ${dayOf(now)}, and `;
  const why =
    clock === 'ahead'
      ? `nothing was written since ${dayOf(known)}, for more than ${GAP_DAYS_MAX} days`
      : `something was written at ${new Date(known).toISOString()} already`;
  return `${says}${why}: set the clock right, or, if it is right, run \`callmi resume --day ${dayOf(now)}\``;
}

/** Runs `work` on the command's scheme, whatever the clock says. */
export async function onService<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl(command) });
  const { now, wrongBy } = machineClock();
  const halted = () => (wrongBy() === undefined ? undefined : 'the clock was set meanwhile: set it right, and run the command again');
  const service = await openService(config, { clock: now, halted, chance: randomBytes });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
