/** Loaded before a process whose wall clock a test sets while it runs: so many milliseconds ahead as a file says. */
import { readFileSync } from 'node:fs';
import { shiftDate } from './shifted-date.ts';

const file = process.env['CALLMI_TEST_JUMP'];
if (file !== undefined) shiftDate(() => Number(readFileSync(file, 'utf8')));
