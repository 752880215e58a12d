/** Loaded by `node --import` before a program of ours: the program then stands on a clock of the test's. */
import { shiftDate } from './shifted-date.ts';

shiftDate(Number(process.env['CALLMI_TEST_AHEAD_MS']));
