/** The time for which it counts that nothing hindered a write, in milliseconds. */
const PROVEN_MS = 1_000;

/**
 * Looks for what hinders writing, at most once a second while nothing does, and once for all who ask meanwhile: anybody may ask a probe, and
 * each look costs a write. While something hinders it, each look is a new one.
 */
export function seldom<H>(look: () => Promise<H | undefined>): () => Promise<H | undefined> {
  let provenUntil = -Infinity;
  let looking: Promise<H | undefined> | undefined;

  async function prove(): Promise<H | undefined> {
    try {
      const found = await look();
      if (found === undefined) provenUntil = performance.now() + PROVEN_MS;
      return found;
    } finally {
      looking = undefined;
    }
  }

  return async () => (performance.now() < provenUntil ? undefined : (looking ??= prove()));
}
