import type { Command } from 'commander';
import { erasedIn, erasuresFile, keepErasedIn } from '../erasures-file.ts';
import { eraseAgain } from '../redeem/index.ts';
import { databaseUrl } from './database.ts';
import { writing } from './writing.ts';

export function addEraseAgain(program: Command): void {
  program
    .command('erase-again')
    .description('carry out again what erasures.jsonl names, once a backup was restored; stop the servers first')
    .action(async (_options, command: Command) => {
      const again = await erasedAgain(command);
      process.stdout.write(`erase-again: people erased again: ${again}\n`);
    });
}

/** Erases everybody again whom the file beside the keys names, and whom the restored books still know; returns how many. */
export async function erasedAgain(command: Command): Promise<number> {
  const path = erasuresFile(databaseUrl(command));
  const lines = erasedIn(path);
  if (lines.length === 0) return 0;
  const known = new Set(lines.map(({ erasureId }) => erasureId));
  const keepErased: Parameters<typeof eraseAgain>[0]['keepErased'] = (erased) => {
    if (!known.has(erased.erasureId)) keepErasedIn(path, erased);
  };
  return writing(command, (service) => eraseAgain({ ...service, view: service.store, keepErased }, lines));
}
