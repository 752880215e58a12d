import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { openReadable } from '../../src/store/index.ts';
import { openCounter } from '../support/counter.ts';
import { keysInEnvironment } from '../support/keys.ts';
import { program } from '../support/program.ts';

const main = program('callmi');

function credential(url: string, officerId: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const env = { ...process.env, ...keysInEnvironment };
    const child = execFile(process.execPath, [main, 'credential', officerId, '--database', url], { env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

it('credential lets an officer in again, beside a running server, and says so in the audit trail', async () => {
  const { world, api } = await openCounter();
  const { code, out } = await credential(world.url, world.gexiang.id);
  expect(code).toBe(0);
  const made = JSON.parse(out) as { officer_id: string; client_id: string; client_secret: string };
  const authorization = await api.bearer({ clientId: made.client_id, secret: made.client_secret });
  const answer = await api.http.get('/v1/grants').set({ authorization });
  expect(answer.status).toBe(200);
  const store = await openReadable(world.url);
  const requests = await store.read.select().from(store.tables.request);
  await store.close();
  expect(requests.find(({ key }) => key.startsWith('credential:'))).toMatchObject({
    command: 'create-client',
    actor: `cli_${'0'.repeat(32)}`,
  });
});

it('credential knows only officers who are there', async () => {
  const { world } = await openCounter();
  const nobody = `off_${'0'.repeat(32)}`;
  expect(await credential(world.url, nobody)).toEqual({ code: 1, out: '', err: `callmi: no officer has the id ${nobody}\n` });
});
