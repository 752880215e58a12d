import { setImmediate as othersFirst } from 'node:timers/promises';

/**
 * Work whose result all share who ask before it is done. It begins when all requests of this turn have asked, so that it is done once a turn
 * at most, however many strangers ask.
 */
export function shared<R>(work: () => Promise<R>): () => Promise<R> {
  let underWay: Promise<R> | undefined;
  return () =>
    (underWay ??= othersFirst()
      .then(work)
      .finally(() => {
        underWay = undefined;
      }));
}
