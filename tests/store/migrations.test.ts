import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const house = join(import.meta.dirname, '../..');

it.each(['sqlite', 'postgres'])('the migrations of %s make the tables that the code says', (engine) => {
  // In a copy: what drizzle-kit finds missing, it writes.
  const copy = tempFolder();
  for (const name of ['src', 'node_modules', 'package.json']) symlinkSync(join(house, name), join(copy, name));
  for (const name of ['migrations', 'drizzle.config.ts']) cpSync(join(house, name), join(copy, name), { recursive: true });
  const drizzleKit = join(house, 'node_modules/drizzle-kit/bin.cjs');
  const env = { ...process.env, ENGINE: engine };
  const said = execFileSync(process.execPath, [drizzleKit, 'generate', '--name', 'missing'], { cwd: copy, env, encoding: 'utf8' });
  expect(said).toContain('No schema changes');
});
