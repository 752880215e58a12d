/** Several writers of one database, each with a store and an engine of its own, as so many processes would have. */
import { onTestFinished } from 'vitest';
import { type Command, Engine, type Outcome, SYSTEM_CLIENT, Unavailable } from '../../src/ledger/index.ts';
import { commandIds, openStore } from '../../src/store/index.ts';
import { type Scheme, seededChance } from './scheme.ts';

const DAY_MS = 24 * 3_600_000;

export type Writer = {
  readonly engine: Engine;
  /** Submits a command as the system, under a request key that no other has unless one is given. */
  run<I, R>(command: Command<I, R>, input: I, key?: string): Promise<Outcome<R>>;
};

export async function openWriters({ url, clock }: Pick<Scheme, 'url' | 'clock'>, count: number, name = 'writer'): Promise<Writer[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => openWriter(url, clock, `${name}-${n}`)));
}

/** A process whose clock is so many days ahead: it closes days on which the others still act. */
export async function openAhead({ url, clock }: Pick<Scheme, 'url' | 'clock'>, days = 1): Promise<Writer> {
  return openWriter(url, { now: clock.now + days * DAY_MS }, 'ahead');
}

async function openWriter(url: string, clock: { readonly now: number }, name: string): Promise<Writer> {
  const store = await openStore(url);
  const engine = new Engine(store, { clock: () => clock.now, newId: commandIds(() => clock.now, seededChance(name)) });
  onTestFinished(() => engine.idle().then(() => store.close()));
  let keys = 0;
  return {
    engine,
    run: (command, input, key = `${name}-${++keys}`) =>
      engine.submit({ command, input, client: SYSTEM_CLIENT, key, hash: '00', actor: SYSTEM_CLIENT }),
  };
}

/** What a till does with a 503: the same again, until there is an answer. */
export async function insist<T>(attempt: () => Promise<T>, timesMax = 20): Promise<T> {
  for (let times = 1; ; times++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unavailable) || times === timesMax) throw error;
    }
  }
}

export function succeeded(outcomes: readonly Outcome<unknown>[]): number {
  return outcomes.filter((outcome) => 'reply' in outcome && !outcome.replayed).length;
}

/** How often each refusal came. */
export function refusalsOf(outcomes: readonly Outcome<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) if ('refused' in outcome) counts[outcome.refused] = (counts[outcome.refused] ?? 0) + 1;
  return counts;
}
