import type { Command } from 'commander';
import { type TrialBalance, trialBalance } from '../ledger/index.ts';
import { reading } from './database.ts';
import { columns, grouped } from './text.ts';

export function addTrialBalance(program: Command): void {
  program
    .command('trial-balance')
    .description('all balances by community and kind of account; exit 1 unless they sum to zero')
    .action((_options, command: Command) =>
      reading(command, async (store) => {
        const books = await trialBalance(store);
        process.stdout.write(trialBalanceText(books));
        if (books.total.point !== 0 || books.total.fen !== 0) process.exitCode = 1;
      }),
    );
}

/** Debit and credit columns, with their totals at the end. */
function trialBalanceText({ rows, total }: TrialBalance): string {
  const lines = rows.map(({ community, kind, unit, debit, credit }) => [community, kind, unit, side(debit), side(credit)]);
  const table = columns([['community', 'kind', 'unit', 'debit', 'credit'], ...lines], 3);
  return `${table}trial balance: ${grouped(total.point)} point, ${grouped(total.fen)} fen\n`;
}

function side(amount: number): string {
  return amount === 0 ? '' : grouped(amount);
}
