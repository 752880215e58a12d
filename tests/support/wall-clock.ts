import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

export type WallClock = {
  /** The environment of a process that goes by this clock. */
  readonly env: NodeJS.ProcessEnv;
  /** Sets the clock so many milliseconds ahead of that of the tests, or back. */
  set(aheadMs: number): void;
};

/** A wall clock for processes, which a test sets while they run. */
export function wallClock(aheadMs = 0): WallClock {
  const file = join(tempFolder(), 'ahead');
  const set = (ms: number) => writeFileSync(file, String(ms));
  set(aheadMs);
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --import=${new URL('jumping.ts', import.meta.url).href}`;
  return { env: { NODE_OPTIONS: options, CALLMI_TEST_JUMP: file }, set };
}
