import { type Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import { openReadable, type ReadableStore } from '../store/index.ts';

/** The option for the database of every command; it may stand before or after the command's name. */
export const databaseOption = new Option('--database <url>', 'the database (default: what DATABASE_URL names, else file:./data/callmi.db)');

/** The URL of the database that a command was given. */
export function databaseUrl(command: Command): string {
  return command.optsWithGlobals<{ database?: string }>().database ?? readConfig(process.env).databaseUrl;
}

/** Runs `work` on the command's database, which must exist, beside its writer. */
export async function reading<T>(command: Command, work: (store: ReadableStore) => Promise<T>): Promise<T> {
  const store = await openReadable(databaseUrl(command));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
