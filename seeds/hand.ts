import assert from 'node:assert/strict';
import type { Secrets } from '../src/access/index.ts';
import { type Command, Engine, type Outcome, SYSTEM_CLIENT } from '../src/ledger/index.ts';
import { commandIds, type Store } from '../src/store/index.ts';
import type { Chance } from './chance.ts';

/** The sender of a command: a client, and the id of the party for which it acts. */
export type Sender = { readonly client: string; readonly actor: string };

export const system: Sender = { client: SYSTEM_CLIENT, actor: SYSTEM_CLIENT };

/** Carries out commands at times that have passed, one after another. */
export type Hand = {
  /** Moves the clock to `at`; never back. */
  waitUntil(at: number): void;
  /**
   * Hands in a command, a moment after the one before. Answers its id, which is also its request key: what follows may name what it
   * makes before it is written. If it is refused, `settled` throws.
   */
  act<I, R>(command: Command<I, R>, input: I, sender?: Sender): string;
  /** Resolves once so few commands wait that more may be handed in. */
  ready(): Promise<void>;
  /** Waits until everything handed in is written. */
  settled(): Promise<void>;
  /** How many commands were handed in. */
  readonly count: number;
};

/** Enough for the engine to fill several batches, far less than its queue holds. */
const WAITING_MAX = 1_024;
const MOMENT_MS = 1_500;

export function handOf(store: Store, secrets: Secrets, chance: Chance): Hand {
  let now = 0;
  let id = '';
  let count = 0;
  const ids = commandIds(() => now, chance.bytes);
  const engine = new Engine(store, { clock: () => now, newId: () => id });
  const waiting: Promise<void>[] = [];

  async function settled(): Promise<void> {
    await Promise.all(waiting.splice(0));
  }

  return {
    settled,
    get count() {
      return count;
    },
    async ready() {
      if (waiting.length >= WAITING_MAX) await settled();
    },
    waitUntil(at) {
      now = Math.max(now, at);
    },
    act(command, input, { client, actor } = system) {
      now += MOMENT_MS;
      id = ids();
      count += 1;
      const hash = secrets.hash('request', `${command.name}\n${JSON.stringify(input)}`);
      waiting.push(engine.submit({ command, input, client, key: id, hash, actor }).then((outcome) => assertDone(command.name, outcome)));
      return id;
    },
  };
}

/** Everything that is replayed was done: a refusal is a mistake of the seeds. */
function assertDone(name: string, outcome: Outcome<unknown>): void {
  if ('refused' in outcome) assert.fail(`${name} was refused: ${outcome.refused} ${JSON.stringify(outcome.details)}`);
}
