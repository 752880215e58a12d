/** A client that a vendor generates from the document: it compiles, and works at a till. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, realpathSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCounter } from '../support/counter.ts';
import { tempFolder } from '../support/temp-folder.ts';

const modules = join(import.meta.dirname, '../../node_modules');

const tsconfig = {
  compilerOptions: {
    strict: true,
    target: 'esnext',
    lib: ['esnext', 'dom', 'dom.iterable'],
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    noEmit: true,
  },
  include: ['till.ts', 'made'],
};

/** The folder of a till that is built upon the client that a generator makes from the document. */
function builtTill(document: string): string {
  const folder = tempFolder();
  writeFileSync(join(folder, 'openapi.json'), document);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  copyFileSync(join(import.meta.dirname, 'till.ts.txt'), join(folder, 'till.ts'));
  const generator = ['--import', join(import.meta.dirname, 'with-typescript-6.ts'), join(modules, '@hey-api/openapi-ts/dist/run.mjs')];
  execFileSync(process.execPath, [...generator, '-i', 'openapi.json', '-o', 'made', '--no-log-file', '-s'], { cwd: folder });
  return folder;
}

type Till = {
  redeem(code: string, number: string): Promise<{ made?: Record<string, unknown>; problem?: Record<string, unknown>; replayed: boolean }>;
  book(day: string): Promise<{ csv: string; sha256: string; rows: number }>;
};

it('a generated client compiles strictly, redeems, gets a conflict as a typed problem, and reads the file of a day', async () => {
  const { api, world, readyCode } = await openCounter();
  const folder = builtTill((await api.http.get('/openapi.json')).text);

  const checked = spawnSync(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
  expect(checked.stdout + checked.stderr).toBe('');

  const { openTill } = (await import(join(folder, 'till.ts'))) as { openTill: (...of: string[]) => Promise<Till> };
  const { clientId, secret } = await api.clientFor({ kind: 'till', merchantId: world.merchantId, storeId: world.storeId });
  const till = await openTill(`http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`, clientId, secret);

  const { code, voucherId } = await readyCode();
  const first = await till.redeem(code, 'R-1');
  expect(first).toMatchObject({ made: { voucher_id: voucherId, discount_fen: 1_000, status: 'succeeded' }, replayed: false });
  expect(await till.redeem(code, 'R-1')).toEqual({ ...first, replayed: true });
  expect(await till.redeem(code, 'R-2')).toMatchObject({
    problem: { code: 'voucher_redeemed', status: 409, details: { request_no: 'R-1' }, cashier_message: expect.stringMatching(/^该券/) },
  });

  const { csv, sha256, rows } = await till.book('2026-03-02');
  expect(csv.split('\r\n')[1]).toMatch(/^redemption,.*,R-1,/);
  expect(rows).toBe(1);
  // The bytes begin with a mark, which is no part of the text.
  expect(sha256).toBe(createHash('sha256').update(`\uFEFF${csv}`).digest('hex'));
});

it('the generator alone gets the older TypeScript: `tsc` is that of the house', () => {
  expect(realpathSync(join(modules, '.bin/tsc'))).toBe(realpathSync(join(modules, 'typescript/bin/tsc')));
});
