/** Rows that a running server removes, of any folder, as nobody can need them any more. */
import { readPolicy } from './communities/index.ts';
import type { Store, View } from './store/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Rows that are removed at once, so that a till behind them hardly waits. */
const CHUNK = 500;

/** The time for which a session that is over can still be looked up. */
const SESSION_KEPT_MS = 30 * DAY_MS;

/** The numbers of rows that were removed. */
export type Pruned = { readonly codes: number; readonly signInCodes: number; readonly sessions: number; readonly householdCodes: number };

/**
 * Removes what is of no use any more: codes that no till can present, as nothing that was stored offline may have been shown with them; one-time
 * codes after a day; sessions a month after they ended; the codes of households once they have run out. A code on paper ends with its voucher.
 */
export async function pruneOver(store: Pick<Store, 'prune'> & View, at: number): Promise<Pruned> {
  const { hours } = await readPolicy(store, 'offline_window', at);
  return {
    codes: await inChunks((atMost) => store.prune('code', 'expiresAt', at - hours * HOUR_MS - DAY_MS, atMost)),
    signInCodes: await inChunks((atMost) => store.prune('signInCode', 'sentAt', at - DAY_MS, atMost)),
    sessions:
      (await inChunks((atMost) => store.prune('session', 'endedAt', at - SESSION_KEPT_MS, atMost))) +
      (await inChunks((atMost) => store.prune('session', 'expiresAt', at - SESSION_KEPT_MS, atMost))),
    householdCodes: await inChunks((atMost) => store.prune('householdCode', 'expiresAt', at, atMost)),
  };
}

async function inChunks(prune: (atMost: number) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const removed = await prune(CHUNK);
    all += removed;
    if (removed < CHUNK) return all;
    // Commands that have come in meanwhile go first.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
