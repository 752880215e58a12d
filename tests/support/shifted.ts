/** Loaded before whatever else a process of Node runs in a test: it then stands on the clock of the tests. */
import { aheadMs } from './clock.ts';
import { shiftDate } from './shifted-date.ts';

shiftDate(aheadMs(process.env));
