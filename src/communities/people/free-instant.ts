/** The first instant from `at` on that none of these is: rows known by their time are both kept if they come in one millisecond. */
export function freeInstant(at: number, taken: readonly number[]): number {
  let instant = at;
  while (taken.includes(instant)) instant++;
  return instant;
}
