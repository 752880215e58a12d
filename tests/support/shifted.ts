/** Loaded before whatever else a process of Node runs in a test: it then stands on the clock of the tests. */
import { aheadMs } from './clock.ts';
import { shiftDate } from './shifted-date.ts';

// A test of a copy of the house has this file loaded from both.
const shifted = Symbol.for('callmi: on the clock of the tests');

if (!(shifted in globalThis)) {
  Object.assign(globalThis, { [shifted]: true });
  shiftDate(aheadMs(process.env));
}
