import type { Command } from 'commander';
import { createClient, drawPassword, giveOfficerLogin, system } from '../access/index.ts';
import { appointOfficer, establishScheme } from '../communities/index.ts';
import { type Command as LedgerCommand, type Engine } from '../ledger/index.ts';
import { hasHidden, isNamed } from '../text/index.ts';
import type { Service } from '../service.ts';
import { establishing } from './writing.ts';

const FIRST_OFFICERS = 2;

/** The API's rule for names: something to be seen, nothing that nobody sees, and no control characters. */
function isName(name: string): boolean {
  return /^[^\p{Cc}]{1,40}$/u.test(name) && isNamed(name) && !hasHidden(name);
}

/** The error of `init` with other names on an established scheme. */
const FOUNDED = 'this scheme is founded already: only with the names that it was founded with does init print its first credentials again';

export function addInit(program: Command): void {
  program
    .command('init')
    .argument('<officers...>', 'the names of the first two officers of the street office')
    .option('--persons-open', 'leave open which residents the officers are; otherwise it is stated that they are none')
    .description('establish a scheme: its first policies, and two officers of the street office, whose credentials and logins are printed')
    .action(async (names: string[], { personsOpen = false }: { readonly personsOpen?: boolean }, command: Command) => {
      // Checked before anything is opened, so that a typing error makes no database.
      if (names.length !== FIRST_OFFICERS) throw new Error('name two officers: policies and commendations take two of them');
      for (const name of names) if (!isName(name)) throw new Error(`"${name}" is not a name of 1 to 40 characters`);
      await establishing(command, async (service) => {
        for (const officer of await init(service, names, { personsOpen })) process.stdout.write(`${JSON.stringify(officer)}\n`);
      });
    });
}

/** The parts of the service that establishing a scheme needs. */
export type InitService = Pick<Service, 'secrets' | 'chance'> & { readonly engine: Pick<Engine, 'submit' | 'bySystem'> };

/** Whether it is left open which residents the first officers are. Nobody is registered yet, so that they cannot be named. */
type FirstPersons = { readonly personsOpen?: boolean };

export type FirstOfficer = {
  readonly name: string;
  readonly officer_id: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** The name of the officer's login. */
  readonly login: string;
  readonly temporary_password: string;
};

/**
 * Establishes a scheme with its first two officers. If it was interrupted, it continues where it stopped when it is called with the same
 * names: every step has a request key of its own, and a step that was done gives the same answer again.
 */
export async function init(
  service: InitService,
  names: readonly string[],
  { personsOpen = false }: FirstPersons = {},
): Promise<readonly FirstOfficer[]> {
  const submit = submitterFor(service, names);
  await submit(establishScheme, {}, 'init');
  const officers: FirstOfficer[] = [];
  const person = personsOpen ? {} : { residentId: null };
  for (const [n, name] of names.entries()) officers.push(await appoint(service, submit, { name, person }, n));
  return officers;
}

type Submit = <I, R>(command: LedgerCommand<I, R>, input: I, key: string) => Promise<R>;

/** Submits for the system. The hash is that of the names: with other names, a step that was done is refused rather than repeated. */
function submitterFor({ engine, secrets }: InitService, names: readonly string[]): Submit {
  const hash = secrets.hash('request', JSON.stringify(['init', ...names]));
  return async (command, input, key) => {
    const outcome = await engine.bySystem(command, input, key, { hash });
    if ('refused' in outcome) throw new Error(refusals[outcome.refused] ?? `${command.name} was refused: ${outcome.refused}`);
    return outcome.reply;
  };
}

const refusals: Readonly<Record<string, string>> = { scheme_founded: FOUNDED, idempotency_key_reused: FOUNDED };

type Appointed = { readonly name: string; readonly person: { readonly residentId?: null } };

async function appoint({ secrets, chance }: InitService, submit: Submit, { name, person }: Appointed, n: number): Promise<FirstOfficer> {
  const officer = await submit(appointOfficer, { name, communityId: null, ...person }, `init:officer:${n}`);
  const secret = Buffer.from(chance(32)).toString('base64url');
  const client = await submit(
    createClient,
    {
      by: system,
      approvedBy: system.id,
      name,
      binding: { kind: 'officer', officerId: officer.id },
      scopes: null,
      secretHash: secrets.hash('client-secret', secret),
      sealedSecret: secrets.seal(secret),
    },
    `init:client:${n}`,
  );
  const loginName = `street-${n + 1}`;
  const asked = { by: system, officerId: officer.id, name: loginName, temporary: true, ...(await drawPassword(chance, secrets)) };
  const login = await submit(giveOfficerLogin, asked, `init:login:${n}`);
  return {
    name,
    officer_id: officer.id,
    client_id: client.id,
    // From the replies' seals: if these steps were done before, the values drawn then.
    client_secret: secrets.open(client.sealed_secret),
    login: loginName,
    temporary_password: secrets.open(login.sealed_password),
  };
}
