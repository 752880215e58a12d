import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayAfter, dayOf, endOfYear, isDay, startOfDay } from '../../src/ledger/index.ts';

describe('days of Asia/Shanghai', () => {
  it('change at 16:00 UTC', () => {
    expect(dayOf(Date.parse('2026-11-23T15:59:59.999Z'))).toBe('2026-11-23');
    expect(dayOf(Date.parse('2026-11-23T16:00:00.000Z'))).toBe('2026-11-24');
    expect(startOfDay('2026-11-24')).toBe(Date.parse('2026-11-23T16:00:00.000Z'));
  });

  it('are the same in whatever order instants are asked for', () => {
    const instant = fc.integer({ min: Date.parse('1995-01-01Z'), max: Date.parse('2100-01-01Z') });
    fc.assert(
      fc.property(instant, (at) => {
        expect(dayOf(at)).toBe(new Date(at + 8 * 3_600_000).toISOString().slice(0, 10));
        expect(dayOf(startOfDay(dayOf(at)))).toBe(dayOf(at));
      }),
    );
  });

  it('are counted over months, leap days and years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(['2026-11-23', '2026-12', '2026'].map(dayAfter)).toEqual(['2026-11-24', '2027-01-01', '2027-01-01']);
    expect(endOfYear('2026-11-23', 1)).toBe('2027-12-31');
  });

  it('are real dates', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '20261123', '0000-01-01', ''].filter(isDay)).toEqual([]);
    expect(isDay('2028-02-29')).toBe(true);
  });
});
