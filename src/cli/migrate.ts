import type { Command } from 'commander';
import { assertNotLost } from '../keys.ts';
import { openStore } from '../store/index.ts';
import { databaseUrl } from './database.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description("bring the database up to this version's schema; make it if there is none")
    .action(async (_options, command: Command) => {
      const url = databaseUrl(command);
      await assertNotLost(url);
      await (await openStore(url)).close();
      process.stdout.write(`migrate: ${url} has this version's schema\n`);
    });
}
