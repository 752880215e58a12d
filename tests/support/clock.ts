/**
 * The clock that all tests stand on, and the days on which they are run: always from ten in the morning of one and the same day on, each
 * night of every other one too. `CALLMI_TEST_DATE` chooses one; `node tests/support/clock.ts` draws one of the others, `… all` names them all.
 */
const USUAL = '2026-11-18';

const others = {
  '2026-12-31': 'the last day of a year',
  '2027-01-01': 'the first day of a year',
  '2027-03-15': 'a Monday',
  '2027-04-30': 'the last day of a month',
  '2027-06-01': 'the first day of a month',
  '2028-02-28': 'the day before the last of February, in a leap year',
  '2028-02-29': 'a day that only a leap year has',
};

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

if (import.meta.main) {
  const days = Object.keys(others);
  console.log(process.argv[2] === 'all' ? days.join('\n') : days[Math.floor(Math.random() * days.length)]);
}
