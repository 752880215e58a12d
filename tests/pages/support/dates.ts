/**
 * The days on which the pages are tested, each from ten in the morning on: the demo, the service and the browsers stand on that day's clock.
 * `CALLMI_TEST_DATE` chooses one; `node tests/pages/support/dates.ts` draws one of the others, and `… all` names them all, a line each.
 */
const USUAL = '2026-11-18';

const others = {
  '2026-12-31': 'the last day of a year',
  '2027-01-01': 'the first day of a year',
  '2027-03-15': 'a Monday',
  '2027-04-30': 'the last day of a month',
  '2027-06-01': 'the first day of a month',
  '2027-06-02': 'the day after: a run of one day is settled',
  '2028-02-28': 'the day before the last, in a leap year',
  '2028-02-29': 'the day that only a leap year has',
};

/** The instant at which the clock of the tests starts, in milliseconds of Unix time. Throws if `CALLMI_TEST_DATE` is no day. */
export function startOfTests({ CALLMI_TEST_DATE: day = USUAL }: NodeJS.ProcessEnv): number {
  const at = Date.parse(`${day}T10:00:00+08:00`);
  if (Number.isNaN(at)) throw new Error(`CALLMI_TEST_DATE is not a day: ${day}`);
  return at;
}

if (import.meta.main) {
  const days = Object.keys(others);
  console.log(process.argv[2] === 'all' ? days.join('\n') : days[Math.floor(Math.random() * days.length)]);
}
