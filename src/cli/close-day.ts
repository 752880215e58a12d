import type { Command } from 'commander';
import { cutOffHour } from '../communities/index.ts';
import { closeDay, isDay, lastDayOver } from '../ledger/index.ts';
import { writing } from './writing.ts';

export function addCloseDay(program: Command): void {
  program
    .command('close-day')
    .argument('[day]', 'YYYY-MM-DD; default: the last one that is over')
    .description('close a business day that is over, and all earlier ones; a running server does so by itself')
    .action((named: string | undefined, _options, command: Command) =>
      writing(command, async ({ engine, clock, store }) => {
        const hour = await cutOffHour(store, clock());
        const day = named ?? lastDayOver(clock(), hour);
        if (!isDay(day)) throw new Error(`${day} is not a date: write it as YYYY-MM-DD`);
        const outcome = await engine.bySystem(closeDay, { day, cutOffHour: hour }, `close-day:${day}:${clock()}`);
        if (!('refused' in outcome)) process.stdout.write(`closed: ${day}\n`);
        else if (outcome.refused === 'business_day_closed') process.stdout.write(`${day} was closed already\n`);
        else throw new Error(`${day} is not over yet`);
      }),
    );
}
