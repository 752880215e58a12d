import { describe, expect, it } from 'vitest';
import { sharedHousehold, wantSharedHousehold } from '../../../src/communities/index.ts';
import type { Facts } from '../../../src/ledger/index.ts';

const at = (time: string) => Date.parse(`${time}+08:00`);
type Stay = { householdId: string; since: number; until: number | null };
const stay = (householdId: string, since: string, until?: string): Stay => ({
  householdId,
  since: at(since),
  until: until === undefined ? null : at(until),
});

function shared(a: readonly Stay[], b: readonly Stay[], from: string, to: string): boolean {
  const facts = { get: () => undefined, list: (_table: string, _group: string, id: string) => (id === 'a' ? a : b) } as unknown as Facts;
  const both = [sharedHousehold(facts, 'a', 'b', from, to), sharedHousehold(facts, 'b', 'a', from, to)];
  expect(both[0]).toBe(both[1]);
  return both[0]!;
}

describe('two residents shared a household between two days', () => {
  it('if both were in it on one day of Shanghai, the first and the last included', () => {
    const a = [stay('h', '2026-03-01T10:00', '2026-03-10T10:00')];
    const b = [stay('h', '2026-03-05T10:00')];
    expect(shared(a, b, '2026-03-10', '2026-03-31')).toBe(true);
    expect(shared(a, b, '2026-03-11', '2026-03-31')).toBe(false);
    expect(shared(a, b, '2026-02-01', '2026-03-05')).toBe(true);
    expect(shared(a, b, '2026-02-01', '2026-03-04')).toBe(false);
  });

  it('counts days of Shanghai, not of UTC', () => {
    const a = [stay('h', '2026-03-01T10:00', '2026-03-10T00:30')];
    expect(shared(a, [stay('h', '2026-03-01T10:00')], '2026-03-10', '2026-03-10')).toBe(true);
    expect(shared(a, [stay('h', '2026-03-11T00:30')], '2026-03-01', '2026-03-31')).toBe(false);
  });

  it('not if one left before the other came, though both were in it in that time', () => {
    const a = [stay('h', '2026-03-01T10:00', '2026-03-04T10:00')];
    expect(shared(a, [stay('h', '2026-03-05T10:00')], '2026-03-01', '2026-03-31')).toBe(false);
  });

  it('not if they were in two', () => {
    expect(shared([stay('h', '2026-03-01T10:00')], [stay('i', '2026-03-01T10:00')], '2026-03-01', '2026-03-31')).toBe(false);
  });

  it('looks at every time that somebody was in one', () => {
    const a = [stay('g', '2026-01-01T10:00', '2026-01-02T10:00'), stay('h', '2026-03-01T10:00')];
    const b = [stay('h', '2026-01-01T10:00', '2026-01-09T10:00'), stay('h', '2026-03-08T10:00')];
    expect(shared(a, b, '2026-03-08', '2026-03-08')).toBe(true);
    expect(shared(a, b, '2026-01-01', '2026-03-07')).toBe(false);
  });

  it('if they are one person, with nothing to read', () => {
    expect(wantSharedHousehold('a', 'a')).toEqual([]);
    expect(sharedHousehold({} as Facts, 'a', 'a', '2026-03-01', '2026-03-01')).toBe(true);
  });
});
