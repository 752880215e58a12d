/** The README, held to what a newcomer finds. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf, rowsUnder } from './support/markdown.ts';
import { startServer } from './support/server.ts';
import { tempFolder } from './support/temp-folder.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Runs a program, and gives what it says; throws with what it complains of. */
function run(program: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<string> {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  return new Promise((done, fail) => {
    execFile(program, args, { cwd, env: { ...process.env, PATH: path, DATABASE_URL: '', ...env } }, (error, out, err) =>
      error || err !== '' ? fail(new Error(`${program} said: ${err}`, { cause: error })) : done(out),
    );
  });
}

type Credential = { readonly client_id: string; readonly client_secret: string };
const keyOf = ({ client_id: clientId, client_secret: secret }: Credential) => ({ clientId, secret });

it("the block of a till's first redeem works as it stands against the demo's scheme", async () => {
  const block = blocksOf(readme).find(({ language }) => language === 'bash');
  const folder = tempFolder();
  await run(process.execPath, [join(root, 'src/cli/main.ts'), 'demo', '--scale', '0.01'], folder);
  const credentials = JSON.parse(readFileSync(join(folder, 'data/demo-credentials.json'), 'utf8')) as Record<string, Credential[]>;
  const [till, resident] = [keyOf(credentials['tills']![0]!), keyOf(credentials['residents']![0]!)];
  const server = await startServer({ url: `file:${join(folder, 'data/callmi.db')}`, till, resident });

  // Its standard input is a socket: without --norc bash may take itself for a remote login, and read the machine's own start-up file.
  const said = await run('bash', ['--norc', '-euo', 'pipefail', '-c', block!.text], folder, { BASE: server.url });
  const [inspected, redeemed, read] = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(inspected).toMatchObject({ redeemable: true, voucher: { face_fen: 1_000, resident_name: expect.stringContaining('**') } });
  expect(redeemed).toMatchObject({ status: 'succeeded', discount_fen: 1_000, order_no: 'A-1001' });
  expect(read).toMatchObject({ items: [{ status: 'succeeded', request_no: redeemed!['request_no'], redemption: redeemed }] });
  await server.stop('SIGTERM');
});

it('its table of scripts is that of package.json', () => {
  const listed = rowsUnder(readme, 'Script', 'Runs', 'What for').map(([script, command]) => {
    const name = /^`npm (?:run )?(\S+)`$/.exec(script!)![1]!;
    return [name, command!.slice(1, -1)] as const;
  });
  expect(Object.fromEntries(listed)).toEqual(scripts);
});

it('the two commands that do all the set-up are what it says', () => {
  const setUp = blocksOf(readme).find(({ language }) => language === 'sh');
  expect(setUp!.text).toBe('npm ci && npm run demo\nnpm ci && npm test\n');
});

it('every place on its map is there', () => {
  const map = blocksOf(readme).find(({ language }) => language === 'text');
  const places = [...map!.text.matchAll(/^(\S+)/gm)].map(([, place]) => place!);
  expect(places.length).toBeGreaterThan(8);
  expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
});
