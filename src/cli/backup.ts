import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { Engine, recordBackup } from '../ledger/index.ts';
import { backup, commandIds, openReadable, openStore } from '../store/index.ts';
import { databaseUrl } from './database.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write a checked copy of the database as it stands now into a file, also beside a running server')
    .argument('[file]')
    .option('--force', 'replace the file if it exists')
    .option('--elsewhere', 'only note that another tool, such as pg_dump, has just made a backup')
    .action(async (file: string | undefined, { force = false, elsewhere = false }: Options, command: Command) => {
      const url = databaseUrl(command);
      if (elsewhere === (file !== undefined)) throw new Error('name the file to write, or say --elsewhere');
      if (file !== undefined) {
        backup(url, file, { force });
        process.stdout.write(`backup: ${file} is complete and sound\n`);
      }
      await note(url, Date.now());
    });
}

type Options = { readonly force?: boolean; readonly elsewhere?: boolean };

/** Notes a backup that was made. If that fails, as in a database of an older version, the backup is sound all the same. */
async function note(url: string, finishedAt: number): Promise<void> {
  try {
    await (await openReadable(url)).close();
    const store = await openStore(url);
    try {
      const engine = new Engine(store, { clock: Date.now, newId: commandIds(Date.now, randomBytes) });
      await engine.bySystem(recordBackup, { finishedAt }, `record-backup:${finishedAt}`);
    } finally {
      await store.close();
    }
  } catch (error) {
    process.stderr.write(`callmi: that a backup was made was not noted: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
