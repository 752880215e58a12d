import type { Command } from 'commander';
import { assertNotLost } from '../keys.ts';
import { type FoldedAlike, nameOf, openStore } from '../store/index.ts';
import { databaseUrl } from './database.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description("bring the database up to this version's schema; make it if there is none")
    .action(async (_options, command: Command) => {
      const url = databaseUrl(command);
      await assertNotLost(url);
      let alike = 0;
      const tellMigration = (found: FoldedAlike) => {
        alike++;
        process.stdout.write(alikeLine(found));
      };
      await (await openStore(url, { tellMigration })).close();
      if (alike > 0)
        process.stdout.write(`migrate: ${alike} references are left as they were booked: check whether a deed or a payment counts twice\n`);
      process.stdout.write(`migrate: ${nameOf(url)} has this version's schema\n`);
    });
}

/** The characters of the two references are written out where they cannot be seen or told apart. */
function alikeLine({ community, of, first, other }: FoldedAlike): string {
  const what = of === 'grant' ? 'grants' : 'bank movements';
  const [a, b] = [first, other].map(({ id, reference }) => `${id} (${spelled(reference)})`);
  return `migrate: ${community}: two ${what} have one reference in two spellings: ${a} and ${b}\n`;
}

function spelled(reference: string): string {
  return JSON.stringify(reference).replaceAll(/[^ -~\p{Script=Han}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
