import type { Config } from './config.ts';
import { assertNotLost, type Keys, openKeys } from './keys.ts';
import { Engine } from './ledger/index.ts';
import { commandIds, openStore, type Store, type StoreOptions } from './store/index.ts';

/** A scheme that is open for writing, for the server and for the command line. */
export type Service = Keys & {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: () => number;
  readonly chance: (bytes: number) => Uint8Array;
  /** Waits for all submitted commands, then closes the database. */
  close(): Promise<void>;
};

export type ServiceOptions = {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Random bytes. */
  readonly chance: (bytes: number) => Uint8Array;
  /** Why no command is taken just now: see `Engine`. */
  readonly halted?: () => string | undefined;
  /** Whether a database is made although keys lie in its place: the former one was moved aside. */
  readonly anew?: boolean;
  /** For a long-running process: see `openStore`. */
  readonly checkpointInWorker?: boolean;
} & Pick<StoreOptions, 'tellMigration'>;

/**
 * Opens the database, brought up to date, the engine, and the keys. A database that is missing or empty is made, unless its keys are there.
 * Throws `StoreUnusable` or `KeysError`.
 */
export async function openService(
  config: Pick<Config, 'databaseUrl' | 'keys' | 'queueMax'>,
  { clock, chance, halted = () => undefined, anew = false, checkpointInWorker = false, tellMigration }: ServiceOptions,
): Promise<Service> {
  if (!anew) await assertNotLost(config.databaseUrl);
  const store = await openStore(config.databaseUrl, { checkpointInWorker, tellMigration });
  const engine = new Engine(store, { clock, newId: commandIds(clock, chance), queueMax: config.queueMax, halted });
  const close = async () => {
    await engine.idle();
    await store.close();
  };
  try {
    return { store, engine, clock, chance, close, ...(await openKeys(config, store, engine, chance)) };
  } catch (error) {
    await close();
    throw error;
  }
}
