import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FirstOfficer, type InitService, init } from '../../src/cli/init.ts';
import { isPassword } from '../../src/access/index.ts';
import { establishScheme } from '../../src/communities/index.ts';
import { openKeys } from '../../src/keys.ts';
import { freshFile } from '../support/database.ts';
import { program } from '../support/program.ts';
import { openScheme, type Scheme, START } from '../support/scheme.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { engineOver } from '../support/engine-over.ts';

const main = program('callmi');
const names = ['张三', '李四'];
const STEPS = 7;
const FOUNDED = 'this scheme is founded already: only with the names that it was founded with does init print its first credentials again';

type Said = { readonly code: number; readonly out: string; readonly err: string };

function callmi(url: string, ...args: string[]): Promise<Said> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, ...args, '--database', url], (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

async function serviceOf({ url, store, engine, chance }: Scheme): Promise<InitService> {
  return { ...(await openKeys({ databaseUrl: url, keys: {} }, store, engine, chance)), engine, chance };
}

/** A service that is killed at its n-th step: before it is done, or when it is written and not yet heard of. */
function killedAt(service: InitService, step: number, written: boolean): InitService {
  let steps = 0;
  const submit: InitService['engine']['submit'] = async (submission) => {
    const last = ++steps === step;
    if (last && !written) throw new Error('killed');
    const outcome = await service.engine.submit(submission);
    if (last) throw new Error('killed');
    return outcome;
  };
  return { ...service, engine: engineOver(submit) };
}

/** Holds that the scheme has these two officers with these credentials, and nothing twice. */
async function expectFounded({ store }: Scheme, { secrets }: InitService, officers: readonly FirstOfficer[]): Promise<void> {
  const { read, tables } = store;
  expect(officers.map(({ name }) => name)).toEqual(names);
  expect(await read.select().from(tables.officer)).toMatchObject(officers.map(({ officer_id: id, name }) => ({ id, name })));
  const clients = await read.select().from(tables.client);
  expect(clients).toHaveLength(4);
  expect(clients.filter(({ name }) => name !== 'sign-in')).toMatchObject(
    officers.map((officer) => ({
      id: officer.client_id,
      officerId: officer.officer_id,
      secretHash: secrets.hash('client-secret', officer.client_secret),
      scopes: expect.stringContaining('proposals:write'),
    })),
  );
  const logins = await read.select().from(tables.login);
  expect(logins.map(({ name, personName, passwordTemporary }) => [name, personName, passwordTemporary])).toEqual([
    ['street-1', names[0], 1],
    ['street-2', names[1], 1],
  ]);
  for (const [n, { temporary_password: password }] of officers.entries()) {
    expect(await isPassword(password, logins[n]!.passwordHash)).toBe(true);
  }
  const policies = await read.select().from(tables.policy);
  expect(policies.map(({ policyVersion }) => policyVersion)).toEqual(policies.map(() => 1));
}

it('init states that the first officers are no residents, unless it is left open', async () => {
  for (const [options, residentSince] of [
    [{}, START],
    [{ personsOpen: true }, null],
  ] as const) {
    const scheme = await openScheme();
    await init(await serviceOf(scheme), names, options);
    const stated = (await scheme.store.read.select().from(scheme.store.tables.officer)).map((row) => [row.residentId, row.residentSince]);
    expect(stated).toEqual(names.map(() => [null, residentSince]));
  }
  const { url } = freshFile();
  const first = await callmi(url, 'init', ...names, '--persons-open');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(await callmi(url, 'init', ...names)).toEqual(first);
});

// A password is hashed for every officer each time, which takes long.
it('init that is killed at any step goes on where it stopped, and gives the same credentials whenever it is repeated', async () => {
  for (let step = 1; step <= STEPS; step++) {
    for (const written of [false, true]) {
      const scheme = await openScheme();
      const service = await serviceOf(scheme);
      await expect(init(killedAt(service, step, written), names)).rejects.toThrow('killed');
      const officers = await init(service, names);
      await expectFounded(scheme, service, officers);
      expect(await init(service, names)).toEqual(officers);
    }
  }
});

it('init with other names, or the same in another order, changes nothing', async () => {
  const scheme = await openScheme();
  const service = await serviceOf(scheme);
  const officers = await init(service, names);
  for (const others of [['王五', '赵六'], names.toReversed()]) await expect(init(service, others)).rejects.toThrow(FOUNDED);
  await expectFounded(scheme, service, officers);
});

it('init prints a line for each officer, the same again when it is repeated, and says in a sentence that a scheme is founded', async () => {
  const { url } = freshFile();
  const first = await callmi(url, 'init', ...names);
  expect(first).toMatchObject({ code: 0, err: '' });
  const printed = first.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FirstOfficer);
  expect(printed.map((officer) => Object.keys(officer))).toEqual(
    names.map(() => ['name', 'officer_id', 'client_id', 'client_secret', 'login', 'temporary_password']),
  );
  expect(await callmi(url, 'init', ...names)).toEqual(first);
  expect(await callmi(url, 'init', '王五', '赵六')).toEqual({ code: 1, out: '', err: `callmi: ${FOUNDED}\n` });
});

it('init of a scheme that was founded otherwise says that it is founded', async () => {
  const scheme = await openScheme();
  const service = await serviceOf(scheme);
  await scheme.run(establishScheme, {});
  await expect(init(service, names)).rejects.toThrow(FOUNDED);
  await expect(init(service, names), 'again').rejects.toThrow(FOUNDED);
});

it('init with one name makes no database', async () => {
  const file = join(tempFolder(), 'callmi.db');
  const { code, err } = await callmi(`file:${file}`, 'init', '张三');
  expect({ code, err }).toEqual({ code: 1, err: 'callmi: name two officers: policies and commendations take two of them\n' });
  expect(existsSync(file)).toBe(false);
});

it.each(['\u3164', 'a\u200Bb', ' ', '\u0301', '张\n三'])('init with %j for a name makes no database', async (name) => {
  const { url, file } = freshFile();
  const { code, err } = await callmi(url, 'init', name, '李四');
  expect([code, err]).toEqual([1, expect.stringContaining('is not a name of 1 to 40 characters')]);
  expect(existsSync(file)).toBe(false);
});
