import type { Logger } from 'pino';
import { tallyClosedDays } from './clearing/index.ts';
import { closeDayOver, expireDue, type JobDeps } from './redeem/index.ts';

const EVERY_MS = 60_000;

type Halting = {
  /** Why no command is taken just now, or undefined. The jobs stand still then. */
  readonly halted?: () => string | undefined;
};

/** Books expiries and closes the business day that is over, once a minute. Returns the function that stops it. */
export function startJobs({ halted = () => undefined, ...deps }: JobDeps & Halting, logger: Logger): () => Promise<void> {
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      if (halted() !== undefined) return;
      const day = await closeDayOver(deps);
      const { vouchers, lots } = await expireDue(deps);
      await tallyClosedDays(deps);
      if (day !== undefined || vouchers + lots > 0) logger.info({ day, vouchers, lots }, 'booked what dates have decided');
    } catch (error) {
      // The next run continues with the rest.
      logger.error({ err: error }, 'a job failed');
    } finally {
      running = undefined;
    }
  };
  const timer = setInterval(() => (running ??= run()), EVERY_MS);
  running = run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
