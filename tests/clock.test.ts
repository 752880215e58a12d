import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aheadMs } from './support/clock.ts';
import { tempFolder } from './support/temp-folder.ts';

const MINUTE = 60_000;

/** What a process takes for the time. */
const timeIn = (env: NodeJS.ProcessEnv) => Number(execFileSync(process.execPath, ['-p', 'Number(new Date())'], { env, encoding: 'utf8' }));

it('a test and the processes that it starts have the same time, which is not the real one', () => {
  const { NODE_OPTIONS: _, ...plain } = process.env;
  const here = Date.now();
  expect(Math.abs(timeIn(process.env) - here)).toBeLessThan(MINUTE);
  expect(Math.abs(timeIn(plain) + aheadMs(process.env) - here)).toBeLessThan(MINUTE);
});

it('where a test runs the tests of a copy, the clock is not put ahead twice', () => {
  const folder = tempFolder();
  for (const name of ['shifted.ts', 'shifted-date.ts', 'clock.ts'])
    copyFileSync(join(import.meta.dirname, 'support', name), join(folder, name));
  const twice = `${process.env['NODE_OPTIONS']} --import=${join(folder, 'shifted.ts')}`;
  expect(Math.abs(timeIn({ ...process.env, NODE_OPTIONS: twice }) - Date.now())).toBeLessThan(MINUTE);
});

it('a date is shifted only where the present is asked for', () => {
  expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  expect(new Date('2028-02-29').getUTCDate()).toBe(29);
  expect(Math.abs(Number(new Date()) - Date.now())).toBeLessThan(MINUTE);
  expect(new Date()).toBeInstanceOf(Date);
  expect(Date.UTC(2026, 0)).toBe(1_767_225_600_000);
});
