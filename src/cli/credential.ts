import type { Command } from 'commander';
import { createClient, system } from '../access/index.ts';
import { writing } from './writing.ts';

export function addCredential(program: Command): void {
  program
    .command('credential')
    .argument('<officer-id>', 'the id of an officer: off_…')
    .description('print a new credential for an officer, for when fewer than two officers of the street office still have theirs')
    .action((officerId: string, _options, command: Command) =>
      writing(command, async ({ engine, secrets, chance, clock }) => {
        const secret = Buffer.from(chance(32)).toString('base64url');
        const input = {
          by: system,
          approvedBy: system.id,
          name: 'made by callmi credential',
          binding: { kind: 'officer' as const, officerId },
          scopes: null,
          secretHash: secrets.hash('client-secret', secret),
          sealedSecret: secrets.seal(secret),
        };
        const outcome = await engine.bySystem(createClient, input, `credential:${officerId}:${clock()}`);
        if ('refused' in outcome) throw new Error(`no officer has the id ${officerId}`);
        const { id, sealed_secret: sealed } = outcome.reply;
        process.stdout.write(`${JSON.stringify({ officer_id: officerId, client_id: id, client_secret: secrets.open(sealed) })}\n`);
      }),
    );
}
