import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { openCounter } from '../support/counter.ts';
import { keysInEnvironment } from '../support/keys.ts';
import { browserOf, officerLogin, PASSWORD } from '../support/people.ts';
import { program } from '../support/program.ts';

const main = program('callmi');

type Said = { readonly code: number; readonly out: string; readonly err: string };

function login(url: string, ...args: string[]): Promise<Said> {
  return new Promise((done) => {
    const env = { ...process.env, ...keysInEnvironment };
    const child = execFile(process.execPath, [main, 'login', ...args, '--database', url], { env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

it('login lets an officer in again, beside a running server, and the old password and its sessions end', async () => {
  const { world, api } = await openCounter();
  const { id } = world.gexiang;
  // The command line goes by the real time.
  world.clock.now = Date.now();
  await officerLogin(world, id);
  const before = browserOf(api);
  await before.signIn({ login: 'wang.yi', password: PASSWORD });
  const { code, out } = await login(world.url, id, 'wang.yi');
  expect(code).toBe(0);
  const printed = JSON.parse(out) as Record<string, string>;
  expect(printed).toMatchObject({ officer_id: id, login: 'wang.yi' });
  world.clock.advance(5_001);
  expect((await before.get('/v1/session')).status).toBe(401);
  const after = browserOf(api);
  expect((await after.signIn({ login: 'wang.yi', password: PASSWORD })).status).toBe(401);
  const answer = await after.signIn({ login: 'wang.yi', password: printed['temporary_password'] });
  expect(answer.body).toMatchObject({ officer_id: id, password_temporary: true });
});

it('login gives an officer a first login, made by the system', async () => {
  const { world, api } = await openCounter();
  world.clock.now = Date.now();
  const { code, out } = await login(world.url, world.gexiang.id, 'wang.yi');
  expect(code).toBe(0);
  const { login_id: loginId, temporary_password: password } = JSON.parse(out) as Record<string, string>;
  const { login: table } = world.store.tables;
  expect(await world.store.read.select().from(table)).toMatchObject([{ id: loginId, name: 'wang.yi', createdBy: SYSTEM_CLIENT }]);
  expect((await browserOf(api).signIn({ login: 'wang.yi', password })).status).toBe(201);
});

it('login says in a sentence what cannot be', async () => {
  const { world } = await openCounter();
  const nobody = `off_${'0'.repeat(32)}`;
  await officerLogin(world, world.wanhe.id);
  const wrong: readonly (readonly [officerId: string, name: string, said: string])[] = [
    ['nobody', 'wang.yi', 'callmi: no officer has the id nobody\n'],
    [world.gexiang.id, 'Wang Yi', '"Wang Yi" is not a name'],
    [nobody, 'wang.yi', `There is no officer ${nobody}`],
    [world.gexiang.id, 'wang.yi', 'Another login has or had this name'],
    [world.wanhe.id, 'wang.er', 'keeps its name'],
  ];
  const errors = await Promise.all(wrong.map(async ([officerId, name]) => (await login(world.url, officerId, name)).err));
  for (const [n, [, , said]] of wrong.entries()) expect(errors[n]).toContain(said);
});
