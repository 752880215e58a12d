import type { Command } from 'commander';
import { expireDue } from '../redeem/index.ts';
import { writing } from './writing.ts';

export function addExpire(program: Command): void {
  program
    .command('expire')
    .description('book the expiry of vouchers and lots whose date is past; a running server does so every minute')
    .action((_options, command: Command) =>
      writing(command, async (service) => {
        const { vouchers, lots } = await expireDue({ ...service, view: service.store });
        process.stdout.write(`expired: ${vouchers} vouchers, ${lots} lots\n`);
      }),
    );
}
