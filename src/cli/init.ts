import type { Command } from 'commander';
import { appointOfficer, createClient, foundScheme } from '../communities/index.ts';
import { type Command as LedgerCommand, SYSTEM_CLIENT } from '../ledger/index.ts';
import type { Service } from '../service.ts';
import { founding } from './writing.ts';

const FIRST_OFFICERS = 2;

export function addInit(program: Command): void {
  program
    .command('init')
    .argument('<officers...>', 'the names of the first two officers of the street office')
    .description('found a scheme: its first policies, and two officers of the street, whose credentials are printed once')
    .action((names: string[], _options, command: Command) =>
      founding(command, async (service) => {
        if (names.length !== FIRST_OFFICERS) throw new Error('name two officers: policies and commendations take two of them');
        await submit(service, foundScheme, {}, 'init');
        for (const [n, name] of names.entries()) process.stdout.write(`${JSON.stringify(await appoint(service, name, n))}\n`);
      }),
    );
}

async function appoint(service: Service, name: string, n: number) {
  const { secrets, chance } = service;
  const officer = await submit(service, appointOfficer, { name, communityId: null }, `init:officer:${n}`);
  const secret = Buffer.from(chance(32)).toString('base64url');
  const client = await submit(
    service,
    createClient,
    {
      by: { id: SYSTEM_CLIENT, communityId: null },
      approvedBy: SYSTEM_CLIENT,
      name,
      binding: { kind: 'officer', officerId: officer.id },
      scopes: null,
      secretHash: secrets.hash('client-secret', secret),
      sealedSecret: secrets.seal(secret),
    },
    `init:client:${n}`,
  );
  return { name, officer_id: officer.id, client_id: client.id, client_secret: secret };
}

async function submit<I, R>({ engine }: Service, command: LedgerCommand<I, R>, input: I, key: string): Promise<R> {
  const outcome = await engine.submit({ command, input, client: SYSTEM_CLIENT, actor: SYSTEM_CLIENT, key, hash: '' });
  if ('refused' in outcome) throw new Error(`${command.name} was refused: ${outcome.refused}`);
  if (outcome.replayed) throw new Error('this scheme has been founded already');
  return outcome.reply;
}
