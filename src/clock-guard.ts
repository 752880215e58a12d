/** Watches over the time by which commands are decided: while it cannot be believed, none is taken. */
import type { Logger } from 'pino';
import type { ClockTrouble } from './api/index.ts';
import type { WatchedClock } from './clock.ts';
import { type ClockGap, clockGap } from './ledger/index.ts';
import type { View } from './store/index.ts';

const LOOK_EVERY_MS = 1_000;

export type ClockGuard = {
  readonly trouble: () => ClockTrouble | undefined;
  /** Why no command is taken, or undefined. */
  readonly halted: () => string | undefined;
  /** Compares the clock with the books once, and from then on looks every second, and logs what changes. */
  watch(view: View): Promise<void>;
  stop(): void;
};

export function clockGuard({ now, wrongBy, beginAnew }: WatchedClock, logger: Logger): ClockGuard {
  let gap: ClockGap | undefined;
  let told = false;
  let timer: NodeJS.Timeout | undefined;

  /** Logs what has changed since it was asked last. */
  function trouble(): ClockTrouble | undefined {
    const off = wrongBy();
    const wrong = off === undefined ? gap : { off: Math.round(off / 1_000) };
    if (wrong && !told) logger.error(wrong, 'the clock is wrong: commands are answered 503, and the jobs stand still');
    if (!wrong && told) logger.warn('the clock is right again: commands are taken, and the jobs go on');
    told = wrong !== undefined;
    return wrong;
  }

  async function look(view: View): Promise<void> {
    // Once the clock fits the books, only the witnesses of this process say that it is wrong. Until then they know nothing, and no command was
    // taken: a clock that is set right meanwhile is believed like that of a process which starts now.
    if (gap) {
      beginAnew();
      gap = await clockGap(view, now());
    }
    trouble();
  }

  return {
    trouble,
    halted: () => (trouble() ? 'the clock is wrong' : undefined),
    async watch(view) {
      gap = await clockGap(view, now());
      trouble();
      let looking = false;
      timer = setInterval(() => {
        if (looking) return;
        looking = true;
        void look(view)
          .catch((error: unknown) => logger.error({ err: error }, 'the books could not be compared with the clock'))
          .finally(() => (looking = false));
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
