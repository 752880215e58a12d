/** Every query that a folder exports gives the same answer on either database, from the same rows. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { copyRows } from '../../src/store/index.ts';
import { freshDatabase, freshFile } from '../support/database.ts';
import { openFullHistory } from '../support/history.ts';
import { asksAbout, folders } from '../support/reads.ts';
import { opened } from '../support/stores.ts';

const src = resolve(import.meta.dirname, '../../src');

/** A function whose first parameter is the books. */
const QUERY = /^export (?:async )?function\*? (\w+)(?:<.*?>)?\(\s*(?:\w+|\{(?:[^{}]|\{[^{}]*\})*\}): (?:View|Store|ReadableStore)\b/gm;

/** They write nothing either, but answer for a command that they are handed: `previewGrant` and `previewGrantList` are asked. */
const ASKED_THROUGH_ANOTHER: ReadonlySet<string> = new Set(['preview', 'trialOf']);

/** The queries of a folder that others may use. */
function queriesOf(folder: keyof typeof folders): string[] {
  const files = globSync(`${folder}/**/*.ts`, { cwd: src }).map((file) => readFileSync(resolve(src, file), 'utf8'));
  const names = files.flatMap((text) => Array.from(text.matchAll(QUERY), ([, name]) => name!));
  return names.filter((name) => name in folders[folder]);
}

function isNothing(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.length === 0;
  return answer === undefined || answer === null || (answer instanceof Map && answer.size === 0);
}

it('every query gives the same answer on SQLite as on PostgreSQL', async () => {
  const history = await openFullHistory(freshFile());
  const copy = await opened((await freshDatabase()).url);
  expect([history.store.engine, copy.engine]).toEqual(['sqlite', 'postgres']);
  await history.store.snapshot((view) => copyRows(view, copy, () => {}));
  const asks = await asksAbout(history);
  const something = new Set<string>();
  for (const { name, ask } of asks) {
    const answer = await ask(history.store);
    expect({ name, answer: await ask(copy) }).toEqual({ name, answer });
    if (!isNothing(answer)) something.add(name);
  }
  // An answer that there is nothing would be the same anywhere.
  expect([...new Set(asks.map(({ name }) => name))].filter((name) => !something.has(name))).toEqual([]);
});

it('no query is left out of that', async () => {
  const asks = await asksAbout(await openFullHistory(freshFile()));
  const asked = [...new Set(asks.map(({ name }) => name))];
  const exported = (Object.keys(folders) as (keyof typeof folders)[]).flatMap(queriesOf);
  expect(exported.length).toBeGreaterThan(90);
  expect(asked.toSorted()).toEqual(exported.filter((name) => !ASKED_THROUGH_ANOTHER.has(name)).toSorted());
});
