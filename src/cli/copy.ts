import type { Command } from 'commander';
import { isDeepStrictEqual } from 'node:util';
import { trialBalance } from '../ledger/index.ts';
import { copyRows, nameOf, openReadable, openStore, type ReadableStore } from '../store/index.ts';
import { audit, checkLine } from './audit.ts';
import { outTo } from './demo/out.ts';
import { grouped } from './text.ts';

export function addCopy(program: Command): void {
  program
    .command('copy')
    .description('copy a whole scheme into another database, of either engine, and compare the two; stop the servers first')
    .requiredOption('--from <url>', 'the database that holds the scheme')
    .requiredOption('--to <url>', 'an empty one')
    .action(async ({ from, to }: { from: string; to: string }) => {
      const out = outTo(process.stdout);
      const source = await openReadable(from);
      try {
        const target = await openStore(to);
        try {
          await source.snapshot((view) => copyRows(view, target, (table, rows) => out.live(`copying ${table}: ${grouped(rows)} rows`)));
          await compare(source, target);
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
      process.stdout.write(`copied: ${nameOf(from)} to ${nameOf(to)}, which the audit accepts, with the same trial balance\n`);
    });
}

/** Throws unless the copy passes the audit and has the trial balance of the original. */
async function compare(source: ReadableStore, target: ReadableStore): Promise<void> {
  const { ok, checks } = await audit(target, (report) => process.stdout.write(checkLine(report)));
  if (!ok)
    throw new Error(
      `the copy is BROKEN (${checks.filter(({ finding }) => 'broken' in finding).length} checks): leave it, and look at the original`,
    );
  if (!isDeepStrictEqual(await trialBalance(source), await trialBalance(target)))
    throw new Error('the trial balances differ: was a server running?');
}
