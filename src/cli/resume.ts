import type { Command } from 'commander';
import { clockGap, dayOf, isDay, resume } from '../ledger/index.ts';
import { existing, onService } from './writing.ts';

export function addResume(program: Command): void {
  program
    .command('resume')
    .requiredOption('--day <day>', "today's date as you know it, not as the machine says it: YYYY-MM-DD")
    .description('go on after a long pause, or with a clock that was ahead before: say which day it is')
    .action(async ({ day }: { day: string }, command: Command) => {
      if (!isDay(day)) throw new Error(`${day} is not a date: write it as YYYY-MM-DD`);
      await existing(command);
      await onService(command, async ({ store, engine, clock }) => {
        const now = clock();
        if (day !== dayOf(now)) throw new Error(`the clock of this machine says ${dayOf(now)}: set it right first`);
        const gap = await clockGap(store, now);
        if (gap) await engine.bySystem(resume, { day, known: gap.known }, `resume:${now}`);
        process.stdout.write(gap ? `resumed: it is ${day}\n` : `it is ${day}, and there is nothing to resume\n`);
      });
    });
}
