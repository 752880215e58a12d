import type { Logger } from 'pino';
import type { Secrets } from './access/index.ts';
import { tallyClosedDays } from './clearing/index.ts';
import { carryOutGrantLists, fillMissingPhoneEnds, type Texting } from './communities/index.ts';
import { pruneOver } from './pruning.ts';
import { closeDayOver, eraseDue, type EraseDeps, expireDue, type JobDeps } from './redeem/index.ts';
import { rowByKey, type Store } from './store/index.ts';

const EVERY_MS = 60_000;

const PRUNE_EVERY_MS = 3_600_000;

type More = {
  /** Why no command is taken just now, or undefined. The jobs stand still then. */
  readonly halted?: () => string | undefined;
  /** The store from which rows are removed whose time is over, and people are erased. */
  readonly store?: Store;
  /** Opens numbers, to fill in the keys by which residents are found. */
  readonly secrets?: Secrets;
  /** The sending of messages to phones. */
  readonly texting?: Pick<Texting, 'resend'> | undefined;
  /** Keeps what is erased: see `EraseDeps`. Without it nobody is. */
  readonly keepErased?: EraseDeps['keepErased'];
};

/**
 * Books expiries, closes the business days that are over, goes on with lists of grants, erases people whose time has come and sends again what
 * has not reached phones, once a minute; and removes what is of no use any more, once an hour. Returns the function that stops it.
 */
export function startJobs(
  { halted = () => undefined, store, secrets, texting, keepErased, ...deps }: JobDeps & More,
  logger: Logger,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  let pruned = -Infinity;

  async function prune(): Promise<void> {
    const at = deps.clock();
    if (!store || at < pruned + PRUNE_EVERY_MS || !(await rowByKey(store, 'scheme', 'founded_at'))) return;
    const removed = await pruneOver(store, at);
    pruned = at;
    if (Object.values(removed).some((rows) => rows > 0)) logger.info(removed, 'removed what is of no use any more');
  }

  /** A job that may fail again and again: the others do not wait until it is mended. */
  async function apart(job: () => Promise<unknown> | undefined, failed: string): Promise<void> {
    try {
      await job();
    } catch (error) {
      logger.error({ err: error }, failed);
    }
  }

  async function erase(): Promise<void> {
    if (!store || !keepErased) return;
    const erased = await eraseDue({ ...deps, view: store, keepErased });
    if (erased > 0) logger.info({ erased }, 'erased people who have left');
  }

  const run = async () => {
    try {
      if (halted() !== undefined) return;
      await apart(() => texting?.resend(), 'messages to phones could not be looked for');
      const day = await closeDayOver(deps);
      const { vouchers, lots } = await expireDue(deps);
      await tallyClosedDays(deps);
      // The file beside the keys may refuse it for as long as nobody looks.
      await apart(erase, 'people who have left could not be erased');
      await prune();
      const lists = await carryOutGrantLists(deps);
      if (lists > 0) logger.info({ lists }, 'carried out lists of grants');
      const phoneEnds = secrets ? await fillMissingPhoneEnds({ ...deps, secrets }) : 0;
      if (phoneEnds > 0) logger.info({ phoneEnds }, 'filled in keys by which residents are found');
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
