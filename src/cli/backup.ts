import type { Command } from 'commander';
import { backup } from '../store/index.ts';
import { databaseUrl } from './database.ts';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write a checked copy of the database as it stands now into a file, also beside a running server')
    .argument('<file>')
    .option('--force', 'replace the file if it exists')
    .action((file: string, { force = false }: { force?: boolean }, command: Command) => {
      backup(databaseUrl(command), file, { force });
      process.stdout.write(`backup: ${file} is complete and sound\n`);
    });
}
