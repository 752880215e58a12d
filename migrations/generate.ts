/**
 * `npm run generate -- NAME`: writes the next migration of both engines from `src/store/tables/`, and makes every SQLite table STRICT
 * and WITHOUT ROWID (drizzle-kit knows neither): no key here is an integer, so a row is found in one tree instead of two.
 * Change one kind of thing a migration. `npm run generate -- NAME --custom` begins one that only changes rows.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [name = 'change', ...more] = process.argv.slice(2);
for (const engine of ['sqlite', 'postgres']) {
  const said = execFileSync('drizzle-kit', ['generate', '--name', name, ...more], {
    env: { ...process.env, ENGINE: engine },
    encoding: 'utf8',
  });
  process.stdout.write(said);
}

const folder = new URL('./sqlite/', import.meta.url);
for (const file of readdirSync(folder).filter((f) => f.endsWith('.sql'))) {
  const path = new URL(file, folder);
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(/CREATE TABLE [^;]*?\n\);/g, (statement) => `${statement.slice(0, -1)} STRICT, WITHOUT ROWID;`);
  if (after !== before) writeFileSync(path, after);
}
