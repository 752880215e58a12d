/**
 * The clock that all tests stand on. It starts at ten in the morning of one and the same day, of another one if `CALLMI_TEST_DATE` names it.
 * `node tests/support/clock.ts` draws one of the other days.
 */
const USUAL = '2026-11-18';

/** The last and the first day of a year, a Monday, the last, the first and the second day of a month, and the end of February in a leap year. */
export const otherDays = ['2026-12-31', '2027-01-01', '2027-03-15', '2027-04-30', '2027-06-01', '2026-12-02', '2028-02-28', '2028-02-29'];

/**
 * Has every process of Node that is started from here on stand on the clock of the tests, and those that it starts in turn. It goes on as the
 * real one does. Throws if `CALLMI_TEST_DATE` is no day.
 */
export function startClock(env: NodeJS.ProcessEnv): void {
  const day = env['CALLMI_TEST_DATE'] ?? USUAL;
  const start = Date.parse(`${day}T10:00:00+08:00`);
  if (Number.isNaN(start)) throw new Error(`CALLMI_TEST_DATE is not a day: ${day}`);
  env['CALLMI_TEST_AHEAD_MS'] ??= String(start - Date.now());
  env['NODE_OPTIONS'] = `${env['NODE_OPTIONS'] ?? ''} --import=${new URL('shifted.ts', import.meta.url).href}`;
}

/** How far that clock is ahead of the real one, in milliseconds. */
export function aheadMs(env: NodeJS.ProcessEnv): number {
  return Number(env['CALLMI_TEST_AHEAD_MS']);
}

if (import.meta.main) console.log(otherDays[Math.floor(Math.random() * otherDays.length)]);
