import { describe, expect, it } from 'vitest';
import { closeDay, lastDayOver } from '../../src/ledger/index.ts';
import { openScheme } from '../support/scheme.ts';

const at = (time: string) => Date.parse(`${time}+08:00`);

describe('a business day', () => {
  it('is over at the hour of Shanghai that is said, or else at midnight', () => {
    expect(lastDayOver(at('2026-03-02T23:59:59.999'))).toBe('2026-03-01');
    expect(lastDayOver(at('2026-03-03T00:00:00'))).toBe('2026-03-02');
    expect(lastDayOver(at('2026-03-02T23:59:59.999'), 24)).toBe('2026-03-01');
    expect(lastDayOver(at('2026-03-02T19:59:59.999'), 20)).toBe('2026-03-01');
    expect(lastDayOver(at('2026-03-02T20:00:00'), 20)).toBe('2026-03-02');
    expect(lastDayOver(at('2026-03-03T00:00:00'), 20)).toBe('2026-03-02');
    expect(lastDayOver(at('2026-03-01T00:59:59.999'), 1)).toBe('2026-02-28');
    expect(lastDayOver(at('2026-03-01T01:00:00'), 1)).toBe('2026-03-01');
  });

  it('cannot be closed before its hour, nor one that comes after', async () => {
    const { run, clock } = await openScheme();
    const close = (day: string, cutOffHour?: number) => run(closeDay, { day, ...(cutOffHour !== undefined && { cutOffHour }) });
    clock.now = at('2026-03-02T19:59:59.999');
    expect(await close('2026-03-02', 20)).toMatchObject({ refused: 'business_day_not_over' });
    clock.now = at('2026-03-02T20:00:00');
    expect(await close('2026-03-03', 20)).toMatchObject({ refused: 'business_day_not_over' });
    expect(await close('2026-03-02')).toMatchObject({ refused: 'business_day_not_over' });
    expect(await close('2026-03-02', 20)).toMatchObject({ reply: { day: '2026-03-02' } });
  });
});
