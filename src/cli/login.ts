import type { Command } from 'commander';
import { drawPassword, giveOfficerLogin, system } from '../access/index.ts';
import { sentenceOf } from '../api/index.ts';
import { isId } from '../store/index.ts';
import { writing } from './writing.ts';

/** The API's rule for the names of logins. */
const NAME = /^[a-z][a-z0-9.-]{2,31}$/;

export function addLogin(program: Command): void {
  program
    .command('login')
    .argument('<officer-id>', 'the id of an officer: off_…')
    .argument('<name>', 'the name that the officer types to sign in; for an officer who has a login, its name')
    .description('print a temporary password for an officer, for when fewer than two officers of the street office can sign in')
    .action(async (officerId: string, name: string, _options, command: Command) => {
      if (!isId('off', officerId)) throw new Error(`no officer has the id ${officerId}`);
      if (!NAME.test(name)) throw new Error(`"${name}" is not a name of 3 to 32 of a-z, 0-9, . and -`);
      await writing(command, async ({ engine, secrets, chance, clock }) => {
        const input = { by: system, officerId, name, temporary: true, ...(await drawPassword(chance, secrets)) };
        const outcome = await engine.bySystem(giveOfficerLogin, input, `login:${officerId}:${clock()}`);
        if ('refused' in outcome) throw new Error(sentenceOf(outcome));
        const { id, sealed_password: sealed } = outcome.reply;
        const printed = { officer_id: officerId, login_id: id, login: name, temporary_password: secrets.open(sealed) };
        process.stdout.write(`${JSON.stringify(printed)}\n`);
      });
    });
}
