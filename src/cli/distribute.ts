import type { Command } from 'commander';
import { distribute, distribution } from '../store/index.ts';
import { databaseUrl } from './database.ts';

export function addDistribute(program: Command): void {
  program
    .command('distribute')
    .description('spread the tables of a new scheme over the nodes of a Citus cluster')
    .option('--print', 'only print the statements')
    .action(async ({ print = false }: { print?: boolean }, command: Command) => {
      if (print) process.stdout.write(`${distribution().join(';\n')};\n`);
      else await distribute(databaseUrl(command)).then(() => process.stdout.write('distributed\n'));
    });
}
