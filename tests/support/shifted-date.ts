/** Puts a clock of its own before everything in this realm that asks for the time: so many milliseconds ahead of the one before, going on with it. */
export function shiftDate(aheadMs: number | (() => number)): void {
  const Real = Date;
  const ahead = typeof aheadMs === 'number' ? () => aheadMs : aheadMs;
  const now = () => Real.now() + ahead();
  globalThis.Date = new Proxy(Real, {
    get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
    construct: (real, given, made) => Reflect.construct(real, given.length > 0 ? given : [now()], made) as Date,
    apply: () => new Real(now()).toString(),
  });
}
