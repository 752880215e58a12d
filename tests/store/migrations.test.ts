import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type PolicyName, policyNames, policySchemas } from '../../src/communities/index.ts';
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

/** What a scheme was founded with before any migration brought it more. */
const FOUNDED_WITH: readonly PolicyName[] = [
  'rate',
  'voucher_validity',
  'lot_validity',
  'reversal_window',
  'grant_backdating',
  'exposure_limit',
  'proposal_validity',
  'code_validity',
  'offline_window',
  'redemption_cycles',
];

it.each(['sqlite', 'postgres'])('a scheme that was founded before a policy was there gets it by a migration of %s', (engine) => {
  const folder = join(house, 'migrations', engine);
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { tag: string }[] };
  const scripts = entries.map(({ tag }) => readFileSync(join(folder, `${tag}.sql`), 'utf8'));
  const added = scripts.flatMap((sql) => [...sql.matchAll(/INSERT INTO [`"]policy[`"] SELECT '(\w+)', 1, '([^']*)'/g)]);
  expect([...FOUNDED_WITH, ...added.map(([, name]) => name!)].toSorted()).toEqual(policyNames.toSorted());
  for (const [, name, value] of added) expect(() => policySchemas[name as PolicyName].parse(JSON.parse(value!))).not.toThrow();
});
