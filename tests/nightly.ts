/** What runs at night: everything with its long runs, and on every other day of the list the tests that see the day. Ends with 1 if any failed. */
import { spawnSync } from 'node:child_process';
import { otherDays } from './support/clock.ts';

const seeTheDay = ['--project=pages', '--project=sqlite', 'tests/pages', 'tests/cli', 'tests/demo.test.ts'];

function passes(env: NodeJS.ProcessEnv, ...args: readonly string[]): boolean {
  return spawnSync('vitest', ['run', ...args], { env: { ...process.env, ...env }, stdio: 'inherit' }).status === 0;
}

function passesOn(day: string): boolean {
  console.log(`On ${day}:`);
  return passes({ CALLMI_TEST_DATE: day }, ...seeTheDay);
}

const passed = [passes({ CALLMI_NIGHTLY: '1' }), ...otherDays.map(passesOn)];
process.exitCode = passed.every(Boolean) ? 0 : 1;
