import type { Command } from 'commander';
import { restore } from '../store/index.ts';
import { databaseUrl } from './database.ts';
import { erasedAgain } from './erase-again.ts';

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description(
      'replace the database with a backup, erase again whoever left since, and keep the former one beside it; the server must be stopped',
    )
    .argument('<file>')
    .action(async (file: string, _options, command: Command) => {
      const url = databaseUrl(command);
      const { former } = restore(url, file);
      process.stdout.write(`restore: ${url} is now what ${file} holds\n`);
      if (former) process.stdout.write(`restore: what was there before is kept as ${former}\n`);
      const again = await erasedAgain(command).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`the backup is restored, but whoever left since is there again: ${why}; then run \`callmi erase-again\``);
      });
      if (again > 0) process.stdout.write(`restore: people erased again, since they left after the backup: ${again}\n`);
    });
}
