import { type Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { databaseUrl } from './database.ts';
import type { DemoOptions } from './demo/run.ts';
import { outTo } from './demo/out.ts';

/** The year's events need at least this share of the residents. */
const SCALE_MIN = 0.01;

export function addDemo(program: Command): void {
  const scale = new Option('--scale <part>', 'residents and deeds, as a part of the real scheme').argParser(scaleOf).default(1);
  program
    .command('demo')
    .description('make a scheme to try: ten communities, a year of their activity, and a story told over HTTP; it replaces an earlier demo')
    .option('--force', 'move a database aside that the demo did not make', false)
    .addOption(scale)
    .action(async (options: DemoOptions, command: Command) => {
      const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl(command) });
      // The other commands do not need the HTTP service, and start faster without it.
      const { runDemo } = await import('./demo/run.ts');
      if (!(await runDemo(config, options, outTo(process.stdout)))) process.exitCode = 1;
    });
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (!(scale >= SCALE_MIN && scale <= 1)) throw new InvalidArgumentError(`It must be from ${SCALE_MIN} to 1.`);
  return scale;
}
